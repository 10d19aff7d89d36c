"""Shapes of banks: every mistake is an ordinary diagnostic at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.apkg import read_package
from decks import START, deckgen, diagnostics, errors, write_deck

HEAD = "topic: Torts\nsources: [code#1]\n"


def bank_errors(root: Path, bank: str, **files: str) -> list[tuple[str, int, int]]:
    write_deck(root, {"torts.yaml": HEAD + bank, **{name.replace("_", "."): text for name, text in files.items()}})
    return errors(root)


@pytest.mark.parametrize(
    ("bank", "expected"),
    [
        ("facts:\n  - id: a\n    fakt: Rome fell in 476.\n", ("unknown-key", 5, 5)),
        ("facts:\n  - id: a\n    fact: Rome fell in 476.\n    id: b\n", ("duplicate-key", 6, 5)),
        ("facts:\n  - fact: Rome fell in 476.\n", ("missing-id", 4, 5)),
        ("facts:\n  - id: Not Kebab\n    fact: Rome fell in 476.\n", ("bad-id", 4, 9)),
        ("questions:\n  - id: a\n    question: Why?\n", ("missing-key", 4, 5)),
        ("questions:\n  - id: a\n    question: Why?\n    answer:\n", ("empty-value", 6, 12)),
        ("questions:\n  - id: a\n    question: [Why]\n    answer: x\n", ("wrong-shape", 5, 15)),
        ("questions:\n  - id: a\n    question: Why?\n    answer: x\n    reverse: yes\n", ("not-a-flag", 7, 14)),
        ("questions:\n  - id: a\n    question: Why?\n    answer: x\n    as_of: 2024-13-01\n", ("bad-date", 7, 12)),
        ("questions:\n  - id: a\n    question: Why?\n    answer: x\n    review_by: 2024\n", ("bad-date", 7, 16)),
        ("questions:\n  - id: a\n    question: Why?\n    answer: x\n    tags: [a b]\n", ("bad-tag", 7, 12)),
        ("questions:\n  - id: a\n    question: Why?\n    answer: x\n    tags: ['a::::b']\n", ("bad-tag", 7, 12)),
        ("questions:\n  - id: a\n    question: Why?\n    answer: x\n    tags: [Leech]\n", ("bad-tag", 7, 12)),
        ("questions:\n  - id: a\n    question: Why?\n    answer: x\n    tags: [Withdrawn]\n", ("bad-tag", 7, 12)),
        ("questions:\n  - id: a\n    question: Why?\n    answer: x\n    tags: ['changed::2']\n", ("bad-tag", 7, 12)),
        ('questions:\n  - id: a\n    question: Why?\n    answer: "x\\x1fy"\n', ("control-character", 6, 13)),
        ('facts:\n  - id: a\n    fact: "{{c1::x}}\\0"\n', ("control-character", 5, 11)),
        (
            'questions:\n  - id: a\n    question: Why?\n    columns: [A]\n    rows: {r: ["x\\x1fy"]}\n',
            ("control-character", 7, 16),
        ),
        ("questions:\n  - id: a\n    question: Why?\n    answer: x\n    tags: one\n", ("wrong-shape", 7, 11)),
        ("questions:\n  - id: a\n    question: Why?\n    answer: x\n    needs: [b]\n", ("unknown-entry", 7, 13)),
        ("questions:\n  - id: a\n    question: Why?\n    answer: x\n    needs: [a]\n", ("unknown-entry", 7, 13)),
        ("questions:\n  - id: a\n    question: Why?\n    answer: x\n    sources: [cod#2]\n", ("unknown-source", 7, 15)),
        ("questions:\n  - id: a\n    question: Why?\n    answer: x\n    image: ../x.png\n", ("bad-media-name", 7, 12)),
        ("questions:\n  - id: a\n    question: Why?\n    answer: x\n    image: x.png\n", ("missing-media", 7, 12)),
        (
            "questions:\n  - id: a\n    question: Why?\n    answer: x\n    distractors: [y]\n",
            ("too-few-options", 7, 18),
        ),
        ("questions:\n  - id: a\n    question: Why?\n    steps: [one]\n", ("steps", 6, 13)),
        (
            "questions:\n  - id: a\n    question: Why?\n    columns: [x, y]\n    rows:\n      r: [1]\n",
            ("row-length", 8, 7),
        ),
        (
            "questions:\n  - id: a\n    question: Why?\n    columns: [x, x]\n    rows:\n      r: [1, 2]\n",
            ("duplicate-column", 6, 15),
        ),
        (
            "questions:\n  - id: a\n    question: Why?\n    columns: [x]\n    rows:\n      r: [1]\n      r: [2]\n",
            ("duplicate-key", 9, 7),
        ),
        ("questions:\n  - id: a\n    fact: Rome fell in 476.\n", ("wrong-section", 4, 5)),
        ("questions:\n  - id: a\n    question: Why?\n    answer: x\n    hide: [x]\n", ("misplaced-key", 7, 5)),
        ("questions:\n  - id: a\n    question: Why?\n    answer: x\n    withdrawn: gone\n", ("wrong-shape", 7, 16)),
        (
            "questions:\n  - id: a\n    question: Why?\n    answer: x\n    withdrawn: {on: 2024-01-01}\n",
            ("missing-key", 7, 17),
        ),
        ("questions:\n  - just text\n", ("wrong-shape", 4, 5)),
        ("questions:\n  - id:glued\n", ("wrong-shape", 4, 5)),
        ("questions: text\n", ("wrong-shape", 3, 12)),
        ("questions:\n  - id: a\n    question: '[x](javascript:alert(1))'\n    answer: x\n", ("unsafe-link", 5, 20)),
        ("questions:\n  - id: a\n    question: '![x](none.png)'\n    answer: x\n", ("missing-media", 5, 21)),
        ("facts:\n  - id: a\n    fact: '{{c1::Rome}} fell {{c2::in'\n", ("cloze-syntax", 5, 30)),
        ("facts:\n  - id: a\n    fact: '{{c1,2::Rome}} fell'\n", ("cloze-syntax", 5, 12)),
        ("facts:\n  - id: a\n    fact: '{{c0::Rome}} fell'\n", ("cloze-syntax", 5, 12)),
        ("facts:\n  - id: a\n    fact: '{{c501::Rome}} fell'\n", ("cloze-syntax", 5, 12)),
        ("facts:\n  - id: a\n    fact: '{{C1::Rome}} fell'\n", ("cloze-syntax", 5, 12)),
        ("facts:\n  - id: a\n    fact: '{{c1::}} fell'\n", ("cloze-syntax", 5, 12)),
        ("facts:\n  - id: a\n    fact: Rome fell in 476.\n    hide: [Carthage]\n", ("hide-not-found", 6, 12)),
        ("facts:\n  - id: a\n    fact: Rome fell in 476.\n    keep: [Carthage]\n", ("keep-not-found", 6, 12)),
        ("facts:\n  - id: a\n    fact: Rome fell in 476.\n    hints: {Carthage: city}\n", ("hint-not-found", 6, 13)),
    ],
)
def test_a_mistake_has_its_code_and_place(tmp_path: Path, bank: str, expected: tuple[str, int, int]) -> None:
    assert bank_errors(tmp_path, bank)[:1] == [expected]


@pytest.mark.parametrize(("text", "column"), [('"$\\theta$"', 17), ('"\\\\theta \\beta"', 24), ('"1\\rho"', 17)])
def test_a_formula_between_double_quotes_loses_its_backslash(tmp_path: Path, text: str, column: int) -> None:
    bank = f"questions:\n  - id: a\n    question: {text}\n    answer: x\n"
    assert bank_errors(tmp_path, bank) == [("bad-escape", 5, column)]


def test_a_misspelt_key_gets_the_right_name_and_no_second_report(tmp_path: Path) -> None:
    write_deck(tmp_path, {"torts.yaml": HEAD + "questions:\n  - id: a\n    question: Why?\n    anwser: x\n"})
    found = [item for item in diagnostics(tmp_path) if item["severity"] == "error"]
    assert [item["code"] for item in found] == ["unknown-key"]
    assert "`answer`" in found[0]["help"]
    assert found[0]["entry"] == "a"


def test_all_faults_of_all_files_are_found_in_one_run(tmp_path: Path) -> None:
    write_deck(
        tmp_path,
        {
            "deck.yaml": "id: law\nname: Law\nnmae: x\n",
            "sources.yaml": "code: {title: T, date: soon}\n",
            "glossary.yaml": "Tort: {alias: [x]}\n",
            "a.yaml": "topic: A\nfacts:\n  - id: one\n    fact:glued\n  - id: two\n    fakt: x\n",
            "b.yaml": "topic: B\nquestions:\n  - id: one\n    question: Q\n",
        },
    )
    found = {(item["path"].rpartition("/")[2], item["code"]) for item in diagnostics(tmp_path)}
    assert found >= {
        ("deck.yaml", "unknown-key"),
        ("sources.yaml", "bad-date"),
        ("glossary.yaml", "unknown-key"),
        ("a.yaml", "missing-space"),
        ("a.yaml", "unknown-key"),
        ("b.yaml", "missing-key"),
    }


def test_ids_are_unique_across_files(tmp_path: Path) -> None:
    entry = "questions:\n  - id: same\n    question: Q\n    answer: A\n"
    write_deck(tmp_path, {"a.yaml": "topic: A\n" + entry, "b.yaml": "topic: B\n" + entry})
    assert [code for code, _, _ in errors(tmp_path)] == ["duplicate-id"]


def test_a_circle_of_needs_is_an_error(tmp_path: Path) -> None:
    bank = "".join(
        f"  - id: {name}\n    question: Q {name}\n    answer: A\n    needs: [{other}]\n"
        for name, other in ("ab", "bc", "ca")
    )
    found = bank_errors(tmp_path, "questions:\n" + bank)
    assert [code for code, _, _ in found] == ["needs-circle"]


def test_entries_of_an_unreadable_part_are_not_reported_missing(tmp_path: Path) -> None:
    bank = (
        "questions:\n  - id: a\n    question: Q\n    answer: x\n    needs: [b]\n"
        "  - id: b\n    question: @bad\n    answer: x\n"
    )
    assert [code for code, _, _ in bank_errors(tmp_path, bank)] == ["reserved-character"]


@pytest.mark.parametrize(
    ("data", "code", "column"),
    [
        (b"topic: \xff\n", "not-utf8", 8),
        ("topic: α".encode("utf-16"), "not-utf8", 1),
        (b"", "empty-file", 1),
        (b"# only a comment\n", "empty-file", 1),
        (b"- a\n- b\n", "wrong-shape", 1),
    ],
)
def test_odd_files_are_ordinary_errors(tmp_path: Path, data: bytes, code: str, column: int) -> None:
    write_deck(tmp_path, {"torts.yaml": data})
    assert errors(tmp_path)[0] == (code, 1, column)


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    write_deck(
        tmp_path,
        {"torts.yaml": b"\xef\xbb\xbf" + (HEAD + "questions:\n  - id: a\n    question: Q\n    answer: A\n").encode()},
    )
    assert errors(tmp_path) == []


def test_windows_line_breaks_are_read(tmp_path: Path) -> None:
    bank = (HEAD + "questions:\n  - id: a\n    question: Q\n    anwser: A\n").replace("\n", "\r\n")
    write_deck(tmp_path, {"torts.yaml": bank})
    assert errors(tmp_path)[0] == ("unknown-key", 6, 5)


def test_a_yml_file_is_named_not_passed_over(tmp_path: Path) -> None:
    write_deck(tmp_path, {"torts.yml": HEAD})
    assert errors(tmp_path)[0][0] == "file-ending"


def test_a_link_out_of_the_deck_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("topic: Secret\nquestions:\n  - id: s\n    question: Q\n    answer: hidden\n")
    folder = write_deck(tmp_path, {})
    (folder / "torts.yaml").symlink_to(secret)
    (folder / "media").mkdir()
    (folder / "media" / "a.png").symlink_to(secret)
    assert [code for code, _, _ in errors(tmp_path)] == ["outside-deck", "outside-deck"]


def test_topics_come_in_the_order_of_the_deck_file(tmp_path: Path) -> None:
    topic = "topic: {0}\nquestions:\n  - id: {1}\n    question: Q {1}\n    answer: A\n"
    write_deck(
        tmp_path,
        {
            "deck.yaml": "id: law\nname: Law\ntopics: [zeta, alpha]\n",
            **{f"{stem}.yaml": topic.format(stem.title(), stem) for stem in ("alpha", "beta", "zeta")},
        },
    )
    assert deckgen(tmp_path, "build").code == 0
    write_deck(tmp_path, {"deck.yaml": "id: law\nname: Law\ntopics: [zeta, missing, zeta]\n"})
    assert [code for code, _, _ in errors(tmp_path)] == ["unknown-topic", "unknown-topic"]


@pytest.mark.parametrize("name", ["Default", '"A:: B"', "'A::'", "'a\"b'"])
def test_deck_names_that_anki_would_change_are_refused(tmp_path: Path, name: str) -> None:
    write_deck(tmp_path, {"deck.yaml": f"id: law\nname: {name}\n"})
    assert errors(tmp_path)[0][0] == "bad-deck-name"


def test_two_decks_must_differ_in_id_and_name(tmp_path: Path) -> None:
    write_deck(tmp_path, {"a.yaml": HEAD}, name="one")
    write_deck(tmp_path, {"a.yaml": HEAD}, name="two")
    assert {code for code, _, _ in errors(tmp_path)} == {"duplicate-deck-id", "duplicate-deck-name"}


def test_values_that_look_like_other_things_stay_text(tmp_path: Path) -> None:
    answers = ["No", "38%", "1:30", "010", "2017-03-28", "1e3", "~", "null", "on"]
    bank = "".join(f"  - id: e{i}\n    question: Q{i}?\n    answer: {a}\n" for i, a in enumerate(answers))
    folder = write_deck(tmp_path, {"torts.yaml": HEAD + "questions:\n" + bank})
    assert deckgen(tmp_path, "build").code == 0
    package = read_package(tmp_path / "dist" / "law.apkg")
    assert [note.fields[1] for note in package.notes] == answers
    assert folder.name == "law"


def test_a_topic_has_one_spelling(tmp_path: Path) -> None:
    names = ("Side effects", "Side effects", "side  Effects", "side effects::Skin", "Other::A", "other::B")
    entry = "sources: [code#1]\nfacts:\n  - id: e{}\n    fact: Rain is {{{{c1::water}}}} that falls.\n"
    write_deck(tmp_path, {f"t{at}.yaml": f"topic: {name}\n" + entry.format(at) for at, name in enumerate(names)})
    found = [item for item in diagnostics(tmp_path) if item["code"] == "split-topic"]
    assert [item["path"][-7:] for item in found] == ["t2.yaml", "t3.yaml", "t5.yaml"]
    assert {item["severity"] for item in found} == {"error"}
    assert "`Side effects::Skin`" in found[1]["help"]
    assert deckgen(tmp_path, "build").code == 1
    assert not [item for item in diagnostics(tmp_path) if item["code"] == "topic-spelling"]


def test_the_spelling_of_a_released_topic_may_change(tmp_path: Path) -> None:
    text = "sources: [code#1]\nfacts:\n  - id: e\n    fact: Rain is {{c1::water}} that falls.\n"
    folder = write_deck(tmp_path, {"t.yaml": f"topic: Side Effects\n{text}"})
    assert deckgen(tmp_path, "build", epoch=START).code == 0
    write_deck(tmp_path, {"t.yaml": f"topic: Side effects\n{text}"})
    run = deckgen(tmp_path, "build", epoch=START + 10)
    assert (run.code, "topic-renamed" in run.out + run.err) == (0, False)
    built = (folder / "deck.lock").read_bytes()
    assert deckgen(tmp_path, "lock", "--force", "--from", "dist/law.apkg").code == 0
    assert (folder / "deck.lock").read_bytes() == built


def test_the_second_entry_of_an_id_is_not_compared_with_the_first(tmp_path: Path) -> None:
    facts = "".join(
        f"  - id: same\n    fact: {text} from clouds.\n" for text in ("Rain {{c1::falls}}", "Hail {{c1::drops}}")
    )
    write_deck(tmp_path, {"torts.yaml": f"{HEAD}facts:\n{facts}"})
    assert {item["code"] for item in diagnostics(tmp_path)} == {"duplicate-id"}
