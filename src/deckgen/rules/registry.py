"""What a rule is, and what its page says."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType

from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck

HEADINGS = ("Why", "Bad", "Good", "False alarms")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code, its severity unless a deck says otherwise (None: off), its page, and its check."""

    code: str
    severity: Severity | None
    page: str
    check: Callable[[LintedDeck], Iterator[Diagnostic]]

    @property
    def title(self) -> str:
        """The first line of the page."""
        return self.page.partition("\n")[0]

    def section(self, heading: str) -> str:
        """The part of the page beneath a heading, without its indentation."""
        taken: list[str] = []
        inside = False
        for line in self.page.split("\n"):
            name, colon, rest = line.partition(":")
            if colon and name in HEADINGS:
                inside = name == heading
                line = rest.strip()  # noqa: PLW2901 - the heading's own line goes on with its text
            if inside:
                taken.append(line)
        return textwrap.dedent("\n".join(taken)).strip("\n")


def rule_of(module: ModuleType) -> Rule:
    """The rule that a module defines."""
    page = textwrap.dedent(module.__doc__ or "").strip()
    default = getattr(module, "DEFAULT", "on")
    return Rule(module.CODE, None if default == "off" else module.SEVERITY, page, module.check)
