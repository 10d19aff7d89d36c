"""Entries to notes: the fields, tags, cards and cloze numbers of each.

One note depends on its entry, its line of the lock, and the deck's sources, glossary and media; notes do not
depend on each other. Runs after loading; reports what cannot go on a card.
"""

from __future__ import annotations

import functools
import re
import sys

from deckgen.bank import Entry, Topic
from deckgen.clozetext import MAX_NUMBER, deletion
from deckgen.diagnostic import Diagnostic, Severity
from deckgen.lock import NEXT, Answer, Lock, NoteRecord
from deckgen.markup import Doubt, encode, medium, render
from deckgen.note import Note, content_hash, guid
from deckgen.numbering import Numbered
from deckgen.parts import Job, parts
from deckgen.succession import succeeds_in_place
from deckgen.surroundings import Surroundings
from deckgen.texts import Texts

NOTE_TYPES = {
    "fact": "cloze",
    "basic": "basic",
    "choice": "choice",
    "sequence": "ordered",
    "table": "ordered",
}
"""The note type of each kind of entry."""
WITHDRAWN = "Withdrawn"
"""The subdeck for entries and cards that are no longer taught."""
RETIRED_HINT = "This card was retired"


def compose(topic: Topic, entry: Entry, around: Surroundings) -> tuple[Note | None, list[Diagnostic]]:
    """The note of one entry, or None with errors. Its record has no hash of the lock and no time yet."""
    composer = _Composer(topic, entry, around)
    return composer.note(), composer.texts.found


class _Composer:
    def __init__(self, topic: Topic, entry: Entry, around: Surroundings) -> None:
        self.topic, self.entry, self.around = topic, entry, around
        self.texts = Texts(entry, around.media)
        self.record = record_of(entry, around.lock)

    def note(self) -> Note | None:
        entry = self.entry
        made = parts(Job(self.texts, self.record, self.around))
        if made is None or any(item.severity is Severity.ERROR for item in self.texts.found):
            return None
        own, numbered, text = made
        settings = self.around.bank.settings
        root = settings.name.value
        withdrawn = entry.withdrawn is not None
        changed = self.changes(numbered)
        fields = (*own, *self.tail(self.stubs(numbered)))
        tags = self.tags(changed, withdrawn)
        type_key = NOTE_TYPES[entry.kind]
        retired = frozenset(answer.number - 1 for answer in numbered.retired)
        ordinals = sorted({answer.number - 1 for answer in numbered.answers} | retired)
        if ordinals[-1] >= MAX_NUMBER:
            message = f"this edit needs card number {ordinals[-1] + 1}, and Anki makes no cards above {MAX_NUMBER}"
            advice = "numbers are never used again: withdraw this entry, and write the new one under an id of its own"
            self.texts.doubt(Doubt("numbers-used-up", message, advice, ""), entry.id)
            return None
        record = NoteRecord(
            entry.id.value,
            self.record.guid if self.record else guid(settings.id.value, entry.id.value),
            str(entry.kind),
            sys.intern(f"{root}::{WITHDRAWN if withdrawn else self.topic.name.value}"),
            content_hash(type_key, fields, tags),
            0,
            tuple(sorted(numbered.answers, key=lambda answer: answer.number)),
            numbered.retired,
            text,
            changed,
            self.earlier_ids(),
            withdrawn,
        )
        return Note(
            type_key,
            record.deck,
            fields,
            tags,
            tuple(ordinals),
            retired,
            tuple(self.texts.images),
            record,
            numbered.decisions if type_key in ("cloze", "ordered") else (),
        )

    def earlier_ids(self) -> tuple[str, ...]:
        known = self.record.was if self.record else ()
        renamed = (self.record.id,) if self.record and self.record.id != self.entry.id.value else ()
        return tuple(old for old in dict.fromkeys((*known, *renamed)) if old != self.entry.id.value)

    # Fields that every note type has

    def tail(self, stubs: str) -> tuple[str, ...]:
        entry = self.entry
        return (
            self.texts.rich(entry.explanation).html,
            self.around.references.html(entry.sources),
            encode(self.topic.name.value),
            self.notice(),
            self.image(),
            entry.as_of.value if entry.as_of else "",
            entry.review_by.value if entry.review_by else "",
            encode(entry.region.value) if entry.region else "",
            stubs,
            entry.id.value,
            *("",) * 5,
        )

    def image(self) -> str:
        picture = self.entry.image
        if picture is None:
            return ""
        node = picture.file
        packaged = self.around.media(node.value)
        if packaged is None:
            advice = "put the file in the folder media of the deck"
            self.texts.doubt(Doubt("missing-media", f"there is no media file `{node.value}`", advice, ""), node)
            return ""
        self.texts.images.append(node.value)
        return medium(packaged, picture.alt.value if picture.alt else "")

    def notice(self) -> str:
        withdrawn = self.entry.withdrawn
        if withdrawn is None or withdrawn.on is None or withdrawn.reason is None:
            return ""
        text = f"Withdrawn on {encode(withdrawn.on.value)}: {encode(withdrawn.reason.value)}"
        if withdrawn.replaced_by is not None:
            successor = withdrawn.replaced_by.value
            question = self.around.questions.get(successor, "")
            text += f"<br>Now learn: {encode(question) or encode(successor)}"
        return text

    def stubs(self, numbered: Numbered) -> str:
        if not numbered.retired:
            return ""
        if NOTE_TYPES[self.entry.kind] == "basic":
            return f"{RETIRED_HINT}. The question is now asked in one direction only: suspend or delete this card."
        return "".join(deletion(answer.number, _farewell(answer), RETIRED_HINT) for answer in numbered.retired)

    def tags(self, changed: tuple[str, ...], withdrawn: bool) -> tuple[str, ...]:
        root = self.around.bank.settings.id.value
        names = [tag.value for tag in (*self.topic.tags, *self.entry.tags)]
        names += [f"changed::{version}" for version in changed]
        names += ["withdrawn"] if withdrawn else []
        known = self.around.tags.get(key := tuple(names))
        if known is None:
            unique = {f"{root}::{name}".casefold(): f"{root}::{name}" for name in reversed(names)}
            known = tuple(sorted(unique.values(), key=lambda tag: (tag.casefold(), tag)))
            self.around.tags[key] = known
        return known

    def changes(self, numbered: Numbered) -> tuple[str, ...]:
        """The versions in which a card that keeps its number began to ask for another answer.

        What changes while `deck.yaml` names a version that is out belongs to the `NEXT` one. A reverse card that
        returns counts as well, since no package tells what it asked for.
        """
        record = self.record
        if record is None:
            return ()
        before = {answer.number: answer.texts for answer in record.answers}
        gone = {answer.number for answer in record.retired}
        single = NOTE_TYPES[self.entry.kind] in ("basic", "choice")
        moved = any(
            not _plainly_same(before[answer.number], answer.texts, exactly=single)
            for answer in numbered.answers
            if answer.number in before
        )
        back = single and any(answer.number in gone for answer in numbered.answers)
        released = self.around.lock.released if self.around.lock is not None else None
        version = self.around.bank.settings.release
        if released is not None and version_key(version) <= version_key(released):
            version = NEXT
        return tuple(sorted({*record.changed, *((version,) if moved or back else ())}, key=version_key))


def record_of(entry: Entry, lock: Lock | None) -> NoteRecord | None:
    """What the lock knows of an entry, under its id or an earlier one."""
    if lock is None:
        return None
    for name in (entry.id.value, *(old.value for old in entry.was)):
        if name in lock.notes:
            return lock.notes[name]
    return None


def _plainly_same(old: tuple[str, ...], new: tuple[str, ...], *, exactly: bool) -> bool:
    """Whether a learner would call two answers one without knowing the glossary."""
    if old == new or exactly:
        return old == new
    return all(any(succeeds_in_place(one, other) for other in new) for one in old)


def version_key(version: str) -> tuple[tuple[int, str], ...]:
    """Versions in the order of their numbers: 1.9.0 before 1.10.0, 2.0-rc1 before 2.0, and 2.0 is 2.0.0."""
    parts = re.findall(r"[0-9]+|[^0-9.+-]+", re.sub(r"(?:\.0+)+(?=\Z|[+-])", "", version))
    return (*((int(part), "") if part.isdecimal() else (-2, part) for part in parts), (-1, ""))


def _farewell(answer: Answer) -> str:
    """What the back of a retired card says; `deckgen.recover` reads it again."""
    texts = " … ".join(f"<b>{encode(text)}</b>" for text in answer.texts)
    if answer.places:
        row, column = (encode(str(place)) for place in answer.places)
        texts = f'<span class="row">{row}</span> · <span class="column">{column}</span> ({texts})'
    return f"It asked for {texts} – this is no longer asked: suspend or delete the card."


@functools.lru_cache(maxsize=4096)
def plain(markdown: str) -> str:
    """What a reader sees of a Markdown text, on one line."""
    return " ".join(render(markdown).text.split())
