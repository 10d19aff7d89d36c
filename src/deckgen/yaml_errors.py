"""A YAML parser's complaint to a diagnostic at the place of the mistake.

A parser reports where it gave up. That is often far behind the mistake: an unclosed quote is noticed at the
next quote or at the end of the file, a missing space after a colon at the next line.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml

from deckgen.diagnostic import Diagnostic, Severity
from deckgen.source import Source
from deckgen.spec import KINDS, SHARED

_GLUED_KEY = re.compile(r"^[ ]*(?:- +)*([A-Za-z_][\w-]*)(:)(?=[^\s:/])", re.MULTILINE)
_KEY_LINE = re.compile(r"\n[ ]*(?:- +)?[A-Za-z_][\w-]*:(?=[ \n])")
_KEYS = frozenset(name for keys in (SHARED, *KINDS.values()) for name in keys)
_LONE_KEY = re.compile(r"([ ]+)([a-z_]+)")
_KEYED = re.compile(r"([ ]*(?:- +)?)[A-Za-z_][\w-]*: +[^\s|>#\"'\[{&!*]")
_LOOK_BACK = 12


_ESCAPE = re.compile(r"escape (?:character|code|sequence)|hexdecimal")
_BEYOND = re.compile(r"\\U(?!000|0010)[0-9a-fA-F]{8}")
"""An escape for a character beyond the last one, for which PyYAML without libyaml raises a plain ValueError."""
ESCAPES = "between double quotes a backslash begins an escape: use single quotes, or a block after `|`"


_Result = Callable[[str, str, int, int, str], Diagnostic]


def explain(error: Exception, source: Source, text: str, last_scalar: tuple[int, int, str] | None) -> Diagnostic:
    """The diagnostic for a syntax error in ``text`` (``source.text`` with the parts passed over blanked)."""
    problem_mark = getattr(error, "problem_mark", None)
    context_mark = getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    context = str(getattr(error, "context", None) or "")
    at = _offset(problem_mark, error, text)
    began = context_mark.index if context_mark is not None else at

    def result(code: str, message: str, start: int, end: int, advice: str) -> Diagnostic:
        end = max(start, min(end, len(text)))
        return Diagnostic(code, Severity.ERROR, message, source.span(start, end), help=advice)

    escape = _bad_escape(error, problem, at, text)
    if escape is not None:
        message = f"`{text[escape : escape + 2]}` begins no escape that YAML knows"
        return result("bad-escape", message, escape, escape + 2, ESCAPES)
    quote = _open_quote(last_scalar, at, text)
    if quote is None and "quoted scalar" in context:
        quote = began
    if quote is not None:
        return _unclosed(result, text, quote)
    glued = _glued_key(text, at)
    if glued is not None:
        key, colon = glued
        return result(
            "missing-space",
            f"no space after the colon of `{key}:`",
            colon,
            colon + 1,
            f"write `{key}: ` and then the value",
        )
    if "mapping values are not allowed" in problem:
        return _colon(result, text, at)
    if (
        text[at : at + 1] == "\t"
        or "\t" in text[max(0, text.rfind("\n", 0, at) + 1) : at].split("#", maxsplit=1)[0][:1]
    ):
        return result("tab-indent", "a tab where YAML wants spaces", at, at + 1, "indent with spaces")
    if "cannot start any token" in problem or re.search("scanning an (?:alias|anchor)", context):
        first = min(began, at)
        message = f"unquoted text cannot begin with {text[first : first + 1]!r}"
        return result("reserved-character", message, first, first + 1, "put the text in quotes")
    if "control characters" in problem or "special characters" in problem:
        return result(
            "control-character",
            f"the character U+{ord(text[at : at + 1] or chr(0)):04X} is not allowed in a bank",
            at,
            at + 1,
            "delete it; it is invisible in most editors",
        )
    if "flow" in context:
        opening = text[began : began + 1]
        return result(
            "unclosed-bracket",
            f"this {opening!r} is not closed as a list or mapping",
            began,
            began + 1,
            "close it, or put text that begins with a bracket or brace in quotes",
        )
    if "depth" in problem:
        return result("too-deep", "nested too deeply", at, at + 1, "a bank needs five levels")
    return result("yaml-syntax", _plain(problem, context), at, at + 1, "check the indentation and quotes here")


def _bad_escape(error: Exception, problem: str, at: int, text: str) -> int | None:
    """Where a backslash begins an escape that YAML does not know, if that is the mistake."""
    if not isinstance(error, yaml.YAMLError):
        beyond = _BEYOND.search(text)
        return beyond.start() if beyond is not None else at
    return max(0, text.rfind("\\", 0, at + 1)) if _ESCAPE.search(problem) else None


def _open_quote(last_scalar: tuple[int, int, str] | None, at: int, text: str) -> int | None:
    """Where the last quoted text begins, if it holds what looks like the next key."""
    if last_scalar is None or last_scalar[2] not in ("'", '"'):
        return None
    start, end, _ = last_scalar
    return start if start < at and _KEY_LINE.search(text[start:end]) else None


def _colon(result: _Result, text: str, at: int) -> Diagnostic:
    """A colon where no value of a mapping can begin: in a text, or behind a key that is indented too much."""
    key = _out_of_line(text, at)
    if key is not None:
        message = "this line is indented more than the one it belongs with"
        return result("yaml-syntax", message, *key, "begin it in the same column as the key above it")
    message = "a colon followed by a space inside unquoted text"
    return result(
        "colon-in-text", message, at, at + 1, "put the whole text in quotes, or write it as a block after `|`"
    )


def _out_of_line(text: str, at: int) -> tuple[int, int] | None:
    """The key before a colon, if it is the first word of a line deeper than the key with a value above it."""
    start = text.rfind("\n", 0, at) + 1
    key = _LONE_KEY.fullmatch(text, start, at)
    above = _KEYED.match(text, text.rfind("\n", 0, max(0, start - 1)) + 1, max(0, start - 1))
    if key is None or above is None or len(key[1]) <= len(above[1]) or key[2] not in _KEYS:
        return None
    return start + len(key[1]), at


def _plain(problem: str, context: str) -> str:
    if "did not find expected key" in problem or "expected <block end>" in problem:
        return "this line does not fit the mapping around it"
    if "did not find expected '-'" in problem:
        return "this line does not fit the list around it"
    if "could not find expected ':'" in problem:
        return "a key without its colon"
    return f"{problem} {context}".strip()


def _offset(mark: object, error: Exception, text: str) -> int:
    index = getattr(mark, "index", None)
    if index is None:
        index = getattr(error, "position", 0)
    return min(int(index or 0), len(text))


def _unclosed(result: _Result, text: str, start: int) -> Diagnostic:
    line_end = text.find("\n", start)
    return result(
        "unclosed-quote",
        f"the quote {text[start : start + 1]} opened here is not closed on its line",
        start,
        line_end if line_end >= 0 else len(text),
        "close it; a quote inside the text is doubled ('') between single quotes and \\\" between double ones",
    )


def _glued_key(text: str, at: int) -> tuple[str, int] | None:
    """The last `key:value` without a space in the lines up to the place where the parser gave up."""
    start = at
    for _ in range(_LOOK_BACK):
        start = text.rfind("\n", 0, start)
        if start < 0:
            break
    end = text.find("\n", at)
    found = list(_GLUED_KEY.finditer(text, max(0, start), end if end >= 0 else len(text)))
    if not found:
        return None
    return found[-1].group(1), found[-1].start(2)
