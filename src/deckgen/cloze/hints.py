"""The hint of a blank: the class of the answer, where the fact alone does not say what is asked for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from deckgen.cloze.names import form_of
from deckgen.cloze.values import number_kind
from deckgen.cloze.visible import key_of
from deckgen.cloze.wordlists import lists

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckgen.cloze.types import Term

_CLASSES = frozenset({"drug", "cytokine", "receptor", "kinase", "enzyme", "disease", "gene"})
_AFTER_NUMBER = re.compile(r"[\d\s.,<>≤≥≈~±–-]+")
PERCENT = "%"  # the one hint that is a part of its answer: it says that a share is asked for, not which
_DIMENSIONS = ("time", "amount", "concentration", "volume", "length", "mass", "temperature", "frequency")


def hint_for(answer: str, after: str, names: Mapping[str, Term]) -> str | None:
    """A hint that says the class of the answer and no word of it, or None.

    `names` finds a glossary term by its name; `after` is the word behind the blank: a class that stands there
    already is not said twice.
    """
    term = names.get(answer.casefold()) or names.get(answer.partition(" (")[0].casefold())
    hint = (term.kind if term else None) or _by_value(answer) or _by_form(answer)
    if not hint or (hint != PERCENT and set(key_of(hint)) & set(key_of(answer))):
        return None
    return None if hint.casefold() == after.casefold() else hint


@lru_cache(maxsize=1)
def _dimensions() -> dict[str, str]:
    """What each unit measures."""
    return {unit: name for name in _DIMENSIONS for unit in sorted(lists()[f"measure {name}"])}


def _by_value(answer: str) -> str | None:
    if answer.endswith(("%", "percent")):
        return PERCENT
    kind = number_kind(answer)
    if kind == "year":
        return "year"
    if kind in ("number", "count"):
        return "number"
    if answer[:1].isdigit() or answer[:1] in "<>≤≥":
        unit = _AFTER_NUMBER.sub("", answer, count=1).lower()
        words = unit.split()
        return _dimensions().get(words[0] if len(words) == 1 else unit)
    return None


def _by_form(answer: str) -> str | None:
    form = form_of(answer) if " " not in answer else ""
    return form if form in _CLASSES else None
