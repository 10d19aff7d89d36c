"""`deckgen cloze` in its three forms."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from deckgen.commands.cloze import run
from decks import deckgen

FACT = "Infliximab neutralizes TNF-α and is given at 5 mg/kg every 8 weeks."


def call(text: str | None = None, given: str = "", *, explain: bool = False, jsonl: bool = False) -> tuple[int, str]:
    out = io.StringIO()
    code = run(text, explain=explain, jsonl=jsonl, stdin=io.StringIO(given), out=out)
    return code, out.getvalue()


def test_plain_text_comes_back_with_clozes() -> None:
    code, said = call(FACT)
    assert code == 0
    assert "{{c" in said
    assert "5 mg/kg every 8 weeks" in said


def test_text_from_standard_input() -> None:
    assert call(None, FACT + "\n") == call(FACT)


def test_explanation_names_what_was_left() -> None:
    _, said = call(FACT, explain=True)
    assert "taken" in said
    assert "left: " in said


def test_text_with_clozes_is_left_alone() -> None:
    code, said = call("It weighs {{c1::147 kDa}}.")
    assert code == 1
    assert "already" in said


def test_nothing_to_ask_is_said() -> None:
    assert "`hide`" in call("It is what it is.")[1]


def test_json_lines() -> None:
    code, said = call(given=json.dumps({"id": "a", "text": FACT}) + "\n\n", jsonl=True)
    record = json.loads(said)
    assert code == 0
    assert (record["id"], record["text"]) == ("a", FACT)
    assert record["answers"]
    assert all(answer in FACT for answer in record["answers"])


def test_bad_json_names_its_line() -> None:
    for bad in ("{", "[1]", '{"id": "a"}', '{"text": 3}', "[" * 100_000, '{"id": 1, "text": "{{c1::x}}"}'):
        code, said = call(given=json.dumps({"id": "a", "text": FACT}) + "\n" + bad + "\n", jsonl=True)
        assert code == 1
        assert "line 2: " in said


@pytest.mark.parametrize("given", [["--explain"], ["Mars has two moons."]])
def test_json_lines_take_no_text_and_explain_nothing(tmp_path: Path, given: list[str]) -> None:
    run = deckgen(tmp_path, "cloze", "--jsonl", *given)
    assert run.code == 2
    assert "leave out" in run.err


def test_json_lines_may_begin_with_a_byte_order_mark() -> None:
    assert call(given="\ufeff" + json.dumps({"id": "a", "text": FACT}) + "\n", jsonl=True)[0] == 0


def test_a_broken_line_is_named_once() -> None:
    code, said = call(given=json.dumps({"id": "a", "text": FACT}) + '\n{"id": 2, "text" "x"}\n', jsonl=True)
    assert code == 1
    assert said.splitlines()[-1] == "line 2: not JSON: Expecting ':' delimiter at column 18"
