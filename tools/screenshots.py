"""Make the two pictures of cards that the README shows: ``python tools/screenshots.py``.

Needs Chromium and what the browser tests need. Writes ``docs/images/cards-light.png`` and ``cards-night.png``,
each with three phones side by side. The order of the options is fixed, so that a run changes only what the
design changes.
"""

from __future__ import annotations

import base64
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from deckgen.anki_template import Side

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "browser")]
PHONE = {"width": 360, "height": 640}
PICTURES: dict[str, tuple[tuple[str, Side], ...]] = {
    "light": (("choice", "front"), ("choice", "back"), ("table", "back")),
    "night": (("cloze-greek", "front"), ("cloze-greek", "back"), ("sequence-last", "front")),
}
FIXED_ORDER = "let turn = 0; Math.random = () => [0.1, 0.2, 0.5, 0.3][turn++ % 4];"


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium is not installed")
    with sync_playwright() as playwright:
        sandbox = [] if os.getuid() else ["--no-sandbox"]
        browser = playwright.chromium.launch(executable_path=chromium, args=["--disable-gpu", *sandbox])
        for look, cards in PICTURES.items():
            shots = photograph(browser, cards, night=look == "night")
            target = ROOT / "docs" / "images" / f"cards-{look}.png"
            target.write_bytes(side_by_side(browser, shots))
            print(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1024} KiB")
        browser.close()


def photograph(browser: Browser, cards: tuple[tuple[str, Side], ...], *, night: bool) -> list[bytes]:
    page = browser.new_page(viewport=PHONE, device_scale_factor=1.5)
    page.add_init_script(FIXED_ORDER)
    shots = []
    for name, side in cards:
        show(page, name, side, night=night)
        shots.append(page.screenshot())
    return shots


def show(page: Page, name: str, side: Side, *, night: bool) -> None:
    from card_pages import page_html  # noqa: PLC0415
    from card_samples import SAMPLES  # noqa: PLC0415

    html = page_html(SAMPLES[name], side, night=night, mobile=True)
    page.unroute_all()
    page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto("http://card.test/")
    if name == "choice" and side == "front":
        page.get_by_role("radio", name="Oxygen").click()
        page.mouse.move(0, 0)


def side_by_side(browser: Browser, shots: list[bytes]) -> bytes:
    page = browser.new_page(viewport={"width": 3 * 360 + 4 * 16, "height": 640 + 2 * 16}, device_scale_factor=1.5)
    pictures = "".join(f'<img src="data:image/png;base64,{base64.b64encode(shot).decode()}">' for shot in shots)
    page.set_content(
        "<style>body { margin: 0; padding: 16px; display: flex; gap: 16px; background: #8b9099 }"
        f"img {{ width: 360px; height: 640px; border-radius: 10px }}</style>{pictures}"
    )
    return page.screenshot()


if __name__ == "__main__":
    main()
