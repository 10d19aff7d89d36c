"""What deckgen has to say about a bank: diagnostics, where they point, and how they sort."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from deckgen.source import Span


class Severity(enum.StrEnum):
    """An error means that no package is written; a warning stops nothing unless asked to."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Label:
    """Another place that belongs to a diagnostic, such as the first use of an id used twice."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text of a span."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Text edits that mend what a diagnostic reports. A safe fix keeps meaning and comments."""

    edits: tuple[Edit, ...]
    message: str
    safe: bool = True


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake or doubt: what is wrong with this text, where, and what to do.

    ``code`` is a permanent kebab-case name; ``message`` is one line that quotes the text at fault;
    ``help`` says what to do; ``entry`` is the id of the entry it belongs to, where there is one.
    """

    code: str
    severity: Severity
    message: str
    span: Span
    labels: tuple[Label, ...] = ()
    help: str | None = None
    fix: Fix | None = None
    entry: str | None = None

    @property
    def key(self) -> tuple[str, int, str, str]:
        return self.span.source.path, self.span.start, self.code, self.message


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted by path, place and code, with exact repeats taken out."""
    return tuple({found.key: found for found in sorted(diagnostics, key=lambda found: found.key)}.values())


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(found.severity is Severity.ERROR for found in diagnostics)


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """One line that counts errors and warnings."""
    severities = [found.severity for found in diagnostics]
    errors, warnings = severities.count(Severity.ERROR), severities.count(Severity.WARNING)
    parts = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((errors, "error"), (warnings, "warning")) if n]
    return ", ".join(parts) or "no errors, no warnings"
