"""The zip file of a package, read within limits.

| limit | value |
|---|---|
| members of the zip | 100,000, and a directory of 16 MiB |
| members unpacked, together | 16 GiB |
| ratio of unpacked to packed | 250, once 64 MiB are unpacked |
| one media file | 2 GiB |
| memory a zstd frame may ask for | 64 MiB |

Members are never unpacked under their own names, so a name like `../x` reaches no file. Content is read in
pieces, and what a header says about its size is not believed.
"""

from __future__ import annotations

import hashlib
import stat
import struct
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

import zstandard

from deckgen.apkg.errors import PackageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_MEMBERS = 100_000
MAX_DIRECTORY = 16 << 20
MAX_TOTAL = 16 << 30
MAX_RATIO = 250
FREE_OF_RATIO = 64 << 20
MAX_MEDIA_FILE = 2 << 30
MAX_WINDOW = 64 << 20
PIECE = 1 << 18

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
END = struct.Struct("<4s4H2LH")
END64_LOCATOR = struct.Struct("<4sLQL")
END64 = struct.Struct("<4sQ2H2L4Q")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
"""What `zipfile` raises for a file that is damaged, encrypted or packed in a way that it does not know."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file in the zip: sizes in bytes as the directory states them."""

    name: str
    size: int
    packed: int
    symlink: bool


@dataclass(frozen=True, slots=True)
class Archive:
    """The zip file at `path`, by member name. `repeated` names occur more than once: the last counts."""

    path: Path
    members: dict[str, Member]
    repeated: tuple[str, ...]

    def read(self, name: str, *, limit: int, zstd: bool = False) -> bytes:
        """The content of a member, if it has no more than `limit` bytes. Raises PackageError."""
        return b"".join(self.pieces(name, limit=limit, zstd=zstd))

    def digest(self, name: str, *, zstd: bool = False) -> str:
        """Hexadecimal SHA-256 of the content of a member. Raises PackageError."""
        digest = hashlib.sha256()
        for piece in self.pieces(name, limit=MAX_MEDIA_FILE, zstd=zstd):
            digest.update(piece)
        return digest.hexdigest()

    def pieces(self, name: str, *, limit: int, zstd: bool = False) -> Iterator[bytes]:
        """The content of a member, piece by piece. Raises PackageError."""
        member = self.members.get(name)
        if member is None:
            raise PackageError(f"{self.path}: the package has no file {name!r}")
        allowed = max(FREE_OF_RATIO, member.packed * MAX_RATIO)
        seen = 0
        with self._opened(name, zstd=zstd) as stream:
            while piece := stream.read(PIECE):
                seen += len(piece)
                if seen > limit:
                    raise PackageError(f"{self.path}: {name!r} is larger than {_size(limit)} when unpacked")
                if seen > allowed:
                    raise PackageError(f"{self.path}: {name!r} grows more than {MAX_RATIO} times when unpacked")
                yield piece

    @contextmanager
    def _opened(self, name: str, *, zstd: bool) -> Iterator[IO[bytes]]:
        try:
            with zipfile.ZipFile(self.path) as archive, archive.open(name) as raw:
                if zstd:
                    reader = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW)
                    with reader.stream_reader(raw, read_across_frames=True) as stream:
                        yield stream
                else:
                    yield raw
        except zstandard.ZstdError as error:
            raise PackageError(f"{self.path}: {name!r} is not sound zstd data: {error}") from error
        except BROKEN as error:
            raise PackageError(f"{self.path}: {name!r} cannot be unpacked: {error}") from error


def open_archive(path: Path) -> Archive:
    """The members of the zip at `path`. Raises PackageError if it is no zip or beyond the limits."""
    if path.exists() and not path.is_file():
        raise PackageError(f"{path}: not a file, so not an Anki package")
    try:
        _check_directory(path)
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except FileNotFoundError as error:
        raise PackageError(f"{path}: no such file") from error
    except (*BROKEN, struct.error) as error:
        raise PackageError(f"{path}: not an Anki package: {error}") from error
    _check_members(path, infos)
    members: dict[str, Member] = {}
    repeated = []
    for info in infos:
        if info.filename in members:
            repeated.append(info.filename)
        symlink = stat.S_ISLNK(info.external_attr >> 16)
        members[info.filename] = Member(info.filename, info.file_size, info.compress_size, symlink)
    return Archive(path, members, tuple(dict.fromkeys(repeated)))


def _check_directory(path: Path) -> None:
    """Refuse a directory that would take too much memory, before the zip module reads it whole."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        start = max(0, size - END.size - 0xFFFF)
        file.seek(start)
        tail = file.read()
        at = tail.rfind(b"PK\5\6")
        if at < 0 or len(tail) - at < END.size:
            raise zipfile.BadZipFile("it is not a zip file, or only the beginning of one")
        directory = END.unpack_from(tail, at)[5]
        if directory == 0xFFFFFFFF and at >= END64_LOCATOR.size:
            _, _, offset, _ = END64_LOCATOR.unpack_from(tail, at - END64_LOCATOR.size)
            file.seek(min(offset, size))
            directory = END64.unpack(file.read(END64.size))[8]
    if directory > MAX_DIRECTORY:
        raise zipfile.BadZipFile(f"the directory of the zip is larger than {_size(MAX_DIRECTORY)}")


def _check_members(path: Path, infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MAX_MEMBERS:
        raise PackageError(f"{path}: {len(infos)} files in the package, more than {MAX_MEMBERS}")
    if sum(info.file_size for info in infos) > MAX_TOTAL:
        raise PackageError(f"{path}: more than {_size(MAX_TOTAL)} when unpacked")
    for info in infos:
        if info.flag_bits & 1:
            raise PackageError(f"{path}: {info.filename!r} is encrypted")
        if info.compress_type not in METHODS:
            raise PackageError(f"{path}: {info.filename!r} is packed in a way that Anki does not read")


def _size(count: int) -> str:
    return f"{count >> 30} GiB" if count >= 1 << 30 else f"{count >> 20} MiB"
