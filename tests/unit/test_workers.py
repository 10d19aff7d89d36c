from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deckgen.workers import processors, spread

CAN_FORK = hasattr(os, "fork")


def named(task: int) -> bytes:
    return b"%d" % task * (task % 3)


def packed(_: int, outcome: bytes) -> bytes:
    return outcome


@pytest.mark.parametrize("workers", [1, 2, 3, 7])
@pytest.mark.parametrize("tasks", [0, 1, 2, 5, 50])
def test_outcomes_are_those_of_one_process_in_order(tasks: int, workers: int) -> None:
    assert list(spread(range(tasks), named, packed, workers)) == [named(task) for task in range(tasks)]


def test_workers_do_run_elsewhere() -> None:
    assert len(set(spread(range(4), lambda _: b"%d" % os.getpid(), packed, 2))) == (2 if CAN_FORK else 1)


def test_the_work_of_a_worker_that_dies_is_done_here() -> None:
    here = os.getpid()

    def work(task: int) -> bytes:
        if os.getpid() != here:
            os._exit(9)
        return named(task)

    assert list(spread(range(5), work, packed, 3)) == [named(task) for task in range(5)]


def test_a_mistake_in_a_worker_is_raised_here(capfd: pytest.CaptureFixture[str]) -> None:
    def work(task: int) -> bytes:
        return b"%d" % (1 // (3 - task))

    with pytest.raises(ZeroDivisionError):
        list(spread(range(5), work, packed, 2))
    assert capfd.readouterr() == ("", "")


def test_no_worker_is_left_behind_when_its_reader_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    kill = os.kill
    monkeypatch.setattr(os, "kill", lambda process, number: ended.append(process) or kill(process, number))
    outcomes = spread(range(4), named, packed, 4)
    next(outcomes)
    outcomes.close()
    assert len(ended) == (3 if CAN_FORK else 0)
    for process in ended:
        with pytest.raises(ChildProcessError):
            os.waitpid(process, 0)


def test_a_worker_ends_when_its_parent_was_killed(tmp_path: Path) -> None:
    mark = tmp_path / "tasks"
    mark.touch()
    code = (
        "import os, time\n"
        "from deckgen.workers import spread\n"
        "here = os.getpid()\n"
        "def work(task):\n"
        "    if os.getpid() == here:\n"
        "        time.sleep(0.2)\n"
        "        os.kill(here, 9)\n"
        f"    with open({str(mark)!r}, 'a') as file:\n"
        "        file.write('x')\n"
        "    time.sleep(0.05)\n"
        "list(spread(range(200), work, lambda task, made: b'', 2))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], stderr=subprocess.DEVNULL, check=False)
    assert done.returncode != 0
    time.sleep(0.5)
    before = mark.read_text()
    time.sleep(0.3)
    assert len(mark.read_text()) == len(before) < 100
    assert bool(before) is CAN_FORK


def test_there_is_always_a_processor() -> None:
    assert processors() >= 1
