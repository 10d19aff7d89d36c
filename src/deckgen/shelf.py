"""What earlier runs made of each bank file of a deck: one value of the cache, with a part for every file.

A part is found by a digest of all that it depends on, so it is never out of date, only absent. Parts that a run did
not ask for are left out when the shelf is put back.
"""

from __future__ import annotations

import hashlib
import json

from deckgen.cache import Cache


class Shelf:
    """The parts of one deck. Without a cache nothing is found and nothing kept."""

    def __init__(self, cache: Cache | None, name: str, program: str) -> None:
        self._cache, self._program = cache, program.encode()
        self._name = "parts-" + hashlib.blake2b(name.encode(), digest_size=12).hexdigest()
        data = (cache.get(self._name) if cache is not None else None) or b"{}\n"
        head = data.index(b"\n")
        self._places: dict[str, tuple[int, int]] = json.loads(data[:head])
        self._data = memoryview(data)[head + 1 :]
        self._asked: dict[str, bytes | memoryview] = {}
        self._new = False

    @property
    def keeps(self) -> bool:
        """Whether it is of use to put anything here."""
        return self._cache is not None

    def key(self, *content: str) -> str:
        """The name of a part that depends on these texts and on this program."""
        digest = hashlib.blake2b(self._program, digest_size=20)
        for text in content:
            data = text.encode()
            digest.update(b"%d " % len(data))
            digest.update(data)
        return digest.hexdigest()

    def get(self, key: str) -> bytes | memoryview | None:
        """The part with this key, if an earlier run put it here."""
        if key in self._asked:
            return self._asked[key]
        if key not in self._places:
            return None
        start, end = self._places[key]
        self._asked[key] = part = self._data[start:end]
        return part

    def put(self, key: str, part: bytes) -> None:
        """Keep a part for later runs."""
        self._asked[key] = part
        self._new = True

    def close(self) -> None:
        """Put the parts that this run asked for or made back into the cache."""
        if self._cache is None or not (self._new or len(self._asked) < len(self._places)):
            return
        places, at = {}, 0
        for key, part in self._asked.items():
            places[key] = (at, at + len(part))
            at += len(part)
        self._cache.put(self._name, json.dumps(places).encode(), b"\n", *self._asked.values())


NO_SHELF = Shelf(None, "", "")
