"""Diagnostics in every output format, also when what they quote is hostile."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from deckgen.diagnostic import Diagnostic, Edit, Fix, Label, Severity, summary
from deckgen.render.github import render_github
from deckgen.render.json import render_json
from deckgen.render.sarif import render_sarif
from deckgen.render.text import render_text
from deckgen.source import Source
from decks import deckgen, write_deck

SCHEMA = json.loads((Path(__file__).parents[1] / "data" / "sarif-2.1.0.schema.json").read_text())
TEXT = "facts:\n  - id: nile\n    fact: The Nïle is is a river.\n"
SOURCE = Source("cards/law/rivers: 1,%.yaml", TEXT)


def one(message: str = "`is is` says `is` twice", code: str = "doubled-word", at: int = 39) -> Diagnostic:
    span = SOURCE.span(at, at + 5)
    fix = Fix((Edit(span, "is"),), "write `is` once", safe=False)
    label = Label(SOURCE.span(15, 19), "in this entry")
    return Diagnostic(code, Severity.WARNING, message, span, (label,), "take one out", fix, "nile")


HOSTILE = one("\x1b[2J\n::error::pwned\r\n\u202egnp \u2028 %0A")


def sarif(*found: Diagnostic) -> dict[str, Any]:
    report = json.loads(render_sarif(found))
    jsonschema.validate(report, SCHEMA)
    return dict(report)


def test_text_shows_place_line_mark_label_and_help() -> None:
    assert render_text([one()]) == (
        "cards/law/rivers: 1,%.yaml:3:20: warning: `is is` says `is` twice [doubled-word]\n"
        "  3 |     fact: The Nïle is is a river.\n"
        "    |                    ^^^^^\n"
        "  note: in this entry: cards/law/rivers: 1,%.yaml:2:9\n"
        "  2 |   - id: nile\n"
        "    |         ^^^^\n"
        "  help: take one out\n"
    )


def test_text_cannot_be_made_to_steer_a_terminal_or_forge_a_line() -> None:
    shown = render_text([HOSTILE])
    assert not set(shown) & set("\x1b\r\u202e")
    assert not any(line.lstrip().startswith("::") for line in shown.split("\n"))


@pytest.mark.parametrize(
    ("before", "columns"),
    [
        ("日本の", 6),
        ("e\u0301", 1),
        ("👩\u200d👩", 4),
        ("मि", 2),
        ("ไทย์", 3),
        ("كتابُ", 4),
        ("❤\ufe0f", 1),
        ("a\tb", "\t"),
    ],
)
def test_the_mark_stands_beneath_its_text(before: str, columns: int | str) -> None:
    source = Source("a.yaml", f"{before} is is")
    span = source.span(len(before) + 1, len(before) + 6)
    lines = render_text([Diagnostic("doubled-word", Severity.WARNING, "twice", span)]).split("\n")
    pad = " " * columns if isinstance(columns, int) else " \t "
    assert lines[2] == f"    | {pad} ^^^^^"


def test_colour_only_where_asked_for() -> None:
    assert "\x1b[" not in render_text([one()])
    assert "\x1b[" in render_text([one()], colour=True)


def test_many_alike_are_grouped() -> None:
    shown = render_text([one(at=at) for at in range(20, 30)])
    assert shown.count("help:") == 3
    assert shown.count("[doubled-word]") == 10


def test_max_shows_errors_first_and_counts_the_rest() -> None:
    error = Diagnostic("bad-id", Severity.ERROR, "bad", SOURCE.span(41, 42))
    shown = render_text([*(one(at=at) for at in range(20, 30)), error], most=2)
    assert shown.count("warning:") == 1
    assert "error: bad [bad-id]" in shown
    assert shown.endswith("9 more (9 doubled-word) in 1 file; `--max 0` shows all\n")


def test_summary_counts() -> None:
    assert summary([]) == "no errors, no warnings"
    assert summary([one(), one("other")]) == "2 warnings"


def test_json_keeps_the_contract() -> None:
    report = json.loads(render_json([one()]))
    assert report == {
        "diagnostics": [
            {
                "code": "doubled-word",
                "severity": "warning",
                "message": "`is is` says `is` twice",
                "help": "take one out",
                "path": "cards/law/rivers: 1,%.yaml",
                "line": 3,
                "column": 20,
                "end_line": 3,
                "end_column": 25,
                "entry": "nile",
            }
        ],
        "errors": 0,
        "warnings": 1,
    }


def test_github_escapes_what_could_end_a_command() -> None:
    assert render_github([one()]) == (
        "::warning file=cards/law/rivers%3A 1%2C%25.yaml,line=3,endLine=3,col=20,endColumn=25,"
        "title=deckgen%3A doubled-word::`is is` says `is` twice%0Atake one out\n"
    )
    line, end = render_github([HOSTILE]).split("\n")
    assert not end
    assert line.startswith("::warning file=")
    assert "%250A" in line


def test_sarif_validates_and_holds_everything() -> None:
    report = sarif(one(), Diagnostic("bad-id", Severity.ERROR, "bad", SOURCE.span(15, 19)), HOSTILE)
    run = report["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["bad-id", "doubled-word"]
    first = run["results"][0]
    assert first["ruleIndex"] == 1
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "cards/law/rivers%3A%201%2C%25.yaml"
    assert place["region"] == {"startLine": 3, "startColumn": 20, "endLine": 3, "endColumn": 25}
    assert first["relatedLocations"][0]["message"]["text"] == "in this entry"
    assert first["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"] == {"text": "is"}


def test_sarif_of_nothing_validates() -> None:
    assert sarif()["runs"][0]["results"] == []


def test_sarif_fingerprint_stays_when_lines_move() -> None:
    moved = Source(SOURCE.path, "# a comment\n" + TEXT)
    first = one()
    later = Diagnostic(first.code, first.severity, first.message, moved.span(52, 57), entry="nile")
    prints = [result["partialFingerprints"] for result in sarif(first, later)["runs"][0]["results"]]
    assert prints[0] == prints[1]


@pytest.mark.parametrize("format_", ["text", "json", "github", "sarif"])
def test_every_format_says_the_same_of_a_deck(tmp_path: Path, format_: str) -> None:
    topic = (
        "topic: Rivers\nsources: [code#1]\nfacts:\n  - id: nile\n    fact: The {{c1::Nile}} is is a river of Africa.\n"
    )
    write_deck(tmp_path, {"rivers.yaml": topic})
    run = deckgen(tmp_path, "check", "--format", format_)
    assert run.code == 0
    assert "doubled-word" in run.out
    assert deckgen(tmp_path, "check", "--format", format_, "--strict").code == 1
