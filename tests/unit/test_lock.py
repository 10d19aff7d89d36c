from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.lock import Answer, Lock, NoteRecord, TypeRecord, read, write
from deckgen.source import Source

TEXT = st.text(max_size=12)
NUMBER = st.integers(0, 249)


@st.composite
def answers(draw: st.DrawFn, odd: int = 0) -> tuple[Answer, ...]:
    made = []
    for number in sorted({2 * half + 1 + odd for half in draw(st.sets(NUMBER, max_size=4))}):
        texts = tuple(draw(st.lists(TEXT, min_size=1, max_size=3)))
        offsets = tuple(draw(st.integers(0, 99)) for _ in texts)
        places = draw(st.sampled_from([(), offsets, ("row", "column")]))
        made.append(Answer(number, texts, places, draw(st.one_of(st.none(), st.text(min_size=1, max_size=5)))))
    return tuple(made)


@st.composite
def locks(draw: st.DrawFn) -> Lock:
    names = draw(st.sets(st.from_regex(r"[a-z]{1,4}(-[a-z0-9]{1,3})?", fullmatch=True), max_size=5))
    notes = {
        name: NoteRecord(
            name,
            guid=name + draw(TEXT),
            kind="fact",
            deck=draw(TEXT),
            hash=draw(TEXT),
            time=draw(st.integers(0, 2**33)),
            answers=draw(answers()),
            retired=draw(answers(odd=1)),
            text=draw(st.one_of(st.none(), TEXT)),
            changed=tuple(draw(st.lists(TEXT, max_size=2))),
            was=tuple(draw(st.lists(TEXT, max_size=2))),
            withdrawn=draw(st.booleans()),
        )
        for name in names
    }
    released = draw(st.one_of(st.none(), st.text(min_size=1, max_size=5)))
    types = {"basic": TypeRecord("basic", 7, "look", "schema", 5)}
    decks = tuple(sorted(draw(st.sets(TEXT, max_size=3))))
    return Lock("law", 3, released, 9 if released else 0, decks, types, notes)


@given(locks())
def test_a_lock_written_and_read_is_the_same(lock: Lock) -> None:
    got, decisions, found = read(Source("deck.lock", write(lock)))
    assert (got, decisions, found) == (lock, (), [])


@given(locks())
def test_each_note_has_a_line_of_its_own_sorted_by_id(lock: Lock) -> None:
    lines = [json.loads(line) for line in write(lock).split("\n") if line]
    names = [line["note"] for line in lines if "note" in line]
    assert names == sorted(lock.notes)
    assert "Generated" in lines[0]["about"]


HEAD = '{"deckgen_lock": 1, "about": "Generated", "deck": "law", "created": 3}\n'


def note(name: str, time: int, *texts: str, first: int = 1, **more: object) -> str:
    answers = [[number, text, 0] for number, text in enumerate(texts, first)]
    value = {
        "note": name,
        "guid": f"g-{name}",
        "kind": "fact",
        "deck": "D",
        "hash": f"h{time}",
        "time": time,
        "answers": answers,
        "text": "t",
    }
    return json.dumps({**value, **more})


def test_marks_of_an_unfinished_merge_keep_both_sides() -> None:
    text = HEAD + "<<<<<<< ours\n" + note("a", 5, "x") + "\n=======\n" + note("b", 6, "y") + "\n>>>>>>> theirs\n"
    lock, decisions, found = read(Source("deck.lock", text))
    assert found == []
    assert lock is not None
    assert sorted(lock.notes) == ["a", "b"]
    assert "merge" in decisions[0]


def test_two_sides_of_one_note_lose_no_number_and_share_none() -> None:
    text = HEAD + note("a", 5, "x", "mine") + "\n" + note("a", 6, "x", "yours") + "\n"
    lock, decisions, found = read(Source("deck.lock", text))
    assert found == []
    assert lock is not None
    assert {answer.texts[0]: answer.number for answer in lock.notes["a"].answers} == {"x": 1, "mine": 2, "yours": 3}
    assert "c3, not c2" in decisions[0]


def test_the_order_of_the_sides_decides_nothing() -> None:
    one, two = note("a", 5, "x", "mine"), note("a", 6, "x", "yours")
    assert read(Source("l", f"{HEAD}{one}\n{two}\n"))[0] == read(Source("l", f"{HEAD}{two}\n{one}\n"))[0]


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        "{}",
        '{"note": "a"}',
        '{"note": 1, "guid": []}',
        '{"note_type": "x"}',
        "[" * 100_000,
        '{"subdeck"',
        '{"subdeck": 5}',
        '{"note_type": "basic", "id": 5, "hash": "h", "schema": "s", "time": 1e999}',
        '{"note_type": ["basic"], "id": 5, "hash": "h", "schema": "s", "time": 1}',
        HEAD.strip().replace("3", "null"),
        HEAD.strip().replace("3", '"3"'),
        HEAD.strip().replace("3", '3, "released_at": "x"'),
        HEAD.strip().replace("3", '3, "released": 5'),
        HEAD.strip().replace('"law"', "5"),
        HEAD.strip().replace(', "deck": "law"', ""),
        *(
            json.dumps({**json.loads(note("a", 5, "x")), key: value})
            for key, values in {
                "note": [5, None, "\ud800"],
                "guid": [5, None],
                "kind": [5],
                "deck": [None],
                "hash": [5],
                "time": [-1, 1.5, True, "5", float("inf"), float("nan"), 10**300],
                "answers": [
                    5,
                    "ab",
                    {},
                    [["1", "x"]],
                    [[0, "x"]],
                    [[1.5, "x"]],
                    [[True, "x"]],
                    [[1, 5]],
                    [[1, "x", {}]],
                    [[1, "x", 0, 5]],
                    [[1, "x", 0], [1, "y", 2]],
                    [[1, ["x"], ["row"]]],
                ],
                "retired": [[[1, "y"]], [["3", "y"]], [[3, None]], [[3, "y", ["only a row"]]]],
                "text": [5, "\udfff"],
                "changed": ["1.0", [5]],
                "was": ["b", [5]],
            }.items()
            for value in values
        ),
    ],
    ids=str,
)
def test_a_broken_line_is_an_error_at_its_place(line: str) -> None:
    source = Source("deck.lock", HEAD + line + "\n")
    lock, _, found = read(source)
    assert lock is None
    assert [(item.code, source.place(item.span.start)) for item in found] == [("broken-lock", (2, 1))]


def test_a_lock_of_a_later_deckgen_is_refused() -> None:
    _, _, found = read(Source("deck.lock", HEAD.replace('"deckgen_lock": 1', '"deckgen_lock": 2')))
    assert "update deckgen" in str(found[0].help)


def test_an_empty_lock_is_an_error() -> None:
    assert read(Source("deck.lock", ""))[0] is None


def test_a_renamed_note_and_an_edited_one_are_one_after_a_merge() -> None:
    old = note("a", 5, "x", "mine", guid="g")
    new = note("b", 6, "x", "yours", guid="g", was=["a"])
    lock, decisions, found = read(Source("deck.lock", f"{HEAD}{old}\n{new}\n"))
    assert found == []
    assert lock is not None
    assert {answer.texts[0]: answer.number for answer in lock.notes["b"].answers} == {"x": 1, "mine": 2, "yours": 3}
    assert list(lock.notes) == ["b"]
    assert lock.notes["b"].was == ("a",)
    assert "changed on both sides" in decisions[0]


def test_two_names_for_one_note_are_an_error() -> None:
    one, two = note("b", 5, "x", guid="g", was=["a"]), note("c", 6, "x", guid="g", was=["a"])
    lock, _, found = read(Source("deck.lock", f"{HEAD}{one}\n{two}\n"))
    assert lock is None
    assert "`b` and `c`" in found[0].message
