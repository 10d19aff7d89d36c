"""JSON Schemas of the bank files, for editors: made from the tables by which the loader reads.

Draft 7, the newest that every editor with a YAML language server knows. The loader takes scalars as written, an editor
reads `answer: 38` as a number: texts are therefore described by what they are not. The texts beside ``pattern`` and
``if`` (``patternErrorMessage``, ``errorMessage``, ``defaultSnippets``) are words that editors know beyond the standard.

A schema cannot see how a value was spelt. Where a plain ``true``, ``null`` or ``1.0`` would be text or an id for the
loader, the editor asks for quotes; it takes ``0x10`` for the number that it means.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from deckgen.names import ID, MAX_ID
from deckgen.nodes import Mapping as NodeMapping
from deckgen.nodes import Node, Scalar, parse
from deckgen.reader import CONTROL, COUNT, FILE_NAME, OWN_TAGS, RESERVED_TAGS, UNSEEN, VERSION
from deckgen.shapes import SEVERITIES
from deckgen.source import Source
from deckgen.spec import (
    CLOZE,
    DECK,
    DISTRACTOR,
    KINDS,
    PICTURE,
    SHARED,
    TERM,
    TOPIC,
    WITHDRAWN,
    WORK,
    WORK_KINDS,
    Keys,
    Shape,
)
from deckgen.topicloader import MAX_STEPS

Schema = dict[str, Any]

FILES = ("deck", "sources", "glossary", "topic")
"""The files of a deck that have a schema. ``topic`` stands for every bank file."""

_DRAFT = "http://json-schema.org/draft-07/schema#"
_SEEN = UNSEEN.pattern.replace("[", "[^", 1)
_KEPT = CONTROL.pattern.replace("[", "[^", 1)
_TEXT = rf"^(?=\s*\S){_KEPT}*$"
_LINE = rf"^(?=\s*\S){_SEEN}*\n*$"
_DAYS = (
    "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8])"
)
_LEAP = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)-02-29"
_DAY = rf"(?:(?!0000)[0-9]{{4}}-(?:{_DAYS})|{_LEAP})"
_DATE = f"^{_DAY}$"
_PARTIAL_DATE = rf"^(?:{_DAY}|(?!0000)[0-9]{{4}}(?:-(?:0[1-9]|1[0-2]))?)$"
_URL = r"^[hH][tT][tT][pP][sS]?://(?:[^\s<>\"/?#@]*@)?[^\s<>\"/?#@:][^\s<>\"]*$"
_KIND_TITLES = {
    "fact": "A statement, asked with blanks",
    "basic": "A question and its answer",
    "choice": "A question with wrong options",
    "sequence": "A question for steps in order",
    "table": "A question for the cells of a table",
}
_FILE_TITLES = {
    "deck": "deck.yaml: identity and settings of a deck",
    "sources": "sources.yaml: the works that entries cite",
    "glossary": "glossary.yaml: the terms of the deck",
    "topic": "A bank file: one topic of a deck",
}


def _folded(word: str) -> str:
    """A pattern for a word in any case."""
    return "".join(f"[{letter}{letter.upper()}]" for letter in word)


def _level(reserved: str) -> str:
    """A pattern for names of decks: levels parted by ``::``, the first not the reserved one."""
    part = r'(?!\s)(?:(?!::)[^"])*(?!::)[^"\s]'
    return rf"^(?!{_folded(reserved)}(?:::|$)){part}(?:::{part})*$"


_TAG_PART = r"(?:(?!::)\S)+"
_NO_TAG = rf"(?:{'|'.join(map(_folded, RESERVED_TAGS))})$|(?:{'|'.join(map(_folded, OWN_TAGS))})(?:::|$)"
_TAG = rf"^(?!{_NO_TAG}){_TAG_PART}(?:::{_TAG_PART})*$"


# Values


def _text(pattern: str = _TEXT, wanted: str = "This is empty, or holds a character that nobody can see") -> Schema:
    """Any scalar, since the loader takes scalars as written; only what was read as a string is held to a pattern."""
    return {
        "if": {"type": ["array", "object", "null"]},
        "then": {
            "type": "string",
            "errorMessage": "This must be text: put it in quotes if it holds : # [ { or begins with -",
        },
        "pattern": pattern,
        "patternErrorMessage": wanted,
    }


def _written(types: tuple[str, ...], pattern: str, wanted: str, **more: Any) -> Schema:
    types_ = types[0] if len(types) == 1 else list(types)
    return {"type": types_, "pattern": pattern, "patternErrorMessage": wanted, "errorMessage": wanted, **more}


def _line() -> Schema:
    return _text(_LINE, "This must be one line without control characters, and not empty")


def _id() -> Schema:
    wanted = f"An id has lower-case letters, digits and single hyphens, at most {MAX_ID}"
    return _written(("string", "integer"), f"^{ID.pattern}$", wanted, minimum=0, maxLength=MAX_ID)


def _each(item: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": item, **more}


def _object(keys: Keys, title: str | None = None) -> Schema:
    properties = {
        name: {"description": key.help, **_value(key.shape), **_examples(key.shape, key.example)}
        for name, key in keys.items()
    }
    required = [name for name, key in keys.items() if key.required]
    return {
        **({"title": title} if title else {}),
        "type": "object",
        "properties": properties,
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _distractor() -> Schema:
    return _name_or(Shape.MARKDOWN, DISTRACTOR)


def _name_or(shape: Shape, keys: Keys) -> Schema:
    """A plain text, or a mapping that says more."""
    plain = {**_value(shape), "if": {"type": ["array", "null"]}}
    return {"if": {"type": "object"}, "then": _object(keys), "else": plain}


def _rows() -> Schema:
    cell = {
        "if": {"type": ["array", "object"]},
        "then": {"type": "string", "errorMessage": "A cell must be text"},
        "pattern": f"^{_KEPT}*$",
        "patternErrorMessage": "This holds a character that nobody can see",
    }
    return {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": _TEXT},
        "additionalProperties": _each(cell, minItems=1),
    }


def _id_or_ids() -> Schema:
    return {"if": {"type": "array"}, "then": {"items": _id()}, "else": _id()}


def _rank() -> Schema:
    meanings = ("regulator, label or registry", "copy of one, or abstract", "news, review or questions", "unreliable")
    snippets = [{"label": str(n), "description": meaning, "body": n} for n, meaning in enumerate(meanings, 1)]
    wanted = "A rank is 1, 2, 3 or 4"
    return _written(("integer", "string"), "^[1-4]$", wanted, minimum=1, maximum=4, defaultSnippets=snippets)


def _table_of(value: Schema) -> Schema:
    return {"type": "object", "additionalProperties": value}


_VALUES: Mapping[Shape, Callable[[], Schema]] = {
    Shape.MARKDOWN: _text,
    Shape.LINE: _line,
    Shape.ID: _id,
    Shape.FLAG: lambda: _written(("boolean", "string"), "^(?:true|false)$", "This must be true or false"),
    Shape.COUNT: lambda: _written(
        ("integer", "string"), f"^{COUNT.pattern}$", "This must be a whole number from 1 to 99", minimum=1, maximum=99
    ),
    Shape.DATE: lambda: _written(("string",), _DATE, "This must be a date such as 2026-04-22"),
    Shape.PARTIAL_DATE: lambda: _written(
        ("string", "integer"),
        _PARTIAL_DATE,
        "This must be a date such as 2026-04-22, 2026-04 or 2026",
        minimum=1000,
        maximum=9999,
    ),
    Shape.URL: lambda: _written(("string",), _URL, "This must be a web address that begins with https:// or http://"),
    Shape.VERSION: lambda: _written(
        ("string", "number"), f"^{VERSION.pattern}$", "This must be a version such as 1.2.0", minimum=0
    ),
    Shape.RANK: _rank,
    Shape.WORK_KIND: lambda: {"enum": list(WORK_KINDS)},
    Shape.TAGS: lambda: _each(
        _text(_TAG, "A tag has no spaces, no empty level, and is not leech, marked, changed or withdrawn")
    ),
    Shape.IDS: lambda: _each(_id()),
    Shape.ID_OR_IDS: _id_or_ids,
    Shape.LINES: lambda: _each(_line()),
    Shape.TEXTS: lambda: _each(_text()),
    Shape.CITATIONS: lambda: _each(_line()),
    Shape.FILE: lambda: _text(
        rf"^(?!\.)(?=\s*\S)(?!.*{UNSEEN.pattern}){FILE_NAME.pattern}$",
        "This must be the name of a file in the folder media, without a path",
    ),
    Shape.IMAGE: lambda: _name_or(Shape.FILE, PICTURE),
    Shape.HINTS: lambda: _table_of(_line()),
    Shape.CLOZE: lambda: _object(CLOZE),
    Shape.DISTRACTORS: lambda: _each(_distractor(), minItems=2),
    Shape.ROWS: _rows,
    Shape.WITHDRAWN: lambda: _object(WITHDRAWN),
    Shape.ENTRIES: dict,
    Shape.RULES: lambda: _table_of({"enum": list(SEVERITIES)}),
    Shape.THEME: lambda: _table_of(_line()),
}
"""A description for each shape that the loader has a reader for."""


def _value(shape: Shape) -> Schema:
    return _VALUES[shape]()


# Examples


def _examples(shape: Shape, example: str) -> Schema:
    if not example or shape is Shape.RANK:
        return {}
    if shape in (Shape.FLAG, Shape.COUNT):
        return {"examples": [json.loads(example)]} if shape is Shape.COUNT else {}
    nested = shape in (
        Shape.TAGS, Shape.IDS, Shape.LINES, Shape.TEXTS, Shape.CITATIONS, Shape.HINTS, Shape.CLOZE, Shape.DISTRACTORS,
        Shape.ROWS, Shape.IMAGE, Shape.WITHDRAWN, Shape.RULES, Shape.THEME,
    )  # fmt: skip
    return {"examples": [_plain(parse(Source("", example))[0].root) if nested else example]}


def _plain(node: Node | None) -> Any:
    if node is None or isinstance(node, Scalar):
        text = node.value if node else ""
        return int(text) if COUNT.fullmatch(text) else text
    if isinstance(node, NodeMapping):
        return {key.value: _plain(value) for key, value in node.pairs}
    return [_plain(item) for item in node.items]


# Files


def _entry(kind: str) -> Schema:
    return _object({**SHARED, **KINDS[kind]}, _KIND_TITLES[kind])


def _questions() -> Schema:
    """Entries under ``questions``: their keys say which kind they are, as for the loader."""
    basic = _entry("basic")
    for name, kind in (("distractors", "choice"), ("steps", "sequence"), ("columns", "table"), ("rows", "table")):
        # Never met by an entry that gets here: for completion only, to lead from a plain question to another kind.
        basic["properties"][name] = _object(KINDS[kind])["properties"][name]
    table = {"anyOf": [{"required": ["columns"]}, {"required": ["rows"]}]}
    return {
        "title": "A question",
        "type": "object",
        "if": {"required": ["distractors"]},
        "then": _entry("choice"),
        "else": {
            "if": {"required": ["steps"]},
            "then": _sequence(),
            "else": {"if": table, "then": _table(), "else": basic},
        },
    }


def _sequence() -> Schema:
    whole = _entry("sequence")
    whole["properties"]["steps"] |= {"minItems": 2, "maxItems": MAX_STEPS}
    return whole


def _table() -> Schema:
    whole = _entry("table")
    whole["properties"]["columns"] |= {"minItems": 1, "uniqueItems": True}
    return whole


def _snippet(label: str, kind: str) -> Schema:
    keys = {"id": SHARED["id"], **KINDS[kind]}
    body: Schema = {name: f"${{{at}:{name}}}" for at, (name, key) in enumerate(keys.items(), 1) if key.required}
    if kind == "table":
        body |= {"columns": ["$3"], "rows": {"${4:row}": ["$5"]}}
    for name in ("steps", "distractors"):
        if name in body:
            at = len(body)
            body[name] = [f"${at}", f"${at + 1}"]
    return {"label": label, "description": _KIND_TITLES[kind], "body": body}


def _topic() -> Schema:
    whole = _object(TOPIC)
    properties = whole["properties"]
    properties["topic"]["allOf"] = [_name_rule("withdrawn")]
    fact, question = _entry("fact"), _questions()
    fact["defaultSnippets"] = [_snippet("fact", "fact")]
    question["defaultSnippets"] = [_snippet(kind, kind) for kind in KINDS if kind != "fact"]
    for name, entry in (("facts", fact), ("questions", question)):
        properties[name] = {"description": TOPIC[name].help, "type": ["array", "null"], "items": entry}
    return whole


def _deck() -> Schema:
    whole = _object(DECK)
    whole["properties"]["name"]["allOf"] = [_name_rule("default")]
    return whole


def _name_rule(reserved: str) -> Schema:
    wanted = f"Levels are written A::B, without quotes or empty parts; {reserved.capitalize()} is taken"
    return {"pattern": _level(reserved), "patternErrorMessage": wanted}


def _sources() -> Schema:
    wanted = "A source key has no blanks and no #"
    names = {"pattern": r"^[^\s#]*$", "patternErrorMessage": wanted, "errorMessage": wanted}
    return {"type": "object", "propertyNames": names, "additionalProperties": _object(WORK, "A source")}


def _glossary() -> Schema:
    return {"type": "object", "additionalProperties": {**_object(TERM, "A term"), "type": ["object", "null"]}}


_MAKERS: Mapping[str, Callable[[], Schema]] = {
    "deck": _deck,
    "sources": _sources,
    "glossary": _glossary,
    "topic": _topic,
}


def schema(name: str) -> Schema:
    """The schema of one of `FILES`."""
    return {"$schema": _DRAFT, "title": _FILE_TITLES[name], **_MAKERS[name]()}


def file_name(name: str) -> str:
    """The name under which a schema is kept."""
    return f"{name}.schema.json"


def schema_text(name: str) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"


def modeline(name: str, folder: str) -> str:
    """The comment by which a bank file tells an editor its schema. ``folder`` is the way to the schemas."""
    return f"# yaml-language-server: $schema={folder}/{file_name(name)}\n"
