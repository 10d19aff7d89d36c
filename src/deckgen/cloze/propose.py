"""What may be hidden in a fact, best first, with the worth of each."""

from __future__ import annotations

from functools import cached_property
from math import inf, log
from typing import TYPE_CHECKING, NamedTuple

from deckgen.cloze.model import HOPELESS, chances_of, possible_of, rate, reasons_of, scores
from deckgen.cloze.sentence import read
from deckgen.cloze.siblings import join, pairs_of
from deckgen.cloze.tokens import EAST_WORD, cuts
from deckgen.cloze.types import Reason
from deckgen.cloze.view import View
from deckgen.cloze.wordlists import RARE, lists

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deckgen.cloze.deck import Deck
    from deckgen.cloze.glossary import Found
    from deckgen.cloze.types import Term

_FAINT = 0.03  # worth below which a candidate is not worth mentioning
_SHOWN, _AT_LEAST = 16, 3  # candidates mentioned at most, and at least if there are as many
_CLOSED_SHARE = 0.12  # least share of English closed-class words in an English text of some length
_KNOWN_SHARE = 0.6  # least share of known words in a text in note form, which has few closed-class words
_FAIR_SHARE = 0.4  # the same where there is one, and no word of another language
_ENGLISH_TOO = frozenset({"con", "den", "die", "par", "per", "pour"})  # of the words of other languages
_GREEK = dict.fromkeys(range(0x3B1, 0x3CA))  # small letters of names such as α-receptor
_LATIN, _GREEK_LETTERS = "\u024f", frozenset(map(chr, range(0x370, 0x400)))
_SHORT, _LONG = 6, 13  # words of texts that say too little of their language: any text, one in plain letters
_TERM, _VALUE, _CODE, _NAME, _WORD = 0.6, 0.5, 0.4, 0.3, 0.05  # worths in other languages
_NAME_WORDS = 3
_WORTH = 0.31  # worth from which a blank is taken in other languages
_CAUTION = 1.1  # worths are a little too high: they hold a part of their rivals'
_EDGE = 1e-6


class Proposal(NamedTuple):
    """A range that could be hidden: pieces [first, last) whose weights sum to `total`, or characters alone.

    `more` are reasons beyond these weights, `bar` is a reason never to hide it.
    """

    start: int
    end: int
    worth: float
    first: int
    last: int
    total: float | None
    more: tuple[Reason, ...]
    terms: tuple[Term, ...]
    bar: str | None

    @property
    def score(self) -> float:
        """The worth in log-odds."""
        worth = min(max(self.worth, _EDGE), 1 - _EDGE)
        return round(log(worth / (1 - worth)), 3)


class Proposals:
    """All that may be hidden in a text, best first, and where blanks may begin and end."""

    def __init__(self, text: str, atoms: Sequence[tuple[int, int]], deck: Deck) -> None:
        row = read(text, atoms)
        self._view, self._deck = View(row), deck
        self._terms = deck.glossary.find(text, row.pieces, self._view.lows)
        self._inner = [t for t in self._terms if not _whole(self._view, t) and not cuts(atoms, t.start, t.end)]
        self._expected: float | None = None

    @cached_property
    def _borders(self) -> tuple[frozenset[int], frozenset[int]]:
        pieces, inner = self._view.pieces, self._inner
        starts = frozenset([p.start for p in pieces] + [t.start for t in inner])
        return starts, frozenset([p.end for p in pieces] + [t.end for t in inner])

    def fits(self, start: int, end: int) -> bool:
        """Whether a blank may begin and end at these offsets."""
        starts, ends = self._borders
        return start in starts and end in ends

    def least(self, taken: float, blanks: int) -> float:
        """The worth from which one more blank is a gain, where there are some whose worths sum to `taken`.

        Where nothing stands out an author chose something all the same, so less is asked for there. F1 against the
        author is expected to be 2 * `taken` / (`blanks` + how many the author made); what is worth more than half of
        that raises it (Lipton, Elkan and Narayanaswamy, 2014).
        """
        return _WORTH if self._expected is None else _CAUTION * taken / (blanks + self._expected)

    def best(self, *, hopeless: bool = False) -> Iterator[Proposal]:
        """Best first, each made when it is asked for; those without hope only if asked for."""
        yield from self._rated(hopeless=hopeless) if _is_english(self._view) else _plain(self._view, self._terms)
        yield from map(_inner, self._inner)

    def _rated(self, *, hopeless: bool) -> Iterator[Proposal]:
        view, deck, terms = self._view, self._deck, self._terms
        pairs = pairs_of(view, terms)
        also = [(t.first, t.last) for t in terms if _whole(view, t)]
        rated = scores(view, possible_of(view, [*also, *pairs]), pairs.keys(), -inf if hopeless else HOPELESS)
        spans, sums = list(rated), list(rated.values())
        totals = sums
        more: list[tuple[Reason, ...]] = [()] * len(spans)
        if not deck.silent:
            named = set(also)
            more = [deck.reasons(view, i, j, is_term=(i, j) in named) for i, j in spans]
            totals = [total + sum([r.weight for r in why]) for total, why in zip(sums, more, strict=True)]
        chances = chances_of(view, spans, totals)
        self._expected = sum(chances)
        worths = join(pairs, spans, rate(view, spans, chances))
        best = sorted([(-worth, spans[k], k) for k, worth in enumerate(worths)])[:_SHOWN]
        for place, (_, (i, j), k) in enumerate(best):
            if worths[k] < _FAINT and place >= _AT_LEAST:
                return
            inside = tuple(t.term for t in terms if i <= t.first and t.last <= j) if terms else ()
            start, end = view.pieces[i].start, view.pieces[j - 1].end
            bar = deck.bar(view, i, j, terms)
            yield Proposal(start, end, worths[k], i, j, sums[k], more[k], inside, bar)

    def why(self, proposal: Proposal) -> tuple[Reason, ...]:
        """The reasons for a proposal's score; they add up to it with what its rivals take away or give."""
        if proposal.total is None:
            return proposal.more
        reasons = (*reasons_of(self._view, proposal.first, proposal.last), *proposal.more)
        rivals = proposal.score - proposal.total - sum(r.weight for r in proposal.more)
        return (*reasons, Reason("rivals", round(rivals, 3)))


def _whole(view: View, found: Found) -> bool:
    """Whether a term begins and ends where pieces do."""
    inside = found.first < found.last <= view.n
    return inside and view.pieces[found.first].start == found.start and view.pieces[found.last - 1].end == found.end


def _inner(found: Found) -> Proposal:
    """A term inside a run of a script without blanks."""
    reason = Reason("glossary term", round(log(_TERM / (1 - _TERM)), 3))
    return Proposal(found.start, found.end, _TERM, 0, 0, None, (reason,), (found.term,), None)


def _is_english(view: View) -> bool:
    """Whether a text is English enough for the weights: closed-class words, or else mostly known words."""
    words = [k for k, piece in enumerate(view.pieces) if piece.text[0].isalpha()]
    closed = sum([view.tags[k] in "DoPTCBHMWrQZ" for k in words])
    foreign = lists()["foreign"]
    strange = [view.lows[k] for k in words if view.lows[k] in foreign]
    others = len(strange)
    if others > max(1, closed):
        return False
    if closed >= 1 and closed >= _CLOSED_SHARE * len(words):
        return True
    if not closed and not _ENGLISH_TOO.issuperset(strange):
        return False
    firsts = [view.lows[k][0] for k in words]
    if any(map(EAST_WORD.match, firsts)) or 2 * sum(map(_is_other_script, firsts)) > len(words):
        return False
    known = sum([view.pieces[k].frequency > RARE for k in words])
    least = _FAIR_SHARE if closed and not others else _KNOWN_SHARE
    if known >= least * len(words) or len(words) < _SHORT:
        return True
    return len(words) < _LONG and all(view.lows[k].translate(_GREEK).isascii() for k in words)


def _is_other_script(letter: str) -> bool:
    """Whether a letter is neither Latin nor Greek."""
    return letter > _LATIN and letter not in _GREEK_LETTERS


def _is_code(text: str) -> bool:
    """Whether a word of mixed characters may be a name; "l'énergie" and words of scripts without blanks are none."""
    return len(text) > 1 and not EAST_WORD.match(text) and not any(mark in text for mark in "'’")


def _plain(view: View, terms: Sequence[Found]) -> list[Proposal]:
    """In other languages: glossary terms, values with their unit, codes, and names of a few words.

    Of two of a kind the later comes first: a sentence begins with what is known and ends with what it says of it.
    """
    spans = {(t.first, t.last): (_TERM, "glossary term") for t in terms if _whole(view, t)}
    capital = [tag == "U" and piece.text[0].isupper() for tag, piece in zip(view.tags, view.pieces, strict=True)]
    for i, tag in enumerate(view.tags):
        if tag in "%qy#":
            spans.setdefault((i, i + 1), (_VALUE, "value"))
        elif tag == "K" and _is_code(view.pieces[i].text):
            spans.setdefault((i, i + 1), (_CODE, "code"))
        elif capital[i] and (i == 0 or not (capital[i - 1] or view.tags[i - 1] == "#")):
            j = next((k for k in range(i, view.n) if not capital[k]), view.n)
            if j - i <= _NAME_WORDS:
                spans.setdefault((i, j), (_NAME if j - i > 1 else _WORD, "name"))
    out = []
    for (i, j), (chance, name) in sorted(spans.items(), key=lambda item: (-item[1][0], -item[0][0])):
        inside = tuple(t.term for t in terms if i <= t.first and t.last <= j)
        reason = Reason(name, round(log(chance / (1 - chance)), 3))
        start, end = view.pieces[i].start, view.pieces[j - 1].end
        out.append(Proposal(start, end, chance, i, j, None, (reason,), inside, None))
    return out
