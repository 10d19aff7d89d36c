from __future__ import annotations

from deckgen.anki_filters import apply_filters, cloze_numbers


def test_the_filter_next_to_the_field_comes_first() -> None:
    text = "<b>{{c1::a}}</b> {{c2::b}}"
    assert apply_filters(text, "Text", ("cloze", "text"), 1, hidden=True) == "[...] b"
    assert apply_filters(text, "Text", ("text", "cloze-only"), 2, hidden=False) == "b"


def test_an_unknown_filter_ends_the_work() -> None:
    assert apply_filters("<b>a</b>", "Text", ("other", "text"), 1, hidden=True) == "<b>a</b>"
    assert apply_filters("<b>a</b>", "Text", ("text", "other"), 1, hidden=True) == "a"


def test_a_blank_keeps_its_answer_in_an_attribute() -> None:
    shown = apply_filters('{{c1::<i>α</i> & "é"}}', "Text", ("cloze",), 1, hidden=True)
    assert 'data-cloze="&lt;i&gt;α&lt;&#x2F;i&gt;&#x20;&amp;&#x20;&quot;&#xE9;&quot;"' in shown
    assert 'data-cloze="' not in apply_filters("{{c1::a}}", "Text", ("cloze",), 1, hidden=False)


def test_a_field_without_the_number_shows_nothing() -> None:
    for hidden in (True, False):
        assert apply_filters("before {{c1::a}} after", "Text", ("cloze",), 2, hidden=hidden) == ""


def test_cloze_numbers() -> None:
    assert cloze_numbers("{{c2::a {{c7::b}}}} {{c0::c}} {{c1,3::d}} {{c65536::e}} {{c::f}}") == {1, 2, 3, 7}


def test_nesting_ends_at_ten_levels() -> None:
    nested = "".join(f"{{{{c{n}::" for n in range(1, 13)) + "x" + "}}" * 12
    assert cloze_numbers(nested) == set(range(1, 11))
