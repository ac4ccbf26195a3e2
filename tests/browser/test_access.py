"""Keyboard, screen reader, contrast."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import PHONE
from tests.browser.conftest import Open, Watched
from tests.browser.test_page import PUTIN, open_node

# Everything that shows text, with its colour and the first opaque background behind it.
CONTRASTS = """() => {
  const rgb = (c) => { const m = c.match(/[\\d.]+/g).map(Number); return c.startsWith('color(') ? [...m.slice(0, 3).map((v) => v * 255), m[3] ?? 1] : [m[0], m[1], m[2], m[3] ?? 1]; };
  const light = (c) => { const [r, g, b] = c.slice(0, 3).map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = (e) => { for (let at = e; at; at = at.parentElement) { const c = rgb(getComputedStyle(at).backgroundColor); if (c[3] > 0.8) return c; } return [255, 255, 255, 1]; };
  const out = [];
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || !e.checkVisibility({ checkVisibilityCSS: true }) || e.closest('.hidden, script, noscript, :disabled, .skip')) continue;
    const a = light(rgb(getComputedStyle(e).color)), b = light(behind(e));
    out.push([(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.tagName + '.' + e.className + ': ' + e.textContent.slice(0, 30)]);
  }
  return out; }"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast_aa(opened: Open, corpus: Path, scheme: str) -> None:
    page = opened(scheme=scheme).show(corpus, "lang=en")
    states = []
    states.append(page.evaluate(CONTRASTS))
    open_node(page, "putin")
    states.append(page.evaluate(CONTRASTS))
    page.locator("#panel .tie").first.click()
    states.append(page.evaluate(CONTRASTS))
    page.click("#view")
    states.append(page.evaluate(CONTRASTS))
    for found in states:
        assert len(found) > 40
        assert [text for ratio, text in found if ratio < 4.5] == []


def test_graph_by_keyboard(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    page.focus("#canvas")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(250)
    first = page.inner_text("#live")
    assert first
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(250)
    assert page.inner_text("#live") not in {"", first}
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).not_to_have_text("نظرة عامة")
    assert page.evaluate("document.activeElement.id") == "panel"
    page.keyboard.press("Escape")
    expect(page.locator("#panel h2")).to_have_text("نظرة عامة")
    assert page.evaluate("document.activeElement.id") == "canvas"
    before = page.evaluate("network.getScale()")
    page.keyboard.press("+")
    page.wait_for_timeout(500)
    assert page.evaluate("network.getScale()") > before


def test_search_by_keyboard(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("ir")
    assert page.get_attribute("#search", "aria-expanded") == "true"
    first = page.get_attribute("#search", "aria-activedescendant")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#search", "aria-activedescendant") != first
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).not_to_have_text("نظرة عامة")


def test_all_controls_are_reached_with_tab_and_have_names(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    open_node(page, "putin")
    wanted = page.evaluate(
        "[...document.querySelectorAll('button, input, a[href], summary, [tabindex=\"0\"]')].filter((e) => e.checkVisibility({ checkVisibilityCSS: true }) && !e.disabled).length"
    )
    page.evaluate("document.activeElement.blur()")
    seen: list[str] = []
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("(() => { const e = document.activeElement; e.dataset.seen = 1; return e.outerHTML.slice(0, 80); })()"))
    missed = page.evaluate(
        "[...document.querySelectorAll('button, input, a[href], summary, [tabindex=\"0\"]')].filter((e) => e.checkVisibility({ checkVisibilityCSS: true }) && !e.disabled && !e.dataset.seen).map((e) => e.outerHTML.slice(0, 90))"
    )
    assert missed == []
    nameless = page.evaluate(
        "[...document.querySelectorAll('button, input, a[href]')].filter((e) => e.checkVisibility({ checkVisibilityCSS: true }) && !(e.getAttribute('aria-label') || e.textContent.trim() || (e.labels && e.labels.length && e.labels[0].textContent.trim()))).map((e) => e.outerHTML.slice(0, 90))"
    )
    assert nameless == []


def test_focus_is_seen(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_focus_stays_when_the_sides_are_drawn_anew(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    page.focus("#filters input[data-key=tPlace]")
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.dataset.key") == "tPlace"
    assert page.is_checked("#filters input[data-key=tPlace]") is False


def test_landmarks_for_screen_readers(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus, "lang=en")
    tree = page.locator("body").aria_snapshot()
    for part in ("banner", "main", "search", "navigation", "heading \"Who deals with whom\"", "combobox", "complementary", "group \"Timeline\"", "application"):
        assert part in tree, part


def test_path_by_keyboard_alone(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    page.keyboard.press("/")
    page.keyboard.type("putin")
    page.keyboard.press("Enter")
    page.focus("#panel [data-key=path]")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("kabul")
    page.keyboard.press("Enter")
    expect(page.locator("#panel ol.path")).to_contain_text(PUTIN)


def test_sheets_on_a_phone_by_keyboard(opened: Open, corpus: Path) -> None:
    page = opened(PHONE).show(corpus)
    page.focus("#peek")
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).not_to_be_visible()
