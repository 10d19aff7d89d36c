"""What may be hidden in a fact, best first, with the chance of each and what the deck says about it."""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING, NamedTuple

from deckgen.cloze.model import Parts, Rated, reasons_of, rate, scores, spans_of
from deckgen.cloze.sentence import read
from deckgen.cloze.types import Reason
from deckgen.cloze.view import View
from deckgen.cloze.visible import key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deckgen.cloze.glossary import Found, Glossary
    from deckgen.cloze.types import Context, Term

_FAINT = 0.03  # chance below which a candidate is not worth mentioning
_SHOWN = 16
_TERM_BONUS = 0.8
_SPREAD = 0.3  # share of a deck's entries from which a word is what the deck is about
_SPREAD_COST = 1.5
_FEW = 10  # entries from which shares mean something
_SUBJECT_COST = 2.0
_ENGLISH = 0.12  # least share of English closed-class words in an English text of some length
_SHORT = 6
_EAST_CHANCE = 0.5


class Proposal(NamedTuple):
    """A range that could be hidden; `bar` is a reason never to hide it."""

    start: int
    end: int
    chance: float
    reasons: tuple[Reason, ...]
    terms: tuple[Term, ...]
    bar: str | None


class Proposals(NamedTuple):
    """Proposals, best first, and the offsets at which blanks may begin and end."""

    found: tuple[Proposal, ...]
    starts: frozenset[int]
    ends: frozenset[int]


def proposals(
    text: str, atoms: Sequence[tuple[int, int]], glossary: Glossary, context: Context, *, detailed: bool
) -> Proposals:
    """All that may be hidden in `text`, best first."""
    row = read(text, atoms)
    view = View(row)
    terms = glossary.find(text, row.pieces, view.lows)
    spans = spans_of(view) if _is_english(view) else _plain_spans(view)
    spans = sorted({*spans, *((t.first, t.last) for t in terms if _whole(view, t))})
    base = scores(view, spans)
    deck = [_deck_reasons(view, i, j, terms, context) for i, j in spans]
    rated = rate(view, spans, [parts.total + sum([r.weight for r in more]) for parts, more in zip(base, deck, strict=True)])
    best = sorted(range(len(rated)), key=lambda k: (-rated[k].chance, rated[k].first, rated[k].last))
    found = [
        _proposal(view, rated[k], base[k], deck[k], terms, context, detailed=detailed)
        for k in best[:_SHOWN]
        if rated[k].chance >= _FAINT
    ]
    found += [_east(text, t) for t in terms if not _whole(view, t)]
    starts = {p.start for p in row.pieces} | {t.start for t in terms}
    ends = {p.end for p in row.pieces} | {t.end for t in terms}
    return Proposals(tuple(found), frozenset(starts), frozenset(ends))


def _proposal(  # noqa: PLR0913
    view: View, rated: Rated, parts: Parts, deck: tuple[Reason, ...], terms: Sequence[Found], context: Context, *, detailed: bool
) -> Proposal:
    i, j = rated.first, rated.last
    start, end = view.pieces[i].start, view.pieces[j - 1].end
    inside = tuple(t.term for t in terms if i <= t.first and t.last <= j)
    chance = min(max(rated.chance, 1e-9), 1 - 1e-9)
    reasons = (*reasons_of(view, i, j, parts, detailed=detailed), *deck)
    rivals = log(chance / (1 - chance)) - sum(r.weight for r in reasons)
    return Proposal(start, end, chance, (*reasons, Reason("rivals", round(rivals, 3))), inside, _bar(view, i, j, terms, context))


def _bar(view: View, i: int, j: int, terms: Sequence[Found], context: Context) -> str | None:
    """A reason never to hide pieces [i, j) of this fact in this deck."""
    if any((t.first < i < t.last) or (t.first < j < t.last) for t in terms):
        return "cuts a glossary term"
    subject = key_of(context.subject)
    if subject:
        inner = [key_of(p.low) for p in view.pieces[i:j]]
        flat = tuple(word for key in inner for word in key)
        defined = i == 0 or view.tags[:i] == ["D"]
        defines = defined and j < view.n and view.tags[j] == "B" and j + 1 < view.n and view.tags[j + 1] == "D"
        if flat == subject and not defines:
            return "is what the whole deck is about"
        if flat != subject and (flat[: len(subject)] == subject or flat[-len(subject) :] == subject):
            return "begins or ends with what the whole deck is about"
    return None


def _deck_reasons(view: View, i: int, j: int, terms: Sequence[Found], context: Context) -> tuple[Reason, ...]:
    """What glossary, subject and the other entries say about a candidate."""
    out: list[Reason] = []
    if any(t.first == i and t.last == j for t in terms):
        out.append(Reason("glossary term", _TERM_BONUS))
    if context.subject and key_of(context.subject) == tuple(w for p in view.pieces[i:j] for w in key_of(p.low)):
        out.append(Reason("subject of the deck", -_SUBJECT_COST))
    elif context.documents >= _FEW:
        rare = min((context.corpus.get(p.low, 0) for p in view.pieces[i:j] if view.tags[i] != "D"), default=0)
        if rare > _SPREAD * context.documents:
            out.append(Reason("in most entries of the deck", -_SPREAD_COST))
    return tuple(out)


def _whole(view: View, found: Found) -> bool:
    """Whether a term begins and ends where pieces do."""
    inside = found.first < found.last <= view.n
    return inside and view.pieces[found.first].start == found.start and view.pieces[found.last - 1].end == found.end


def _east(text: str, found: Found) -> Proposal:
    """A term inside a run of a script without blanks."""
    reason = Reason("glossary term", 0.0)
    bar = None if text[found.start : found.end] else "empty"
    return Proposal(found.start, found.end, _EAST_CHANCE, (reason,), (found.term,), bar)


def _is_english(view: View) -> bool:
    words = [tag for tag, piece in zip(view.tags, view.pieces, strict=True) if piece.text[0].isalpha()]
    if len(words) < _SHORT:
        return all(p.text.isascii() or p.form or not p.text[0].isalpha() for p in view.pieces) or bool(words)
    closed = sum(tag in "DoPTCBHMWrQZ" for tag in words)
    return closed >= _ENGLISH * len(words)


def _plain_spans(view: View) -> list[tuple[int, int]]:
    """In other languages: values, codes, and names of up to three words."""
    out = []
    for i in range(view.n):
        if view.tags[i] in "#%qyK":
            out.append((i, i + 1))
        elif view.tags[i] == "U":
            for j in range(i + 1, min(view.n, i + 3) + 1):
                if view.tags[j - 1] != "U":
                    break
                out.append((i, j))
    return out
