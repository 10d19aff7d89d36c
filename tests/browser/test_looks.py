"""How cards look: they fit, can be read, and say what they must in every mode."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

import pytest
from card_pages import page_html
from card_samples import SAMPLES

from deckgen.anki_template import Side
from deckgen.theme import contrast

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

SIDES: tuple[Side, ...] = ("front", "back")
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def show(page: Page, name: str, side: Side, **look: Any) -> None:
    page.set_content(page_html(SAMPLES[name], side, **look))


def style(element: Locator, name: str) -> str:
    return str(element.evaluate("(element, name) => getComputedStyle(element)[name]", name))


def as_hex(colour: str) -> str:
    return "#" + "".join(f"{int(c):02x}" for c in re.findall(r"\d+", colour)[:3])


@pytest.mark.parametrize("root", ["", "font-size: 32px"], ids=["normal", "large-font"])
def test_nothing_is_wider_than_the_screen(page: Page, root: str) -> None:
    for name, side in itertools.product(SAMPLES, SIDES):
        show(page, name, side, mobile=True, root=root)
        for width in (320, 390, 1000):
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, side, width)


@pytest.mark.parametrize("night", [False, True], ids=["light", "night"])
def test_axe_finds_nothing(page: Page, night: bool) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415

    for name, side in itertools.product(SAMPLES, SIDES):
        show(page, name, side, night=night)
        page.eval_on_selector_all("details", "all => all.forEach(details => { details.open = true })")
        found = Axe().run(page, options=WCAG).response["violations"]
        assert [(name, side, v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []


@pytest.mark.parametrize(
    ("selectors", "dark"),
    [("body.card", False), ("body.card.nightMode", True), ("body.card.night_mode", True),
     (".nightMode body.card", True), (".night_mode body.card", True)],
)  # fmt: skip
def test_night_mode_under_either_name(page: Page, selectors: str, dark: bool) -> None:
    show(page, "basic", "back")
    on_body = "nightMode" in selectors.rsplit(" ", 1)[-1] or "night_mode" in selectors.rsplit(" ", 1)[-1]
    name = next((n for n in ("nightMode", "night_mode") if n in selectors), "")
    page.evaluate(
        "([onBody, name]) => { if (name) (onBody ? document.body : document.documentElement).classList.add(name) }",
        [on_body, name],
    )
    body = page.locator("body")
    paper, ink = as_hex(style(body, "backgroundColor")), as_hex(style(body, "color"))
    assert (contrast(paper, "#000000") < contrast(paper, "#ffffff")) is dark
    assert contrast(paper, ink) > 10


@pytest.mark.parametrize(
    ("name", "side", "selector"),
    [("choice", "front", ".options > li"), ("basic", "back", "summary"), ("basic", "back", ".suggest"),
     ("sequence-last", "front", ".more"), ("typed", "front", "#typeans")],
)  # fmt: skip
def test_targets_are_thumb_sized(page: Page, name: str, side: Side, selector: str) -> None:
    sizes = []
    show(page, name, side, mobile=True)
    for target in page.locator(selector).all():
        box = target.bounding_box()
        assert box is not None
        sizes.append(box["height"])
    assert sizes
    assert min(sizes) >= 44


def test_brackets_of_a_prompt_take_no_room(page: Page) -> None:
    for name in ("sequence", "table"):
        show(page, name, "front")
        widths = page.locator(".prompts .cloze").evaluate(
            """cloze => [...cloze.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => {
                 const range = document.createRange(); range.selectNode(node);
                 return [node.textContent, range.getBoundingClientRect().width] })"""
        )
        assert widths == [["[", 0], ["]", 0]]


def test_a_retired_blank_shows_its_notice_alone(page: Page) -> None:
    show(page, "cloze-retired", "front")
    assert page.locator(".entry").inner_text().split("\n\n") == ["Zoology", "This blank was retired"]
    show(page, "cloze-retired", "back")
    shown = page.locator(".stubs .cloze")
    assert shown.inner_text() == "It asked for warm-blooded. This is no longer asked."
    assert not page.locator(".stubs .cloze-inactive").first.is_visible()
    assert not page.locator(".question").is_visible()


@pytest.mark.parametrize("side", SIDES)
def test_withdrawn_entries_say_so_on_both_sides(page: Page, side: Side) -> None:
    show(page, "cloze-withdrawn", side)
    assert "Withdrawn on 2026-01-15." in page.get_by_role("note").inner_text()


def test_right_to_left_text_starts_at_the_right(page: Page) -> None:
    show(page, "cloze-rtl", "back")
    question = page.locator(".question")
    assert style(question, "direction") == "rtl"
    assert style(question, "textAlign") == "start"
    assert style(page.locator(".sources"), "direction") == "ltr"


def test_a_wide_table_scrolls_to_the_cell_asked_for(page: Page) -> None:
    show(page, "table-last", "back", mobile=True)
    table, cell, row = page.locator("table"), page.locator("td .cloze"), page.locator("tbody th").last
    assert table.evaluate("table => table.scrollLeft") > 100
    assert table.get_attribute("tabindex") == "0"
    box = cell.bounding_box()
    assert box is not None
    assert 0 < box["x"] < box["x"] + box["width"] < 390
    # The row's name stays, and no column shows beside it.
    left = "element => element.getBoundingClientRect().left"
    assert row.evaluate(left) == table.evaluate(left) == table.evaluate("table => 16 + table.clientLeft")


def test_a_printed_card_is_black_on_white_with_its_explanation(page: Page) -> None:
    page.emulate_media(media="print")
    show(page, "basic", "back", night=True)
    assert as_hex(style(page.locator("body"), "backgroundColor")) == "#ffffff"
    assert as_hex(style(page.locator(".answer"), "color")) == "#000000"
    assert page.get_by_text("Straits of Florida").is_visible()
    assert not page.locator(".suggest").is_visible()
