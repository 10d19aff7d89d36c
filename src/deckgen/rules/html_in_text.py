"""HTML, or Anki's own mark for a sound, in a text.

Why: texts are Markdown; HTML is shown to the learner as it stands, so that no bank can bring a script. A sound is
written as a picture is, `![what is heard](owl.mp3)`, with the file in `media`.

Bad:

    questions:
      - id: water
        question: What is the formula of water?
        answer: H<sub>2</sub>O

Good:

    questions:
      - id: water
        question: What is the formula of water?
        answer: H₂O

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck
from deckgen.rules.words import quoted

CODE = "html-in-text"
SEVERITY = Severity.WARNING
SCOPE = "file"
_HTML = re.compile(
    r"</?(?:b|i|u|em|strong|br|p|div|span|sub|sup|img|ul|ol|li|table|tr|td|th|font|center|hr|script|a|h[1-6])(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_SOUND = re.compile(r"\[sound:([^\[\]]*)\]")
_SIGNS = ("</", "/>", "<br", "<img", "<p", "<hr", "<B", "<P")
_ADVICE = {
    "b": "write **bold**",
    "strong": "write **bold**",
    "i": "write *emphasis*",
    "em": "write *emphasis*",
    "br": "end the line with a backslash, or leave an empty line",
    "p": "leave an empty line between paragraphs",
    "li": "begin each line with a hyphen",
    "ul": "begin each line with a hyphen",
    "img": "write ![what it shows](file.png)",
    "a": "write [text](https://address)",
    "sub": "use a character such as ₂, or a formula such as $_2$",
    "sup": "use a character such as ², or a formula such as $^2$",
    "table": "write a Markdown table",
}


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Tags outside code, the first of each text."""
    for text in deck.having("<"):
        match = _HTML.search(text.prose) if any(sign in text.prose for sign in _SIGNS) else None
        if match is not None:
            name = match[0].strip("</>&; ").split()[0].lower()
            advice = _ADVICE.get(name, "write Markdown; in code between backquotes HTML may stand")
            yield text.report(CODE, f"{quoted(match[0])} is shown as it stands", advice, match.start(), match.end())
    for text in deck.having("[sound:"):
        match = _SOUND.search(text.prose)
        if match is not None:
            advice = f"write ![what is heard]({match[1]}), with the file in media"
            yield text.report(CODE, f"{quoted(match[0])} is shown as it stands", advice, match.start(), match.end())
