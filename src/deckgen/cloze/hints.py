"""The hint of a blank: the class of the answer, where the fact alone does not say what is asked for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from deckgen.cloze.names import form_of
from deckgen.cloze.values import dimension_of, number_kind
from deckgen.cloze.visible import key_of
from deckgen.cloze.wordlists import lists

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckgen.cloze.types import Term

_CLASSES = frozenset({"drug", "cytokine", "receptor", "kinase", "enzyme", "disease", "gene"})
_AFTER_NUMBER = re.compile(r"[\d\s.,<>≤≥≈~±–-]+")
_MONTH = re.compile(r"[A-Z][a-z]{2,8} (?:1[0-9]{3}|20[0-9]{2})\Z")
_BARE_AGE = re.compile(r"ages? \d{1,3}(?: (?:to|and|or) \d{1,3})?\Z", re.IGNORECASE)
_AGE = re.compile(r"\b(?:aged?|ages)(?: of)?\s*\Z", re.IGNORECASE)
_JOINED = re.compile(r" (?:and|or) ")
_ERAS = frozenset({"bc", "bce", "ce", "ad"})
_SHARES = frozenset({"half", "double", "twice", "thrice", "triple"})
PERCENT = "%"  # the one hint that is a part of its answer: it says that a share is asked for, not which


def hint_for(answer: str, after: str, names: Mapping[str, Term], before: str = "") -> str | None:
    """A hint that says the class of the answer and no word of it, or None.

    `names` finds a glossary term by its name; `before` and `after` are the text around the blank: a class that
    follows already is not said twice, and what follows "aged" is an age.
    """
    hint = _class_of(answer, names) or _by_value(answer)
    if hint == "time" and _AGE.search(before):
        hint = "age"
    if not hint and _JOINED.search(answer):
        hint = _of_both(answer, names)
    if not hint or (hint != PERCENT and set(key_of(hint)) & set(key_of(answer))):
        return None
    follows = after.split(maxsplit=1)[:1]
    said = follows and follows[0].strip(".,;:").casefold() == hint.casefold()
    return None if said else hint


def _class_of(answer: str, names: Mapping[str, Term]) -> str | None:
    term = None
    if names:
        term = names.get(answer.casefold()) or names.get(answer.partition(" (")[0].casefold())
    return (term.kind if term else None) or _by_form(answer)


def _of_both(answer: str, names: Mapping[str, Term]) -> str | None:
    """The class of a pair, 'IL-4 and IL-13', as a plural."""
    members = _JOINED.split(answer)
    kinds = {_class_of(member, names) for member in members}
    kind = kinds.pop()
    if len(members) != 2 or kinds or not kind or not kind.isascii():
        return None
    if kind.endswith("y") and kind[-2:-1] not in "aeiou":
        return f"{kind[:-1]}ies"
    return f"{kind}es" if kind.endswith(("s", "x", "ch", "sh")) else f"{kind}s"


@lru_cache(maxsize=1 << 14)
def _by_value(answer: str) -> str | None:
    if answer.endswith(("%", "percent")):
        return PERCENT
    if _MONTH.match(answer) and answer.split(maxsplit=1)[0].lower() in lists()["month"]:
        return "month and year"
    if _BARE_AGE.match(answer):
        return "years"
    kind = number_kind(answer)
    if kind == "year":
        return "year"
    if kind in ("number", "count") and answer.casefold() not in _SHARES:
        return "number"
    if answer[:1].isdigit() or answer[:1] in "<>≤≥":
        unit = _AFTER_NUMBER.sub("", answer, count=1).lower()
        return "year" if unit in _ERAS else dimension_of(unit)
    return None


def _by_form(answer: str) -> str | None:
    form = form_of(answer) if " " not in answer else ""
    return form if form in _CLASSES else None
