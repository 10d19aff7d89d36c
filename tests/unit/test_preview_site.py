"""`deckgen preview`: what the site holds."""

from __future__ import annotations

import html
import re
import sys
from pathlib import Path

import pytest
from preview_sites import FILES, GREECE, HOSTILE, ROME, entries, files_of, make_deck, preview, taken

from deckgen.anki_template import render_sides
from deckgen.deckbuild import check_deck
from deckgen.preview.entries import folded
from decks import START, deckgen


@pytest.fixture
def site(tmp_path: Path) -> Path:
    make_deck(tmp_path)
    run = preview(tmp_path)
    assert run.code == 0, run.err
    return tmp_path / "preview" / "law"


def test_every_side_is_what_anki_renders(tmp_path: Path, site: Path) -> None:
    checked = check_deck(tmp_path / "cards" / "law", "cards/law", START)
    assert checked.types is not None
    script = taken(site / "data" / "index.js")["script"]
    shown = entries(site)
    sides = 0
    for note in checked.notes:
        kind = checked.types[note.type_key]
        fields = dict(zip((field.name for field in kind.fields), note.fields, strict=True))
        assert [card[0] for card in shown[note.id]["cards"]] == [ordinal + 1 for ordinal in note.ordinals]
        for card, ordinal in zip(shown[note.id]["cards"], note.ordinals, strict=True):
            rendered = render_sides(kind, fields, ordinal, deck=note.deck, tags=" ".join(note.tags))
            for side, wanted in zip(card[2:4], (rendered.front, rendered.back), strict=True):
                if note.id in ("river", "area"):  # a box to type in and a formula, tested by themselves
                    continue
                assert side.replace("<script></script>", f"<script>{script}</script>") == wanted
                sides += 1
    assert sides > 20


def test_a_typed_card_has_a_box_and_shows_what_to_type(site: Path) -> None:
    ((_, _, front, back, _),) = entries(site)["river"]["cards"]
    assert '<input type="text" id="typeans">' in front
    assert "<code id=typeans>Tiber</code>" in back


def test_pictures_come_with_the_site(site: Path) -> None:
    (name,) = taken(site / "data" / "index.js")["media"]
    assert f'<img src="{name}" alt="A river">' in entries(site)["river"]["cards"][0][3]
    assert taken(site / "data" / f"{name}.js").startswith("data:image/png;base64,")
    assert (site / "media" / name).is_file()
    assert f'<img src="media/{name}" alt="A river">' in (site / "reading.html").read_text()


def test_the_same_decks_give_the_same_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make_deck(tmp_path / name)
        preview(tmp_path / name)
    one, two = (files_of(tmp_path / name / "preview") for name in ("one", "two"))
    assert one == two
    preview(tmp_path / "one")
    assert files_of(tmp_path / "one" / "preview") == one


def test_every_page_knows_its_build_and_another_build_has_another(tmp_path: Path, site: Path) -> None:
    def builds() -> set[str]:
        return {re.search(r'data-build="(\w*)"', page.read_text())[1] for page in site.parent.rglob("*.html")}  # type: ignore[index]

    (first,) = builds()
    make_deck(tmp_path, FILES | {"rome.yaml": ROME.replace("Tiber", "Arno")})
    preview(tmp_path)
    (second,) = builds()
    assert first
    assert first != second


def test_hostile_text_stays_text(site: Path) -> None:
    for name, data in files_of(site).items():
        text = data.decode(errors="replace")
        if name.startswith("data/"):
            assert "<" not in text
            assert "\u2028" not in text
        elif name.endswith(".html"):
            assert "<script>alert" not in text
            assert "<img src=x" not in text
    assert html.escape(HOSTILE) in (site / "sources.html").read_text()
    hostile = entries(site)["hostile"]["cards"][0]
    assert "<script>alert" not in hostile[2] + hostile[3]


def test_pages_ask_nothing_of_the_network_and_run_nothing_of_the_banks(site: Path) -> None:
    loads = re.compile(r"<(?:script|img|iframe|link|audio|video)\b[^>]*?\b(?:src|href)=\"([^\"]*)\"")
    for page in site.parent.rglob("*.html"):
        text = page.read_text()
        assert all(not address.startswith(("http", "//")) for address in loads.findall(text))
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
        assert policy is not None
        rules = html.unescape(policy[1])
        assert rules.startswith("default-src 'none'; ")
        scripts = re.search(r"script-src ([^;]*);", rules)
        assert scripts is not None
        assert "unsafe" not in scripts[1]
    css = (site.parent / "assets" / "site.css").read_text()
    assert "url(" not in css
    assert "@import" not in css


def test_the_index_tells_topics_kinds_tags_sources_and_titles(site: Path) -> None:
    index = taken(site / "data" / "index.js")
    rows = {row[0]: row for row in index["entries"]}
    assert list(rows)[:2] == ["hostile", "accents"]  # files by name where deck.yaml names no order
    assert rows["fall"][1] == "The last emperor was deposed in 476."
    assert index["topics"][rows["fall"][2]] == "Rome"
    assert index["kinds"][rows["hills"][3]] == "choice"
    assert [index["tags"][tag] for tag in rows["fall"][4]] == ["rome", "tier::essential"]
    assert [index["sources"][source] for source in rows["fall"][5]] == [["code", "Civil Code"]]
    assert [row[0] for row in index["entries"] if row[8]] == ["old"]


def test_the_search_looks_through_the_whole_text(site: Path) -> None:
    index, texts = taken(site / "data" / "index.js"), taken(site / "data" / "text.js")
    text = dict(zip((row[0] for row in index["entries"]), texts, strict=True))
    for name, words in {
        "founding": ["palatine", "so varro says", "rome", "civil code", "book 1"],
        "hills": ["seven", "nine", "that is moscow."],
        "kings": ["tullus"],
        "offices": ["praetor", "1 year"],
        "accents": ["ομηροσ", "cafe"],
        "old": ["legend"],
    }.items():
        assert [word for word in words if word not in text[name]] == []


def test_folding_drops_case_accents_and_marks_of_every_script() -> None:
    assert folded("  Ärger  ÉTÉ\nΛόγος ") == "arger ete λογοσ"
    assert folded("हिन्दी") == "हनद"


def test_a_blank_says_why_it_is_hidden(site: Path) -> None:
    shown = entries(site)
    (blank, *_) = [blank for blank in shown["founding"]["why"]["blanks"] if blank[1] == "753 BC"]
    assert blank[2] == "year"
    assert blank[4] == "its author asks for it with `hide`"
    assert "why" not in shown["fall"]  # its author chose
    assert "why" not in shown["hills"]


def test_a_blank_of_an_earlier_build_says_that_it_is_kept(tmp_path: Path) -> None:
    rome = "topic: Rome\nsources: [code]\nfacts:\n  - {id: a, fact: The Senate met in the Curia Julia., hide: [met]}\n"
    make_deck(tmp_path, {"rome.yaml": rome})
    assert deckgen(tmp_path, "build", epoch=START).code == 0
    make_deck(tmp_path, {"rome.yaml": rome.replace(", hide: [met]", "")})
    preview(tmp_path)
    blanks = entries(tmp_path / "preview" / "law")["a"]["why"]["blanks"]
    assert [blank[4] for blank in blanks if blank[1] == "met"] == [
        "hidden since an earlier build, and kept so that learners keep their progress"
    ]


def test_diagnostics_stand_with_their_entry_and_on_a_page(tmp_path: Path) -> None:
    make_deck(tmp_path, FILES | {"rome.yaml": ROME.replace("question: Which river?", "question: Which which river?")})
    assert preview(tmp_path).code == 0
    site = tmp_path / "preview" / "law"
    (found,) = [d for d in entries(site)["river"]["diagnostics"] if d["code"] == "doubled-word"]
    assert found["severity"] == "warning"
    assert found["place"].startswith("cards/law/rome.yaml:17:")
    assert found["line"][1]
    index = taken(site / "data" / "index.js")
    (row,) = [row for row in index["entries"] if row[0] == "river"]
    assert ["doubled-word", "warning"] in [index["codes"][code] for code in row[6]]
    page = (site / "diagnostics.html").read_text()
    assert '<a href="index.html#river">river</a>' in page
    assert found["place"] in page


def test_a_deck_with_errors_shows_what_is_sound_and_the_errors(tmp_path: Path) -> None:
    make_deck(tmp_path, FILES | {"rome.yaml": ROME.replace("[753 BC]", "[754 BC]").replace("steps:", "stepz:")})
    run = preview(tmp_path)
    assert run.code == 1
    assert "754 BC" in run.err
    site = tmp_path / "preview" / "law"
    shown = entries(site)
    assert shown["founding"]["cards"] == []
    assert [found["code"] for found in shown["founding"]["diagnostics"]] == ["hide-not-found"]
    assert shown["hills"]["cards"]
    assert "kings" not in shown
    for name in ("index", "reading", "sources"):
        page = (site / f"{name}.html").read_text()
        assert "3 errors keep this deck from being built" in page
        assert "<code>cards/law/rome.yaml:7:12</code>" in page


@pytest.mark.parametrize("text", ["id: law\nname: [", "", "id: Law Law\nname: Law\n", b"\xff\xfe\x00"])
def test_a_deck_that_cannot_be_read_has_a_page_that_says_so(tmp_path: Path, text: str | bytes) -> None:
    make_deck(tmp_path, FILES | {"deck.yaml": text})
    run = preview(tmp_path)
    assert run.code == 1
    page = (tmp_path / "preview" / "law" / "index.html").read_text()
    assert "cards/law/deck.yaml:" in page
    assert "app.js" not in page


def test_several_decks_have_a_list_and_one_leads_on(tmp_path: Path, site: Path) -> None:
    front = site.parent / "index.html"
    assert 'http-equiv="refresh" content="0; url=law/index.html"' in front.read_text()
    make_deck(tmp_path, {"deck.yaml": "id: art\nname: Art & Craft\n", "greece.yaml": GREECE}, name="art")
    preview(tmp_path)
    assert "refresh" not in front.read_text()
    assert '<a href="art/index.html" dir="auto">Art &amp; Craft</a>' in front.read_text()
    preview(tmp_path, "art")
    assert not site.exists()


def test_the_reading_view_holds_what_is_taught(site: Path) -> None:
    page = (site / "reading.html").read_text()
    for text in ("753 BC", "So Varro says.", "Romulus", "That is Moscow.", "Tullus", "praetor", "as of 2020-01"):
        assert text in page
    assert 'id="old"' not in page  # withdrawn
    assert page.index('id="founding"') < page.index('id="hills"')


def test_the_sources_page_lists_what_rests_on_a_work(site: Path) -> None:
    page = (site / "sources.html").read_text()
    assert '<h3 dir="auto">Civil Code</h3>' in page
    assert (
        '<a href="index.html#founding">Rome was founded in 753 BC on the Palatine.</a> <span class=place>book 1</span>'
        in page
    )


def test_since_marks_what_changed(tmp_path: Path) -> None:
    make_deck(tmp_path)
    deckgen(tmp_path, "build", epoch=START)
    old = (tmp_path / "dist" / "law.apkg").replace(tmp_path / "old.apkg")
    changed = ROME.replace("answer: Tiber", "answer: Arno").replace("id: area", "id: size")
    make_deck(tmp_path, FILES | {"rome.yaml": changed})
    run = preview(tmp_path, "--since", str(old))
    site = tmp_path / "preview" / "law"
    assert run.code == 1  # an id that was released is gone without a word
    index = taken(site / "data" / "index.js")
    what = {row[0]: [index["changes"][n] for n in row[7]] for row in index["entries"] if row[7]}
    assert what["size"] == ["added"]
    assert what["river"] == ["answer changed"]
    assert index["since"] == str(old)
    assert entries(site)["river"]["changes"][0]["before"] == "Tiber"
    assert "<summary>An entry is gone since" in (site / "index.html").read_text()


def test_since_something_unknown_is_wrong_use(tmp_path: Path) -> None:
    make_deck(tmp_path)
    run = preview(tmp_path, "--since", "v9.9")
    assert run.code == 2
    assert not (tmp_path / "preview").exists()


def test_options_that_do_not_go_together(tmp_path: Path) -> None:
    make_deck(tmp_path)
    assert preview(tmp_path, "--serve", "-o", "x").code == 2
    assert preview(tmp_path, "--port", "80").code == 2


def test_sounds_can_be_played(tmp_path: Path) -> None:
    wave = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x40\x1f\0\0\1\0\x08\0data\0\0\0\0"
    entry = "  - {id: a, question: 'Who says ![](ave.wav)?', answer: Gaius, sources: [code]}\n"
    make_deck(tmp_path, {"rome.yaml": f"topic: Rome\nquestions:\n{entry}", "media/ave.wav": wave})
    assert preview(tmp_path).code == 0
    site = tmp_path / "preview" / "law"
    (name,) = taken(site / "data" / "index.js")["media"]
    assert f'<audio controls src="{name}"></audio>' in entries(site)["a"]["cards"][0][2]
    assert taken(site / "data" / f"{name}.js").startswith("data:audio/wav;base64,")
    assert f'<audio controls src="media/{name}"></audio>' in (site / "reading.html").read_text()


def test_a_large_deck_is_explained_by_all_processors_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from deckgen.preview import why  # noqa: PLC0415

    facts = "".join(f"  - {{id: f{n}, fact: Consul {n} took office in {300 - n} BC.}}\n" for n in range(250))
    checked = check_deck(make_deck(tmp_path, {"rome.yaml": f"topic: Rome\nfacts:\n{facts}"}), "cards/law", START)
    assert checked.bank is not None
    notes = {note.id: note for note in checked.notes}
    pairs = [(entry, notes[entry.id.value]) for _, entry in checked.bank.entries() if entry.id.value in notes]
    alone = why.explain(checked.bank, pairs)
    monkeypatch.setattr(why, "MANY", 10)
    monkeypatch.setattr(why, "processors", lambda: 3)
    assert why.explain(checked.bank, pairs) == alone
    assert len(alone) == len(pairs) > 200


def test_the_cards_of_a_large_deck_are_rendered_by_all_processors_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from deckgen.preview import cards  # noqa: PLC0415

    facts = "".join(
        f"  - {{id: f{n}, fact: 'Consul {n} took office in {{{{c1::{300 - n}}}}} BC.'}}\n" for n in range(250)
    )
    checked = check_deck(make_deck(tmp_path, {"rome.yaml": f"topic: Rome\nfacts:\n{facts}"}), "cards/law", START)
    assert checked.types is not None
    renderer = cards.Renderer(checked.types)
    alone = list(renderer.all_cards(checked.notes))
    monkeypatch.setattr(cards, "MANY", 10)
    monkeypatch.setattr(cards, "processors", lambda: 3)
    assert list(renderer.all_cards(checked.notes)) == alone
    assert alone == [renderer.cards(note, renderer.fields(note)) for note in checked.notes]
    assert len(alone) == 250


def test_serving_without_watchfiles_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_deck(tmp_path)
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    run = preview(tmp_path, "--serve")
    assert run.code == 2
    assert "pip install watchfiles" in run.err
