"""Two states to compare: a package, or the banks of a git revision or a folder, as notes in one shape."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deckgen.apkg import Package, read_package
from deckgen.clozetext import read_field
from deckgen.deckbuild import check_deck
from deckgen.diagnostic import has_errors, summary
from deckgen.errors import UserError
from deckgen.lock import NoteRecord
from deckgen.markup import visible_text
from deckgen.notetypes import note_types
from deckgen.recover import note_record, readable
from deckgen.workspace import find_decks


@dataclass(frozen=True, slots=True)
class NoteState:
    """A note as a learner knows it: its fields as plain text by name, and its line of the lock."""

    deck_id: str
    record: NoteRecord
    fields: Mapping[str, str]
    html: Mapping[str, str]

    @property
    def title(self) -> str:
        """The question, or the fact, on one line."""
        text = self.fields.get("Question") or self.fields.get("Text", "")
        return " ".join(text.split())

    @property
    def answers(self) -> dict[int, str]:
        """What each card asks for, in words."""
        if self.record.kind in ("basic", "choice"):
            return {1: self.fields["Answer"], **({2: self.title} if len(self.record.answers) > 1 else {})}
        return {answer.number: " … ".join(dict.fromkeys(answer.texts)) for answer in self.record.answers}


@dataclass(frozen=True, slots=True)
class State:
    """All notes of one side of a comparison by their GUIDs, and the version each deck has."""

    name: str
    notes: Mapping[str, NoteState]
    versions: Mapping[str, str]


def read_state(name: str, cards: Path, now: int) -> State:
    """A state by what a user calls it: the path of a package, a folder of decks, or a git revision.

    Raises `UserError` if it is none of these, cannot be read, or holds errors.
    """
    path = Path(name)
    if path.is_file():
        return _of_package(name, read_package(path))
    if path.is_dir():
        return _of_banks(name, path, now)
    with tempfile.TemporaryDirectory(prefix="deckgen-") as folder:
        return _of_banks(name, checked_out(name, cards, Path(folder)), now)


def _of_package(name: str, package: Package) -> State:
    head = package.conf.get("deckgen")
    if not isinstance(head, Mapping) or not isinstance(head.get("deck"), str):
        raise UserError(f"{name} was not built by deckgen; `deckgen inspect` can read it")
    deck = head["deck"]
    keys = {kind.id: key for key, kind in note_types(deck, "", repository=None, version="").items()}
    decks = {card.note_id: package.decks[card.deck_id].name for card in package.cards if card.deck_id in package.decks}
    notes = {}
    with readable(package):
        for note in package.notes:
            kind = package.note_types[note.note_type_id]
            if kind.id in keys:
                record = note_record(note, kind, keys[kind.id], deck, decks.get(note.id, ""))
                notes[note.guid] = _note_state(deck, record, dict(zip(kind.field_names, note.fields, strict=True)))
    return State(name, notes, {deck: str(head.get("version", ""))})


def _of_banks(name: str, cards: Path, now: int) -> State:
    notes: dict[str, NoteState] = {}
    versions = {}
    for folder in find_decks(cards):
        checked = check_deck(folder.path, folder.shown, now)
        if checked.bank is None or has_errors(checked.diagnostics):
            raise UserError(f"the banks of {name} have errors: {folder.name}: {summary(checked.diagnostics)}")
        settings = checked.bank.settings
        versions[settings.id.value] = settings.release
        types = checked.types or {}
        for note in checked.notes:
            names = [field.name for field in types[note.type_key].fields]
            fields = dict(zip(names, note.fields, strict=True))
            notes[note.record.guid] = _note_state(settings.id.value, note.record, fields)
    return State(name, notes, versions)


def _note_state(deck: str, record: NoteRecord, fields: Mapping[str, str]) -> NoteState:
    plain = {name: visible_text(read_field(text)[0]).strip() for name, text in fields.items()}
    return NoteState(deck, record, plain, fields)


def checked_out(revision: str, cards: Path, target: Path) -> Path:
    """The decks of a git revision in a temporary folder. Nothing of the work tree is touched."""
    unknown = f"{revision!r} is no package, folder or git revision"
    top = Path(git(cards, "rev-parse", "--show-toplevel", failed=unknown).decode().strip())
    try:
        inside = cards.resolve().relative_to(top.resolve()).as_posix()
    except ValueError:
        raise UserError(f"{cards} does not lie in the repository {top}") from None
    name = f"{revision}^{{commit}}"
    commit = git(cards, "rev-parse", "--verify", "--quiet", "--end-of-options", name, failed=unknown).decode().strip()
    archive = git(top, "archive", "--format=tar", commit, "--", inside, failed=f"{revision!r} has no folder {inside}")
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(target, filter=_within)  # noqa: S202 - the filter refuses what leads out
    return target / inside


def _within(member: tarfile.TarInfo, target: str) -> tarfile.TarInfo | None:
    """What may be taken out of an archive; a link that leads out of it is passed over."""
    try:
        return tarfile.data_filter(member, target)
    except tarfile.FilterError:
        return None


def git(folder: Path, *arguments: str, failed: str = "git failed") -> bytes:
    """What a git command prints. Raises `UserError`, which says what ``failed``."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], check=False, capture_output=True)  # noqa: S603, S607
    except OSError as error:
        raise UserError(f"git cannot be run: {error}") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise UserError(failed + (f" ({said[0]})" if said else ""))
    return done.stdout
