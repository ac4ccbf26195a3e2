"""Pictures of the page, for eyes and for the documentation: python -m tests.browser.screenshots GRAPH OUT

GRAPH is the folder that `kg build -o` has written. Two views are taken on a laptop and on a phone, in light and in dark, a
third one in English; `page.png` is the one that the README shows, finer than the others. What no test can tell is looked
at here: whether names lie on one another, whether the eye finds its way.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page

from kg import view
from kg.page import layout, network, selection
from kg.store import Store
from tests.browser import chromium

SIZES = {"laptop": chromium.LAPTOP, "phone": chromium.PHONE}
THEMES = ("light", "dark")


def _overview(page: Page) -> None:
    """The page as it opens."""


def _evidence(page: Page) -> None:
    """The claims of the first fact of the overview: the one that most sources tell, else the latest."""
    page.evaluate("document.querySelector('#panel .fact').click()")


def _node(page: Page) -> None:
    """The panel of the best connected entity, in English."""
    page.click("#language")
    page.evaluate("document.querySelector('#panel .row .entity').click()")


VIEWS: dict[str, Callable[[Page], None]] = {"overview": _overview, "evidence": _evidence, "node": _node}


def front(browser: Browser, path: Path, out: Path) -> Path:
    """The picture of the README."""
    page = browser.new_page(viewport=chromium.LAPTOP, color_scheme="light", device_scale_factor=1.5, reduced_motion="reduce")
    chromium.show(page, path)
    page.wait_for_timeout(400)
    page.screenshot(path=out / "page.png")
    page.close()
    return out / "page.png"


def take(browser: Browser, path: Path, out: Path) -> list[Path]:
    """All pictures of a page; returns where they are."""
    made = []
    for size, viewport in SIZES.items():
        for theme in THEMES:
            context = browser.new_context(
                viewport=viewport, color_scheme=theme, device_scale_factor=1 if size == "laptop" else 1.5, reduced_motion="reduce"
            )
            context.set_offline(True)
            for name, act in VIEWS.items():
                if name == "node" and (size, theme) != ("laptop", "light"):
                    continue
                page = context.new_page()
                chromium.show(page, path)
                act(page)
                page.wait_for_timeout(300)
                made.append(out / f"{name}-{size}-{theme}.png")
                page.screenshot(path=made[-1])
                page.close()
            context.close()
    return made


def main(graph: Path, out: Path) -> None:
    """Writes the page of a graph to a folder of its own, takes the pictures, and takes the page away again."""
    out.mkdir(parents=True, exist_ok=True)
    with Store.open(graph / "store", read_only=True) as store:
        part, left_out = selection.select(layout.measure(network.read(store)), selection.Selection())
    path = view.write(out / "page.html", part, view.Options(left_out=left_out or None))
    try:
        with chromium.started() as browser:
            made = [front(browser, path, out), *take(browser, path, out)]
    finally:
        path.unlink()
    print(f"{len(made)} pictures in {out}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
