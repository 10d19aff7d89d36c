"""Values are found whole: number, comparison, range and unit."""

from __future__ import annotations

import pytest

from deckgen.cloze.tokens import tokenise
from deckgen.cloze.values import find_values, opens_value


def values(text: str) -> list[str]:
    tokens = tokenise(text)
    opens = [opens_value(t.text) for t in tokens]
    return [text[tokens[i].start : tokens[j - 1].end] for i, j, _ in find_values(tokens, opens)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Its mass is about 147 kDa.", ["147 kDa"]),
        ("given at 300 mg every 2 weeks", ["300 mg", "every 2 weeks"]),
        ("a half-life of 40 to 55 days", ["40 to 55 days"]),
        ("body weight of 15 to <30 kg", ["15 to <30 kg"]),
        ("blood eosinophils ≥300 cells/µL", ["≥300 cells/µL"]),
        ("approved on March 28, 2017 there", ["March 28, 2017"]),
        ("signed on 28 June 1919.", ["28 June 1919"]),
        ("sealed in June 1215.", ["June 1215"]),
        ("fell by 28.6% and 6.9 %", ["28.6%", "6.9 %"]),
        ("significant (p < 0.001).", ["p < 0.001"]),
        ("ages 6 months to 11 years", ["6 months to 11 years"]),
        ("from 1.30 to 0.86 per year", ["1.30", "0.86"]),
        ("within 4.5 hours", ["4.5 hours"]),
        ("the 7- to 10-day lifespan", ["7- to 10-day"]),
        ("exactly 299,792,458 meters per second", ["299,792,458 meters per second"]),
        ("at 121 degrees Celsius", ["121 degrees Celsius"]),
        ("about 150 million kilometers", ["150 million kilometers"]),
        ("at 4.5 mg/kg without", ["4.5 mg/kg"]),
        ("inhaled once daily", ["once daily"]),
        ("ramipril 5 mg daily or 300 mg weekly", ["5 mg daily", "300 mg weekly"]),
        ("for 5 days daily", ["5 days"]),
        ("at least 5 cm (2 inches) away", ["5 cm (2 inches)"]),
        ("stored at 2–8 °C (36–46 °F), dark", ["2–8 °C (36–46 °F)"]),
        ("300 mg (2 mL) each", ["300 mg", "2 mL"]),
        ("was 27.7 percentage points higher", ["27.7 percentage points"]),
        ("from age 6 or at ages 2 to 11", ["age 6", "ages 2 to 11"]),
        ("aged 6 to 11 years", ["6 to 11 years"]),
        ("in the Bronze Age 3000 people", ["3000"]),
        ("aged 6 months–5 years there", ["6 months–5 years"]),
        ("IL-4 and 5-HT₃ and 16p12", []),
        ("it may rise in May", []),
        ("at least 25 years old", ["25 years old"]),
        ("boils at 100°C (212 °F) there", ["100°C (212 °F)"]),
        ("the ticket costs 5 €.", ["5 €"]),
        ("was murdered in 44 BC there", ["44 BC"]),
        ("from 284 to 305 AD.", ["284 to 305 AD"]),
        ("in 305 AD, he", ["305 AD"]),
        ("of 300 AD patients", ["300"]),
        ("am 8. Mai 1945", ["8. Mai 1945"]),
    ],
)
def test_value_with_its_unit(text: str, expected: list[str]) -> None:
    assert values(text) == expected
