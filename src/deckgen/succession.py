"""When one answer plainly succeeds another: the same thing in other spelling.

Only differences that cannot change what is asked count as spelling: Greek letters and their names, dashes and
"to" in ranges, hyphens and spaces inside names, number words, comparison words and signs, case, articles and
hedges, plurals, British and American endings, an abbreviation added in parentheses, and names that the
glossary calls one term. Likeness of letters alone never counts: hyperkalemia is not hypokalemia.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma",
    "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
_NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
_UNITS = {
    "percent": "%", "mcg": "μg", "ug": "μg", "micrograms": "μg", "microgram": "μg",
    "milligrams": "mg", "milligram": "mg",
    "kilograms": "kg", "kilogram": "kg", "milliliters": "ml", "milliliter": "ml", "millilitres": "ml",
}  # fmt: skip


class _Step(NamedTuple):
    """One change of spelling. A text that holds none of the ``clues`` cannot match, and need not be searched."""

    clues: tuple[str, ...]
    pattern: re.Pattern[str]
    becomes: str

    def __call__(self, text: str) -> str:
        for clue in self.clues:
            if clue in text:
                return self.pattern.sub(self.becomes, text)
        return text


_COMPARISONS = (
    _Step(
        ("at least", "less than", "≥", ">="),
        re.compile(r"\b(?:at least|no less than|not less than)\s+|≥\s*|>=\s*"), ">=",
    ),
    _Step(
        ("at most", "more than", "up to", "≤", "<="),
        re.compile(r"\b(?:at most|no more than|not more than|up to)\s+|≤\s*|<=\s*"), "<=",
    ),
    _Step(("than", "over", ">"), re.compile(r"\b(?:more than|greater than|over)\s+(?=\d)|>\s*(?=\d)"), ">"),
    _Step(
        ("than", "below", "under", "<"),
        re.compile(r"\b(?:less than|fewer than|below|under)\s+(?=\d)|<\s*(?=\d)"), "<",
    ),
)  # fmt: skip
_HEDGES = _Step(
    ("about", "approx", "around", "roughly", "circa", "~", "≈"),
    re.compile(r"\b(?:about|approximately|approx|around|roughly|circa)\b\.?\s*|[~≈]\s*"), "",
)  # fmt: skip
_ARTICLE = re.compile(r"(?:[Tt]he|an|An|a)\s+(?=\w{2})")
_THOUSANDS = _Step((",",), re.compile(r",(?<=\d,)(?=\d{3}\b)"), "")
_RANGE = _Step(("-", "to"), re.compile(r"(?<=\d)(%|\s?[a-z]{1,3})?\s*(?:-|\bto\b)\s*(?=\d)"), r"\1…")
_DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_PARENTHESIS = re.compile(r"(?<!\s)\s*[(\[]([^()\[\]]{1,40})[)\]]")
_ENDINGS = (
    _Step(("our",), re.compile(r"(?<=\w{2})our\b"), "or"),
    _Step(("isation",), re.compile(r"isation"), "ization"),
    _Step(("ise",), re.compile(r"(?<=\w{3})ise(d|s)?\b"), r"ize\1"),
    _Step(("yse",), re.compile(r"yse(d|s)?\b"), r"yze\1"),
    _Step(("ae",), re.compile(r"(?<=[a-z])ae(?=[a-z])"), "e"),
    _Step(("oe",), re.compile(r"oe(?=[a-z])"), "e"),
    _Step(("s",), re.compile(r"s(?<=[a-z]{3}s)(?<![sui]s)\b"), ""),
    _Step(("-",), re.compile(r"(?i)(?<=[a-z0-9])-(?=[a-z])|(?<=[a-z])-(?=\d)"), ""),
)
_WORD = re.compile(r"[^\W\d_]+")
_CAPITALISED = re.compile(r"(?<![a-zA-Z])[a-zA-Z]*[A-Z][a-zA-Z]*")
_NOISE = str.maketrans(dict.fromkeys(";'\"“”‘’*", " "))
_SEPARATORS = _Step((",", ":"), re.compile(r"[,:](?!(?<=\d[,:])\d)"), " ")
_DIGIT = re.compile(r"\d")
_APART = re.compile(r"(?<=\d)\s+(?=\d)")
_RAISED = str.maketrans(
    {character: f"^{plain}" for character, plain in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-", strict=True)}
)
_SHORTER = _NUMBER_WORDS | _UNITS
_SHORT = 2
"""Words of one or two letters keep their case: mg is not Mg."""
_MEGA = frozenset(("mhz", "mpa", "mwh", "mev", "mbq", "msv", "mohm"))
"""Units of a thousandth, or of a million where they begin with a capital."""


@functools.lru_cache(maxsize=65536)
def canonical(text: str) -> str:
    """One spelling for all spellings that plainly mean the same answer; numbers are never changed."""
    plain = text.isascii()
    spelt = text if plain else _DASHES.sub("-", unicodedata.normalize("NFKC", text.translate(_RAISED)))
    spelt = spelt.strip()
    article = _ARTICLE.match(spelt)
    spelt = _THOUSANDS((spelt[article.end() :] if article else spelt).replace("µ", "μ"))
    if not (plain and spelt.islower()):
        spelt = (_CAPITALISED if plain else _WORD).sub(_small, spelt)
    for comparison in _COMPARISONS:
        spelt = comparison(spelt)
    spelt = _RANGE(_HEDGES(spelt)) if _DIGIT.search(spelt) else _HEDGES(spelt)
    if not _SHORTER.keys().isdisjoint(_WORD.findall(spelt)):
        spelt = _WORD.sub(lambda word: _SHORTER.get(word[0], word[0]), spelt)
    if not spelt.isascii():
        spelt = "".join([_GREEK.get(character, character) for character in spelt])
    for ending in _ENDINGS:
        spelt = ending(spelt)
    spelt = _SEPARATORS(spelt.removesuffix(".")).translate(_NOISE)
    if _DIGIT.search(spelt):
        spelt = _APART.sub("_", spelt.strip())
    return "".join(spelt.split()) or text


def _small(word: re.Match[str]) -> str:
    text = word[0]
    if len(text) <= _SHORT:
        return text
    small = text.casefold()
    return f"M{small[1:]}" if text[0] == "M" and small in _MEGA else small


class Names:
    """Which names the glossary calls one term."""

    def __init__(self, terms: Iterable[tuple[str, ...]] = ()) -> None:
        owners: dict[str, set[str]] = {}
        for term in terms:
            for name in term:
                owners.setdefault(canonical(name), set()).add(term[0])
        self._owner: Mapping[str, str] = {name: next(iter(heads)) for name, heads in owners.items() if len(heads) == 1}

    def owner(self, text: str) -> str:
        """The canonical spelling of the term a text names, or of the text itself."""
        spelt = canonical(text)
        return canonical(self._owner[spelt]) if spelt in self._owner else spelt


NO_NAMES = Names()


def same_answer(old: str, new: str, names: Names = NO_NAMES) -> bool:
    """Whether two texts are one answer, wherever they stand."""
    if old == new or canonical(old) == canonical(new):
        return True
    if names.owner(old) == names.owner(new):
        return True
    bare_old, bare_new = _PARENTHESIS.sub("", old), _PARENTHESIS.sub("", new)
    if (bare_old == old) == (bare_new == new):
        return False
    return bool(canonical(bare_old)) and names.owner(bare_old) == names.owner(bare_new)


_SYMBOL = re.compile(r"(?=.*[A-Z])(?=.*\d)[\w-]{2,15}")


def succeeds_in_place(old: str, new: str, names: Names = NO_NAMES) -> bool:
    """Whether a text that stands where another stood is that answer in better spelling.

    Beside `same_answer`: a Greek letter was added to or taken from the end of a symbol (IL4-R and IL-4Rα).
    """
    if same_answer(old, new, names):
        return True
    if not (_SYMBOL.fullmatch(old) and _SYMBOL.fullmatch(new)):
        return False
    short, long = sorted((canonical(old), canonical(new)), key=len)
    return long.startswith(short) and long[len(short) :] in _GREEK.values() and not short[-1:].isdigit()
