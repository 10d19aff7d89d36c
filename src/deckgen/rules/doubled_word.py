"""A word written twice.

Why: it is a slip that readers stumble over, and it shows on every review.

Bad:

    facts:
      - id: seine
        fact: Paris lies on the the {{c1::Seine}}.

Good:

    facts:
      - id: seine
        fact: Paris lies on the {{c1::Seine}}.

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import itertools
import operator
import re
from collections.abc import Iterator, Sequence

from deckgen.diagnostic import Diagnostic, Edit, Fix, Severity
from deckgen.linted import LintedDeck

CODE = "doubled-word"
SEVERITY = Severity.WARNING
SCOPE = "file"
_WORDS = frozenset(
    """a an the of to in on at is are was were and or but for with by from as it its this which who be been has
    have not if than then into between also can may will when where what""".split()  # noqa: SIM905 - a word list
)
_FORMS = {form: word for word in _WORDS for form in (word, word.capitalize())}


def _doubled(tokens: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Where a word of grammar stands behind itself, the first perhaps with a capital: its place, and the word."""
    small = map(_FORMS.get, tokens, tokens)
    repeats = map(operator.eq, small, itertools.islice(tokens, 1, None))
    for place in itertools.compress(itertools.count(), repeats):
        word = tokens[place + 1]
        if _FORMS.get(tokens[place]) == word:
            yield place, word


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Words of grammar that follow themselves. Names and words such as `had had` or `that that` may be meant."""
    doubled = list(_doubled(deck.tokens))
    words = "|".join(sorted({word for _, word in doubled}))
    pattern = re.compile(rf"(?<![\w.-])({words}) +\1(?![\w'’-])", re.IGNORECASE)
    texts = dict.fromkeys(deck.with_token(place) for place, _ in doubled)
    for text, match in ((holder, found) for holder in texts for found in pattern.finditer(holder.prose)):
        at = match.start()
        first, second = match[0].split()
        if second[0].isupper() or (first == "A" and at > 0):
            continue  # names and letters
        span = text.span(at, at + len(match[0]))
        fix = Fix((Edit(span, first),), f"write `{first}` once", safe=False) if span.text == match[0] else None
        yield text.report(CODE, f"`{match[0]}` says `{first}` twice", "take one out", at, at + len(match[0]), fix=fix)
