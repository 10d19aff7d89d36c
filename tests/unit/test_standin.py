from __future__ import annotations

import functools
import subprocess
import sys

from deckgen.standin import without_asyncio

NAME = "cached_property"


def test_the_package_writer_loads_no_asyncio_and_leaves_no_stand_in() -> None:
    code = (
        "import sys, deckgen.package\n"
        f"assert 'asyncio' not in sys.modules and {NAME!r} not in sys.modules\n"
        "import cached_property\n"
        "assert cached_property.__file__\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_one_that_is_there_already_is_left_alone() -> None:
    import cached_property  # noqa: PLC0415

    with without_asyncio():
        assert sys.modules[NAME] is cached_property
    assert sys.modules[NAME] is cached_property
    assert cached_property.cached_property is not functools.cached_property
