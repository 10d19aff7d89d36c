"""The collection's SQLite database, opened so that nothing in it can act.

It is copied to a temporary file, which is always removed, and opened read-only. Only real tables are
read: a view or a virtual table of that name could run for ever. Limits: the file 512 MiB, one row
64 MiB, content in memory 320 MiB, 500,000 rows a table, and a bound on the work of a query.
"""

from __future__ import annotations

import re
import sqlite3
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from deckgen.apkg.shape import Shape

MAX_FILE = 512 << 20
MAX_VALUE = 64 << 20
MAX_ROWS = 500_000
MAX_STEPS = 2_000  # calls of the progress handler, each after STEP instructions
STEP = 100_000

# SQLite quotes the database in its messages, and those bytes need not be UTF-8.
UNREADABLE = (sqlite3.Error, sqlite3.Warning, OverflowError, MemoryError, UnicodeDecodeError)

Row = tuple[object, ...]
PLAIN_TABLE = re.compile(r"\s*create\s+table\b", re.IGNORECASE)
GENERATED = re.compile(r"\bas\s*\(", re.IGNORECASE)


class Database:
    """An open collection. Every method raises PackageError for what is not as Anki writes it."""

    def __init__(self, connection: sqlite3.Connection, shape: Shape) -> None:
        self._connection = connection
        self._shape = shape
        self._steps = 0
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
        connection.set_progress_handler(self._bounded, STEP)
        connection.text_factory = bytes
        connection.execute("pragma trusted_schema = off")
        connection.execute("pragma cell_size_check = on")
        self._tables = {
            name.decode(errors="replace"): sql.decode(errors="replace")
            for kind, name, sql in self._run("select type, name, sql from sqlite_master", ())
            if kind == b"table" and isinstance(name, bytes) and isinstance(sql, bytes)
        }

    def rows(self, table: str, columns: Sequence[str], order: str = "") -> Iterator[Row]:
        """The rows of a table, text as str. Raises PackageError.

        Names stand in brackets: SQLite takes a name in double quotes that it does not know for text.
        """
        sql = self._tables.get(table)
        if sql is None:
            raise self._shape.fail(f"the collection has no table {table!r}")
        if not PLAIN_TABLE.match(sql) or GENERATED.search(sql):
            raise self._shape.fail(f"the table {table!r} is not a plain table")
        names = ", ".join(f"[{column}]" for column in columns)
        query = f"select {names} from [{table}]" + (f" order by {order}" if order else "")  # noqa: S608
        self._steps = 0
        for count, row in enumerate(self._run(query, columns)):
            if count >= MAX_ROWS:
                raise self._shape.fail(f"more than {MAX_ROWS} rows in {table!r}")
            yield tuple(self._value(table, column, value) for column, value in zip(columns, row, strict=True))

    def _run(self, query: str, columns: Iterable[str]) -> Iterator[Row]:
        try:
            yield from self._connection.execute(query)
        except UNREADABLE as error:
            reason = "it takes too long to read" if "interrupted" in str(error) else str(error)
            if "no such column" in reason:
                reason = f"one of the columns {', '.join(columns)} is missing"
            raise self._shape.fail(f"the collection cannot be read: {reason}") from error

    def _bounded(self) -> int:
        self._steps += 1
        return int(self._steps > MAX_STEPS)

    def _value(self, table: str, column: str, value: object) -> object:
        if not isinstance(value, bytes):
            return value
        blob = column in {"config", "common", "kind", "val"}
        try:
            found: object = value if blob else value.decode()
        except UnicodeDecodeError as error:
            raise self._shape.fail(f"{table}.{column} holds text that is not UTF-8") from error
        self._shape.spend(sys.getsizeof(found))
        return found


@contextmanager
def open_database(pieces: Iterable[bytes], shape: Shape) -> Iterator[Database]:
    """The database whose bytes are `pieces`. Raises PackageError."""
    with tempfile.TemporaryDirectory(prefix="deckgen-") as folder:
        copy = Path(folder) / "collection.db"
        with copy.open("wb") as file:
            for piece in pieces:
                file.write(piece)
        uri = f"file:{quote(str(copy))}?mode=ro&immutable=1"
        try:
            connection = sqlite3.connect(uri, uri=True)
        except sqlite3.Error as error:
            raise shape.fail(f"the collection cannot be opened: {error}") from error
        try:
            yield Database(connection, shape)
        except UNREADABLE as error:
            raise shape.fail(f"the collection cannot be read: {error}") from error
        finally:
            connection.close()
