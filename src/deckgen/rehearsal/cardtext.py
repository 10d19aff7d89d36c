"""What a rendered card asks and answers, and whether Anki shows an error in its place.

The answer of a card is, whichever comes first: the cloze deletions that the answer side uncovers; the list
items of class `right`; what follows `<hr id=answer>` or stands inside another element of that id; what the
answer side shows beyond the question. Inside an element of class `stubs` or `stub` stands what a retired card says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

ERROR_LINK = re.compile(r"docs\.ankiweb\.net/templates/errors\.html#([a-z-]+)")
TYPED = re.compile(r"\[\[type:[^\]]*\]\]")
UNSEEN = re.compile(r"(?si)<!--.*?-->|<style\b.*?</style>|<script\b.*?</script>")
MARKUP = re.compile(rf"{UNSEEN.pattern}|<[^>]*>")
SEEN = re.compile(r"<(?:img|svg|audio|video|canvas|object|input|math)\b|\[anki:play:|\[\[type:", re.IGNORECASE)
# Classes of Anki and of deckgen's templates, and what their elements hold.
ROLES = {name: name for name in ("cloze", "question", "stubs", "right", "why", "row", "column")} | {"stub": "stubs"}
VOID = frozenset({"br", "hr", "img", "input", "source", "wbr", "col", "meta", "link"})
BREAKS = frozenset({"p", "div", "br", "hr", "li", "td", "th", "tr", "ul", "ol", "table", "h1", "h2", "h3"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a card asks and answers as plain text. A `retired` card shows only that its question is gone.

    `answers` has a text for each deletion that the card hides, else one; `cell` are the row and column of a
    table's cell. A retired card says in `answers` that it is gone, and in bold what it asked for, which is `gone`.
    """

    question: str
    answers: tuple[str, ...]
    cell: tuple[str, ...]
    retired: bool
    gone: tuple[str, ...] = ()


def card_fault(question: str, answer: str) -> str | None:
    """Anki's name for the error it shows in place of the card, `front-blank` for nothing at all, or None."""
    found = ERROR_LINK.search(question) or ERROR_LINK.search(answer)
    if found:
        return found[1]
    text = MARKUP.sub("", question).replace("&nbsp;", " ").replace("\xa0", " ")
    return None if text.strip() or SEEN.search(question) else "front-blank"


@lru_cache(maxsize=20_000)
def asked(question: str, answer: str) -> Asked:
    """Read both sides of a card as Anki rendered them."""
    front, back = _read(question), _read(answer)
    shown, stubs = _words(front.shown), _words(front.stubs)
    if stubs and not front.clozes and (front.stub_clozes or not _words(front.question)):
        said = _each(back.stub_clozes) or (stubs,)
        return Asked(shown, said, (), retired=True, gone=_each(back.bold))
    answers = _each(back.clozes) or _each(back.right) or (_beyond(front, back),)
    return Asked(shown, answers, _each(front.cell), retired=False)


def _beyond(front: _Side, back: _Side) -> str:
    if back.answer is not None:
        return _words(back.answer)
    whole, known = _words(back.shown), _words(front.shown)
    return whole.removeprefix(known).strip() or whole


def _each(found: list[list[str]]) -> tuple[str, ...]:
    return tuple(map(_words, found))


def _words(parts: list[str]) -> str:
    return " ".join(TYPED.sub(" ", "".join(parts)).split())


@dataclass(slots=True)
class _Side:
    shown: list[str] = field(default_factory=list)
    """All text outside of stubs."""
    question: list[str] = field(default_factory=list)
    """The text of the element of class question."""
    stubs: list[str] = field(default_factory=list)
    clozes: list[list[str]] = field(default_factory=list)
    stub_clozes: list[list[str]] = field(default_factory=list)
    bold: list[list[str]] = field(default_factory=list)
    """What stands in bold in the stub that the card shows."""
    right: list[list[str]] = field(default_factory=list)
    cell: list[list[str]] = field(default_factory=list)
    """The row and the column that a table's card asks for."""
    answer: list[str] | None = None


def _read(html: str) -> _Side:
    reader = _Reader()
    reader.feed(UNSEEN.sub("", html))
    reader.close()
    return reader.side


class _Reader(HTMLParser):
    """Collects the text of one side into the parts that matter."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.side = _Side()
        self._open: list[tuple[str, frozenset[str]]] = []
        self._roles: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BREAKS:
            self._add(" ")
        values = {name: value or "" for name, value in attrs}
        roles = self._roles_of(values)
        if "answer" in roles and self.side.answer is None:
            self.side.answer = []
            if tag in VOID:
                self._roles["answer"] = self._roles.get("answer", 0) + 1
        if tag == "img":
            self._add(f" [{values.get('src', '')}] ")
        if tag in VOID:
            return
        if tag == "b" and self._in("stubs") and self._in("cloze"):
            self.side.bold.append([])
        if "cloze" in roles:
            (self.side.stub_clozes if self._in("stubs") else self.side.clozes).append([])
        for role, parts in (("right", self.side.right), ("row", self.side.cell), ("column", self.side.cell)):
            if role in roles:
                parts.append([])
        self._open.append((tag, roles))
        for role in roles:
            self._roles[role] = self._roles.get(role, 0) + 1

    def handle_endtag(self, tag: str) -> None:
        if tag in BREAKS:
            self._add(" ")
        if tag not in (name for name, _ in self._open):
            return
        while self._open:
            name, roles = self._open.pop()
            for role in roles:
                self._roles[role] -= 1
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        self._add(data)

    def _add(self, text: str) -> None:
        side = self.side
        if self._in("stubs"):
            side.stubs.append(text)
            if self._in("cloze"):
                side.stub_clozes[-1].append(text)
                if side.bold and any(name == "b" for name, _ in self._open):
                    side.bold[-1].append(text)
            return
        side.shown.append(text)
        if self._in("question"):
            side.question.append(text)
        if self._in("cloze"):
            side.clozes[-1].append(text)
        if self._in("row") or self._in("column"):
            side.cell[-1].append(text)
        if self._in("right") and not self._in("why"):
            side.right[-1].append(text)
        if self._in("answer") and side.answer is not None:
            side.answer.append(text)

    def _in(self, role: str) -> bool:
        return self._roles.get(role, 0) > 0

    @staticmethod
    def _roles_of(values: dict[str, str]) -> frozenset[str]:
        names = {ROLES[name] for name in values.get("class", "").split() if name in ROLES}
        if values.get("id") == "answer":
            names.add("answer")
        return frozenset(names)
