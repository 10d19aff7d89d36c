"""The cache: answers of earlier runs, in the folder ``.deckgen-cache`` beside the cards.

It may be deleted at any time, and two runs may use it at once: every file in it is written whole. What is read from
it is believed only if it is signed with a key that lies in the user's own folder, outside the repository, so that a
pull request which brings a cache of its own brings nothing. Whatever is damaged, foreign or unreadable is as good as
absent, and so is a cache that cannot be written.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

FOLDER = ".deckgen-cache"
MAX_FILES = 64
"""Files that are kept; the oldest go first."""
_KEY_LENGTH = 32


class Cache:
    """Named values in one folder, signed with a key; one that has no key keeps nothing."""

    def __init__(self, folder: Path, key: bytes | None) -> None:
        self._folder, self._key = folder, key

    def get(self, name: str) -> bytes | None:
        """The value that was put under a name, if it is there and whole."""
        if self._key is None:
            return None
        try:
            data = (self._folder / name).read_bytes()
        except OSError:
            return None
        whole = hmac.compare_digest(data[:_KEY_LENGTH], self._signed(name, memoryview(data)[_KEY_LENGTH:]))
        return data[_KEY_LENGTH:] if whole else None

    def put(self, name: str, *value: bytes | memoryview) -> None:
        """Keep a value, which may come in pieces, under a name in place of an earlier one."""
        if self._key is None:
            return
        temporary = self._folder / f".{name}-{secrets.token_hex(6)}"
        with contextlib.suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            try:
                with temporary.open("xb") as file:
                    file.write(self._signed(name, *value))
                    file.writelines(value)
                temporary.replace(self._folder / name)
            finally:
                temporary.unlink(missing_ok=True)
            self._tidy()

    def _signed(self, name: str, *value: bytes | memoryview) -> bytes:
        assert self._key is not None
        signing = hmac.new(self._key, name.encode() + b"\0", "sha256")
        for piece in value:
            signing.update(piece)
        return signing.digest()

    def _tidy(self) -> None:
        files = sorted(self._folder.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for path in files[MAX_FILES:]:
            path.unlink(missing_ok=True)


def open_cache(beside: Path, environ: Mapping[str, str]) -> Cache:
    """The cache beside a cards folder; one that keeps nothing where no key can be had."""
    folder = Path(os.path.abspath(beside)).parent / FOLDER  # noqa: PTH100 - must not follow links out of the repository
    if folder.is_symlink():
        return Cache(folder, None)
    return Cache(folder, _key(environ))


def _key(environ: Mapping[str, str]) -> bytes | None:
    base = environ.get("XDG_CACHE_HOME") or environ.get("LOCALAPPDATA")
    home = environ.get("HOME") or environ.get("USERPROFILE")
    if not base and not home:
        return None
    path = Path(base or f"{home}/.cache") / "deckgen" / "key"
    try:
        with contextlib.suppress(FileNotFoundError):
            return _whole(path.read_bytes())
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"key-{secrets.token_hex(6)}")
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(_KEY_LENGTH))
        temporary.replace(path)
        return _whole(path.read_bytes())
    except OSError:
        return None


def _whole(key: bytes) -> bytes | None:
    return key if len(key) == _KEY_LENGTH else None


def state(folder: Path) -> dict[str, str]:
    """A digest for each file of a deck's folder and of its media: equal states make equal builds."""
    digests: dict[str, str] = {}
    with os.scandir(folder) as found:
        entries = sorted((entry for entry in found if not entry.name.startswith(".")), key=lambda entry: entry.name)
    for entry in entries:
        link = f"{Path(entry.path).readlink()} " if entry.is_symlink() else ""
        if link and not os.path.exists(entry.path):  # noqa: PTH110 - says no of a loop, where Path raises
            digests[entry.name] = link
        elif entry.is_dir():
            digests[f"{entry.name}/"] = link
            if entry.name == "media" and not link:
                digests |= {f"media/{name}": digest for name, digest in state(Path(entry.path)).items()}
        elif entry.is_file():
            digests[entry.name] = link + digest_of(Path(entry.path))
        else:
            digests[entry.name] = "odd"
    return digests


def digest_of(path: Path) -> str:
    """The digest of a file's content; empty if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "blake2b").hexdigest()
    except OSError:
        return ""


@functools.cache
def program(version: str) -> str:
    """What identifies this deckgen: its version, and its files as they are on this disk."""
    digest = hashlib.blake2b(version.encode())
    waiting = [str(Path(__file__).parent)]
    while waiting:
        with os.scandir(waiting.pop()) as found:
            for entry in sorted(found, key=lambda entry: entry.name):
                if entry.is_dir(follow_symlinks=False):
                    waiting += [entry.path] * (entry.name != "__pycache__")
                else:
                    facts = entry.stat()
                    digest.update(f"{entry.path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
