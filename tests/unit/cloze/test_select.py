"""The selection: opposites together, nothing given away, enough left to read."""

from __future__ import annotations

from deckgen.cloze.select import Selection
from deckgen.cloze.visible import Sight


def selection(text: str, elsewhere: str = "", kept: tuple[tuple[int, int], ...] = ()) -> Selection:
    return Selection(Sight(text, elsewhere), lambda _start, _end: True, kept)


def take(chosen: Selection, text: str, answer: str, *names: str) -> str | None:
    start = text.index(answer)
    return chosen.why_not(answer, start, start + len(answer), names)


def test_opposites_share_a_number() -> None:
    text = "Oxidation is a loss of electrons, whereas reduction is a gain of them."
    chosen = selection(text)
    assert take(chosen, text, "loss") is None
    assert take(chosen, text, "reduction") is None
    assert take(chosen, text, "gain") is None
    assert [blank.group for blank in chosen.blanks] == [1, 2, 1]


def test_repeated_answer_is_hidden_everywhere() -> None:
    text = "Renin acts first; then the renins act on the liver again and again today."
    chosen = selection(text)
    assert take(chosen, text, "Renin") is None
    assert [(text[b.start : b.end], b.group) for b in chosen.blanks] == [("Renin", 1), ("renins", 1)]


def test_answer_inside_a_taken_blank_is_left() -> None:
    text = "IL-4 acts on the type I receptor, and both IL-4 and IL-13 act on type II."
    chosen = selection(text)
    chosen.force([(text.index("both"), text.index(" act on type II"))])
    assert take(chosen, text, "IL-4") == "shown again in a place that cannot be hidden"


def test_expansion_next_to_its_acronym_is_left() -> None:
    text = "Patients with lactic acid disease (LAD) recover within weeks as a rule, not months."
    assert take(selection(text), text, "lactic acid disease") == "given away by another name"
    assert take(selection(text), text, "LAD") == "given away by the words it stands for"
    assert take(selection(text), text, "lactic acid disease (LAD)") is None


def test_alias_in_sight_is_a_leak() -> None:
    text = "CD124 is found on T cells and is called IL-4Rα by most people who work on it."
    assert take(selection(text), text, "IL-4Rα", "CD124") == "given away by another name"


def test_front_of_the_card_is_seen() -> None:
    text = "The mass of the antibody is 147 kDa in total."
    assert take(selection(text, "147 kDa or more?"), text, "147 kDa") == "shown on the front of the card"


def test_general_words_are_left() -> None:
    text = "The first part of the process is a large effect in this group."
    for answer in ("first", "process", "large effect", "two" if "two" in text else "part"):
        assert take(selection(text), text, answer) == "too general to ask for"


def test_something_is_left_to_read() -> None:
    text = "Aspirin inhibits cyclooxygenase."
    assert take(selection(text), text, text[:-1]) == "leaves too little to read"


def test_kept_words_stay() -> None:
    text = "Aspirin inhibits cyclooxygenase in platelets for good."
    place = (text.index("cyclo"), text.index(" in plat"))
    assert take(selection(text, kept=(place,)), text, "cyclooxygenase") == "kept visible by the author"
