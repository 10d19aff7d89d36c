"""Work spread over the processors of this machine, in the order given and with the same outcome as without.

Workers are forked, so that they have all that was read without sending it; what they make comes back through a file
as bytes. Where a system cannot fork, or a worker dies, this process does the work itself.
"""

from __future__ import annotations

import gc
import os
import signal
import struct
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from typing import IO, Generic, TypeVar

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")
_LENGTH = struct.Struct("<Q")
MOST_WORKERS = 8


def processors() -> int:
    """How many processes may run at once; 1 where processes cannot be forked safely."""
    if sys.platform != "linux":
        return 1
    return min(MOST_WORKERS, len(os.sched_getaffinity(0)))


def spread(
    tasks: Sequence[Task], work: Callable[[Task], Outcome], packed: Callable[[Task, Outcome], bytes], workers: int
) -> Iterator[Outcome | bytes]:
    """The outcome of each task, in order: as it is, or ``packed`` where another process made it."""
    if workers < 2 or len(tasks) < 2 or not hasattr(os, "fork"):
        yield from map(work, tasks)
        return
    slices = [tasks[index * len(tasks) // workers : (index + 1) * len(tasks) // workers] for index in range(workers)]
    started = [_Worker(part, work, packed) for part in slices[1:]]
    try:
        yield from map(work, slices[0])
        for worker in started:
            yield from worker.outcomes()
    finally:
        for worker in started:
            worker.end()


class _Worker(Generic[Task, Outcome]):
    def __init__(
        self, tasks: Sequence[Task], work: Callable[[Task], Outcome], packed: Callable[[Task, Outcome], bytes]
    ) -> None:
        self.redo: Callable[[], Iterator[Outcome]] = lambda: map(work, tasks)
        self.count = len(tasks)
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by end()
        sys.stdout.flush()
        sys.stderr.flush()
        gc.freeze()
        parent = os.getpid()
        self.process = os.fork()
        if self.process == 0:
            _work(tasks, work, packed, self.file, parent)
        gc.unfreeze()

    def outcomes(self) -> Iterator[Outcome | bytes]:
        _, status = os.waitpid(self.process, 0)
        self.process = 0
        if status:
            yield from self.redo()
            return
        self.file.seek(0)
        for _ in range(self.count):
            (length,) = _LENGTH.unpack(self.file.read(_LENGTH.size))
            yield self.file.read(length)

    def end(self) -> None:
        self.file.close()
        if self.process:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
            self.process = 0


def _work(
    tasks: Sequence[Task],
    work: Callable[[Task], Outcome],
    packed: Callable[[Task, Outcome], bytes],
    out: IO[bytes],
    parent: int,
) -> None:
    """The life of a worker: it ends here whatever happens, and says nothing. It does not outlive its parent by much."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        for task in tasks:
            if os.getppid() != parent:
                return
            data = packed(task, work(task))
            out.write(_LENGTH.pack(len(data)))
            out.write(data)
        out.flush()
        code = 0
    finally:
        os._exit(code)
