"""Names and sentences come from the web: nothing in them runs, and nothing in them breaks the page."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched
from tests.browser.test_page import click_node, saved, shown
from tests.networks import HOSTILE


@pytest.mark.parametrize("language", ["ar", "en"])
def test_hostile_words_never_run_nor_break(watched: Watched, hostile: Path, language: str) -> None:
    page = watched.show(hostile, f"lang={language}&cl=negated")
    assert shown(page)[0] == len(HOSTILE)
    for i in range(len(HOSTILE)):
        page.locator("#panel .entity, #panel .row .entity").nth(i).click()
        page.locator("#panel .tie").first.click()
        expect(page.locator("#panel blockquote").first).to_be_visible()
        page.mouse.move(600, 300)
        page.click("#panel [data-key=close]")
    page.click("#view")
    page.click("#view")
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("document.querySelectorAll('img, iframe, object, embed, link, base, form').length") == 0
    assert page.evaluate("[...document.links].filter((a) => !/^https?:$/.test(a.protocol)).length") == 0
    assert page.evaluate("[...document.querySelectorAll('*')].flatMap((e) => [...e.attributes]).filter((a) => /^on/.test(a.name)).length") == 0


def test_hostile_words_are_shown_as_they_are(watched: Watched, hostile: Path) -> None:
    page = watched.show(hostile)
    text = page.inner_text("#panel")
    assert HOSTILE[0] in text
    assert HOSTILE[1] in text
    assert "\\u003c&lt;b&gt;" in text, "neither escapes nor entities are read"


def test_bidi_marks_turn_nothing_about(watched: Watched, hostile: Path) -> None:
    page = watched.show(hostile)
    marks = "/[\\u202a-\\u202e\\u2066-\\u2069]/.test(document.body.innerText)"
    assert page.evaluate(marks) is False
    click_node(page, "معكوس نص href=javascript:window.pwned=1")
    assert "معكوس" in page.inner_text("#panel h2")
    assert page.evaluate(marks) is False
    assert page.evaluate("[...document.querySelectorAll('#panel bdi')].length") > 6


def test_state_in_the_address_cannot_inject(watched: Watched, hostile: Path) -> None:
    page = watched.show(hostile, "node=%3Cimg%20src%3Dx%20onerror%3D%22window.pwned%3D1%22%3E&xr=%3Cscript%3E&cl=%22%3E%3Cscript%3E&theme=%22onload%3D")
    assert page.evaluate("window.pwned") is None
    assert shown(page)[0] == len(HOSTILE)


def test_exports_are_safe(watched: Watched, hostile: Path) -> None:
    page = watched.show(hostile, "cl=negated")
    rows = list(csv.reader(io.StringIO(saved(page, "csv").decode("utf-8-sig"))))
    assert len({len(row) for row in rows}) == 1
    cells = [cell for row in rows[1:] for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not any(cell.lstrip().startswith(("=", "+", "@")) for cell in cells)
    drawing = ElementTree.fromstring(saved(page, "svg").decode("utf-8"))
    tags = {element.tag.rpartition("}")[2] for element in drawing.iter()}
    assert tags == {"svg", "rect", "clipPath", "g", "path", "text"}


def test_a_script_that_is_not_the_pages_own_does_not_run(watched: Watched, hostile: Path) -> None:
    page = watched.show(hostile)
    page.evaluate("() => { const s = document.createElement('script'); s.textContent = 'window.foreign = 1'; document.body.append(s); }")
    assert page.evaluate("window.foreign") is None
    refused = page.evaluate("fetch('https://example.org/').then(() => 'sent', () => 'refused')")
    assert refused == "refused"
    assert watched.outward == []
    watched.errors.clear()  # the browser tells of both refusals
