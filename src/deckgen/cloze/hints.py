"""The hint of a blank: the class of the answer, where the fact alone does not say what is asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckgen.cloze.names import form_of
from deckgen.cloze.values import number_kind
from deckgen.cloze.visible import key_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckgen.cloze.types import Term

_CLASSES = frozenset({"drug", "cytokine", "receptor", "kinase", "enzyme", "disease", "gene"})
_AFTER_NUMBER = re.compile(r"[\d\s.,<>≤≥≈~±–-]+")
_DIMENSIONS = {
    "time": "second seconds minute minutes hour hours day days week weeks month months year years decade decades century s h min",
    "amount": "mg g kg µg μg mcg ng gram grams kilogram kilograms milligram milligrams",
    "concentration": "mg/ml mg/l mg/dl µg/ml μg/ml ng/ml pg/ml g/l g/dl mmol/l µmol/l nmol/l cells/µl cells/μl",
    "volume": "ml l dl µl liter liters litre litres milliliter milliliters",
    "length": "m mm cm km µm nm meter meters metre metres kilometer kilometers kilometre kilometres mile miles inch inches foot feet",
    "mass": "da kda dalton daltons kilodalton kilodaltons ton tons tonne tonnes",
    "temperature": "°c °f k degrees celsius fahrenheit",
    "frequency": "hz khz mhz ghz hertz",
}
_BY_UNIT = {unit: name for name, units in _DIMENSIONS.items() for unit in units.split()}


def hint_for(answer: str, after: str, names: Mapping[str, Term]) -> str | None:
    """A hint that says the class of the answer and no word of it, or None.

    `names` finds a glossary term by its name; `after` is the word behind the blank: a class that stands there
    already is not said twice.
    """
    term = names.get(answer.casefold()) or names.get(answer.partition(" (")[0].casefold())
    hint = (term.kind if term else None) or _by_value(answer) or _by_form(answer)
    if not hint or set(key_of(hint)) & set(key_of(answer)):
        return None
    return None if hint.casefold() == after.casefold() else hint


def _by_value(answer: str) -> str | None:
    if answer.endswith("%") or answer.endswith("percent"):
        return "%"
    kind = number_kind(answer)
    if kind == "year":
        return "year"
    if kind in ("number", "count"):
        return "number"
    if answer[:1].isdigit() or answer[:1] in "<>≤≥":
        unit = _AFTER_NUMBER.sub("", answer, count=1).lower()
        words = unit.split()
        return _BY_UNIT.get(unit) or (_BY_UNIT.get(words[0]) if len(words) == 1 else None)
    return None


def _by_form(answer: str) -> str | None:
    form = form_of(answer) if " " not in answer else ""
    return form if form in _CLASSES else None
