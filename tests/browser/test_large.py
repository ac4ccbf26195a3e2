"""Two thousand entities, six thousand claims: quick to open, smooth to move, the core first."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.browser.chromium import show
from tests.browser.conftest import Open, Watched
from tests.browser.test_page import open_node, shown

OPEN_WITHIN = 3.0
FRAMES = """() => { window.frames_ = []; let last = performance.now();
  const tick = () => { const now = performance.now(); frames_.push(now - last); last = now; requestAnimationFrame(tick); }; requestAnimationFrame(tick); }"""


def test_opens_in_under_three_seconds(opened: Open, large: Path) -> None:
    taken = []
    for _ in range(3):  # other work on the machine slows a start now and then; the page itself is the same each time
        watched = opened()
        began = time.monotonic()
        show(watched.page, large)
        taken.append(time.monotonic() - began)
        assert watched.errors == []
    assert min(taken) < OPEN_WITHIN, taken


def test_pans_smoothly(watched: Watched, large: Path) -> None:
    page = watched.show(large)
    page.evaluate(FRAMES)
    before = page.evaluate("network.getViewPosition()")
    page.mouse.move(500, 200)
    page.mouse.down()
    page.evaluate("frames_.length = 0")
    for i in range(40):
        page.mouse.move(500 + 3 * i, 200 + 2 * i)
    frames = page.evaluate("frames_")
    page.mouse.up()
    assert page.evaluate("network.getViewPosition()") != before
    frames.sort()
    assert len(frames) >= 5
    assert frames[len(frames) // 2] < 50, "twenty pictures a second at the least"


def test_the_core_first_and_the_rest_when_asked(watched: Watched, large: Path) -> None:
    page = watched.show(large)
    core = shown(page)
    assert 120 <= core[0] <= 180
    assert page.evaluate("nodes.length") == core[0]
    page.click("#more")
    more = shown(page)
    assert more[0] > core[0]
    page.click("#fewer")
    assert shown(page) == core


def test_a_node_opens_its_neighbours(watched: Watched, large: Path) -> None:
    page = watched.show(large)
    before = shown(page)[0]
    open_node(page, "Entity 0")
    page.click("#panel [data-key=expand]")
    assert shown(page)[0] > before + 50


def test_what_lies_outside_the_core_is_found(watched: Watched, large: Path) -> None:
    page = watched.show(large)
    open_node(page, "Entity 1987")
    assert "Entity 1987" in page.inner_text("#panel")
    assert page.locator("#panel .tie").count() >= 1


@pytest.mark.live
def test_the_page_of_the_samples(watched: Watched, samples_graph: Path) -> None:
    """What `kg build` writes: small, whole, quiet, and with something to see."""
    path = samples_graph / "graph.html"
    assert path.stat().st_size < 3_000_000
    page = watched.show(path)
    entities, ties = shown(page)
    assert entities > 50 and ties > 50
    page.locator("#panel .fact").first.click()
    assert page.locator("#panel .claim mark").count() >= 2
    assert [url for url in watched.requests if not url.startswith("data:")] == [path.resolve().as_uri()]
