from __future__ import annotations

import re
from itertools import combinations

import pytest

from deckgen.anki_template import card_ordinals, render_card
from deckgen.notetypes import NoteType, note_types

OURS = note_types("seas", "Seas", repository="https://example.org/decks/seas/", version="1.2.0")
COMMON = "Explanation Sources Context Notice Image AsOf ReviewBy Region Stubs Entry Spare1 Spare2 Spare3 Spare4 Spare5"
# Constants for ever: a learner's Anki knows our note types, fields and templates by these.
NOTE_TYPE_IDS = {"basic": 123083060297, "choice": 750896354889, "cloze": 561314063854, "ordered": 959079445475}
FIELDS = {
    "basic": "Question Answer Typed Reverse",
    "choice": "Question Options Answer Review",
    "cloze": "Text",
    "ordered": "Question Prompts Content",
}
FIELD_IDS = {
    "basic": (
        6623135696124367, 2244794215897936, 4119331998109430, 4019082473469240, 4088179608276131, 2494000264261857,
        6076326815349327, 3802095285040627, 4729674547917755, 6057021626952249, 1130903752732019, 4873567012968120,
        4421161403586596, 4161783521150541, 7901462232917307, 8876740746353133, 7542328267155112, 4624314986297036,
        8880065514651227,
    ),
    "choice": (
        1698654796475009, 8922578781286241, 8977460289331030, 8760430798222825, 96859412249570, 6906379894823184,
        1501724499531997, 4438320942922908, 8625273597641678, 5638045183863494, 8242140417717675, 646973300803709,
        640099171966117, 5832287955789676, 2412244969138538, 2054666308656885, 6009273966983562, 3657102410290510,
        922519782822095,
    ),
    "cloze": (
        8036920762039010, 5270358249754992, 4195705821743667, 7336680957270104, 3789646447174919, 5774816096094038,
        3397709248169159, 8876729982551606, 2884313625166776, 1143263488227753, 4115738837619609, 7346835672703497,
        8718240560029251, 1127980457756340, 2828742086648136, 6052236503438288,
    ),
    "ordered": (
        6468311848645565, 2676181791172489, 4595612744969739, 2702894882864047, 3604693667788328, 6902138979600209,
        4565453504016694, 2247979189081760, 140264940040256, 6066186201409943, 2750539454006798, 2475402271308550,
        2783629085220593, 2930102702158493, 8612429623093154, 7626458900373154, 3136418371761746, 1905167993320646,
    ),
}  # fmt: skip
TEMPLATE_IDS = {
    "basic": {"forward": 1006675054475972, "reverse": 2177214959349568},
    "choice": {"choice": 7878137044707335},
    "cloze": {"cloze": 5153238440235202},
    "ordered": {"ordered": 4544312288998611},
}


def test_ids_never_change() -> None:
    assert {key: t.id for key, t in OURS.items()} == NOTE_TYPE_IDS
    assert {key: tuple(f.id for f in t.fields) for key, t in OURS.items()} == FIELD_IDS
    assert {key: {t.key: t.id for t in nt.templates} for key, nt in OURS.items()} == TEMPLATE_IDS


def test_fields_and_their_order_never_change() -> None:
    for key, own in FIELDS.items():
        assert " ".join(f.name for f in OURS[key].fields) == f"{own} {COMMON}"
        assert [f.key for f in OURS[key].fields] == f"{own} {COMMON}".lower().split()
        assert OURS[key].sort_field == 0
    assert {key for key, t in OURS.items() if t.is_cloze} == {"cloze", "ordered"}


def test_ids_are_ones_that_anki_takes() -> None:
    for note_type in OURS.values():
        assert 10**11 <= note_type.id < 10**12
        for parts in (note_type.fields, note_type.templates):
            assert len({part.id for part in parts}) == len(parts)
            assert all(1 <= part.id < 2**53 for part in parts)


def test_note_types_belong_to_their_deck() -> None:
    other = note_types("lakes", "Lakes", repository=None, version="3")
    assert {t.id for t in other.values()}.isdisjoint(NOTE_TYPE_IDS.values())
    assert [t.name for t in other.values()] == ["Lakes Basic", "Lakes Choice", "Lakes Cloze", "Lakes Ordered"]
    assert [t.id for t in note_types("lakes", "Renamed", repository=None, version="4").values()] == [
        t.id for t in other.values()
    ]


def test_fronts_do_not_depend_on_the_release() -> None:
    # Anki makes cards anew when a front changes, so what moves with each release stays on the back.
    later = note_types("seas", "Seas", repository="https://example.org/moved", version="9.9")
    for key, note_type in OURS.items():
        assert [t.front for t in later[key].templates] == [t.front for t in note_type.templates]
        assert [t.back for t in later[key].templates] != [t.back for t in note_type.templates]


@pytest.mark.parametrize("note_type", OURS.values(), ids=OURS)
def test_templates_use_every_field_but_spares(note_type: NoteType) -> None:
    used = {
        name
        for template in note_type.templates
        for name in re.findall(r"\{\{[#^/]?(?:[a-z]+:)*(\w+)\}\}", template.front + template.back)
    }
    unused = {f.name for f in note_type.fields} - used
    spares = {f"Spare{n}" for n in range(1, 6)}
    # A choice has one card, which is never retired alone.
    assert unused == (spares | {"Stubs"} if note_type.key == "choice" else spares)


@pytest.mark.parametrize("note_type", OURS.values(), ids=OURS)
def test_placeholders_are_filled(note_type: NoteType) -> None:
    for template in note_type.templates:
        assert "<!--" not in template.front + template.back


def test_correction_link_names_entry_and_release() -> None:
    back = render_card(OURS["basic"], {"Question": "q", "Answer": "a", "Entry": "north-sea"}, 0, side="back")
    address = "https://example.org/decks/seas/issues/new?template=correction.yml"
    assert f'href="{address}&amp;entry=north-sea&amp;release=1.2.0"' in back


@pytest.mark.parametrize(
    "repository",
    [None, "", "javascript:alert(1)", "ftp://example.org/x", "example.org/x", "https:", "http://[", "data:text/html,x"],
)
def test_other_addresses_get_no_link(repository: str | None) -> None:
    for note_type in note_types("seas", "Seas", repository=repository, version="1").values():
        assert all("suggest" not in template.back for template in note_type.templates)


@pytest.mark.parametrize("hostile", ['"><script>', "{{Answer}}", "' onclick='x", "a b\n", "<b>", "&quot;"])
def test_addresses_cannot_leave_the_link(hostile: str) -> None:
    plain = note_types("seas", "Seas", repository="https://example.org/x", version="1")["basic"].templates[0].back
    back = (
        note_types("seas", "Seas", repository=f"https://example.org/{hostile}x", version=f"1{hostile}")["basic"]
        .templates[0]
        .back
    )
    for mark in ('"', "'", "<", ">", "{{"):
        assert back.count(mark) == plain.count(mark), mark


# Which cards there are


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"Question": "q", "Answer": "a"}, (0,)),
        ({"Question": "q", "Answer": "a", "Reverse": "1"}, (0, 1)),
        ({"Question": "q", "Answer": "a", "Stubs": "retired"}, (0, 1)),
        ({"Question": "q", "Answer": "a", "Reverse": "1", "Stubs": "retired"}, (0, 1)),
        ({"Question": "q", "Answer": "a", "Context": "c", "Notice": "n", "Reverse": " <br>"}, (0,)),
    ],
)
def test_cards_of_basic_notes(fields: dict[str, str], expected: tuple[int, ...]) -> None:
    assert card_ordinals(OURS["basic"], fields) == expected


def test_reverse_card_turns_question_and_answer() -> None:
    fields = {"Question": "the question", "Answer": "the answer", "Reverse": "1"}
    front = render_card(OURS["basic"], fields, 1, side="front")
    back = render_card(OURS["basic"], fields, 1, side="back")
    assert "the answer" in front
    assert "the question" not in front
    assert back.index("the answer") < back.index("the question")


def test_retired_reverse_card_shows_its_stub() -> None:
    fields = {"Question": "the question", "Answer": "the answer", "Reverse": "1", "Stubs": "retired"}
    front = render_card(OURS["basic"], fields, 1, side="front")
    back = render_card(OURS["basic"], fields, 1, side="back")
    for html in (front, back):
        assert "retired" in html
        assert "the answer" not in html
    # The back says what was asked, so that it never reads as the front does.
    assert "the question" not in front
    assert back.index("retired") < back.index("the question")
    assert "retired" not in render_card(OURS["basic"], fields, 0, side="back")


def test_cards_of_retired_cloze_numbers_remain() -> None:
    for key, field in (("cloze", "Text"), ("ordered", "Content")):
        fields = {field: "{{c1::one}}", "Prompts": "{{c1::<i></i>::?}}", "Stubs": "{{c2::two::retired}}"}
        assert card_ordinals(OURS[key], fields) == (0, 1)
        assert "[retired]" in render_card(OURS[key], fields, 1, side="front")
        assert "two" in render_card(OURS[key], fields, 1, side="back")
        assert "retired" not in render_card(OURS[key], fields, 0, side="front")
        assert "two" not in render_card(OURS[key], fields, 0, side="back")


# What fronts keep to themselves


def test_fronts_hold_no_answer() -> None:
    secret = "SECRET"
    hidden = {
        "basic": {"Question": "q", "Answer": secret, "Typed": secret, "Explanation": secret, "Image": secret},
        "choice": {"Question": "q", "Options": "<li>a</li>", "Answer": secret, "Review": secret},
        "cloze": {"Text": "{{c1::a}}", "Explanation": secret, "Sources": secret, "Image": secret},
        "ordered": {"Question": "q", "Prompts": "{{c1::<i></i>::?}}", "Content": "{{c1::SECRET}}", "Sources": secret},
    }
    for key, fields in hidden.items():
        assert secret not in render_card(OURS[key], fields, 0, side="front")
        assert secret in render_card(OURS[key], fields, 0, side="back")


@pytest.mark.parametrize("note_type", OURS.values(), ids=OURS)
def test_optional_parts_leave_nothing_behind(note_type: NoteType) -> None:
    required = {"Question": "q", "Answer": "a", "Text": "{{c1::a}}", "Content": "{{c1::a}}", "Options": "o"}
    back = render_card(note_type, required, 0, side="back").split("<script>")[0]
    for part in ("notice", "context", "explanation", "sources", "image", "As of", "Review by"):
        assert part not in back
    for name in ("Notice", "Context", "Explanation", "Sources", "Image", "AsOf", "ReviewBy", "Region"):
        assert f"SHOWN-{name}" in render_card(note_type, {**required, name: f"SHOWN-{name}"}, 0, side="back")
    for one, other in combinations(("Notice", "Context"), 2):
        front = render_card(note_type, {**required, one: "N1", other: "C1"}, 0, side="front")
        assert front.index("N1") < front.index("C1")


@pytest.mark.parametrize("note_type", OURS.values(), ids=OURS)
def test_text_finds_its_own_direction(note_type: NoteType) -> None:
    for template in note_type.templates:
        blocks = re.findall(
            r'<\w+ class="(?:question|answer|choices|content|prompts|stubs?|notice|context|sources)[^>]*>',
            template.front + template.back,
        )
        assert blocks
        assert all('dir="auto"' in block for block in blocks)
