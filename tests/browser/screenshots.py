"""Pictures of the page, for eyes and for the documentation: python -m tests.browser.screenshots GRAPH OUT

GRAPH is the folder that `kg build -o` has written. Each of the views below is taken on a laptop and on a phone, in light
and in dark; `page.png` is the one that the README shows. What cannot be told from a test is looked at here: whether names
lie on one another, whether the eye finds its way.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page

from kg import layout, network, selection, view
from kg.store import Store
from tests.browser import chromium

SIZES = {"laptop": chromium.LAPTOP, "phone": chromium.PHONE}
THEMES = ("light", "dark")
FRONT = "overview-laptop-light.png"


def _overview(page: Page) -> None:
    """The page as it opens."""


def _evidence(page: Page) -> None:
    """The tie that says the most about what happened: the claims of the first fact of the overview."""
    page.evaluate("document.querySelector('#panel .fact').click()")


def _node(page: Page) -> None:
    """The panel of the best connected entity, in English."""
    page.click("#language")
    page.evaluate("document.querySelector('#panel .row .entity').click()")


VIEWS: dict[str, Callable[[Page], None]] = {"overview": _overview, "evidence": _evidence, "node": _node}


def take(browser: Browser, path: Path, out: Path) -> list[Path]:
    """All pictures of a page; returns where they are."""
    made = []
    for size, viewport in SIZES.items():
        for theme in THEMES:
            context = browser.new_context(
                viewport=viewport, color_scheme=theme, device_scale_factor=1.5 if size == "laptop" else 2, reduced_motion="reduce"
            )
            context.set_offline(True)
            for name, act in VIEWS.items():
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
    """Writes the page of a graph to a folder of its own, takes the pictures, keeps the front one as page.png."""
    out.mkdir(parents=True, exist_ok=True)
    with Store.open(graph / "store", read_only=True) as store:
        part, left_out = selection.select(layout.measure(network.read(store)), selection.Selection())
    path = view.write(out / "page.html", part, view.Options(left_out=left_out or None))
    try:
        with chromium.started() as browser:
            made = take(browser, path, out)
    finally:
        path.unlink()
    shutil.copyfile(out / FRONT, out / "page.png")
    print(f"{len(made) + 1} pictures in {out}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
