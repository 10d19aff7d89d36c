"""The renderer by itself. That it agrees with Anki is for the acceptance tests to say."""

from __future__ import annotations

import pytest

from deckgen.anki_template import card_ordinals, is_blank, render_card, render_sides
from deckgen.notetypes import Field, NoteType, Template


def note_type(front: str, back: str = "back", *more: Template, is_cloze: bool = False) -> NoteType:
    fields = (Field("front", "Front", 1), Field("back", "Back", 2))
    return NoteType("probe", 1, "Probe", fields, (Template("one", "One", 1, front, back), *more), "", is_cloze=is_cloze)


def front(template: str, value: str, ordinal: int = 0, *, is_cloze: bool = False) -> str:
    return render_card(note_type(template, is_cloze=is_cloze), {"Front": value}, ordinal, side="front")


def test_a_card_of_each_kind() -> None:
    basic = note_type("{{Front}}", "{{FrontSide}}<hr>{{Back}}")
    card = render_sides(basic, {"Front": "q", "Back": "a", "Other": "x"}, 0)
    assert (card.front, card.back, card.fault) == ("q", "q<hr>a", None)
    cloze = note_type("{{cloze:Front}}", "{{cloze:Front}}", is_cloze=True)
    card = render_sides(cloze, {"Front": "{{c1::a b}} {{c2::c::hint}}"}, 1)
    assert card.front == (
        '<span class="cloze-inactive" data-ordinal="1">a b</span>'
        ' <span class="cloze" data-cloze="c" data-ordinal="2">[hint]</span>'
    )
    assert card.back.endswith('<span class="cloze" data-ordinal="2">c</span>')


def test_special_fields() -> None:
    template = "{{Front}}|{{Deck}}|{{Subdeck}}|{{Tags}}|{{Card}}|{{Type}}|{{CardFlag}}"
    shown = render_card(note_type(template), {"Front": "x"}, 0, deck="Seas::North", tags="a b", side="front")
    assert shown == "x|Seas::North|North|a b|One|Probe|flag0"


def test_a_field_may_have_the_name_of_a_special_one() -> None:
    tags = NoteType("t", 1, "T", (Field("tags", "Tags", 1),), (Template("a", "A", 1, "{{Tags}}", ""),), "", False)
    assert render_card(tags, {"Tags": "own"}, 0, tags="other", side="front") == "own"
    assert card_ordinals(tags, {}, tags="other") == ()


@pytest.mark.parametrize("value", ["", " ", "<br>", "\n<BR />\t<div></div >"])
def test_blank_fields(value: str) -> None:
    assert is_blank(value)
    assert front("{{#Front}}filled{{/Front}}{{^Front}}empty{{/Front}}{{Front}}", value).startswith("empty")


@pytest.mark.parametrize("value", ["x", "&nbsp;", "<p></p>", "<hr>", "\u00a0"])
def test_fields_that_only_look_blank(value: str) -> None:
    assert not is_blank(value)


def test_faults_are_told() -> None:
    blank = render_sides(note_type("<b>{{Front}}</b>"), {}, 0)
    assert blank.fault is not None
    assert "front of this card is blank" in blank.fault
    assert blank.front == "<b></b>" + blank.fault
    missing = render_sides(note_type("{{cloze:Front}}", is_cloze=True), {"Front": "{{c1::a}}"}, 4)
    assert missing.fault is not None
    assert "No cloze \u20685\u2069 found" in missing.fault
    for side in ("front", "back"):
        broken = note_type(*(("{{Nope}}", "b") if side == "front" else ("{{Front}}", "{{Nope}}")))
        card = render_sides(broken, {"Front": "x"}, 0)
        assert card.front == card.back == card.fault
        assert f"{side.capitalize()} template has a problem" in card.front
        assert "no field called &#x27;\u2068Nope\u2069&#x27;" in card.front


def test_an_ordinal_without_a_template_is_an_error() -> None:
    with pytest.raises(IndexError):
        render_sides(note_type("{{Front}}"), {"Front": "x"}, 1)


def test_cards_of_ordinary_notes() -> None:
    second = Template("two", "Two", 2, "{{#Back}}{{Back}}{{/Back}}", "")
    third = Template("three", "Three", 3, "{{#Back}}unclosed", "")
    fourth = Template("four", "Four", 4, "{{^Back}}{{Deck}}{{/Back}}", "")
    probe = note_type("{{furigana:Front}}", "", second, third, fourth)
    assert card_ordinals(probe, {"Front": "x"}) == (0, 3)
    assert card_ordinals(probe, {"Front": "x", "Back": "y"}) == (0, 1)
    assert card_ordinals(probe, {"Back": "y"}) == (1,)


def test_tags_can_make_a_card() -> None:
    assert card_ordinals(note_type("{{Tags}}"), {}, tags="sea") == (0,)
    assert card_ordinals(note_type("{{Tags}}"), {}) == ()


def test_cards_of_cloze_notes() -> None:
    probe = note_type("{{cloze:Front}}", is_cloze=True)
    assert card_ordinals(probe, {"Front": "{{c3::a}}", "Back": "{{c1::b {{c2::c}}}}"}) == (0, 1, 2)
    assert card_ordinals(probe, {"Front": "{{c500::a}}{{c501::b}}{{c9999::c}}"}) == (499,)
    assert card_ordinals(probe, {"Front": "none"}) == ()


@pytest.mark.parametrize(
    ("template", "value", "shown"),
    [
        ("{{text:Front}}", "<b>a</b> &lt;&nbsp;b", "a < b"),
        ("{{text:Front}}", "AT&T <i>x</i>", "AT&T x"),
        ("{{text:Front}}", "&#x2014;&#8212;", "——"),
        ("{{type:Front}}", "x", "[[type:Front]]"),
        ("{{type:nc:Front}}", "x", "[[type:nc:Front]]"),
        ("{{furigana:Front}}", "漢字[かんじ]", "<ruby><rb>漢字</rb><rt>かんじ</rt></ruby>"),
        ("{{kana:Front}}", "漢字[かんじ] [sound:a.mp3]", "かんじ [sound:a.mp3]"),
        ("{{kanji:Front}}", "漢字[かんじ]", "漢字"),
        ("{{tts en_US:Front}}", "sea", "[anki:tts lang=en_US]sea[/anki:tts]"),
        ("{{text:madeup:Front}}", "<b>x</b>", "<b>x</b>"),
        ("{{Front}}{{madeup:}}{{FrontSide}}", "x", "x"),
        ("{{=<% %>=}}<%Front%> {{Front}}", "x", "x {{Front}}"),
        ("{{#c3}}{{Front}}{{/c3}}{{^c3}}{{Front}} alone{{/c3}}", "x", "x alone"),
        ("<!-- {{Nope}} -->{{Front}}", "x", "<!-- {{Nope}} -->x"),
        ("{{text:Front}}", "&bogus; &#55296;", "&bogus; &#55296;"),
        ("{{text:Front}}", "&#55296; &amp;", "&#55296; &amp;"),
    ],
)
def test_filters(template: str, value: str, shown: str) -> None:
    assert front(template, value) == shown


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{{cloze:Back}}", ""),
        ("{{cloze-only:Front}}", "..., in"),
        ("{{type:cloze:Front}}", "[[type:cloze:Front]]"),
        ("{{text:cloze:Front}}", "[...] and b [in] }} end"),
    ],
)
def test_cloze_filters(template: str, shown: str) -> None:
    probe = note_type(template, "{{cloze-only:Front}}", is_cloze=True)
    fields = {"Front": "{{c1::a}} and {{c2::b {{c1::c::in}}}} }} end", "Back": "{{c2::other}}"}
    card = render_sides(probe, fields, 0)
    assert (card.front, card.back) == (shown, "a, c")


@pytest.mark.parametrize(
    ("template", "details"),
    [
        ("{{#Front}}x", "Missing '{{/Front}}'"),
        ("{{/Front}}", "Found '{{/Front}}', but missing '{{#Front}}' or '{{^Front}}'"),
        ("{{#Front}}{{/Back}}", "Found '{{/Back}}', but expected '{{/Front}}'"),
        ("{{#Nope}}{{/Nope}}", "Found '{{#Nope}}', but there is no field called 'Nope'"),
        ("{{^Nope}}{{/Nope}}", "Found '{{^Nope}}', but there is no field called 'Nope'"),
        ("{{text:hint:Nope}}", "Found '{{text:hint:Nope}}', but there is no field called 'Nope'"),
    ],
)
def test_descriptions_of_broken_templates(template: str, details: str) -> None:
    fault = render_sides(note_type(template), {"Front": "x"}, 0).fault
    assert fault is not None
    plain = fault.replace("&#x27;", "'").replace("\u2068", "").replace("\u2069", "")
    assert plain.split("<br>")[1] == details


def test_hint_filter_hides_its_text_until_asked() -> None:
    shown = front("{{hint:Front}}", "the hint")
    assert '<a class=hint href="#"' in shown
    assert 'style="display: none">the hint</div>' in shown
    assert front("{{Back}}{{Front}}{{hint:Back}}", "x") == "x"


def test_formulas_lose_the_marks_of_blanks() -> None:
    value = r"\(x^{{{c1::2}} }\)"
    assert front("{{cloze:Front}}", value, is_cloze=True) == r"\(x^{[...] }\)"
