"""Where Chromium is, and how it is started so that it talks to nobody."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
)  # fmt: skip
LAPTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


class NoBrowser(Exception):
    """There is no Chromium here."""


def executable() -> str | None:
    """The Chromium of the system, or the one that KG_CHROMIUM names; None: that of Playwright, if it has one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("KG_CHROMIUM") or next((found for name in names if (found := shutil.which(name))), None)


@contextmanager
def started() -> Iterator[Browser]:
    """A running browser. Raises NoBrowser, saying what to install."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        except Error as error:
            first = str(error).strip().splitlines()[0]
            raise NoBrowser(f"no Chromium: install it (apt-get install chromium) or set KG_CHROMIUM ({first})") from error
        try:
            yield browser
        finally:
            browser.close()


def address(path: Path, state: str = "") -> str:
    """The address of a page on the disk, in a state such as `lang=en&node=...`."""
    return path.resolve().as_uri() + (f"#{state}" if state else "")


def show(page: Page, path: Path, state: str = "") -> None:
    """Opens a page and waits until it is drawn."""
    page.goto(address(path, state))
    page.wait_for_selector("html[data-ready]")
