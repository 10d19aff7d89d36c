"""What the fuzzers share: a run of one target, with the source folder on the path."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]


def text_of(data: bytes) -> str:
    """Bytes as text without surrogates."""
    return data.decode("utf-8", "replace")


def run(target: Callable[[bytes], None]) -> None:
    """Feed a target until libFuzzer's options say stop."""
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()
