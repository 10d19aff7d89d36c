"""Fixes applied by `deckgen check --fix`: what they change, and what they leave as it was."""

from __future__ import annotations

from pathlib import Path

from decks import deckgen, write_deck

HEAD = "topic: Rivers\nsources: [code#1]\n"


def fixed(tmp_path: Path, text: str, *options: str) -> str:
    folder = write_deck(tmp_path, {"rivers.yaml": text})
    deckgen(tmp_path, "check", "--fix", *options)
    return (folder / "rivers.yaml").read_bytes().decode()


def test_missing_id_is_made_from_the_text(tmp_path: Path) -> None:
    text = HEAD + "facts:\n  # the longest\n  - fact: A river of Egypt is the {{c1::Nile}}.  # said often\n"
    assert fixed(tmp_path, text) == text.replace("- fact:", "- id: a-river-of-egypt-is-the\n    fact:")


def test_missing_ids_are_unique_in_the_deck(tmp_path: Path) -> None:
    fact = "  - fact: The river {{c1::Nile}}\n    region: R%d\n"
    text = HEAD + "facts:\n  - id: the-river-c1-nile\n    fact: A river of Egypt is the {{c1::Nile}}.\n"
    text += "".join(fact % number for number in range(3))
    more = f"topic: More\nsources: [code#1]\nfacts:\n{fact % 9}"
    folder = write_deck(tmp_path, {"rivers.yaml": text, "more.yaml": more})
    deckgen(tmp_path, "check", "--fix")
    both = (folder / "more.yaml").read_text() + (folder / "rivers.yaml").read_text()
    assert sorted(line.split("id: ")[1] for line in both.split("\n") if "id: " in line) == [
        "the-river-c1-nile",
        *(f"the-river-c1-nile-{number}" for number in range(2, 6)),
    ]


def test_line_endings_and_byte_order_mark_stay(tmp_path: Path) -> None:
    text = (HEAD + "facts:\n  - fact: A river of Egypt is the {{c1::Nile}}.\n").replace("\n", "\r\n")
    folder = write_deck(tmp_path, {"rivers.yaml": b"\xef\xbb\xbf" + text.encode()})
    deckgen(tmp_path, "check", "--fix")
    after = (folder / "rivers.yaml").read_bytes()
    assert after.startswith(b"\xef\xbb\xbftopic")
    assert after.count(b"\n") == after.count(b"\r\n") == 5


def test_unsafe_fixes_wait_to_be_asked_for(tmp_path: Path) -> None:
    text = HEAD + "facts:\n  - id: nile\n    fact: The {{c1::Nile}} is is a river of Africa.\n"
    assert fixed(tmp_path, text) == text
    assert fixed(tmp_path, text, "--unsafe-fixes") == text.replace("is is", "is")


def test_fixes_that_overlap_are_made_one_after_the_other(tmp_path: Path) -> None:
    text = HEAD + "facts:\n  - id: nile\n    fact: The {{c1::Nile}} is is is a river of Africa.\n"
    assert fixed(tmp_path, text, "--unsafe-fixes") == text.replace("is is is", "is")


def test_a_misspelt_key_is_renamed_on_demand(tmp_path: Path) -> None:
    text = HEAD + "facts:\n  - id: nile\n    fcat: A river of Egypt is the {{c1::Nile}}.\n    regoin: EG\n"
    assert fixed(tmp_path, text, "--unsafe-fixes") == text.replace("fcat", "fact").replace("regoin", "region")


def test_only_the_files_named_are_changed(tmp_path: Path) -> None:
    text = HEAD + "facts:\n  - fact: A river of Egypt is the {{c1::Nile}}.\n"
    folder = write_deck(tmp_path, {"rivers.yaml": text, "other.yaml": text.replace("Rivers", "Other")})
    deckgen(tmp_path, "check", "--fix", "cards/law/other.yaml")
    assert (folder / "rivers.yaml").read_text() == text
    assert "id: a-river" in (folder / "other.yaml").read_text()


def test_a_link_within_the_deck_stays_a_link(tmp_path: Path) -> None:
    text = HEAD + "facts:\n  - fact: A river of Egypt is the {{c1::Nile}}.\n"
    folder = write_deck(tmp_path, {"texts/rivers.txt": text})
    (folder / "rivers.yaml").symlink_to("texts/rivers.txt")
    deckgen(tmp_path, "check", "--fix")
    assert (folder / "rivers.yaml").is_symlink()
    assert "id: a-river" in (folder / "texts/rivers.txt").read_text()


def test_the_report_says_what_was_mended(tmp_path: Path) -> None:
    write_deck(tmp_path, {"rivers.yaml": HEAD + "facts:\n  - fact: A river of Egypt is the {{c1::Nile}}.\n"})
    run = deckgen(tmp_path, "check", "--fix")
    assert run.code == 0
    assert "cards/law/rivers.yaml:4: mended missing-id: add `id: a-river-of-egypt-is-the`" in run.out
    assert run.out.endswith("1 entries checked: 1 mended, no errors, no warnings\n")
