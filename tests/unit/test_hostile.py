"""A bank from a stranger's pull request: what it must not be able to do."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from deckgen.markup import render
from deckgen.media import MediaError, check_svg
from deckgen.succession import canonical, same_answer
from decks import Run, deckgen, diagnostics, write_deck

HEAD = "topic: T\nsources: [code#1]\n"
FACT = "facts:\n  - id: nile\n    fact: The longest river of Africa is the {{c1::Nile}}.\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">%s</svg>'
SECONDS = 10


def codes(root: Path, files: dict[str, str | bytes]) -> set[str]:
    write_deck(root, files)
    return {item["code"] for item in diagnostics(root)}


def in_time(root: Path, files: dict[str, str | bytes]) -> Run:
    """Check a deck, which must not take long."""
    write_deck(root, files)
    began = time.process_time()
    run = deckgen(root, "check", "--format", "json")
    assert time.process_time() - began < SECONDS
    return run


# Nothing runs on a learner's machine


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)"/>',
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>",
        '<a href="javascript:alert(1)"><rect/></a>',
        '<a xlink:href=" java&#10;script:alert(1)"><rect/></a>',
        '<image href="https://example.org/a.png"/>',
        '<use href="data:image/svg+xml,x"/>',
        "<style>@import 'https://example.org/a.css'</style>",
        "<style>@\\69mport 'https://example.org/a.css'</style>",
        "<style>rect{fill:u\\72l(https://example.org/a)}</style>",
        "<style>rect{fill:image-set('https://example.org/a.png' 1x)}</style>",
        "<style>/*" + "x" * 8186 + "*/@import 'https://example.org/a.css'</style>",
        "<style>" + "x" * 8188 + "<![CDATA[@imp]]>ort 'https://example.org/a.css'</style>",
        '<rect style="fill:url(https://example.org/a)"/>',
        '<g xml:base="https://example.org/"><use href="#a"/></g>',
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        '<set attributeName="onclick" to="alert(1)"/>',
    ],
)
def test_svg_that_could_act_is_refused(inside: str) -> None:
    with pytest.raises(MediaError):
        check_svg((SVG % inside).encode())


@pytest.mark.parametrize(
    "inside",
    [
        "<style>rect{fill:#eee} .a{stroke:url(#grad)}</style><rect class='a'/>",
        '<linearGradient id="g"/><use href="#g"/><text x="1">5 &lt; 6</text>',
        '<image href="data:image/png;base64,iVBORw0KGgo="/>',
    ],
)
def test_a_plain_svg_is_fine(inside: str) -> None:
    check_svg((SVG % inside).encode())


@pytest.mark.parametrize(
    "tex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\url{javascript:alert(1)}",
        r"\require{html}\style{background:red}{x}",
        r"\class{evil}{x}",
        r"\cssId{evil}{x}",
        r"\csname href\endcsname{javascript:alert(1)}{x}",
        r"\includegraphics{https://example.org/a.png}",
        r"\unicode[x;background:url(https://example.org/)]{65}",
    ],
)
def test_formulas_make_no_links_and_no_styles(tex: str) -> None:
    assert [doubt.code for doubt in render(f"${tex}$").doubts] == ["formula"]


@pytest.mark.parametrize("tex", [r"\frac{1}{2}", r"\hbar", r"\mathrm{d}x", r"\classical", r"\text{url}"])
def test_formulas_of_every_day_are_fine(tex: str) -> None:
    assert render(f"${tex}$").doubts == ()


@pytest.mark.parametrize("name", ["<script>x</script>", "a<img src=x>"])
def test_names_of_decks_topics_and_tags_hold_no_html(tmp_path: Path, name: str) -> None:
    topic = f'topic: "{name}"\nsources: [code#1]\n{FACT}    tags: ["{name.replace(" ", "-")}"]\n'
    write_deck(tmp_path, {"t.yaml": topic, "deck.yaml": f'id: law\nname: "{name}"\n'})
    found = [item["code"] for item in diagnostics(tmp_path)]
    assert found.count("bad-deck-name") == 2
    assert found.count("bad-tag") == 1


# Nothing outside the deck is read


def test_a_deck_that_is_a_link_out_of_the_cards_folder_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "private.yaml").write_text("password:hunter2\n")
    write_deck(tmp_path, {"t.yaml": HEAD + FACT})
    (tmp_path / "cards" / "evil").symlink_to(secret)
    run = deckgen(tmp_path, "check")
    assert "hunter2" not in run.out + run.err
    assert run.code != 0


@pytest.mark.parametrize("name", ["deck.lock", "verified.tsv", "t.yaml", "glossary.yaml"])
def test_a_file_that_is_a_link_out_of_the_deck_is_not_read(tmp_path: Path, name: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("password:hunter2\n")
    folder = write_deck(tmp_path, {"s.yaml": HEAD + FACT})
    (folder / name).symlink_to(secret)
    for arguments in (("check",), ("build",), ("fmt", "--diff")):
        run = deckgen(tmp_path, *arguments)
        assert "hunter2" not in run.out + run.err
    assert deckgen(tmp_path, "check").code == 1
    assert secret.read_text() == "password:hunter2\n"


def test_a_media_file_that_is_a_link_is_not_packed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"hunter2")
    folder = write_deck(tmp_path, {"t.yaml": HEAD + FACT + "    image: {file: a.png, alt: x}\n", "media/b.png": b"x"})
    (folder / "media" / "a.png").symlink_to(secret)
    assert {"outside-deck", "missing-media"} <= {item["code"] for item in diagnostics(tmp_path)}


# Nothing steers a terminal


def test_control_characters_written_as_escapes_are_refused(tmp_path: Path) -> None:
    topic = HEAD + 'facts:\n  - id: nile\n    fact: "The \\e[2Jlongest river is the {{c1::Nile}}."\n'
    write_deck(tmp_path, {"t.yaml": topic})
    run = deckgen(tmp_path, "check")
    assert "control-character" in run.out
    assert "\x1b" not in run.out


def test_a_file_name_with_a_line_break_forges_no_line(tmp_path: Path) -> None:
    write_deck(tmp_path, {"t\n::error::forged\x1b[2J.yaml": "topic:x\n"})
    for format_ in ("text", "github"):
        run = deckgen(tmp_path, "check", "--format", format_)
        assert not any(line.strip().startswith("::error::forged") for line in run.out.split("\n"))
        assert "\x1b" not in run.out


# Nothing hangs


def test_a_text_without_end_is_refused(tmp_path: Path) -> None:
    assert "too-long" in codes(tmp_path, {"t.yaml": HEAD + f"facts:\n  - id: a\n    fact: {'word ' * 8000}\n"})


ODD_TEXTS = {
    "brackets": "[" * 9_900,
    "images": "![" * 4_900,
    "stars": "*a **b " * 1_400,
    "underscores": "_" * 4_900 + "a" + "_" * 4_900,
    "dollars": "$" * 9_900,
    "dollar-words": "$a " * 3_300,
    "double-dollars": "$$a " * 2_400,
    "backticks": "".join("`" * number + " " for number in range(1, 130)),
    "quotes": "> " * 4_900 + "a",
    "lists": "- " * 4_900 + "a",
    "links": "[a](<b" * 1_600,
    "tables": "|" * 200 + "\n" + "|-" * 200 + "|\n" + "|\n" * 200,
    "entities": "&" * 9_900,
    "marks": "{{c1::" * 1_600,
    "closed-marks": "{{c1::a}}" * 1_100,
    "spaces": "a" + " " * 9_900 + "b",
    "commas": "1, " * 3_300,
    "what": "what " * 1_950,
    "and-what": "what and " * 1_100,
    "quotes-and-primes": "'" * 9_900,
    "hyphens": "-".join("ab" for _ in range(3_300)),
    "doubled": "the " * 2_450,
    "dots": "an ." + "." * 9_900 + "x",
    "percent": "1" * 9_900 + "%",
    "html": "<b " * 3_300,
    "formulas": "\\(" * 4_900,
    "latex": "\\[a=" * 2_400,
    "combining": "a\u0301\u0316" * 3_300,
    "capitals": "ABCD " * 1_950,
    "symbols": "IL-4R1a" * 1_400,
}


@pytest.mark.parametrize("name", ODD_TEXTS)
def test_odd_texts_are_checked_in_time(tmp_path: Path, name: str) -> None:
    text = ODD_TEXTS[name].replace("\n", "\n      ")
    question = f"questions:\n  - id: q\n    question: |\n      {text}\n    answer: |\n      {text}\n"
    choice = f"  - id: c\n    question: What?\n    answer: |\n      {text}\n    distractors: [a, b]\n"
    text = text[:2_900]
    fact = f"facts:\n  - id: f\n    fact: |\n      {text} and {{{{c1::it}}}}\n  - id: g\n    fact: |\n      {text} g\n"
    in_time(tmp_path, {"t.yaml": HEAD + question + choice + fact})


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_odd_answers_are_compared_in_time(text: str) -> None:
    began = time.process_time()
    canonical(text)
    same_answer(text, text + " (x)")
    assert time.process_time() - began < 2


def test_many_columns_options_and_rows(tmp_path: Path) -> None:
    many = ", ".join(f"x{number}" for number in range(50_000))
    table = f"questions:\n  - id: t\n    question: What?\n    columns: [{many}]\n    rows: {{a: [{many}]}}\n"
    choice = f"  - id: c\n    question: Which?\n    answer: y\n    distractors: [{many}]\n"
    in_time(tmp_path, {"t.yaml": HEAD + table + choice})


def test_a_long_circle_of_needs(tmp_path: Path) -> None:
    count = 20_000
    fact = "  - id: n{0}\n    fact: River number {0} is {{{{c1::long}}}}.\n    needs: [n{1}]\n"
    facts = "".join(fact.format(number, (number + 1) % count) for number in range(count))
    run = in_time(tmp_path, {"t.yaml": HEAD + "facts:\n" + facts})
    assert "needs-circle" in run.out


def test_thousands_of_misspelt_names(tmp_path: Path) -> None:
    fact = "  - id: n{0}\n    fact: It {0} is {{{{c1::long}}}}.\n    needs: [m{0}]\n    sources: [s{0}]\n    k{0}: x\n"
    good = "  - id: g{0}\n    fact: Lake number {0} is {{{{c1::deep}}}}.\n    needs: [h{0}]\n    sources: [s{0}]\n"
    facts = "".join(fact.format(number) + good.format(number) for number in range(1_500))
    works = "".join(f"w{number}: {{title: W}}\n" for number in range(1_500))
    in_time(tmp_path, {"t.yaml": HEAD + "facts:\n" + facts, "sources.yaml": works})


def test_an_edit_of_a_long_fact_is_followed_in_time(tmp_path: Path) -> None:
    text = "a b " * 700
    write_deck(tmp_path, {"t.yaml": f"{HEAD}facts:\n  - id: f\n    fact: {text}Nile\n    hide: [Nile]\n"})
    assert deckgen(tmp_path, "build").code == 0
    in_time(tmp_path, {"t.yaml": f"{HEAD}facts:\n  - id: f\n    fact: c {'b a ' * 700}Rhine\n    hide: [Rhine]\n"})
