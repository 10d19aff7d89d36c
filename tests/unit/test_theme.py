from __future__ import annotations

import re
from pathlib import Path

import pytest

from deckgen.notetypes import note_types
from deckgen.theme import LEAST_CONTRAST, contrast, theme_css

CSS = note_types("seas", "Seas", repository=None, version="1")["basic"].css


def palette(css: str, heading: str) -> dict[str, str]:
    """The colours set by the first rule after a comment that begins with ``heading``."""
    rule = css.split(f"/* {heading}", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", rule))


LIGHT = palette(CSS, "Light") | {"accent": palette(CSS, "Theme")["accent-light"]}
NIGHT = palette(CSS, "Night") | {"accent": palette(CSS, "Theme")["accent-night"]}


@pytest.mark.parametrize("colours", [LIGHT, NIGHT], ids=["light", "night"])
def test_all_text_meets_wcag_aa(colours: dict[str, str]) -> None:
    pairs = [(ink, paper) for ink in ("ink", "muted", "accent", "right", "wrong") for paper in ("paper", "panel")]
    pairs += [(ink, f"{ink}-panel") for ink in ("right", "wrong", "notice")]
    for ink, paper in pairs:
        assert contrast(colours[ink], colours[paper]) >= LEAST_CONTRAST, (ink, paper)


def test_light_and_night_set_the_same_colours() -> None:
    assert set(LIGHT) == set(NIGHT)
    assert len(LIGHT) == 12


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#1f5fa8", "#1f5fa8") == 1


def test_no_theme_adds_nothing() -> None:
    assert theme_css({}, CSS) == ""


def test_a_theme_sets_the_properties_of_the_style_sheet() -> None:
    theme = {"accent": "#A40", "accent_night": "#ffcc99", "font": "serif", "font_size": "1.25rem", "width": "720px"}
    css = note_types("seas", "Seas", repository=None, version="1", theme=theme)["cloze"].css
    assert css.startswith(CSS)
    added = css.removeprefix(CSS)
    assert "--accent-light: #aa4400;" in added
    assert "--accent-night: #ffcc99;" in added
    assert "--font-size: 1.25rem;" in added
    assert "--width: 720px;" in added
    properties = re.findall(r"(--[a-z-]+):", added)
    assert len(properties) == len(theme)
    for each in properties:
        assert f"{each}: " in CSS.split("}", 1)[0]


def test_the_default_font_is_the_sans_of_the_theme() -> None:
    font = re.search(r"--font: (.*);", theme_css({"font": "sans"}, CSS))
    assert font is not None
    assert f"--font: {font[1]};" in CSS


@pytest.mark.parametrize(
    ("setting", "value", "message"),
    [
        ("colour", "#000", "no setting 'colour'; it has accent, accent_night, font, font_size, width"),
        ("accent", "blue", "must be a colour such as #1f5fa8"),
        ("accent", "#1f5fa", "must be a colour"),
        ("accent", "#1f5fa8\n", "must be a colour"),
        ("accent", "#1f5fa8; } body { display: none", "must be a colour"),
        ("accent", "url(https://example.org/a.png)", "must be a colour"),
        ("accent", "", "must be a colour"),
        ("accent", "#ffd400", "hard to read: its contrast with #f3f1ec is 1.3, and must be at least 4.5"),
        ("accent_night", "#1f5fa8", "hard to read"),
        ("font", "Comic Sans", "must be sans or serif"),
        ("font", "sans; } * { color: red", "must be sans or serif"),
        ("font_size", "20", "must be a length from 0.75rem to 3rem or 12px to 48px"),
        ("font_size", "9px", "must be a length"),
        ("font_size", "3.5rem", "must be a length"),
        ("font_size", "1.2em", "must be a length"),
        ("font_size", "１rem", "must be a length"),
        ("font_size", "1rem\n", "must be a length"),
        ("width", "calc(1px)", "must be a length from 15rem to 80rem or 240px to 1280px"),
        ("width", "-40rem", "must be a length"),
        ("width", "40rem}", "must be a length"),
    ],
)
def test_anything_else_is_refused(setting: str, value: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        note_types("seas", "Seas", repository=None, version="1", theme={setting: value})


def test_style_sheet_asks_for_nothing() -> None:
    folder = Path(__file__).parents[2] / "src" / "deckgen" / "templates"
    files = sorted(folder.iterdir())
    assert len(files) > 10
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"url\(|@import|@font-face|\bsrc=|https?:|fetch\(|XMLHttpRequest|\[sound:", text), file
