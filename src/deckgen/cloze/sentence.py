"""A fact as a row of pieces: the smallest parts that may be hidden, each with its word class in context.

A piece is a word, a mark, an atom, or a value with its unit.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from deckgen.cloze.looks import Look, look
from deckgen.cloze.tokens import tokenise
from deckgen.cloze.values import find_values
from deckgen.cloze.wordlists import RARE, frequent_words, lists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deckgen.cloze.tokens import Token

_ROMAN = re.compile(r"(?:I{1,3}|IV|VI{0,3}|IX|XI{0,2})s?\Z")
_VALUE_TAGS = {"percent": "%", "count": "#", "number": "#", "year": "y", "date": "y"}
_AGAINST = ("v.", "v")
_JOINS = ("of", "&")
_LONGEST_NAME = 6  # words of one party of a case
_NEAR = 10  # pieces within which a clause has its verb
_FIXED = frozenset("DQoPTCBHMZWrRK#")  # classes that a capital does not change


class Piece(NamedTuple):
    """Where a piece stands and what it is; `kind` is the kind of value, `depth` the brackets left open in it."""

    start: int
    end: int
    text: str
    low: str
    frequency: int
    form: str
    kind: str
    depth: int
    atom: bool


class Row(NamedTuple):
    """The pieces of a fact and their class letters."""

    pieces: list[Piece]
    tags: list[str]


def read(text: str, atoms: Sequence[tuple[int, int]] = ()) -> Row:
    """The pieces of a text, with classes settled by their neighbours."""
    tokens = tokenise(text, atoms)
    looks = [look(t.text) for t in tokens]
    row = Row([], [])
    at = 0
    for first, last, kind in find_values(tokens, [seen.value for seen in looks]):
        _words(row, tokens, looks, at, first)
        start, end = tokens[first].start, tokens[last - 1].end
        if kind == "interval" and row.pieces and row.pieces[-1].kind == "quantity":
            start = row.pieces.pop().start
            row.tags.pop()
        value = text[start:end]
        row.pieces.append(Piece(start, end, value, value.lower(), RARE, "", kind, 0, False))
        row.tags.append(_VALUE_TAGS.get(kind, "q"))
        at = last
    _words(row, tokens, looks, at, len(tokens))
    _settle(row)
    if " v" in text and any(p.low in _AGAINST for p in row.pieces):
        row = _with_cases(text, row)
    return row


def _with_cases(text: str, row: Row) -> Row:
    """The names of cases, 'Brown v. Board of Education', as one piece each."""
    pieces, tags = row
    out = Row([], [])
    at = 0
    while at < len(pieces):
        last = _case_end(pieces, at)
        if last:
            start, end = pieces[at].start, pieces[last - 1].end
            name = text[start:end]
            out.pieces.append(Piece(start, end, name, name.lower(), RARE, "", "", 0, False))
            out.tags.append("K")
            at = last
        else:
            out.pieces.append(pieces[at])
            out.tags.append(tags[at])
            at += 1
    return out


def _case_end(pieces: Sequence[Piece], at: int) -> int:
    """Where the name of a case that begins here ends, or 0."""
    versus = _name_end(pieces, at)
    if versus == at or versus >= len(pieces) or pieces[versus].low not in _AGAINST:
        return 0
    end = _name_end(pieces, versus + 1)
    return end if end > versus + 1 else 0


def _name_end(pieces: Sequence[Piece], at: int) -> int:
    """After the capitalised words from here on, with 'of' between two of them; an article that opens a fact is none."""
    end = at
    while end < len(pieces) and end - at < _LONGEST_NAME:
        piece = pieces[end]
        joins = piece.low in _JOINS and end > at and end + 1 < len(pieces) and pieces[end + 1].text[0].isupper()
        if not joins and (not piece.text[0].isupper() or piece.low in ("the", "in") or piece.kind):
            break
        end += 1
    return end


def _words(row: Row, tokens: Sequence[Token], looks: Sequence[Look], at: int, to: int) -> None:
    pieces, tags = row
    for token, seen in zip(tokens[at:to], looks[at:to], strict=True):
        start, end, text, word, depth, atom = token
        tag = seen.tag
        if word:
            if atom or depth:
                tag = "K"
            elif tag not in _FIXED and text[0].isupper() and tags and tags[-1] not in ".;'":
                tag = "U"
        pieces.append(Piece(start, end, text, seen.low, seen.frequency, seen.form, "", depth, atom))
        tags.append(tag)


def _settle(row: Row) -> None:
    """Give words of two classes the one their neighbours ask for."""
    pieces, tags = row
    n = len(tags)
    for i in range(n):
        tag = tags[i]
        if tag in "abNdgv":
            before = tags[i - 1] if i else "."
            after = tags[i + 1] if i + 1 < n else "."
            plural = tag == "N" and pieces[i].low.endswith("s")
            tags[i] = tag if plural else _by_neighbours(tag, before, after)
    named, glued = lists(), _glued()
    glue, labels, strong, particles = named["glue"], named["label"], named["strong-verb"], named["particle"]
    lows = [piece.low for piece in pieces]
    for i in range(1, n):
        tag, low, before = tags[i], lows[i], tags[i - 1]
        if low in particles and i + 1 < n and tags[i + 1] == "U" and pieces[i - 1].text[0].isupper():
            tags[i] = "U"  # Vincent van Gogh, but the de Broglie wavelength
            tags[i - 1] = before if before in _FIXED else "U"
        elif low in glued and tag in "PTRDQoJBWCdvNAb" and f"{lows[i - 1]}_{low}" in glue:
            tags[i] = "x"
            if before not in "PoRC":
                tags[i - 1] = "P" if low in ("to", "of", "with", "by", "as") else "R"
        elif lows[i - 1] in labels and (tag == "#" or _is_label(pieces[i])):
            tags[i] = "L"
        elif tag in "NX":
            after = tags[i + 1] if i + 1 < n else "."
            if tag == "N" and before in ",C" and after in "DKXUANPJ%#q" and low in strong:
                tags[i] = "v"
            elif before in "NXUK":
                tags[i] = _noun_or_verb(tags, i, lows, after)
        elif tag in "rK":
            tags[i] = "L" if before in "NXUKA" and _ROMAN.match(pieces[i].text) else tag
        elif tag in "Dgd":
            tags[i] = _by_what_follows(tag, before, tags[i + 1] if i + 1 < n else ".", pieces[i])


def _noun_or_verb(tags: Sequence[str], i: int, lows: Sequence[str], after: str) -> str:
    """The class of what looks like a noun after a noun: 'thiazides decrease it'."""
    tag, low = tags[i], lows[i]
    if tag == "N" and after in "DAJNXUKPT%qr" and _acts(lows[i - 1], low):
        return "N" if _has_verb(tags, i) else "b"
    return "v" if after == "D" and low.endswith("s") and not _has_verb(tags, i) else tag


def _by_what_follows(tag: str, before: str, after: str, piece: Piece) -> str:
    """A letter 'A', a verb in -ing with an object, a participle before a noun."""
    if tag == "D":
        return "K" if piece.text == "A" and after in ",C.;)BvHM" else "D"
    if tag == "g":
        return "G" if before in "PTBx" and after in "DKXNUA" and _verbal(piece.low) else "g"
    return "A" if after in "NXUKA" and before in "bvgGPo" else "d"


@lru_cache(maxsize=1)
def _glued() -> frozenset[str]:
    """The second words of pairs that are one preposition or adverb."""
    return frozenset(pair.partition("_")[2] for pair in lists()["glue"])


def _acts(plural: str, low: str) -> bool:
    """Whether a noun after a plural may be its verb: 'receptors share', since 'shares' is a word of both classes."""
    ends = plural.endswith("s") and not plural.endswith(("ss", "us", "is"))
    return ends and frequent_words().get(f"{low}s", ("", 0))[0] == "a"


def _has_verb(tags: Sequence[str], i: int) -> bool:
    """Whether the clause of a word has a verb near it."""
    for near in (range(i - 1, max(-1, i - _NEAR), -1), range(i + 1, min(len(tags), i + _NEAR))):
        for k in near:
            if tags[k] in ".;WC":
                break
            if tags[k] in "vbBHMd":
                return True
    return False


def _by_neighbours(tag: str, before: str, after: str) -> str:
    if tag == "a":
        if after == "D" and before not in "Do":
            return "v"
        if before in "NXUKr)WRyq%" and not (before in "NXUK" and after in "BHMvd.;"):
            return "v"
        return "N"
    if tag == "b":
        return "N" if before in "DAJoP#" or (before in "NXUK" and after in "PoBHM.,;C") else "b"
    if tag == "N":
        return "b" if (before in "TM" and after in "DANXUKP") or (before == "R" and after == "D") else "N"
    if tag == "d":
        return "A" if before in "DJ" or (before in "PAo" and after in "NXUKA") else "d"
    if tag == "g":
        return "N" if before in "DAo" else "g"
    return "N" if before in "DAo" else tag


def _is_label(piece: Piece) -> bool:
    text = piece.text
    return (len(text) <= 2 and text[0].isupper()) or (text[0].isdigit() and not piece.kind)


def _verbal(low: str) -> bool:
    return frequent_words().get(low, ("g", RARE))[0] in "g-"
