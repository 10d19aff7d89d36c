"""The preview's folder: only what the preview wrote is ever replaced or removed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from preview_sites import files_of

from deckgen.errors import UserError
from deckgen.preview.folder import MARKER, write_site

SITE = {"index.html": b"a", "law/index.html": b"b", "law/data/x.js": b"c"}


def test_what_an_earlier_site_had_is_removed_with_its_folders(tmp_path: Path) -> None:
    write_site(SITE, tmp_path / "site")
    write_site({"index.html": b"new"}, tmp_path / "site")
    assert set(files_of(tmp_path / "site")) == {"index.html", MARKER}
    assert not (tmp_path / "site" / "law").exists()


def test_a_file_of_somebody_else_stays(tmp_path: Path) -> None:
    write_site(SITE, tmp_path)
    (tmp_path / "law" / "CNAME").write_text("mine")
    write_site({"index.html": b"new"}, tmp_path)
    assert (tmp_path / "law" / "CNAME").read_text() == "mine"


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(UserError, match="holds files that are not of a preview"):
        write_site(SITE, tmp_path)
    assert set(files_of(tmp_path)) == {"thesis.txt"}


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(UserError, match="is a file"):
        write_site(SITE, tmp_path / "site")


def test_an_interrupted_run_is_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from deckgen.preview import folder  # noqa: PLC0415

    write = folder.write_whole

    def failing(path: Path, data: bytes) -> bool:
        if path.name == "x.js":
            raise KeyboardInterrupt
        return write(path, data)

    monkeypatch.setattr(folder, "write_whole", failing)
    with pytest.raises(KeyboardInterrupt):
        write_site(SITE, tmp_path)
    monkeypatch.undo()
    write_site({"index.html": b"new"}, tmp_path)
    assert set(files_of(tmp_path)) == {"index.html", MARKER}


@pytest.mark.parametrize("listed", ["../thesis.txt", "/etc/passwd", "law/../../thesis.txt", "..\\thesis.txt", "", 7])
def test_a_marker_that_points_elsewhere_removes_nothing(tmp_path: Path, listed: object) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    site = tmp_path / "site"
    write_site(SITE, site)
    (site / MARKER).write_text(json.dumps({"files": ["index.html", listed]}))
    write_site({"index.html": b"new"}, site)
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def test_a_link_out_of_the_folder_is_not_followed_to_remove(tmp_path: Path) -> None:
    site, other = tmp_path / "site", tmp_path / "other"
    other.mkdir()
    (other / "index.html").write_text("mine")
    write_site({"index.html": b"a"}, site)
    (site / "law").symlink_to(other)
    (site / MARKER).write_text(json.dumps({"files": ["law/index.html"]}))
    write_site({"index.html": b"new"}, site)
    assert (other / "index.html").read_text() == "mine"


def test_a_marker_that_cannot_be_read_is_a_user_error(tmp_path: Path) -> None:
    (tmp_path / MARKER).write_text("{")
    with pytest.raises(UserError, match="cannot be read"):
        write_site(SITE, tmp_path)


def test_a_file_that_did_not_change_is_not_written(tmp_path: Path) -> None:
    write_site(SITE, tmp_path)
    before = (tmp_path / "law" / "index.html").stat().st_mtime_ns
    write_site(SITE | {"index.html": b"new"}, tmp_path)
    assert (tmp_path / "law" / "index.html").stat().st_mtime_ns == before
    assert (tmp_path / "index.html").read_bytes() == b"new"
