"""Rules about the files of the media folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from lintbank import check

HEART = """facts:
  - id: heart
    fact: The human heart has {{c1::four}} chambers.
    image: {file: a.png, alt: A heart}
"""


def about(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    return sorted((item.span.source.path.removeprefix("cards/test/"), item.code) for item in check(tmp_path, text))


def test_a_licensed_picture_in_use_is_fine(tmp_path: Path) -> None:
    assert about(tmp_path, f"# media/a.png\n# media/a.png.license\n# topic.yaml\n{HEART}") == []


def test_licence_and_size_and_use(tmp_path: Path) -> None:
    files = "# media/a.png 2200000\n# media/b.png\n# media/b.png.license\n# topic.yaml\n"
    assert about(tmp_path, files + HEART) == [
        ("media/a.png", "large-media"),
        ("media/a.png", "media-without-licence"),
        ("media/b.png", "unused-media"),
    ]


def test_names_that_are_one_on_many_disks(tmp_path: Path) -> None:
    files = "# media/A.png\n# media/A.png.license\n# media/a.png\n# media/a.png.license\n# topic.yaml\n"
    assert about(tmp_path, files + HEART) == [("media/A.png", "unused-media"), ("media/a.png", "media-name-clash")]


def test_a_picture_of_a_withdrawn_entry_is_in_use(tmp_path: Path) -> None:
    text = (
        f"# media/a.png\n# media/a.png.license\n# topic.yaml\n{HEART}    withdrawn: {{on: 2026-01-01, reason: Old}}\n"
    )
    assert about(tmp_path, text) == []


@pytest.mark.parametrize("mistake", ["    fact:glued\n", "    regoin: EG\n"])
def test_unused_media_waits_until_the_entries_are_sound(tmp_path: Path, mistake: str) -> None:
    text = f"# media/a.png\n# media/a.png.license\n# topic.yaml\n{HEART}{mistake}"
    assert "unused-media" not in {code for _, code in about(tmp_path, text)}
