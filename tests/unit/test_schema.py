"""The schemas say of every bank what the loader says of its shape."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import jsonschema
import pytest
import test_loader
import yaml
from yaml_core import load_core

from deckgen.bank import parse_date
from deckgen.commands import schema as command
from deckgen.errors import UserError
from deckgen.loader import load
from deckgen.names import is_web_address
from deckgen.schema import FILES, file_name, schema, schema_text
from deckgen.shapes import READERS
from deckgen.source import Source
from deckgen.spec import DECK, DISTRACTOR, KINDS, SHARED, TERM, TOPIC, WITHDRAWN, WORK, Keys, Shape
from deckgen.topicloader import TopicLoader
from lintbank import files_of

ROOT = Path(__file__).parents[2]

BEYOND = {"row-length", "cells", "unknown-topic", "empty-file", "bad-escape"}
"""What depends on two values at once, on other files, on the whole file, or on how a text was quoted."""


def _pattern(validator, wanted, value, _):
    """As in editors: `$` is the end of the text, not also the place before a last line break."""
    if isinstance(value, str) and not re.search(wanted.replace("$", r"\Z"), value):
        yield jsonschema.ValidationError(f"{value!r} does not match {wanted!r}")


Validator = jsonschema.validators.extend(jsonschema.Draft7Validator, {"pattern": _pattern})
VALIDATORS = {name: Validator(schema(name)) for name in FILES}


def schema_takes(name: str, text: str) -> bool:
    try:
        value = load_core(text)
    except yaml.YAMLError:
        return False
    return VALIDATORS[name].is_valid(value)


HEADS = {
    "deck": "id: a\nname: A\n",
    "sources": "w:\n  title: W\n",
    "glossary": "t:\n  class: c\n",
    "topic": "topic: T\n",
}


@pytest.fixture
def loader_takes(tmp_path):
    """Whether the loader takes the shape of a file; None where its only objection is beyond a schema."""
    for each, head in HEADS.items():
        (tmp_path / f"{each}.yaml").write_text(head, encoding="utf-8")

    def takes(name: str, text: str) -> bool | None:
        if name == "topic":
            _, _, found, _ = TopicLoader(Source("topic.yaml", text), "topic").load()
        else:
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
            _, found = load(tmp_path, "cards/d")
            (tmp_path / f"{name}.yaml").write_text(HEADS[name], encoding="utf-8")
        codes = {item.code for item in found}
        return None if codes and codes <= BEYOND else not codes

    return takes


ID, SCALARS = (
    "id: e",
    {
        "words": "some words",
        "letter": "a",
        "kebab": "a-b-c",
        "two hyphens": "a--b",
        "capital": "Abc",
        "long id": "a" * 101,
        "longest id": "a" * 100,
        "number": "38",
        "small number": "3",
        "five": "5",
        "zero": "0",
        "hundred": "100",
        "quoted number": '"38"',
        "quoted rank": '"3"',
        "negative": "-5",
        "percent": "38%",
        "ratio": "1:30",
        "yes": "yes",
        "no": "no",
        "off": "off",
        "true": "true",
        "quoted true": '"true"',
        "severity": "warning",
        "day": "2026-04-22",
        "no such day": "2026-02-30",
        "leap day": "2024-02-29",
        "no leap day": "2026-02-29",
        "century": "1900-02-29",
        "month": "2026-04",
        "no such month": "2026-13",
        "year": "2026",
        "three digits": "'026'",
        "version": "1.2.0",
        "short version": "1.2",
        "version with space": "1.2 beta",
        "odd version": "1..2",
        "address": "https://example.org/a?b=c#d",
        "capital address": "HTTP://example.org",
        "address with user": "https://me@example.org:80/",
        "address without host": "https:///a",
        "address with port alone": "https://:80/",
        "ftp": "ftp://example.org",
        "address with space": '"https://example.org/a b"',
        "file": "a picture.svg",
        "hidden file": ".hidden.svg",
        "path": "a/b.svg",
        "levels": "a::b",
        "empty level": "a::",
        "three colons": "a:::b",
        "only colons": "'::'",
        "reserved tag": "Leech",
        "reserved deck": "Default::a",
        "reserved topic": "withdrawn",
        "near a reserved one": "defaults",
        "spaces around levels": "a :: b",
        "double quote": "'a \"b\" c'",
        "kind of work": "label",
        "empty": "",
        "empty quotes": '""',
        "blanks": '"   "',
        "two lines": '"a\\nb"',
        "ends with a line break": '"a\\n"',
        "tab": '"a\\tb"',
        "zero width space": '"a\\u200bb"',
        "markdown": "'**bold** $x$'",
        "citation": "key#12.1",
    },
)
NESTED = {
    "empty list": "[]",
    "list of one": "[a]",
    "list of two": "[a, b]",
    "list of a number": "[a, 2]",
    "list with a number first": "[2, b]",
    "list of equals": "[a, a]",
    "list with an empty text": '[a, ""]',
    "list with a space": "[a b, c]",
    "list with a capital": "[A, B]",
    "list with a list": "[a, [b]]",
    "list with a mapping": "[a, {b: c}]",
    "list with a line break": '[a, "b\\nc"]',
    "a hundred": f"[{', '.join(f's{n}' for n in range(100))}]",
    "a hundred and one": f"[{', '.join(f's{n}' for n in range(101))}]",
    "distractors": "[a, {text: b, why: c}]",
    "distractor without text": "[a, {why: c}]",
    "distractor with another key": "[a, {text: b, who: c}]",
    "reserved tag in a list": "[leech]",
    "own tag in a list": "[Withdrawn]",
    "own tag with a level": "['changed::2']",
    "near an own tag": "[changes, 'withdrawn::a']",
    "control character": '["a\\x1fb"]',
    "empty mapping": "{}",
    "mapping": "{a: b}",
    "mapping to a list": "{a: [b]}",
    "mapping to two": "{a: [b, c]}",
    "mapping to a number": "{a: [2]}",
    "mapping to an empty cell": '{a: ["", b]}',
    "mapping to nothing": "{a: []}",
    "mapping to severity": "{a: off}",
    "twice": "{a: b, a: c}",
    "cloze": "{max: 2}",
    "cloze too high": "{max: 100}",
    "cloze with another key": "{max: 2, min: 1}",
    "picture": "{file: a.png, alt: what it shows}",
    "picture without alt": "{file: a.png}",
    "picture without file": "{alt: what it shows}",
    "picture elsewhere": "{file: ../a.png, alt: what it shows}",
    "withdrawal": "{on: 2026-05-01, reason: why}",
    "withdrawal with successor": "{on: 2026-05-01, reason: why, replaced_by: b}",
    "withdrawal without reason": "{on: 2026-05-01}",
}
VALUES = SCALARS | NESTED

_MARKDOWN = (Shape.MARKDOWN, Shape.TEXTS, Shape.DISTRACTORS, Shape.ROWS)
SPELT = {
    *((shape, word) for shape in Shape for word in ("true",) if shape in (Shape.ID, Shape.ID_OR_IDS, Shape.VERSION)),
    (Shape.PARTIAL_DATE, "quoted number"),
    *((shape, "tab") for shape in Shape if shape in _MARKDOWN),
}
"""What only one of them can see: where a plain word of YAML is an id or a version as it stands, the editor asks for
quotes; that a tab was written as an escape, as in a formula between double quotes, the loader alone knows."""


def _entry(keys: Keys, name: str, value: str) -> str:
    """An entry that has what its kind requires, and one key with a value."""
    given = {"id": "e", "fact": "f", "question": "q", "answer": "a", "steps": "[a, b]", "distractors": "[a, b]"}
    given |= {"columns": "[a]", "rows": "{r: [x]}"}
    lines = {key: given[key] for key, item in keys.items() if item.required} | {name: value}
    return "\n    ".join(f"{key}: {text}" for key, text in lines.items())


def banks():
    for kind, keys in KINDS.items():
        section = "facts" if kind == "fact" else "questions"
        for name, key in {**SHARED, **keys}.items():
            for label, value in VALUES.items():
                yield (
                    f"{kind}/{name}/{label}",
                    key.shape,
                    "topic",
                    (f"topic: T\n{section}:\n  - {_entry({**SHARED, **keys}, name, value)}\n"),
                )
    for name, key in TOPIC.items():
        if key.shape is not Shape.ENTRIES:
            for label, value in VALUES.items():
                head = "" if name == "topic" else "topic: T\n"
                yield f"topic/{name}/{label}", key.shape, "topic", f"{head}{name}: {value}\n"
    for name, key in DECK.items():
        for label, value in VALUES.items():
            lines = {"id": "d", "name": "D"} | {name: value}
            yield f"deck/{name}/{label}", key.shape, "deck", "".join(f"{k}: {v}\n" for k, v in lines.items())
    for name, key in WORK.items():
        for label, value in VALUES.items():
            lines = {"title": "W"} | {name: value}
            text = "w:\n" + "".join(f"  {k}: {v}\n" for k, v in lines.items())
            yield f"sources/{name}/{label}", key.shape, "sources", text
    for name, key in TERM.items():
        for label, value in VALUES.items():
            yield f"glossary/{name}/{label}", key.shape, "glossary", f"t:\n  {name}: {value}\n"


def test_every_value_of_every_key_is_taken_or_refused_by_both(loader_takes):
    different = []
    for label, shape, name, text in banks():
        if (shape, label.rpartition("/")[2]) in SPELT:
            continue
        loader, editor = loader_takes(name, text), schema_takes(name, text)
        if loader is not None and loader != editor:
            different.append(f"{label}: the loader {'takes' if loader else 'refuses'} it, the schema does not agree")
    assert not different, "\n".join(different)


GOOD = {
    "empty sections": ("topic", "topic: T\nfacts:\nquestions: []\n"),
    "no sections": ("topic", "topic: T\n"),
    "a term without anything": ("glossary", "IL-4:\n"),
    "a kind for each set of keys": (
        "topic",
        """\
topic: T::U
cloze: {max: 2}
facts:
  - {id: a, fact: "Water boils at 100 °C.", hide: [100 °C], hints: {100 °C: a temperature}}
questions:
  - {id: b, question: q, answer: 38, reverse: true}
  - {id: c, question: q, answer: no, distractors: [yes, {text: 0.5, why: w}]}
  - {id: d, question: q, steps: [1, 2]}
  - {id: e, question: q, columns: [1, 2], rows: {3: [4, ""], x: [5, 6]}}
""",
    ),
}
BAD = {
    "a question under facts": ("topic", "topic: T\nfacts:\n  - {id: a, question: q, answer: a}\n"),
    "a fact under questions": ("topic", "topic: T\nquestions:\n  - {id: a, fact: f}\n"),
    "reverse on a sequence": (
        "topic",
        "topic: T\nquestions:\n  - {id: a, question: q, steps: [a, b], reverse: true}\n",
    ),
    "steps and distractors": (
        "topic",
        "topic: T\nquestions:\n  - {id: a, question: q, answer: a, steps: [a, b], distractors: [a, b]}\n",
    ),
    "an entry without id": ("topic", "topic: T\nfacts:\n  - fact: f\n"),
    "a misspelt key": ("topic", "topic: T\nfacts:\n  - {id: a, fact: f, explantion: e}\n"),
    "a mapping for a list": ("topic", "topic: T\nfacts: {id: a, fact: f}\n"),
    "an entry that is text": ("topic", "topic: T\nfacts: [f]\n"),
    "no topic": ("topic", "facts:\n  - {id: a, fact: f}\n"),
    "an unquoted brace": ("topic", "topic: T\nfacts:\n  - {id: a, fact: {c1: b}}\n"),
    "two columns of one name": (
        "topic",
        "topic: T\nquestions:\n  - {id: a, question: q, columns: [a, a], rows: {r: [b, c]}}\n",
    ),
    "a row given twice": (
        "topic",
        "topic: T\nquestions:\n  - {id: a, question: q, columns: [a], rows: {r: [b], r: [c]}}\n",
    ),
    "a source key with a blank": ("sources", "a key:\n  title: W\n"),
    "a source key with a hash": ("sources", "a#b:\n  title: W\n"),
    "a source without title": ("sources", "w:\n  publisher: P\n"),
    "a source given twice": ("sources", "w:\n  title: W\nw:\n  title: V\n"),
    "a term that is a list": ("glossary", "IL-4: [a]\n"),
    "a deck without name": ("deck", "id: d\n"),
    "a deck that is a list": ("deck", "- id: d\n"),
}


@pytest.mark.parametrize("case", GOOD)
def test_both_take_a_sound_bank(case, loader_takes):
    name, text = GOOD[case]
    assert loader_takes(name, text) is True
    assert schema_takes(name, text)


@pytest.mark.parametrize("case", BAD)
def test_both_refuse_an_unsound_bank(case, loader_takes):
    name, text = BAD[case]
    assert loader_takes(name, text) is False
    assert not schema_takes(name, text)


def _loader_banks() -> list[str]:
    """The banks by which the loader itself is tested, and those by which the rules are."""
    marks = test_loader.test_a_mistake_has_its_code_and_place.pytestmark
    banks = [test_loader.HEAD + bank for mark in marks for bank, _ in mark.args[1]]
    for path in sorted((ROOT / "tests" / "rules").glob("*/*.yaml")):
        files = files_of(path.read_text(encoding="utf-8"))
        banks += [text for name, text in files.items() if name not in _NAMED and name.endswith(".yaml")]
    return banks


_NAMED = {"deck.yaml", "sources.yaml", "glossary.yaml"}


@pytest.mark.parametrize("bank", _loader_banks())
def test_both_say_the_same_of_the_banks_of_other_tests(bank, loader_takes):
    taken = loader_takes("topic", bank)
    assert taken is None or schema_takes("topic", bank) is taken


@pytest.mark.parametrize("path", sorted((ROOT / "cards").glob("*/*.yaml")), ids=lambda path: path.stem)
def test_the_banks_of_this_repository_are_taken(path):
    name = path.stem if path.stem in FILES else "topic"
    errors = [error.message for error in VALIDATORS[name].iter_errors(load_core(path.read_text(encoding="utf-8")))]
    assert errors == []


@pytest.mark.parametrize("name", FILES)
def test_a_schema_is_valid(name):
    jsonschema.Draft7Validator.check_schema(schema(name))


@pytest.mark.parametrize("keys", [SHARED, *KINDS.values(), TOPIC, DECK, WORK, TERM, DISTRACTOR, WITHDRAWN])
def test_every_key_has_a_sentence_of_help(keys):
    assert [name for name, key in keys.items() if not re.fullmatch(r"[A-Z].*\.", key.help, re.DOTALL)] == []


@pytest.mark.parametrize(("table", "keys"), [("deck", DECK), ("sources", WORK), ("glossary", TERM)])
def test_every_example_is_taken(table, keys, loader_takes):
    for name, key in keys.items():
        lines = {"id": "d", "name": "D"} if table == "deck" else {"title": "W"} if table == "sources" else {}
        lines |= {name: key.example} if key.example else {}
        text = "".join(f"{k}: {v}\n" for k, v in lines.items())
        text = text if table == "deck" else "k:\n" + "".join(f"  {line}\n" for line in text.splitlines())
        assert loader_takes(table, text) is not False, name
        assert schema_takes(table, text), name


def test_every_shape_of_the_loader_has_a_schema():
    assert set(READERS) | {Shape.ENTRIES} == set(Shape)


@pytest.mark.parametrize(
    "text",
    [
        "https://a",
        "http://[::1]/",
        "https://a:80",
        "https://u:p@a",
        "https://?q",
        "https://#f",
        "//a",
        "https:a",
        "https://a<b",
        "",
    ],
)
def test_an_address_is_one_for_both(text, loader_takes):
    bank = f"id: d\nname: D\nrepository: {json.dumps(text)}\n"
    assert loader_takes("deck", bank) is is_web_address(text)
    assert schema_takes("deck", bank) is is_web_address(text)


@pytest.mark.parametrize("year", ["0000", "0004", "1900", "2000", "2023", "2024", "2100", "2400"])
def test_a_date_is_one_for_both(year, loader_takes):
    for month in range(14):
        for day in (0, 1, 28, 29, 30, 31, 32):
            text = f"{year}-{month:02}-{day:02}"
            entry = f"topic: T\nfacts:\n  - {{id: a, fact: f, review_by: {text}}}\n"
            assert schema_takes("topic", entry) is (parse_date(text) is not None), text


# The command


def test_the_committed_schemas_are_what_would_be_written():
    for name in FILES:
        path = ROOT / "schema" / file_name(name)
        assert path.read_text(encoding="utf-8") == schema_text(name), "run `deckgen schema -o schema`"


def _run(name=None, folder=None, *, check=False):
    out, err = io.StringIO(), io.StringIO()
    return command.run(name, folder, check=check, out=out, err=err), out.getvalue(), err.getvalue()


def test_schema_prints_one():
    code, out, _ = _run("deck")
    assert code == 0
    assert json.loads(out) == schema("deck")


def test_schema_writes_all_and_says_what_is_stale(tmp_path):
    assert _run(None, tmp_path, check=True)[0] == 1
    assert _run(None, tmp_path)[0] == 0
    assert _run(None, tmp_path, check=True) == (0, "", "")
    assert _run(None, tmp_path)[1].count("unchanged") == len(FILES)
    (tmp_path / "deck.schema.json").write_text("{}")
    code, _, err = _run(None, tmp_path, check=True)
    assert code == 1
    assert "deck.schema.json is not up to date" in err


@pytest.mark.parametrize(("name", "folder"), [(None, None), ("deck", Path("x"))])
def test_schema_wants_a_name_or_a_folder(name, folder):
    with pytest.raises(UserError, match="name a file"):
        _run(name, folder)
