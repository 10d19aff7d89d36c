"""A throw-away profile of real Anki: the only module that imports the `anki` library.

Anki schedules by the computer's clock. To let days pass, everything in the collection that holds a time is
moved back by so many days, and the collection is opened again, since it remembers which day it is.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
import time
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self, cast

import anki.lang
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.errors import AnkiException
from anki.scheduler.v3 import CardAnswer, Scheduler

from deckgen.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

    from anki.cards import CardId
    from anki.dbproxy import DBProxy

DAY = 86_400
AGAIN, HARD, GOOD, EASY = CardAnswer.AGAIN, CardAnswer.HARD, CardAnswer.GOOD, CardAnswer.EASY
RATINGS = (AGAIN, HARD, GOOD, EASY)


class Profile:
    """A collection in a temporary folder, removed at the end of the `with` block."""

    def __init__(self, *, fsrs: bool) -> None:
        self._fsrs = fsrs

    def __enter__(self) -> Self:
        anki.lang.set_lang("en_US")
        self._folder = Path(tempfile.mkdtemp(prefix="deckgen-rehearsal-"))
        self.col = self._opened()
        self.col.set_config("fsrs", self._fsrs)
        # Anki's day ends at this hour; twelve hours away, so that no rehearsal runs over it.
        self.col.set_config("rollover", (time.localtime().tm_hour + 12) % 24)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(AnkiException):
            self.col.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def import_package(self, path: Path, times: Mapping[str, int] = MappingProxyType({})) -> None:
        """Import with the options of a fresh profile. Raises UserError if Anki refuses the package.

        `times` are those of the package's notes by guid. Anki before 25.02 gives an updated note the time of
        the import. A learner imports on the day of the release, so the note gets the time of the release.
        """
        options = ImportAnkiPackageOptions()
        request = ImportAnkiPackageRequest(package_path=str(path.absolute()), options=options)
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                log = self.col.import_anki_package(request).log
        except (AnkiException, OSError) as error:
            reason = " ".join(str(error).split()) or type(error).__name__
            raise UserError(f"{path}: Anki refuses the package: {reason}") from error
        for number in (note.id.nid for note in log.updated):
            guid = self.values("select guid from notes where id = ?", number)[0]
            if guid in times:
                self.execute("update notes set mod = ? where id = ?", times[guid], number)
        self._reopen()

    def answer(self, card_id: int, rating: CardAnswer.Rating.V) -> None:
        """Answer a card as the reviewer does."""
        card = self.col.get_card(cast("CardId", card_id))
        card.start_timer()
        states = self.col._backend.get_scheduling_states(card_id)  # there is no public way to it
        scheduler = cast("Scheduler", self.col.sched)
        scheduler.answer_card(scheduler.build_answer(card=card, states=states, rating=rating))

    def pass_days(self, days: int) -> None:
        """Let days go by."""
        seconds = days * DAY
        self.execute("update col set crt = crt - ?", seconds)
        self.execute("update revlog set id = id - ?", seconds * 1000)
        # Within learning a card may be due at a time; all other due numbers count days or places.
        for column in ("due", "odue"):
            self.execute(
                f"update cards set {column} = {column} - ? where {column} > 1000000000 and type in (1, 3)",  # noqa: S608
                seconds,
            )
        self.execute(
            "update cards set data = json_set(data, '$.lrt', json_extract(data, '$.lrt') - ?)"
            " where data like '%\"lrt\":%'",
            seconds,
        )
        self._reopen()

    def execute(self, sql: str, *values: str | int) -> None:
        """Change the collection in a way that Anki does not offer."""
        self._database.execute(sql, *values)

    def rows(self, sql: str, *values: str | int) -> Sequence[Sequence[Any]]:
        """Rows of the collection's database."""
        return self._database.all(sql, *values)

    def values(self, sql: str, *values: str | int) -> list[Any]:
        """The first column of rows of the collection's database."""
        return [row[0] for row in self.rows(sql, *values)]

    def times(self) -> dict[str, int]:
        """The time of each note by guid."""
        rows = self.rows("select guid, mod from notes order by id desc")
        return {guid: mod for guid, mod in rows}  # noqa: C416 (dict() does not take a sequence of sequences)

    @property
    def _database(self) -> DBProxy:
        if self.col.db is None:
            raise RuntimeError("the collection is closed")
        return self.col.db

    def _opened(self) -> Collection:
        col = Collection(str(self._folder / "collection.anki2"))
        if col.db is not None:
            # Nothing here has to outlive a crash, and every answer is a transaction.
            col.db.execute("pragma synchronous = off")
        return col

    def _reopen(self) -> None:
        self.col.close()
        self.col = self._opened()
