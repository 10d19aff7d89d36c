"""The preview's site in Chromium: from a disk, with keys alone, with 10,000 entries, and while it is being written."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from deckgen.deckbuild import check_deck
from deckgen.preview import DeckView, make_site
from deckgen.preview.folder import write_site
from decks import START, deckgen, write_deck

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

# Without preload: axe would fetch the style sheets again, which the pages forbid.
WCAG = {
    "preload": False,
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
}
PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)
BANK = """topic: Rome
tags: [rome]
sources: [code#book 1]
facts:
  - {id: founding, fact: Rome was founded in 753 BC., hide: [753 BC], explanation: So Varro says.}
  - {id: fall, fact: "The last {{c1::emperor}} was deposed in {{c2::476}}.", tags: [late]}
questions:
  - {id: river, question: Which which river?, answer: Tiber, typed: true, image: {file: river.png, alt: A river}}
  - {id: hills, question: How many hills?, answer: Seven, distractors: [Six, {text: Nine, why: That is Moscow.}]}
  - {id: kings, question: Put the kings in order., steps: [Romulus, Numa, Tullus, Ancus, Priscus]}
  - {id: area, question: "What is the area of a circle?", answer: "It is $\\\\pi r^2$."}
  - {id: hostile, question: "</script><script>top.harmed = 1</script><img src=x onerror='top.harmed = 1'>", answer: "a"}
  - {id: old, question: Who was last?, answer: Tarquin, withdrawn: {on: 2024-01-01, reason: Legend}}
"""


def site_of(root: Path, bank: str = BANK) -> Path:
    write_deck(root, {"rome.yaml": bank, "media/river.png": PIXEL})
    deckgen(root, "preview", "-q")
    return root / "preview" / "law"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site_of(tmp_path_factory.mktemp("site"))


@pytest.fixture
def from_disk(new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Open a page of a site from the disk, at a desk unless told otherwise."""

    def show(site: Path, page: str = "index.html", **settings: Any) -> Page:
        context = new_context(**{"viewport": {"width": 1300, "height": 900}, **settings})
        context.route("file://**", lambda route: route.continue_())
        shown = context.new_page()
        shown.goto((site / page.partition("#")[0]).as_uri() + page[len(page.partition("#")[0]) :])
        if page.startswith("index"):
            shown.wait_for_selector("html.searchable")
        return shown

    return show


def card(page: Page, title: str = "Card 1, front") -> Any:
    return page.frame_locator(f'iframe[title="{title}"]').locator("#qa")


def rows(page: Page) -> list[str]:
    return [text.split("\n")[0] for text in page.get_by_role("option").all_inner_texts()]


def here(page: Page) -> str:
    return str(page.evaluate("location.hash"))


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def until(page: Page, expression: str, seconds: float = 15) -> None:
    """Wait until an expression is true. Playwright's own way evaluates text in the page, which its policy forbids."""
    from playwright.sync_api import Error  # noqa: PLC0415

    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        with contextlib.suppress(Error):  # the page is just being loaded anew
            if page.evaluate(expression):
                return
        page.wait_for_timeout(50)
    pytest.fail(f"{expression} did not come true")


def test_a_permanent_link_shows_its_entry(site: Path, from_disk: Callable[..., Page]) -> None:
    page = from_disk(site, "index.html#hills")
    assert "How many hills?" in card(page).inner_text()
    assert "That is Moscow." in card(page, "Card 1, back").inner_text()
    assert page.get_by_role("option", selected=True).inner_text().startswith("How many hills?")
    assert "How many hills?" in page.title()


def test_both_sides_have_the_same_order_of_options(site: Path, from_disk: Callable[..., Page]) -> None:
    page = from_disk(site, "index.html#hills")
    orders = []
    for title in ("Card 1, front", "Card 1, back"):
        card(page, title).locator(".options.shuffled").wait_for()
        orders.append([text.split("\n")[0] for text in card(page, title).locator(".options > li").all_inner_texts()])
    assert orders[0] == orders[1]


def test_turning_over_keeps_what_was_tapped(site: Path, from_disk: Callable[..., Page]) -> None:
    page = from_disk(site, "index.html#hills")
    page.get_by_role("button", name="Front").click()
    card(page).get_by_text("Nine").click()
    page.keyboard.press("Space")
    assert "wrong" in str(card(page, "Card 1, back").locator(".chosen").get_attribute("class"))


def test_keys_alone(site: Path, from_disk: Callable[..., Page]) -> None:
    page = from_disk(site)
    assert here(page) == "#founding"
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert here(page) == "#river"
    page.keyboard.press("k")
    assert here(page) == "#fall"
    page.keyboard.press("Space")
    page.wait_for_selector('iframe[title="Card 2, front"]')
    page.keyboard.press("Space")
    page.wait_for_selector('iframe[title="Card 2, back"]')
    page.keyboard.press("/")
    assert focused(page) == "_q"
    page.keyboard.type("moscow")
    page.keyboard.press("Enter")
    assert here(page) == "#hills"
    assert focused(page) == "_list"
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()
    assert here(page) == "#hills"


def test_keys_work_on_a_card_too(site: Path, from_disk: Callable[..., Page]) -> None:
    page = from_disk(site, "index.html#river")
    card(page).locator(".question").click()
    page.keyboard.press("j")
    until(page, "location.hash === '#hills'")
    page.goto((site / "index.html").as_uri() + "#river")
    card(page).locator("#typeans").fill("jk ?")
    assert here(page) == "#river"


def test_the_search_and_the_filters(site: Path, from_disk: Callable[..., Page]) -> None:
    page = from_disk(site)
    page.get_by_role("searchbox").fill("ROME varro")
    assert rows(page) == ["Rome was founded in 753 BC."]
    assert page.locator("#_count").inner_text() == "1 of 8 entries"
    page.get_by_role("button", name="Clear").click()
    assert len(rows(page)) == 8
    for facet, value, found in (
        ("Kind", "choice", ["How many hills?"]),
        ("Tag", "late", ["The last emperor was deposed in 476."]),
        ("Diagnostics", "doubled-word", ["Which which river?"]),
        ("Kind", "withdrawn", ["Who was last?"]),
    ):
        page.get_by_role("button", name=facet, exact=False).first.click()
        page.get_by_label(value, exact=False).first.check()
        assert rows(page) == found, facet
        page.get_by_role("button", name="Clear").click()
        page.locator('#_facets [aria-expanded="true"]').click()
    page.get_by_role("searchbox").fill("nothing of the kind")
    assert rows(page) == []


def test_what_is_said_about_an_entry_stands_beside_it(site: Path, from_disk: Callable[..., Page]) -> None:
    page = from_disk(site, "index.html#river")
    beside = page.get_by_role("complementary", name="About this entry")
    assert "doubled-word" in beside.inner_text()
    assert "cards/law/rome.yaml:" in beside.inner_text()
    page.goto((site / "index.html").as_uri() + "#founding")
    page.get_by_role("heading", name="Why these blanks").wait_for()
    assert "753 BC" in beside.locator(".blanks").inner_text()


def test_light_night_phone_and_desktop(site: Path, from_disk: Callable[..., Page]) -> None:
    page = from_disk(site, "index.html#river")
    body = page.frame_locator('iframe[title="Card 1, front"]').locator("body")
    card(page).locator(".question").wait_for()
    assert "nightMode" not in str(body.get_attribute("class"))
    page.get_by_role("button", name="Night").click()
    body.and_(page.frame_locator('iframe[title="Card 1, front"]').locator(".nightMode")).wait_for()
    page.get_by_role("button", name="Phone").click()
    page.frame_locator('iframe[title="Card 1, front"]').locator("html.mobile").wait_for()
    assert page.locator('iframe[title="Card 1, front"]').evaluate("frame => frame.clientWidth") == 388
    page.reload()
    page.wait_for_selector("html.night")
    page.frame_locator('iframe[title="Card 1, front"]').locator("html.mobile .nightMode").wait_for()


def test_pictures_and_formulas_are_shown(site: Path, from_disk: Callable[..., Page]) -> None:
    page = from_disk(site, "index.html#river")
    picture = card(page, "Card 1, back").get_by_alt_text("A river")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1
    page.goto((site / "index.html").as_uri() + "#area")
    formula = card(page, "Card 1, back").locator("math msup")
    formula.wait_for()
    assert "\\" not in card(page, "Card 1, back").inner_text()


def test_hostile_text_does_nothing(site: Path, from_disk: Callable[..., Page]) -> None:
    page = from_disk(site, "index.html#hostile")
    assert "top.harmed" in card(page).inner_text()
    for name in ("reading", "sources", "diagnostics"):
        page.goto((site / f"{name}.html").as_uri())
        assert page.evaluate("window.harmed") is None


def test_a_frame_takes_the_height_of_its_card(site: Path, from_disk: Callable[..., Page]) -> None:
    page = from_disk(site, "index.html#kings")
    until(
        page,
        """[...document.querySelectorAll("iframe")].filter(frame => frame.checkVisibility()).slice(0, 2)
           .every(frame => frame.clientHeight > 60 && frame.clientHeight !== 192)""",
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 1300


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_there_is_the_list_and_then_an_entry(site: Path, from_disk: Callable[..., Page], width: int) -> None:
    page = from_disk(site, viewport={"width": width, "height": 700}, has_touch=True)
    assert not page.locator("#_main").is_visible()
    page.get_by_text("How many hills?").tap()
    card(page).get_by_text("Seven").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="List").tap()
    assert page.get_by_role("option", name="How many hills?").is_visible()
    for name in ("reading", "sources", "diagnostics"):
        page.goto((site / f"{name}.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index", "reading", "sources", "diagnostics"])
def test_axe_finds_nothing(site: Path, from_disk: Callable[..., Page], name: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415

    page = from_disk(site, f"{name}.html#river" if name == "index" else f"{name}.html", color_scheme=scheme)
    if name == "index":
        card(page).locator(".question").wait_for()
        page.get_by_role("button", name="Diagnostics").first.click()
    found = Axe().run(page, options=WCAG).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []


def test_covered_answers_come_to_light_under_the_pointer(site: Path, from_disk: Callable[..., Page]) -> None:
    page = from_disk(site, "reading.html", java_script_enabled=False)
    answer = page.locator("#river .answer")
    assert answer.is_visible()
    page.get_by_label("Cover the answers").check()
    assert not answer.is_visible()
    page.locator("#river .question").hover()
    assert answer.is_visible()


def test_the_reading_view_prints_without_what_surrounds_it(site: Path, from_disk: Callable[..., Page]) -> None:
    page = from_disk(site, "reading.html", color_scheme="dark")
    page.emulate_media(media="print")
    assert page.locator("#founding").is_visible()
    assert page.locator("#hills .right").is_visible()
    for selector in (".bar", ".shown", ".to"):
        assert not page.locator(selector).first.is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


# Ten thousand entries


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("large")
    places = ["market", "temple", "road", "harbour", "wall", "school", "bath", "court"]
    files = {
        f"t{topic:02}.yaml": f"topic: Topic {topic}\nsources: [code]\nfacts:\n"
        + "".join(
            f"  - id: e{topic:02}-{n:03}\n    fact: The {places[n % 8]} of town {topic * 500 + n} was built in"
            f" {{{{c1::{n + 100}}}}} by {{{{c2::consul {n % 97}}}}}.\n    explanation: It still stands.\n"
            for n in range(500)
        )
        for topic in range(20)
    }
    folder = write_deck(root, files)
    write_site(make_site([DeckView("law", check_deck(folder, "cards/law", START))]).files, root / "preview")
    return root / "preview" / "law"


def test_ten_thousand_entries_are_shown_and_searched_within_a_second(
    large: Path, from_disk: Callable[..., Page]
) -> None:
    page = from_disk(large)
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert painted < 1000
    assert page.locator("#_count").inner_text() == "10,000 entries"
    assert page.get_by_role("option").count() < 60
    took = page.evaluate(
        """async () => {
             const box = document.getElementById("_q");
             const began = performance.now();
             box.value = "harbour consul 42";
             box.dispatchEvent(new Event("input"));
             await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
             return performance.now() - began;
           }"""
    )
    assert took < 1000
    assert 0 < int(page.locator("#_count").inner_text().split()[0]) < 200
    page.get_by_role("button", name="Clear").click()
    page.locator("#_list").focus()
    page.keyboard.press("End")
    until(page, "location.hash === '#e19-499'")
    assert "town 9999" in card(page).inner_text()
    assert page.get_by_role("option", selected=True).get_attribute("aria-posinset") == "10000"


# While writing


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str, subprocess.Popen[str]]]:
    """The bank's file, the address of its page, and the command that serves it."""
    folder = write_deck(tmp_path, {"rome.yaml": BANK, "media/river.png": PIXEL})
    command = [sys.executable, "-m", "deckgen", "preview", "--serve"]
    running = subprocess.Popen(
        command,
        cwd=tmp_path,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"NO_COLOR": "1"},
    )
    assert running.stdout is not None
    assert running.stdout.readline().startswith("8 entries; ")
    address = running.stdout.readline().split()[0]
    yield folder / "rome.yaml", f"{address}law/index.html", running
    if running.poll() is None:
        running.kill()
    running.communicate()


def test_a_save_is_shown_and_the_reader_keeps_the_place(
    served: tuple[Path, str, subprocess.Popen[str]], browser: Browser
) -> None:
    bank, address, running = served
    page = browser.new_page(viewport={"width": 1300, "height": 700})
    logged: list[str] = []
    page.on("console", lambda message: logged.append(message.text))
    page.goto(f"{address}#kings")
    page.wait_for_selector("html.searchable")
    page.get_by_role("searchbox").fill("kings")
    until(page, "document.getElementById('_main').scrollHeight > 1500")
    page.evaluate("document.getElementById('_main').scrollTop = 500")
    build = page.evaluate("document.documentElement.dataset.build")

    bank.write_text(BANK.replace("Ancus", "Ancus Marcius"))
    until(page, f"!['{build}', undefined].includes(document.documentElement.dataset.build)")
    until(page, "document.getElementById('_main')?.scrollTop === 500")
    assert here(page) == "#kings"
    assert page.get_by_role("searchbox").input_value() == "kings"

    bank.write_text(BANK.replace("steps:", "stepz:"))
    banner = page.get_by_role("region", name="Errors")
    banner.wait_for(timeout=15000)
    assert "cards/law/rome.yaml:10:" in banner.inner_text()

    shutil.move(bank.parent, bank.parents[2] / "away")
    page.get_by_role("alert").wait_for(timeout=15000)
    assert "there is no deck in cards" in page.get_by_role("alert").inner_text()
    shutil.move(bank.parents[2] / "away", bank.parent)
    bank.write_text(BANK)
    until(page, "!document.querySelector('.banner') && document.documentElement.classList.contains('searchable')")
    page.close()
    assert logged == []

    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=10)
    assert running.returncode == 0
    assert "Traceback" not in out + err
