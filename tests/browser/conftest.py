"""A browser, and pages to open in it: each made once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kg import view
from kg.page import layout, network, selection
from tests import fixtures, networks
from tests.browser import chromium

WAIT = 8_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; where there is none the tests skip, but on CI that is a failure."""
    try:
        with chromium.started() as found:
            yield found
    except chromium.NoBrowser as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pages of this session lie."""
    return tmp_path_factory.mktemp("pages")


def _written(whole: network.Network, path: Path) -> Path:
    part, left_out = selection.select(layout.measure(whole), selection.Selection())
    return view.write(path, part, replace(view.Options(), left_out=left_out))


@pytest.fixture(scope="session")
def corpus(folder: Path) -> Path:
    """The page of the hand-made corpus."""
    return _written(network.read(fixtures.corpus()), folder / "corpus.html")


@pytest.fixture(scope="session")
def large(folder: Path) -> Path:
    """The page of two thousand entities and six thousand claims."""
    return _written(networks.large(), folder / "large.html")


@pytest.fixture(scope="session")
def hostile(folder: Path) -> Path:
    """The page whose every word is an attack."""
    return _written(networks.hostile(), folder / "hostile.html")


class Watched:
    """A page with what went wrong on it, and what it asked the network for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        self.requests: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("dialog", lambda box: (self.errors.append(f"dialog: {box.message}"), box.dismiss()))
        page.on("request", lambda asked: self.requests.append(asked.url))

    def show(self, path: Path, state: str = "") -> Page:
        """Opens a page, with the network off."""
        chromium.show(self.page, path, state)
        return self.page

    @property
    def outward(self) -> list[str]:
        """What was asked for elsewhere than in the page's own file."""
        return [url for url in self.requests if not url.startswith(("file:", "data:", "blob:"))]


Open = Callable[..., Watched]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Makes a page of a size, in light or dark, that has no network."""
    contexts = []

    def make(size: dict[str, int] | None = None, scheme: str = "light", **more: object) -> Watched:
        context = browser.new_context(viewport=size or chromium.LAPTOP, color_scheme=scheme, accept_downloads=True, **more)  # type: ignore[arg-type]
        context.set_default_timeout(WAIT)
        context.set_offline(True)
        contexts.append(context)
        return Watched(context.new_page())

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def watched(opened: Open) -> Iterator[Watched]:
    """A laptop's page; at the end nothing may have gone wrong and nothing may have been asked for."""
    page = opened()
    yield page
    assert page.errors == []
    assert page.outward == []
