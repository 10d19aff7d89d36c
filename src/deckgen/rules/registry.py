"""What a rule is, and what its page says."""

from __future__ import annotations

import functools
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType

from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import Item, LintedDeck

Trace = tuple[str, str | None, Item]
"""A name that entries share, the form it has in one of them, and that entry.

A name in one form everywhere is of no interest to its rule; None is of interest by itself.
"""
HEADINGS = ("Why", "Bad", "Good", "False alarms")


Check = Callable[[LintedDeck], Iterator[Diagnostic]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code, its severity unless a deck says otherwise (None: off), its page, and its check.

    Large decks are checked in parts that together say what ``check`` says: ``alone`` asks one file at a time, and
    ``across`` asks the bank, with those entries only whose ``traces`` have several forms. A rule that has both
    ``across`` and no ``traces`` reads no entry, or all of them if it is ``whole``.
    """

    code: str
    severity: Severity | None
    page: str
    check: Check
    alone: Check | None = None
    across: Check | None = None
    traces: Callable[[LintedDeck], Iterator[Trace]] | None = None
    whole: bool = False

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
    """The rule that a module defines.

    A module whose ``check`` needs one file at a time says ``SCOPE = "file"``; one that reads no entries,
    ``SCOPE = "bank"``. Others may define ``traces``, and ``alone`` and ``across`` as the two parts of ``check``.
    """
    page = textwrap.dedent(module.__doc__ or "").strip()
    default = getattr(module, "DEFAULT", "on")
    rule = functools.partial(Rule, module.CODE, None if default == "off" else module.SEVERITY, page, module.check)
    scope = getattr(module, "SCOPE", "deck")
    traces = getattr(module, "traces", None)
    if scope == "file":
        return rule(alone=module.check)
    if scope == "bank" or traces is None:
        return rule(across=module.check, whole=scope != "bank")
    return rule(alone=getattr(module, "alone", None), across=getattr(module, "across", module.check), traces=traces)
