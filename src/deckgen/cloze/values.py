"""Numbers with what gives them meaning: unit, comparison, range, percentage, interval, date.

A value is one piece: neither the number nor its unit is ever hidden alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from deckgen.cloze.wordlists import lists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deckgen.cloze.tokens import Token

_POWER = r"(?:[×x*]10(?:\^?[−–-]?\d{1,4}|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]{1,4}))?"
_NUMBER = r"[<>≤≥=~≈±+−–-]{0,3}(?:\d{1,30}(?:[.,·]\d{1,30}){0,8}|\.\d{1,30})" + _POWER
_NUM = re.compile(rf"{_NUMBER}\Z")
_RANGE = re.compile(rf"{_NUMBER}%?(?:[–−/:-]|±){_NUMBER}%?\Z")
_PERCENT = re.compile(rf"{_NUMBER}(?:(?:[–−-]|±){_NUMBER})?\s?[%‰]\Z")
_ORDINAL = re.compile(r"\d{1,6}(?:st|nd|rd|th)\Z")
_GLUED = re.compile(
    rf"({_NUMBER}(?:(?:[–−-]|±){_NUMBER})?)[-\s]?([^\W\d_°µμ%][^\W\d_]*(?:/[^\W\d_]+\d?)*|°[CFK]?|[µμ][^\W\d_]+(?:/[^\W\d_]+)?)\Z"
)
_MONEY = re.compile(rf"[$€£¥₹]{_NUMBER}[kKmMbB]?(?:n|bn)?\Z")
YEAR_FORM = re.compile(r"(?:1[0-9]{3}|20[0-9]{2})\Z")
_DECADE = re.compile(r"(?:1[0-9]{3}|20[0-9]{2})s\Z")
_ISO = re.compile(r"\d{4}-\d{2}(?:-\d{2})?\Z|\d{1,2}[./]\d{1,2}[./]\d{2,4}\Z")
_OPEN_RANGE = re.compile(r"\d{1,6}-\Z")
_PRIMED = re.compile(r"\d{1,2}′\Z")  # an end of a strand: 5′
COMPARISONS = frozenset({"<", ">", "≤", "≥", "=", "≈", "~", "±", "<=", ">="})
_AFTER_UNIT = frozenset({"celsius", "fahrenheit", "kelvin", "c", "f", "north", "south", "east", "west"})
_INTERVAL = frozenset({"every", "each"})
_TIMES = frozenset({"daily", "nightly", "weekly", "monthly", "yearly"})
_AGES = frozenset({"age", "ages"})
_ERAS = frozenset({"BC", "BCE", "CE"})
_MEASURES = ("time", "amount", "concentration", "volume", "length", "mass", "temperature", "frequency")
_OPENING_WORDS = frozenset({"every", "each", "once", "twice", "p"}) | _AGES
_STARTS = frozenset("0123456789<>≤≥=~≈±+−–-$€£¥₹.")
MAX = 64  # longer tokens are no numbers; keeps matching cheap on hostile input

PERCENT, DATE, YEAR, QUANTITY, NUMBER, COUNT, INTERVAL, RATIO = (
    "percent", "date", "year", "quantity", "number", "count", "interval", "ratio",
)  # fmt: skip


@lru_cache(maxsize=1 << 14)
def number_kind(text: str) -> str:
    """What kind of value one token is by itself, or an empty string."""
    if len(text) > MAX or not any(c.isdigit() for c in text):
        return COUNT if text.lower() in lists()["number"] else ""
    if _NUM.match(text):
        return YEAR if YEAR_FORM.match(text) else NUMBER
    if _PERCENT.match(text):
        return PERCENT
    if _ISO.match(text):
        return DATE
    if _RANGE.match(text):
        return PERCENT if "%" in text else RATIO
    if _MONEY.match(text):
        return QUANTITY
    if _DECADE.match(text):
        return DATE
    glued = _GLUED.match(text)
    return QUANTITY if glued and is_unit(glued.group(2)) else ""


def is_unit(text: str) -> bool:
    """Whether a token is a unit of measurement when a number stands before it."""
    if len(text) == 1:
        return text in lists()["cased-unit"] or text == "%"
    low, units = text.lower(), lists()["unit"]
    if low in units:
        return True
    head, slash, tail = low.partition("/")
    return bool(slash) and head in units and (tail in units or tail.rstrip("²³23") in units)


def opens_value(text: str) -> bool:
    """Whether a value may begin with this token."""
    if text[0] in _STARTS:
        return len(text) > 1 or text.isdigit() or text in COMPARISONS
    low = text.lower()
    named = lists()
    return low in _OPENING_WORDS or low in named["number"] or (low in named["month"] and text[0].isupper())


def find_values(tokens: Sequence[Token], opens: Sequence[bool]) -> list[tuple[int, int, str]]:
    """Runs of tokens `[i, j)` that are one value each, with their kind, in order."""
    out: list[tuple[int, int, str]] = []
    i, n = 0, len(tokens)
    while i < n:
        if not opens[i] or tokens[i].atom:
            i += 1
            continue
        j, kind = _value_at(tokens, i)
        if kind == QUANTITY:
            j = _other_unit(tokens, j)
        if kind:
            out.append((i, j, kind))
        i = j
    return out


def _other_unit(tokens: Sequence[Token], j: int) -> int:
    """'5 cm (2 inches)': the same once more in another unit of its kind belongs to the value."""
    if j + 2 >= len(tokens) or tokens[j].text != "(":
        return j
    end, kind = _amount(tokens, j + 1)
    closed = kind == QUANTITY and end < len(tokens) and tokens[end].text == ")"
    measured = dimension_of(_unit_in(tokens[j - 1].text))
    return end + 1 if closed and measured and measured == dimension_of(_unit_in(tokens[end - 1].text)) else j


def _unit_in(text: str) -> str:
    """The unit of a token that ends a quantity: of '100°C' or 'kg'."""
    glued = _GLUED.match(text)
    return glued.group(2) if glued else text


def dimension_of(unit: str) -> str | None:
    """What a unit measures: 'time' for weeks. Degrees alone may be of an angle."""
    return _dimensions().get(unit.lower().removeprefix("degrees ").removeprefix("degree "))


@lru_cache(maxsize=1)
def _dimensions() -> dict[str, str]:
    return {unit: name for name in _MEASURES for unit in sorted(lists()[f"measure {name}"])}


def _value_at(tokens: Sequence[Token], i: int) -> tuple[int, str]:
    text = tokens[i].text
    low = text.lower()
    if low in lists()["month"] and text[0].isupper():
        return _month(tokens, i)
    if low in _INTERVAL:
        j, kind = _amount(tokens, i + 1)
        timed = kind == QUANTITY and tokens[j - 1].text.lower() in lists()["time-unit"]
        return (j, INTERVAL) if timed else (i + 1, "")
    if low in ("once", "twice"):
        timed = i + 1 < len(tokens) and tokens[i + 1].text.lower() in _TIMES
        return (i + 2, INTERVAL) if timed else (i + 1, COUNT if low == "twice" else "")
    if low in _AGES and (text.islower() or i == 0):
        return _bare_age(tokens, i)
    if low == "p" and i + 1 < len(tokens) and tokens[i + 1].text in COMPARISONS:
        j, kind = _amount(tokens, i + 2)
        return (j, RATIO) if kind else (i + 1, "")
    if text in COMPARISONS:
        j, kind = _amount(tokens, i + 1)
        return (j, kind) if kind else (i + 1, "")
    if text[-1] == "′" and [bool(_PRIMED.match(t.text)) or t.text == "to" for t in tokens[i : i + 3]] == [True] * 3:
        return i + 3, RATIO
    return _amount(tokens, i)


def _bare_age(tokens: Sequence[Token], i: int) -> tuple[int, str]:
    """'age 6', 'ages 2 to 11': the number says nothing without the word; with a unit it stands alone."""
    j, kind = _amount(tokens, i + 1)
    if kind != NUMBER:
        return i + 1, ""
    if j + 1 < len(tokens) and tokens[j].text in ("to", "and", "or") and number_kind(tokens[j + 1].text) == NUMBER:
        far, kind = _amount(tokens, j + 1)
        return (far, QUANTITY) if kind == NUMBER else (i + 1, "")
    return j, QUANTITY


def _month(tokens: Sequence[Token], i: int) -> tuple[int, str]:
    """April 2025; March 28, 2017; 'May' alone is no date."""
    n = len(tokens)
    if i + 1 < n and YEAR_FORM.match(tokens[i + 1].text):
        return i + 2, DATE
    if i + 1 < n and tokens[i + 1].text.isdecimal() and len(tokens[i + 1].text) <= 2:
        if i + 3 < n and tokens[i + 2].text == "," and YEAR_FORM.match(tokens[i + 3].text):
            return i + 4, DATE
        return i + 2, DATE
    return i + 1, ""


def _amount(tokens: Sequence[Token], i: int) -> tuple[int, str]:
    """A number, its multiplier, the far end of its range and its unit."""
    n = len(tokens)
    if i >= n or tokens[i].atom:
        return i + 1, ""
    text = tokens[i].text
    if _OPEN_RANGE.match(text) and i + 2 < n and tokens[i + 1].text in ("to", "or", "and"):
        return (i + 3, QUANTITY) if tokens[i + 2].text[:1].isdigit() else (i + 1, "")
    kind = number_kind(text)
    if not kind:
        return i + 1, ""
    j = i + 1
    dated = _date_end(tokens, j) if kind in (NUMBER, YEAR) and len(text) <= 2 else 0
    if dated:
        return dated, DATE
    if j < n and kind != PERCENT and tokens[j].text in lists()["multiplier"]:
        j, kind = j + 1, QUANTITY
    j, kind = _unit(tokens, j, kind)
    j, kind = _range(tokens, j, kind)
    if kind == QUANTITY and j < n and tokens[j].text in _TIMES and tokens[j - 1].text not in lists()["time-unit"]:
        j += 1
    return j, kind


def _date_end(tokens: Sequence[Token], j: int) -> int:
    """Where a date ends whose month stands after its day, at j: '8 May 1945', '8. Mai 1945'; 0 for none."""
    stop = j + 1 < len(tokens) and tokens[j].text == "." and tokens[j].start == tokens[j - 1].end
    at = j + stop
    if at >= len(tokens) or tokens[at].text.lower() not in lists()["month"]:
        return 0
    end, dated = _month(tokens, at)
    if dated and tokens[end - 1].text.isdecimal():
        return end
    return 0 if stop else at + 1


def _unit(tokens: Sequence[Token], j: int, kind: str) -> tuple[int, str]:
    n = len(tokens)
    if j + 1 < n and tokens[j].text == "percentage" and tokens[j + 1].text in ("point", "points"):
        return j + 2, QUANTITY
    if j < n and kind in (NUMBER, YEAR) and _is_era(tokens, j):
        return j + 1, YEAR
    if j >= n or kind in (PERCENT, DATE) or tokens[j].atom or not is_unit(tokens[j].text):
        return j, kind
    kind = PERCENT if tokens[j].text.lower() in ("%", "percent") else QUANTITY
    j += 1
    if j < n and tokens[j].text.lower() in _AFTER_UNIT and tokens[j - 1].text.lower() in ("degrees", "degree", "°"):
        j += 1
    elif j + 1 < n and tokens[j].text == "per" and is_unit(tokens[j + 1].text):
        j += 2
    elif j < n and tokens[j].text == "old" and tokens[j - 1].text in ("years", "months", "weeks", "days"):
        j += 1
    return j, kind


def _is_era(tokens: Sequence[Token], j: int) -> bool:
    """BC; AD where nothing goes on that it could stand for something else with, as in '300 AD patients'."""
    if tokens[j].text in _ERAS:
        return True
    return tokens[j].text == "AD" and (j + 1 == len(tokens) or not tokens[j + 1].word)


def _range(tokens: Sequence[Token], j: int, kind: str) -> tuple[int, str]:
    """'15 to <30 kg', '6 months to 11 years', '30 – 60 minutes'; bare '1.30 to 0.86' stays two values."""
    if j + 1 >= len(tokens) or tokens[j].text not in ("to", "–", "-", "±"):
        return j, kind
    end, far = j + 2, number_kind(tokens[j + 1].text)
    if not far:
        return j, kind
    end, far = _unit(tokens, end, far)
    joined = tokens[j].text != "to" or far in (QUANTITY, PERCENT) or _is_era(tokens, end - 1)
    return (end, far) if joined else (j, kind)
