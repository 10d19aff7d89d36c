"""Headless Chromium for the tests in this folder, and a page that tells of every error and every request."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
HERE = Path(__file__).parent
# Away from home: without these Chromium asks its makers for updates.
QUIET = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync"]  # fmt: skip


def _missing() -> str | None:
    if CHROMIUM is None:
        return "Chromium is not installed"
    try:
        import axe_playwright_python  # noqa: F401, PLC0415
        import playwright  # noqa: F401, PLC0415
    except ImportError as error:
        return f"{error.name} is not installed"
    return None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    reason = _missing()
    if reason is None or os.environ.get("CI"):
        return
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=f"browser tests: {reason}"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if (reason := _missing()) is not None:
        pytest.fail(f"browser tests must run in CI, but {reason}")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        sandbox = [] if os.getuid() else ["--no-sandbox"]
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *sandbox])
        yield launched
        launched.close()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Make contexts; at the end none of their pages may have logged an error or asked the network."""
    faults: list[str] = []
    contexts: list[BrowserContext] = []

    def make(**settings: object) -> BrowserContext:
        context = browser.new_context(**settings)
        context.on("console", lambda message: faults.append(f"console: {message.text}"))
        context.on("weberror", lambda error: faults.append(f"script: {error.error}"))
        context.on("requestfailed", lambda request: faults.append(f"network: {request.url}"))
        contexts.append(context)
        # Registered first, so it answers only what no test answers itself.
        context.route("**/*", lambda route: route.abort())
        return context

    yield make
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context(viewport={"width": 390, "height": 800}, has_touch=True).new_page()
