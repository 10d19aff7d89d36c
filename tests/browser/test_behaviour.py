"""What cards do: choices, hints, pictures and marks, in programs that keep the page and that load it anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from card_pages import card_html, page_html
from card_samples import SAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from deckgen.anki_template import Side

ADDRESS = "http://card.test/"
CHOICE = SAMPLES["choice"]
# Anki sets the HTML of a side and then makes every script anew, because scripts set so do not run.
TURN = """html => {
  const qa = document.getElementById("qa"); qa.innerHTML = html;
  qa.querySelectorAll("script").forEach(old => {
    const made = document.createElement("script"); made.textContent = old.textContent; old.replaceWith(made);
  });
}"""


def load(page: Page, side: Side, name: str = "choice") -> None:
    """Show a side as programs do that load a page for each side."""
    page.unroute_all()
    html = page_html(SAMPLES[name], side)
    page.route(ADDRESS, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto(ADDRESS)


def turn(page: Page, side: Side, name: str = "choice") -> None:
    """Show a side as programs do that keep one page."""
    page.evaluate(TURN, card_html(SAMPLES[name], side))


def options(page: Page) -> list[str]:
    """The options as they stand, without reasons and marks."""
    return page.locator(".options > li").evaluate_all("all => all.map(li => li.firstChild.textContent)")


def size(page: Page) -> list[float]:
    return page.locator(".image img").evaluate("image => [image.width, image.height]")


def keep_one_page(page: Page) -> Callable[[Page, Side], None]:
    page.set_content(page_html(SAMPLES["basic"], "front"))  # about:blank, whose sessionStorage is closed
    return turn


def load_anew(page: Page) -> Callable[[Page, Side], None]:
    return load


@pytest.mark.parametrize("start", [keep_one_page, load_anew])
def test_a_choice_is_marked_on_the_back(page: Page, start: Callable[[Page], Callable[[Page, Side], None]]) -> None:
    display = start(page)
    for chosen, state in (("Oxygen", "wrong"), ("Nitrogen", "right"), ("Argon", "wrong")):
        display(page, "front")
        order = options(page)
        assert sorted(order) == ["Argon", "Carbon dioxide", "Nitrogen", "Oxygen"]
        page.get_by_role("radio", name="Carbon dioxide").tap()
        page.get_by_role("radio", name=chosen).tap()
        assert page.get_by_role("radio", checked=True).count() == 1
        display(page, "back")
        assert options(page) == order
        marked = page.locator(".options .chosen")
        assert marked.count() == 1
        assert marked.get_attribute("class") == f"{state} chosen"
        assert marked.inner_text().startswith(chosen)
        assert "Your choice" in marked.inner_text()
        assert page.locator(".right").inner_text().startswith("Nitrogen")


def test_nothing_chosen_marks_nothing(page: Page) -> None:
    load(page, "front")
    order = options(page)
    load(page, "back")
    assert options(page) == order
    assert page.locator(".chosen").count() == 0


def test_each_review_has_its_own_order(page: Page) -> None:
    orders = set()
    for _ in range(12):
        load(page, "front")
        orders.add(tuple(options(page)))
    assert len(orders) > 3


def test_all_places_are_equally_likely(page: Page) -> None:
    load(page, "front")
    first = {"Argon": 0, "Carbon dioxide": 0, "Nitrogen": 0, "Oxygen": 0}
    for _ in range(200):
        turn(page, "front")
        first[options(page)[0]] += 1
    # Each is expected 50 times, with a standard deviation of 6.
    assert all(20 < count < 80 for count in first.values()), first


def test_without_storage_a_reload_keeps_the_order_of_the_day(new_context: Callable[..., BrowserContext]) -> None:
    context = new_context()
    context.add_init_script("Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('closed') } })")
    page = context.new_page()
    page.clock.set_fixed_time("2026-05-01T12:00:00")
    orders = set()
    for day in range(1, 10):
        page.clock.set_fixed_time(f"2026-05-0{day}T12:00:00")
        load(page, "front")
        order = options(page)
        load(page, "back")
        assert options(page) == order
        orders.add(tuple(order))
    assert len(orders) > 2


def test_a_back_without_its_front_still_works(page: Page) -> None:
    page.goto("about:blank")
    load(page, "back")
    assert sorted(options(page)) == ["Argon", "Carbon dioxide", "Nitrogen", "Oxygen"]
    assert page.locator(".chosen").count() == 0


def test_options_can_be_chosen_with_the_keyboard(page: Page) -> None:
    load(page, "front")
    for key, place in (("Enter", 0), (" ", 2)):
        option = page.get_by_role("radio").nth(place)
        option.focus()
        page.keyboard.press(key)
        assert option.get_attribute("aria-checked") == "true"
        assert page.get_by_role("radio", checked=True).count() == 1


def test_scripts_may_run_twice(page: Page) -> None:
    load(page, "front")
    order = options(page)
    page.get_by_role("radio", name="Argon").tap()
    page.evaluate("document.querySelectorAll('script').forEach(s => new Function(s.textContent)())")
    assert options(page) == order
    load(page, "back")
    page.evaluate("document.querySelectorAll('script').forEach(s => new Function(s.textContent)())")
    assert options(page) == order
    assert page.locator(".chosen-mark").count() == 1


def test_scripts_leave_one_name_behind(page: Page) -> None:
    page.goto("about:blank")
    before = set(page.evaluate("Object.keys(window)"))
    page.set_content(page_html(CHOICE, "front"))
    for side in ("back", "front", "back"):
        turn(page, side)
    assert set(page.evaluate("Object.keys(window)")) - before == {"deckgenChoice"}


def test_earlier_steps_come_on_tap(page: Page) -> None:
    load(page, "front", "table")
    assert page.locator(".more").count() == 0
    page.set_content(page_html(SAMPLES["sequence-last"], "front"))
    steps = page.locator(".step")
    assert [step.is_visible() for step in steps.all()] == [False, False, True, True, True, True]
    # An element that is not displayed does not count, and the numbers would start anew.
    assert all(step.evaluate("step => getComputedStyle(step).display") == "block" for step in steps.all())
    assert steps.nth(1).evaluate("step => step.offsetHeight") == 0
    page.get_by_role("button", name="Show 2 earlier steps").tap()
    assert all(step.is_visible() for step in steps.all())
    assert page.locator(".more").count() == 0


def test_a_picture_grows_on_tap(page: Page) -> None:
    page.set_content(page_html(SAMPLES["basic-long"], "back"))
    picture = page.get_by_role("button", name="Three waves of equal height")
    small = size(page)
    picture.tap()
    assert picture.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 800}
    picture.tap()
    assert size(page) == small
    picture.focus()
    page.keyboard.press("Enter")
    assert picture.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert picture.get_attribute("aria-expanded") == "false"
    assert size(page) == small


def test_an_overdue_review_says_so(page: Page) -> None:
    for day, text in (("2030-12-31", "Review by 2031-01-01"), ("2031-01-01", "Review by 2031-01-01"),
                      ("2031-01-02", "Was due for review by 2031-01-01")):  # fmt: skip
        page.clock.set_fixed_time(f"{day}T12:00:00")
        load(page, "back", "basic")
        assert page.locator("[data-review-by]").inner_text() == text


def test_the_explanation_opens_on_tap(page: Page) -> None:
    page.set_content(page_html(SAMPLES["basic"], "back"))
    text = page.get_by_text("Straits of Florida")
    assert not text.is_visible()
    page.get_by_text("Explanation").tap()
    assert text.is_visible()


def test_links_lead_to_sources_and_to_the_correction_form(page: Page) -> None:
    page.set_content(page_html(SAMPLES["basic"], "back"))
    form = page.get_by_role("link", name="Suggest a correction").get_attribute("href")
    assert form == (
        "https://example.org/decks/samples/issues/new?template=correction.yml&entry=sample-entry&release=1.2.0"
    )
    source = page.get_by_role("link", name="State of the Ocean")
    assert source.get_attribute("href") == "https://www.noaa.gov/"


def test_cards_can_be_read_without_scripts(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(java_script_enabled=False, viewport={"width": 390, "height": 800}).new_page()
    page.set_content(page_html(CHOICE, "front"))
    assert page.locator(".options > li").all_inner_texts() == ["Argon", "Carbon dioxide", "Nitrogen", "Oxygen"]
    page.set_content(page_html(CHOICE, "back"))
    assert page.locator(".right").inner_text() == "Nitrogen"
    assert page.get_by_text("Second, with 21 %.").is_visible()
    page.get_by_text("Explanation").click()
    assert page.get_by_text("inert at surface temperatures").is_visible()
    page.set_content(page_html(SAMPLES["sequence-last"], "front"))
    assert all(step.is_visible() for step in page.locator(".step").all())
    page.set_content(page_html(SAMPLES["basic-long"], "back"))
    assert page.get_by_role("img", name="Three waves of equal height").is_visible()
