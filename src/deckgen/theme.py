"""What a deck may change about the look of its cards: the ``theme`` of ``deck.yaml`` as CSS.

A value is taken only if it is plainly what its setting needs, so nothing can break out of the style sheet,
and an accent only if it can be read: at least 4.5 to 1 on the panels it is written on (WCAG 2.2, 1.4.3).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAST_CONTRAST = 4.5
FONTS = {
    "sans": '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif',
    "serif": 'Charter, "Iowan Old Style", Georgia, "Noto Serif", "Droid Serif", serif',
}
_LENGTHS: dict[str, dict[str, tuple[float, float]]] = {
    "font_size": {"rem": (0.75, 3), "px": (12, 48)},
    "width": {"rem": (15, 80), "px": (240, 1280)},
}
_SETTINGS = ("accent", "accent_night", "font", "font_size", "width")


def theme_css(theme: Mapping[str, str], card_css: str) -> str:
    """A CSS rule that sets what ``theme`` says over ``card_css``, or nothing for an empty theme.

    Settings: ``accent`` and ``accent_night`` (``#rrggbb`` or ``#rgb``), ``font`` (sans or serif),
    ``font_size`` and ``width`` (a number with rem or px). Raises ``ValueError``, naming the setting, for one
    that does not exist, a value of another form, and an accent that is hard to read.
    """
    if not theme:
        return ""
    light, night = re.findall(r"--panel: (#[0-9a-f]{6});", card_css)[:2]
    lines = []
    for setting, value in theme.items():
        if setting == "accent":
            lines.append(f"--accent-light: {_colour(setting, value, light)};")
        elif setting == "accent_night":
            lines.append(f"--accent-night: {_colour(setting, value, night)};")
        elif setting == "font":
            lines.append(f"--font: {_font(value)};")
        elif setting in _LENGTHS:
            lines.append(f"--{setting.replace('_', '-')}: {_length(setting, value)};")
        else:
            raise ValueError(f"theme has no setting {setting!r}; it has {', '.join(_SETTINGS)}")
    return "\n/* The theme of this deck */\n.card {\n  " + "\n  ".join(lines) + "\n}\n"


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, given as ``#rrggbb``, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _colour(setting: str, value: str, panel: str) -> str:
    match = re.fullmatch(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", value)
    if match is None:
        raise ValueError(f"theme {setting} is {value!r}, but must be a colour such as #1f5fa8")
    digits = match[1].lower()
    colour = "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
    if contrast(colour, panel) < LEAST_CONTRAST:
        raise ValueError(
            f"theme {setting} {value!r} is hard to read: its contrast with {panel} is "
            f"{contrast(colour, panel):.1f}, and must be at least {LEAST_CONTRAST}"
        )
    return colour


def _font(value: str) -> str:
    if value not in FONTS:
        raise ValueError(f"theme font is {value!r}, but must be {' or '.join(FONTS)}")
    return FONTS[value]


def _length(setting: str, value: str) -> str:
    units = _LENGTHS[setting]
    match = re.fullmatch(r"([0-9]{1,4}(?:\.[0-9]{1,4})?)(rem|px)", value)
    if match is None or not units[match[2]][0] <= float(match[1]) <= units[match[2]][1]:
        allowed = " or ".join(f"{low}{unit} to {high}{unit}" for unit, (low, high) in units.items())
        raise ValueError(f"theme {setting} is {value!r}, but must be a length from {allowed}")
    return value
