"""Values of the early stages to bytes and back: what a worker sends and what the cache keeps.

Pickle, with two differences: each of deckgen's values is made anew by calling its class, which is several times
faster than what dataclasses do by themselves, and the source is left out, since whoever reads the bytes has it. Only
the classes named here are ever made; the bytes come from this program's own workers or from the signed cache.
"""

from __future__ import annotations

import copyreg
import io
import operator
import pickle
from collections.abc import Callable, Iterable
from typing import Any

from deckgen import bank, diagnostic, lock, nodes, note, source
from deckgen.source import Source

_VALUES: tuple[type, ...] = (
    bank.Basic,
    bank.Choice,
    bank.Citation,
    bank.Entry,
    bank.Fact,
    bank.Option,
    bank.Picture,
    bank.Row,
    bank.Sequence,
    bank.Table,
    bank.Topic,
    bank.Withdrawal,
    diagnostic.Diagnostic,
    diagnostic.Edit,
    diagnostic.Fix,
    diagnostic.Label,
    lock.Answer,
    lock.NoteRecord,
    note.Note,
    source.Span,
)
_ENUMS = (bank.Kind, diagnostic.Severity)
_SCALAR = operator.attrgetter("value", "start", "end", "style")
_ALLOWED = {(cls.__module__, cls.__qualname__): cls for cls in (*_VALUES, *_ENUMS, nodes.Scalar)}


def _reducer(cls: type) -> Callable[[Any], tuple[type, tuple[Any, ...]]]:
    fields = operator.attrgetter(*cls.__dataclass_fields__)  # type: ignore[attr-defined]
    return lambda value: (cls, fields(value))


_REDUCERS = {
    **copyreg.dispatch_table,
    **{cls: _reducer(cls) for cls in _VALUES},
    nodes.Scalar: lambda value: (nodes.Scalar, _SCALAR(value)),
}


class _Pickler(pickle.Pickler):
    dispatch_table = _REDUCERS

    def __init__(self, file: io.BytesIO, sources: Iterable[Source]) -> None:
        super().__init__(file, protocol=5)
        self.paths = {id(known): known.path for known in sources}

    def persistent_id(self, value: Any) -> str | None:
        if type(value) is not Source:
            return None
        if id(value) not in self.paths:
            raise ForeignError(value.path)
        return self.paths[id(value)]


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, sources: Iterable[Source]) -> None:
        super().__init__(file)
        self.sources = {known.path: known for known in sources}

    def persistent_load(self, path: str) -> Source:
        return self.sources[path]

    def find_class(self, module: str, name: str) -> Any:
        found = _ALLOWED.get((module, name))
        if found is None:
            raise pickle.UnpicklingError(f"{module}.{name} is not kept")
        return found


class ForeignError(Exception):
    """A value speaks of a source that its reader need not have; it cannot be kept."""


def to_bytes(value: object, *sources: Source) -> bytes:
    """A value that speaks of these sources only, as bytes. Raises `ForeignError` if it speaks of another."""
    out = io.BytesIO()
    _Pickler(out, sources).dump(value)
    return out.getvalue()


def from_bytes(data: bytes | memoryview, *sources: Source) -> Any:
    """The value again, speaking of these sources. Raises what pickle raises for bytes that are no such value."""
    return _Unpickler(io.BytesIO(data), sources).load()
