"""The page of every code, of rules and of what comes before them, in one table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from deckgen.diagnostic import Severity
from deckgen.rules import RULES
from deckgen.rules.core import CORE

_HEADING = re.compile(r"^(Why|Bad|Good|False alarms): ?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a code means: its severity (None: off unless a deck switches it on), one line, and its page as text."""

    code: str
    severity: Severity | None
    title: str
    text: str
    rule: bool = False

    @property
    def standing(self) -> str:
        """How severe it is, in words."""
        return "off" if self.severity is None else str(self.severity)

    @property
    def markdown(self) -> str:
        """The page as Markdown, with a heading of its own."""
        return f"# {self.code}\n\n{self.about}\n\n{_HEADING.sub(_as_heading, self.text)}\n"

    @property
    def about(self) -> str:
        """What can be done about it in general."""
        if not self.rule:
            ignorable = " An ignore comment passes over it." if self.severity is Severity.WARNING else ""
            return f"Severity: {self.standing}. It always holds and cannot be set in `deck.yaml`.{ignorable}"
        return (
            f"Severity: {self.standing}. Set it in `deck.yaml` with `rules: {{{self.code}: off}}` (or `warning`, "
            f"`error`); pass over one place with `# deckgen: ignore[{self.code}]` at the end of its line."
        )


def _as_heading(found: re.Match[str]) -> str:
    return f"**{found[1]}:** " if found[1] in ("Why", "False alarms") else f"**{found[1]}**"


EXPLANATIONS: Mapping[str, Explanation] = {
    item.code: item
    for item in sorted(
        (
            *(Explanation(rule.code, rule.severity, rule.title, rule.page, rule=True) for rule in RULES),
            *(
                Explanation(code, page.severity, page.title, f"{page.title}\n\n{page.body}")
                for code, page in CORE.items()
            ),
        ),
        key=lambda item: item.code,
    )
}
"""Every code that deckgen can report about a bank, sorted."""
