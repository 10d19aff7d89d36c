"""The renderer of templates against Anki's own: every card must come out the same, byte for byte."""

from __future__ import annotations

import itertools
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from anki import collection as anki_collection
from anki import import_export_pb2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deckgen.anki_template import RenderedCard, card_ordinals, render_sides
from deckgen.deckbuild import build_deck, check_deck
from deckgen.notetypes import Field, NoteType, Template, note_types

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OURS = note_types("seas", "Seas", repository="https://example.org/decks/seas", version="1.2.0")
ORDINARY = NoteType("probe", 1, "Probe", (Field("front", "Front", 1), Field("back", "Back", 2)), (), "", is_cloze=False)
CLOZE = NoteType("gaps", 2, "Gaps", (Field("text", "Text", 1), Field("extra", "Extra", 2)), (), "", is_cloze=True)
HINT_ID = re.compile(r"hint[0-9a-f]{16}")
ALWAYS_FILLED = {"Entry": "north-sea"}
NEVER_SHOWN = re.compile(r"Spare\d")


class Anki:
    """A throw-away collection that renders cards of our note types."""

    def __init__(self, path: str) -> None:
        self.collection = anki_collection.Collection(path)

    def add(self, note_type: NoteType) -> dict[str, Any]:
        """Add a note type through the door that checks templates as Anki's editor does."""
        models = self.collection.models
        known = models.by_name(note_type.name)
        if known is not None:
            return known
        model = models.new(note_type.name)
        model |= {"type": int(note_type.is_cloze), "css": note_type.css}
        for each in note_type.fields:
            models.add_field(model, models.new_field(each.name) | {"id": each.id})
        for template in note_type.templates:
            made = models.new_template(template.name)
            models.add_template(model, made | {"id": template.id, "qfmt": template.front, "afmt": template.back})
        models.add_dict(model)
        return models.by_name(note_type.name)

    def render(self, note_type: NoteType, fields: Mapping[str, str], ordinal: int) -> RenderedCard:
        """Render one card, whether or not the note would have it, and whatever the templates hold."""
        model = self.add(probe_of(note_type))
        note = self.collection.new_note(model)
        for name, value in fields.items():
            note[name] = value
        template = note_type.templates[0 if note_type.is_cloze else ordinal]
        custom = model["tmpls"][0] | {"name": template.name, "qfmt": template.front, "afmt": template.back}
        output = note.ephemeral_card(ordinal, custom_template=custom).render_output()
        return RenderedCard(output.question_text, output.answer_text)


def probe_of(note_type: NoteType) -> NoteType:
    """The note type if it has sound templates, else the same fields under one plain template."""
    if note_type.key in OURS:
        return note_type
    name = note_type.fields[0].name
    plain = "{{cloze:" + name + "}}" if note_type.is_cloze else "{{" + name + "}}"
    return NoteType(
        note_type.key, note_type.id, note_type.name, note_type.fields,
        (Template("plain", "Plain", 1, plain, plain),), "", is_cloze=note_type.is_cloze,
    )  # fmt: skip


def with_template(note_type: NoteType, front: str, back: str = "back") -> NoteType:
    template = Template("one", "One", 1, front, back)
    return NoteType(
        note_type.key, note_type.id, note_type.name, note_type.fields, (template,), "",
        is_cloze=note_type.is_cloze,
    )  # fmt: skip


def assert_same(anki: Anki, note_type: NoteType, fields: Mapping[str, str], ordinal: int) -> RenderedCard:
    expected = anki.render(note_type, fields, ordinal)
    ours = render_sides(note_type, fields, ordinal, deck="(Deck)")
    for side in ("front", "back"):
        assert HINT_ID.sub("hint", getattr(ours, side)) == HINT_ID.sub("hint", getattr(expected, side)), side
    return ours


@pytest.fixture(scope="module")
def anki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Anki]:
    opened = Anki(str(tmp_path_factory.mktemp("anki") / "collection.anki2"))
    yield opened
    opened.collection.close()


# Our own templates


def sample_fields(note_type: NoteType) -> dict[str, str]:
    sample = {field.name: f"<p>{field.name} &amp; more</p>" for field in note_type.fields}
    sample |= {
        "Typed": "Doggerland",
        "Reverse": "1",
        "Stubs": "dropped",
        "Text": "{{c1::Dogger}} {{c3::Bank}}",
    }
    sample |= {
        "Prompts": "{{c1::<i></i>::one}}{{c3::<i></i>::three}}",
        "Content": "{{c1::Dogger}} {{c3::Bank}}",
    }
    if note_type.is_cloze:
        sample["Stubs"] = "{{c2::Fisher::This blank was retired}}{{c5::Viking::This blank was retired}}"
    return {f.name: sample[f.name] for f in note_type.fields}


@pytest.mark.parametrize("key", OURS)
def test_every_combination_of_filled_fields(anki: Anki, key: str) -> None:
    note_type = OURS[key]
    full = sample_fields(note_type)
    optional = [n for n in full if not NEVER_SHOWN.fullmatch(n) and n not in ALWAYS_FILLED]
    ordinals = (0, 1, 2, 3) if note_type.is_cloze else range(len(note_type.templates))
    for number, mask in enumerate(itertools.product((False, True), repeat=len(optional))):
        empty = ("", " <br> ")[number % 2]
        fields = {n: full[n] if keep else empty for n, keep in zip(optional, mask, strict=True)}
        for ordinal in ordinals:
            assert_same(anki, note_type, ALWAYS_FILLED | fields, ordinal)


@pytest.mark.parametrize("key", OURS)
def test_notes_in_a_collection_have_our_cards(anki: Anki, key: str) -> None:
    note_type = OURS[key]
    full = sample_fields(note_type)
    model = anki.add(note_type)
    deck = anki.collection.decks.id("Seas::North Sea")
    emptied = [(), ("Reverse",), ("Stubs",), ("Reverse", "Stubs"), ("Text", "Content", "Prompts")]
    for names in emptied:
        fields = {n: "" if n in names else value for n, value in full.items()}
        note = anki.collection.new_note(model)
        for name, value in fields.items():
            note[name] = value
        note.tags = ["b", "a"]
        anki.collection.add_note(note, deck)
        cards = {card.ord: card.render_output() for card in note.cards()}
        assert tuple(sorted(cards)) == card_ordinals(note_type, fields, tags="a b")
        for ordinal, output in cards.items():
            ours = render_sides(note_type, fields, ordinal, deck="Seas::North Sea", tags="a b")
            assert (ours.front, ours.back) == (output.question_text, output.answer_text)
            assert ours.fault is None


def test_special_fields(anki: Anki) -> None:
    front = "{{Front}}{{Deck}}|{{Subdeck}}|{{Tags}}|{{Card}}|{{Type}}|{{CardFlag}}"
    note_type = NoteType(
        "special",
        3,
        "Special",
        ORDINARY.fields,
        (Template("one", "One", 1, front, "{{Tags}}"),),
        "",
        is_cloze=False,
    )
    model = anki.add(note_type)
    note = anki.collection.new_note(model)
    note["Front"] = "x"
    note.tags = ["sea::north", "z"]
    anki.collection.add_note(note, anki.collection.decks.id("A::B"))
    output = note.cards()[0].render_output()
    ours = render_sides(note_type, {"Front": "x"}, 0, deck="A::B", tags="sea::north z")
    assert (ours.front, ours.back) == (output.question_text, output.answer_text)


DECKS = sorted(path.parent for path in (Path(__file__).parents[2] / "cards").glob("*/deck.yaml"))


@pytest.mark.parametrize("folder", DECKS, ids=[folder.name for folder in DECKS])
def test_every_card_of_every_deck(tmp_path: Path, folder: Path) -> None:
    now = int(time.time())
    checked = check_deck(folder, folder.name, now)
    types = checked.types
    assert types is not None
    package = tmp_path / "deck.apkg"
    package.write_bytes(build_deck(checked, now, None).package)
    anki = Anki(str(tmp_path / "collection.anki2"))
    options = import_export_pb2.ImportAnkiPackageOptions()
    anki.collection.import_anki_package(
        import_export_pb2.ImportAnkiPackageRequest(package_path=str(package), options=options)
    )
    by_name = {note_type.name: note_type for note_type in types.values()}
    count = 0
    for note_id in anki.collection.find_notes(""):
        note = anki.collection.get_note(note_id)
        note_type, fields = by_name[note.note_type()["name"]], dict(note.items())
        cards = {card.ord: card for card in note.cards()}
        assert tuple(sorted(cards)) == card_ordinals(note_type, fields)
        for ordinal, card in cards.items():
            deck = anki.collection.decks.name(card.did)
            ours = render_sides(note_type, fields, ordinal, deck=deck, tags=note.string_tags().strip())
            output = card.render_output()
            assert (ours.front, ours.back) == (output.question_text, output.answer_text)
            assert ours.fault is None
            count += 1
    assert count == sum(len(note.ordinals) for note in checked.notes) > 0
    anki.collection.close()


# Odd cases


@pytest.mark.parametrize(
    "text",
    [
        "no gap at all",
        "{{c1::one}} and {{c2::two::hint}}",
        "{{c1::outer {{c2::inner::in}} tail::out}}",
        "{{c2::outer {{c1::inner}} tail}} {{c1::again}}",
        "{{c1::a}} {{c1::b::second}} {{c3::c}}",
        "{{c0::shown}} {{c1::hidden}}",
        "{{c500::last}} {{c501::beyond}} {{c65535::far}} {{c65536::no}}",
        "{{c01::zero first}} {{ c1::space}} {{C1::upper}} {{c::none}} {{c,::comma}}",
        "{{c1,2::two cards}} {{c2,1,2::more}} {{c3,,4::sparse}} {{c99999,1::partly}}",
        "{{c1::std::vector}} {{c1::std&#58;&#58;vector}}",
        "{{c1::}} {{c1::::hint only}} {{c1::a::}}",
        "{{c1::open {{c2::never closed",
        "}} stray {{c1::x}} }}",
        r"\(\frac{{c1::a}}{b}\) \[<b>{{c1::x}}</b> {{c2::<i>y</i>}}\] \(<u>plain</u>\)",
        '{{c1::<b title="a\'b">αβ&amp;</b>\u00e9\u0101😀\n- _}}',
        "".join(f"{{{{c{n}::level {n} " for n in range(1, 13)) + "}}" * 12,
        "{{c1::a::h}}b::c}} {{c2::{{c1::n}}x::late {{c3::m}}::later}}",
        "{{{c1::braces}}} {{{{c1::more}}}}",
        '{{c1::<i></i>::<span class="steps"><span class="step ask">?</span></span>}}',
    ],
)
def test_cloze_deletions(anki: Anki, text: str) -> None:
    for front in (
        "{{cloze:Text}}",
        "{{cloze-only:Text}}|{{text:cloze:Text}}|{{#c2}}two{{/c2}}{{^c1}}not one{{/c1}}",
    ):
        note_type = with_template(CLOZE, front, front + "{{FrontSide}}{{type:cloze:Text}}")
        for ordinal in (0, 1, 2, 9, 10, 499):
            assert_same(anki, note_type, {"Text": text}, ordinal)
    note = anki.collection.new_note(anki.add(probe_of(CLOZE)))
    note["Text"] = text
    anki.collection.add_note(note, 1)
    # Anki gives a note without any card the first one.
    expected = card_ordinals(CLOZE, {"Text": text}) or (0,)
    assert tuple(sorted({card.ord for card in note.cards()})) == expected


@pytest.mark.parametrize(
    "front",
    [
        "{{Front}}",
        "{{text:Front}}",
        "{{hint:Front}} {{hint:Back}}",
        "{{furigana:Front}} {{kana:Front}} {{kanji:Front}}",
        "{{text:furigana:Front}} {{furigana:text:Front}}",
        "{{unknown:Front}} {{text:unknown:Front}} {{unknown:text:Front}}",
        "{{type:Front}} {{type:nc:Front}} {{type:cloze:Front}} {{type:text:Front}} {{text:type:Front}}",
        "{{cloze:Front}}{{Front}}{{cloze-only:Front}}",
        "{{Front}}{{FrontSide}}{{text:FrontSide}}",
        "{{:Front}}{{text::Front}}{{Front}}{{:}}{{x:}}",
        "{{ Front }}{{{Front}}}{{{{Front}}}}{{\u00a0Front\u2003}}",
        "{{#Front}}yes{{Front}}{{/Front}}{{^Front}}no{{/Front}}",
        "{{# Front }}{{^Back}}{{Front}}{{/ Back}}{{/Front }}",
        "{{#Back}}{{Nope}}{{/Back}}{{Front}}",
        "{{#Nope}}{{/Nope}}",
        "{{^Nope}}{{Front}}{{/Nope}}",
        "{{#Nope}}{{Worse}}{{/Nope}}",
        "{{#c7}}{{Front}}{{/c7}}{{^c7}}{{Front}}{{/c7}}{{#c+1}}{{/c+1}}{{^c1}}{{/c1}}",
        "{{#c4294967296}}{{/c4294967296}}",
        "{{front}}",
        "{{text:hint:Nope}}",
        "{{&Front}}",
        "{{!comment}}",
        "{{>part}}",
        "{{}}",
        "{{ü}}",
        "{{#}}",
        "{{Front",
        "Front}}",
        "{{#Front}}",
        "{{/Front}}",
        "{{#Front}}{{^Back}}{{/Front}}{{/Back}}",
        "<!-- {{Front}} --> <!-- {{Nope}}",
        "<!-- {{Nope}} -->{{Front}}<!-- open",
        "{{Front <!-- }} -->{{Front}}",
        "{{=<% %>=}} <%Front%> {{Front}} <%#Back%>b<%/Back%>",
        "  {{=<% %>=}}{{=<% %>=}}<%text:Front%>",
        "plain",
        "<div></div>",
        "",
    ],
)
@pytest.mark.parametrize(
    "value",
    [
        "",
        " <br> <DIV/></div>\n",
        "&nbsp;",
        "a <b>b</b><!-- c --><style>d</style><SCRIPT>e</script> &lt;&alpha;&#945;&#x3B1;&nbsp;&amp;amp; < >",
        "AT&T &bogus; &lt;",
        "&#39;&thetasym;&Omega;&#x27;",
        "&lt;&apos;",
        "&lt;&#X27;",
        "&lt;&#55296;",
        "&lt;&#99999999999;",
        " 漢字[かんじ] a[sound] x&nbsp;y[z] <b>q[r]</b>",
        "{{Back}} {{c1::gap::h}} $1 \\1",
        "[[type:Front]]",
    ],
)
def test_odd_templates(anki: Anki, front: str, value: str) -> None:
    fields = {"Front": value, "Back": "the back"}
    assert_same(anki, with_template(ORDINARY, front, "{{Back}}"), fields, 0)
    assert_same(anki, with_template(ORDINARY, "{{Back}}", front), fields, 0)


@pytest.mark.parametrize("front", ["{{furigana:Front}}", "{{Tags}}", "{{Deck}}", "{{#Front}}{{Back}}{{/Front}}"])
@pytest.mark.parametrize("fields", [{"Front": "x"}, {"Back": "x"}, {"Front": "&nbsp;", "Back": "<br>"}])
@pytest.mark.parametrize("tags", ["", "t"])
def test_which_cards_exist(anki: Anki, front: str, fields: Mapping[str, str], tags: str) -> None:
    name = f"Exists {front.strip('{}')} {len(front)}"
    templates = (Template("a", "A", 1, front, "a"), Template("b", "B", 2, "{{^Back}}{{Front}}{{/Back}}", "b"))
    note_type = NoteType("exists", 4, name, ORDINARY.fields, templates, "", is_cloze=False)
    note = anki.collection.new_note(anki.add(note_type))
    for field, value in fields.items():
        note[field] = value
    note.tags = tags.split()
    anki.collection.add_note(note, 1)
    expected = card_ordinals(note_type, fields, tags=tags) or (0,)
    assert tuple(sorted({card.ord for card in note.cards()})) == expected


# Templates and fields that nobody thought of

NAMES = st.sampled_from(["Front", "Back", "Text", "Extra", "FrontSide", "c1", "c2", "Nope", "", "Card", "CardFlag"])
FILTERS = st.sampled_from(
    ["", "text:", "cloze:", "cloze-only:", "hint:", "type:", "nc:", "furigana:", "kana:", "kanji:", "other:"]
)
LETTERS = st.text(st.sampled_from("ab{}<>[]#^/ &;:-!=%\\()\u00a0é\n"), max_size=6)
TAGS = st.builds("{{{{{}{}{}}}}}".format, st.sampled_from(["", "", "", "#", "^", "/", " "]),
                 st.lists(FILTERS, max_size=3).map("".join), NAMES)  # fmt: skip
BLOCKS = st.builds(
    "{{{{{0}{1}}}}}{2}{{{{/{1}}}}}".format,
    st.sampled_from("#^"),
    NAMES,
    st.lists(TAGS | LETTERS, max_size=3).map("".join),
)
TEMPLATES = st.lists(TAGS | BLOCKS | LETTERS | st.sampled_from(["<!--", "-->"]), max_size=8).map("".join)
VALUES = st.lists(
    st.sampled_from(
        [
            "{{c1::",
            "{{c2::",
            "{{c1,2::",
            "{{c0::",
            "}}",
            "::",
            "a",
            "<b>",
            "</b>",
            "<br>",
            "<!--",
            "-->",
            "\\(",
            "\\)",
        ]
    )
    | LETTERS,
    max_size=12,
).map("".join)
QUICKLY = settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)


@QUICKLY
@given(front=TEMPLATES, back=TEMPLATES, one=VALUES, two=VALUES)
def test_random_ordinary_cards(anki: Anki, front: str, back: str, one: str, two: str) -> None:
    note_type = with_template(ORDINARY, front, back)
    assert_same(anki, note_type, {"Front": one, "Back": two}, 0)


@QUICKLY
@given(front=TEMPLATES, back=TEMPLATES, one=VALUES, two=VALUES, ordinal=st.integers(0, 2))
def test_random_cloze_cards(anki: Anki, front: str, back: str, one: str, two: str, ordinal: int) -> None:
    note_type = with_template(CLOZE, front, back)
    assert_same(anki, note_type, {"Text": one, "Extra": two}, ordinal)
