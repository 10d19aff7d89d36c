"""What the rehearsal reads from rendered cards, for the templates of deckgen and for plain ones."""

from __future__ import annotations

import pytest

from deckgen.anki_template import render_sides
from deckgen.notetypes import note_types
from deckgen.rehearsal.cardtext import asked, card_fault

KINDS = note_types("bank", "Bank", repository="https://example.org/bank", version="1.0")


def read(kind: str, ordinal: int, **fields: str):
    card = render_sides(KINDS[kind], fields, ordinal)
    return asked(card.front, card.back)


def test_a_basic_card_asks_the_question_and_answers_the_answer_alone() -> None:
    found = read("basic", 0, Question="What?", Answer="<p>This &amp; <b>that</b></p>", Explanation="Why", Sources="x")
    assert (found.question, found.answers, found.retired) == ("What?", ("This & that",), False)


def test_a_typed_card_has_the_same_answer() -> None:
    assert read("basic", 0, Question="What?", Answer="This", Typed="this").answers == ("This",)


def test_a_reverse_card_asks_the_other_way_round() -> None:
    found = read("basic", 1, Question="What?", Answer="This", Reverse="1")
    assert (found.question, found.answers, found.retired) == ("This", ("What?",), False)


def test_a_reverse_card_that_was_dropped_is_retired() -> None:
    assert read("basic", 1, Question="What?", Answer="This", Stubs="no longer asked", Context="Topic").retired
    assert not read("basic", 0, Question="What?", Answer="This", Stubs="no longer asked", Context="Topic").retired


def test_a_choice_is_answered_by_the_right_option_without_its_reason() -> None:
    wrong = '<li class="wrong">A <span class="why">no</span></li>'
    right = '<li class="right">B <span class="why">yes</span></li>'
    review = f'<ul class="options">{wrong}{right}</ul>'
    found = read("choice", 0, Question="Which?", Options="<ul><li>A</li><li>B</li></ul>", Answer="B", Review=review)
    assert found.answers == ("B",)


def test_a_cloze_answers_what_it_hides() -> None:
    text = "{{c1::One::hint}} and {{c2::two <i>in</i> {{c1::one}}}}."
    assert read("cloze", 0, Text=text).answers == ("One", "one")
    assert read("cloze", 1, Text=text).answers == ("two in one",)
    assert not read("cloze", 1, Text=text, Stubs="{{c5::gone::retired}}").retired


def test_a_cloze_number_that_only_the_stubs_hold_is_retired() -> None:
    found = read("cloze", 4, Text="{{c1::One}}", Stubs="{{c5::gone::retired}}")
    assert (found.answers, found.retired) == (("gone",), True)


def test_a_table_card_knows_its_row_and_column() -> None:
    hint = '<span class="cell"><span class="row">Adults</span> <span class="column">Dose</span></span>'
    found = read(
        "ordered",
        0,
        Question="Doses?",
        Prompts=f"{{{{c1::<i></i>::{hint}}}}}",
        Content="<table><tr><td>{{c1::300 mg}}</td><td>{{c2::x}}</td></tr></table>",
    )
    assert (found.cell, found.answers) == (("Adults", "Dose"), ("300 mg",))


def test_plain_templates_are_read_by_their_answer_line_or_by_what_is_new() -> None:
    assert asked("Q", "Q<hr id=answer>A").answers == ("A",)
    assert asked("Q", "Q<br>A").answers == ("A",)
    assert asked("Q", "something else").answers == ("something else",)
    assert asked("<img src='a.png'>", "<img src='a.png'><hr id=answer><img src='b.png'>").answers == ("[b.png]",)


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        ("text", None),
        ("<img src=x>", None),
        ("<div>&nbsp;</div>", "front-blank"),
        ("<style>.a {}</style><script>x()</script><!-- x -->", "front-blank"),
        ("<a href='https://docs.ankiweb.net/templates/errors.html#template-syntax-error'>", "template-syntax-error"),
    ],
)
def test_errors_of_anki_and_blank_fronts_are_faults(question: str, fault: str | None) -> None:
    assert card_fault(question, "back") == fault


def test_unbalanced_markup_is_read_to_its_end() -> None:
    assert asked("</div><b>Q", "</p></b>Q<hr id=answer><div>A</span>").answers == ("A",)
