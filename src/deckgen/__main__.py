"""Runs the command line: `deckgen`, or `python -m deckgen`."""

from __future__ import annotations

import sys


def main() -> None:
    """The entry point of the `deckgen` command. Bank text is UTF-8 on every system and in every locale."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        from deckgen.cli import cli  # noqa: PLC0415

        cli(prog_name="deckgen")
    except KeyboardInterrupt:  # before or after the command itself, which says more
        sys.exit(130)


if __name__ == "__main__":
    main()
