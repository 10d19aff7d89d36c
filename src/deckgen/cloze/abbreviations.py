"""Terms that stand before their abbreviation: 'lactate dehydrogenase (LDH)'.

The letters of the abbreviation are looked for from right to left, the first of them at the beginning of a word
(Schwartz and Hearst, 2003). Greek letters stand for the word that names them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from deckgen.cloze.sentence import Piece

_SHORTEST, _LONGEST = 2, 10  # letters of an abbreviation
_GREEK = str.maketrans("αβγδεκλμτω", "abgdeklmto")


def long_forms(pieces: Sequence[Piece], tags: Sequence[str]) -> Mapping[int, tuple[int, int]]:
    """For each piece of a term with its abbreviation: the term's first piece and the place of the bracket."""
    out: dict[int, tuple[int, int]] = {}
    for k in range(1, len(tags) - 2):
        if tags[k] != "(" or tags[k + 2] != ")":
            continue
        first = _first(pieces, k, pieces[k + 1].text)
        if first >= 0:
            out.update(dict.fromkeys(range(first, k + 3), (first, k)))
    return out


def _first(pieces: Sequence[Piece], bracket: int, short: str) -> int:
    letters = [c for c in short.lower().translate(_GREEK) if c.isalnum()]
    if not _SHORTEST <= len(letters) <= _LONGEST or short.islower() or not short[0].isalpha():
        return -1
    k, at = bracket, -1
    low = ""
    for n, letter in enumerate(reversed(letters), 1):
        opens = n == len(letters)
        while True:
            if at < 0:
                k -= 1
                if k < 0 or bracket - k > min(len(letters) + 5, 2 * len(letters)):
                    return -1
                low = pieces[k].low.translate(_GREEK)
                at = len(low) - 1
                continue
            found = low[at] == letter and (not opens or at == 0 or not low[at - 1].isalnum())
            at -= 1
            if found:
                break
    return k
