"""Says when files of a folder were saved."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

from deckgen.errors import UserError

_TOGETHER = 400
"""Milliseconds within which saves count as one, at the most; a pause of `_PAUSE` ends it sooner."""
_PAUSE = 40


class Watcher:
    """Watches a folder and all below it from the moment it is made. Raises `UserError` without watchfiles."""

    def __init__(self, folder: Path) -> None:
        try:
            from watchfiles import watch  # noqa: PLC0415
        except ImportError:
            raise UserError("--serve watches files with watchfiles: pip install watchfiles") from None
        self._saved = threading.Event()
        self._stop = threading.Event()
        self._fault: OSError | None = None

        def run() -> None:
            try:
                for _ in watch(folder, debounce=_TOGETHER, step=_PAUSE, stop_event=self._stop, rust_timeout=500):
                    self._saved.set()
            except OSError as error:
                self._fault = error
                self._saved.set()

        threading.Thread(target=run, daemon=True).start()

    def saves(self) -> Iterator[None]:
        """Something for each time that files were saved since the last one. Raises `UserError` if it cannot go on."""
        while True:
            if not self._saved.wait(0.5):  # with a limit, so that Ctrl-C gets through on every system
                continue
            self._saved.clear()
            if self._fault is not None:
                raise UserError(f"the decks cannot be watched any longer: {self._fault}")
            yield

    def stop(self) -> None:
        """End the watching."""
        self._stop.set()
