"""The reading of single values: texts, ids, dates, addresses, lists; and of mappings with known keys.

A reading returns None after reporting what is wrong, so that one run finds every mistake of a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from deckgen.bank import Citation, parse_date
from deckgen.diagnostic import Diagnostic, Edit, Fix, Label, Severity
from deckgen.names import ID, MAX_ID, is_web_address, nearest, slug
from deckgen.nodes import Mapping, Node, Scalar, Sequence
from deckgen.source import Source
from deckgen.spec import Keys
from deckgen.yaml_errors import ESCAPES

MAX_TEXT = 10_000
"""Most characters of one text. Many times what a card can show, and little enough that no text takes long."""
MAX_BRACKETS = 300
"""Most opening brackets in one text: Markdown takes time that grows with their square to find links among them."""
MAX_GUESSES = 1_000
"""Mistakes in one file after which no nearest names are looked for."""
VERSION = re.compile(r"[0-9]+(?:[.+-][0-9A-Za-z]+)*")
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u2028\u2029\ufeff]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
ESCAPED = re.compile(
    r"(?<!\\)(?:\\\\)*(\\(?:[abfv]|t(?=heta|ext|imes|au|an\b|ilde|op\b|o\b|riangle)|r(?=ho|ight|angle|m\b)))"
)
"""An escape for a character that no card can show, or one that is the beginning of a TeX name such as ``\\theta``."""
FILE_NAME = re.compile(r"[^/\\:\x00-\x1f]+")
COUNT = re.compile(r"[1-9][0-9]?")
RESERVED_TAGS = ("leech", "marked")
OWN_TAGS = ("changed", "withdrawn")
"""First levels of the tags that a build gives to notes."""


def described(node: Node) -> str:
    if isinstance(node, Sequence):
        return "a list"
    if isinstance(node, Mapping):
        return "a mapping"
    return "text" if node.value else "nothing"


class Reader:
    """Reads the values of one file and collects what is wrong with them."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.found: list[Diagnostic] = []
        self.entry: str | None = None
        self.tags: set[str] = set()
        """Tags known to be sound."""

    def report(
        self,
        code: str,
        message: str,
        place: Node | tuple[int, int],
        advice: str | None = None,
        labels: tuple[Label, ...] = (),
        fix: Fix | None = None,
    ) -> None:
        start, end = place if isinstance(place, tuple) else (place.start, place.end)
        if not isinstance(place, tuple | Scalar):
            line_end = self.source.text.find("\n", start)
            end = min(end, line_end) if line_end >= 0 else end
        span = self.source.span(start, min(max(end, start + 1), len(self.source.text)))
        self.found.append(Diagnostic(code, Severity.ERROR, message, span, labels, advice, fix, self.entry))

    def keys(self, node: Node, known: Keys, what: str, elsewhere: Iterable[str] = ()) -> dict[str, tuple[Scalar, Node]]:
        """The known keys of a mapping, each with its key node and value; reports unknown and repeated ones.

        ``elsewhere`` are keys that exist but not for this kind of thing.
        """
        if not isinstance(node, Mapping):
            self.report(
                "wrong-shape",
                f"{what} must be a mapping, this is {described(node)}",
                node,
                mapping_advice(node),
            )
            return {}
        got: dict[str, tuple[Scalar, Node]] = {}
        guessed: set[str] = set()
        for key, value in node.pairs:
            name = key.value
            if name in got:
                first = got[name][0]
                label = Label(self.source.span(first.start, first.end), "first given here")
                self.report("duplicate-key", f"the key `{name}` is given twice", key, "keep one of them", (label,))
            elif name in known:
                got[name] = (key, value)
            else:
                guess = nearest(name, [*known, *elsewhere]) if len(self.found) < MAX_GUESSES else None
                if guess is not None:
                    guessed.add(guess)
                self.unknown_key(key, known, what, guess, name in elsewhere)
        for name, wanted in known.items():
            if wanted.required and name not in got and name not in guessed:
                place = node.pairs[0][0] if node.pairs else node
                self.report(
                    "missing-key",
                    f"{what} has no `{name}`",
                    place,
                    f"add `{name}:` ({wanted.help[0].lower()}{wanted.help[1:].rstrip('.')})",
                )
        return got

    def unknown_key(self, key: Scalar, known: Keys, what: str, guess: str | None, misplaced: bool) -> None:
        if misplaced:
            self.report(
                "misplaced-key",
                f"the key `{key.value}` does not belong in {what}",
                key,
                f"{what} takes: {', '.join(known)}",
            )
        elif guess is not None:
            edit = Edit(self.source.span(key.start, key.end), guess)
            self.report(
                "unknown-key",
                f"unknown key `{key.value}`",
                key,
                f"did you mean `{guess}`?",
                fix=Fix((edit,), f"rename to `{guess}`", safe=False),
            )
        else:
            self.report("unknown-key", f"unknown key `{key.value}`", key, f"{what} takes: {', '.join(known)}")

    # Single texts

    def text(self, node: Node, what: str) -> Scalar | None:
        if not isinstance(node, Scalar):
            self.report("wrong-shape", f"{what} must be text, this is {described(node)}", node, text_advice(node))
            return None
        if not node.value.strip():
            self.report("empty-value", f"{what} is empty", node, "give it a value, or take the key out")
            return None
        if len(node.value) > MAX_TEXT:
            message = f"{what} has {len(node.value):,} characters, more than {MAX_TEXT:,}"
            self.report("too-long", message, (node.start, node.start + 1), "no card needs so much: split it")
            return None
        if node.value.count("[") > MAX_BRACKETS:
            message = f"{what} holds more than {MAX_BRACKETS} opening brackets"
            self.report("too-long", message, (node.start, node.start + 1), "no card needs so many: split it")
            return None
        return None if self.controls(node, what) else node

    def controls(self, node: Scalar, what: str) -> bool:
        """Whether a text holds a character that no field of a note can keep, after reporting it."""
        if node.value.isprintable():
            return False
        if node.style == '"':
            escape = ESCAPED.search(self.source.text, node.start, node.end)
            if escape is not None:
                message = f"`{escape[1]}` in double quotes is a control character"
                place = (escape.start(1), escape.end(1))
                self.report("bad-escape", message, place, ESCAPES)
                return True
        unseen = CONTROL.search(node.value)
        if unseen is None:
            return False
        message = f"{what} holds the control character U+{ord(unseen[0]):04X}"
        self.report("control-character", message, node, "delete it: Anki cannot keep it, and nobody can see it")
        return True

    def line(self, node: Node, what: str) -> Scalar | None:
        got = self.text(node, what)
        if got is not None and UNSEEN.search(got.value.rstrip("\n")):
            self.report(
                "not-one-line",
                f"{what} must be one line without control characters",
                got,
                "write it on one line",
            )
            return None
        return got

    def matching(self, node: Node, what: str, good: Callable[[str], bool], code: str, wanted: str) -> Scalar | None:
        got = self.line(node, what)
        if got is not None and not good(got.value):
            self.report(code, f"{short(got.value)} is not {wanted}", got, f"{what} must be {wanted}")
            return None
        return got

    def id(self, node: Node, what: str) -> Scalar | None:
        got = self.line(node, what)
        if got is None:
            return None
        if not ID.fullmatch(got.value) or len(got.value) > MAX_ID:
            better = slug(got.value)
            edit = Edit(self.source.span(got.start, got.end), better)
            self.report(
                "bad-id",
                f"{short(got.value)} is not a kebab-case name",
                got,
                f"use lower-case letters, digits and single hyphens, at most {MAX_ID} characters: `{better}`",
                fix=Fix((edit,), f"rename to `{better}`", safe=False),
            )
            return None
        return got

    def flag(self, node: Node, what: str) -> bool | None:
        got = self.matching(node, what, ("true", "false").__contains__, "not-a-flag", "true or false")
        return None if got is None else got.value == "true"

    def count(self, node: Node, what: str) -> int | None:
        wanted = "a whole number from 1 to 99"
        got = self.matching(node, what, lambda text: bool(COUNT.fullmatch(text)), "not-a-count", wanted)
        return None if got is None else int(got.value)

    def date(self, node: Node, what: str) -> Scalar | None:
        return self.matching(
            node,
            what,
            lambda text: len(text) == 10 and parse_date(text) is not None,
            "bad-date",
            "a date such as 2026-04-22",
        )

    def partial_date(self, node: Node, what: str) -> Scalar | None:
        return self.matching(
            node,
            what,
            lambda text: parse_date(text) is not None,
            "bad-date",
            "a date such as 2026-04-22, 2026-04 or 2026",
        )

    def url(self, node: Node, what: str) -> Scalar | None:
        return self.matching(
            node, what, is_web_address, "bad-url", "a web address that begins with https:// or http://"
        )

    def version(self, node: Node, what: str) -> Scalar | None:
        return self.matching(
            node, what, lambda text: bool(VERSION.fullmatch(text)), "bad-version", "a version such as 1.2.0"
        )

    def one_of(self, node: Node, what: str, allowed: tuple[str, ...]) -> Scalar | None:
        got = self.line(node, what)
        if got is not None and got.value not in allowed:
            guess = nearest(got.value, allowed)
            advice = f"did you mean `{guess}`?" if guess else f"choose one of {', '.join(allowed)}"
            self.report("unknown-value", f"unknown value {short(got.value)} for {what}", got, advice)
            return None
        return got

    def image(self, node: Node, what: str) -> Scalar | None:
        return self.matching(
            node,
            what,
            lambda text: bool(FILE_NAME.fullmatch(text)) and not text.startswith("."),
            "bad-media-name",
            "the name of a file in the folder media, without a path",
        )

    # Lists

    def each(self, node: Node, what: str, read: Callable[[Node, str], Any]) -> tuple[Any, ...] | None:
        if not isinstance(node, Sequence):
            advice = (
                f"write it as a list: [{node.value}]"
                if isinstance(node, Scalar) and node.value
                else "write it as a list"
            )
            self.report("wrong-shape", f"{what} must be a list, this is {described(node)}", node, advice)
            return None
        values = [read(item, f"an item of {what}") for item in node.items]
        return None if None in values else tuple(values)

    def tag(self, node: Node, what: str) -> Scalar | None:
        if isinstance(node, Scalar) and node.value in self.tags:
            return node
        got = self.line(node, what)
        if got is None:
            return None
        if re.search(r"\s", got.value):
            self.report(
                "bad-tag",
                f"the tag {short(got.value)} holds a space",
                got,
                "Anki splits tags at spaces: use a hyphen",
            )
        elif re.search(r"[<>\"]", got.value):
            advice = "leave out quotes and angle brackets"
            self.report("bad-tag", f"the tag {short(got.value)} holds a character of HTML", got, advice)
        elif "" in got.value.split("::"):
            self.report("bad-tag", f"the tag {short(got.value)} has an empty part", got, "write levels as a::b")
        elif got.value.casefold() in RESERVED_TAGS:
            self.report("bad-tag", f"Anki keeps the tag {short(got.value)} for itself", got, "choose another tag")
        elif got.value.partition("::")[0].casefold() in OWN_TAGS:
            message = f"deckgen gives the tag {short(got.value)} itself, where it holds"
            self.report("bad-tag", message, got, "choose another tag")
        else:
            self.tags.add(got.value)
            return got
        return None

    def citation(self, node: Node, what: str) -> Citation | None:
        got = self.line(node, what)
        if got is None:
            return None
        key, _, place = got.value.partition("#")
        return Citation(key.strip(), place.strip(), got)


def short(text: str) -> str:
    flat = " ".join(text.split())
    return f"`{flat if len(flat) <= 60 else flat[:57] + '...'}`"


def mapping_advice(node: Node) -> str:
    if isinstance(node, Scalar) and re.match(r"\w+:\S", node.value):
        return "a space is missing after the colon"
    return "write `key: value` lines"


def text_advice(node: Node) -> str:
    if isinstance(node, Mapping):
        return "put text that holds a colon or begins with a brace in quotes"
    return "put text that begins with a bracket or hyphen in quotes"
