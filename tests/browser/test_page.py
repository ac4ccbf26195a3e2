"""What a reader does with the page: looks, clicks, searches, filters, goes back, sends it on, takes it along."""

from __future__ import annotations

import csv
import io
import itertools
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from kg import view
from kg.model import EntityType
from kg.page import layout
from kg.page.network import Article, Claim, Node, Sentence, gather
from tests.browser.chromium import LAPTOP, PHONE
from tests.browser.conftest import Open, Watched

PUTIN, ERDOGAN = "فلاديمير بوتين", "رجب طيب أردوغان"


def search(page: Page, words: str) -> list[str]:
    """The names that a search finds, best first."""
    page.fill("#search", words)
    return [name.strip() for name in page.locator("#found li .grow bdi:first-child").all_inner_texts()]


def open_node(page: Page, words: str) -> None:
    assert search(page, words), words
    page.press("#search", "Enter")
    expect(page.locator("#panel h2")).to_be_visible()


def shown(page: Page) -> tuple[int, int]:
    """How many entities and ties the page says that it shows."""
    numbers = re.findall(r"\d+", page.inner_text("#status").replace(",", ""))
    return int(numbers[0]), int(numbers[2])


def pixel_of(page: Page, name: str) -> tuple[float, float]:
    """Where a node stands on the screen. The page's own functions are closed in; vis-network's are not."""
    data = page.evaluate("JSON.parse(document.getElementById('kg-data').textContent).nodes.map((n) => [n[2], n[3]])")
    number = next(i for i, names in enumerate(data) if name in names)
    at = page.evaluate(
        "(i) => { const p = network.canvasToDOM(network.getPositions([i])[i]), r = document.querySelector('#mynetwork canvas').getBoundingClientRect();"
        " return [p.x + r.left, p.y + r.top]; }",
        number,
    )
    return at[0], at[1]


def click_node(page: Page, name: str, times: int = 1) -> None:
    x, y = pixel_of(page, name)
    page.mouse.click(x, y, click_count=times)


def click_between(page: Page, a: str, b: str) -> None:
    """Clicks on the line between two nodes."""
    (ax, ay), (bx, by) = pixel_of(page, a), pixel_of(page, b)
    page.mouse.click(ax + 0.4 * (bx - ax), ay + 0.4 * (by - ay))


# --- at first sight ---


def test_opens_offline_without_a_request(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    page.wait_for_timeout(300)
    assert [url for url in watched.requests if not url.startswith("data:")] == [corpus.resolve().as_uri()]
    assert shown(page) == (28, 31)


WATCH_NAMES = """window.names_ = []; const fill = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
  const size = parseFloat(/([\\d.]+)px/.exec(this.font)[1]), w = this.measureText(text).width;
  names_.push({ text, left: x - w / 2, right: x + w / 2, top: y - size / 2, bottom: y + size / 2 });
  return fill.call(this, text, x, y); };"""


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_names_do_not_lie_on_one_another_and_the_important_have_theirs(
    opened: Open, corpus: Path, large: Path, size: dict[str, int], language: str
) -> None:
    for path, least in ((corpus, 9), (large, 6)):
        watched = opened(size)
        watched.page.add_init_script(WATCH_NAMES)
        page = watched.show(path, f"lang={language}")
        page.wait_for_timeout(250)
        drawn = page.evaluate("() => { names_.length = 0; network.redraw(); return names_; }")
        raw = page.evaluate("JSON.parse(document.getElementById('kg-data').textContent).nodes.map((n) => n.slice(2, 4))")
        top = [names[0 if language == "ar" else 1] for names in raw[:10]]
        words = [box for box in drawn if not re.fullmatch(r"\d+|[…?!~×]", box["text"])]
        assert len([name for name in top if any(box["text"].startswith(name[:20]) for box in words)]) >= least
        overlaps = [
            (a["text"], b["text"])
            for a, b in itertools.combinations(words, 2)
            if a["left"] < b["right"] and b["left"] < a["right"] and a["top"] < b["bottom"] and b["top"] < a["bottom"]
        ]
        assert overlaps == []
        stage = page.evaluate("[document.getElementById('canvas').clientWidth, document.getElementById('canvas').clientHeight]")
        assert all(box["left"] >= 0 and box["right"] <= stage[0] for box in words)


def test_nothing_moves_by_itself(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    before = page.evaluate("network.getPositions()")
    page.wait_for_timeout(400)
    assert page.evaluate("network.getPositions()") == before


def test_physics_on_demand_and_what_it_did_stays(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    before = page.evaluate("network.getPositions()")
    page.click("#physics")
    page.wait_for_timeout(700)
    page.click("#physics")
    after = page.evaluate("network.getPositions()")
    assert sum(before[i] != after[i] for i in after) > 10
    page.wait_for_timeout(200)
    assert page.evaluate("network.getPositions()") == after


def test_legend_names_every_type_and_kind(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    said = page.inner_text("#filters")
    for word in ("أشخاص", "دول", "منظمات", "جماعات مسلحة", "أماكن", "أحداث", "اتفاقات", "قضايا", "تواصل", "قوة وضغط"):
        assert word in said
    assert page.locator("#filters svg.sign").count() == 8


def test_arrowheads_only_where_a_relation_has_a_direction(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    both = page.evaluate(
        """() => {
          const raw = JSON.parse(document.getElementById('kg-data').textContent), out = [];
          for (const e of edges.get()) {
            const claims = raw.claims.filter((c) => c[6] === 'stated' && [c[0], c[2]].sort().join() === [e.from, e.to].sort().join());
            const way = (from) => claims.some((c) => c[0] === from && !raw.relations[c[1]][4]);
            out.push([e.arrows.to.enabled === way(e.from), e.arrows.from.enabled === way(e.to), way(e.from) || way(e.to)]);
          }
          return out; }"""
    )
    assert len(both) == 31
    assert all(to and back for to, back, _ in both)
    assert {directed for _, _, directed in both} == {True, False}


def test_one_line_for_two_nodes_however_many_relations(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    pairs = page.evaluate("edges.get().map((e) => [e.from, e.to].sort().join())")
    assert len(pairs) == len(set(pairs))


# --- evidence ---


def test_a_click_on_a_node_opens_its_panel(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    click_node(page, PUTIN)
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text(PUTIN)
    expect(panel).to_contain_text("Vladimir Putin")
    expect(panel).to_contain_text("شخص")
    expect(panel.locator("a[href='https://www.wikidata.org/wiki/Q7747']")).to_have_count(1)
    expect(panel.locator(".tie", has_text=ERDOGAN).first).to_be_visible()


def test_a_click_on_an_edge_opens_its_claims_with_everything(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    click_between(page, PUTIN, ERDOGAN)
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_contain_text(PUTIN)
    claim = panel.locator(".claim").first
    expect(claim.locator("mark.subject")).to_be_visible()
    expect(claim.locator("mark.trigger")).to_be_visible()
    expect(claim.locator("mark.object")).to_be_visible()
    text = claim.inner_text()
    assert "2021" in text
    assert re.search(r"الثقة \d+%", text)
    assert "الصيغة: مؤكد" in text
    assert {c.inner_text() for c in panel.locator(".source").all()}


def test_marks_are_the_words_of_the_graph(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    raw = page.evaluate("JSON.parse(document.getElementById('kg-data').textContent)")
    by_span = {}
    for text, subject, trigger, _object in raw["sentences"]:
        by_span[text] = (text[slice(*subject)] if subject else "", text[slice(*trigger)] if trigger else "")
    triggers = {trigger for _, trigger in by_span.values()}
    assert {"التقت", "عقوبات", "حذرت"} <= triggers
    click_between(page, "أنغيلا ميركل", "سيرغي لافروف")
    expect(page.locator("#panel mark.trigger").nth(1)).to_have_text("التقت")


def test_claims_that_are_no_facts_are_off_then_dashed(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    lines = "edges.get().map((e) => [String(e.id)[0], Boolean(e.dashes)])"
    assert {tuple(line) for line in page.evaluate(lines)} == {("s", False)}
    before = shown(page)
    for box in page.locator("#filters fieldset:nth-of-type(3) input").all():
        box.check()
    now = {tuple(line) for line in page.evaluate(lines)}
    assert now == {("s", False), ("d", True)}
    assert shown(page)[1] == before[1], "a claim that is no fact is no tie"


def test_the_panel_says_that_there_are_claims_which_are_no_facts(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    raw = page.evaluate("JSON.parse(document.getElementById('kg-data').textContent)")
    pairs = {}
    for c in raw["claims"]:
        pairs.setdefault(frozenset((c[0], c[2])), set()).add(c[6] == "stated")
    a, b = next(tuple(pair) for pair, kinds in pairs.items() if kinds == {True, False})
    ids = [raw["nodes"][i][0] for i in (a, b)]
    page.goto("about:blank")
    page = watched.show(corpus, f"edge={ids[0]}&edge={ids[1]}")
    count = page.locator("#panel .group").count()
    page.click("#panel .note .link")
    expect(page.locator("#panel .group.unsure")).not_to_have_count(0)
    assert page.locator("#panel .group").count() > count
    expect(page.locator("#panel .group.unsure .tag").first).to_be_visible()


# --- finding ---


SPELLINGS = {
    ERDOGAN: ("أردوغان", "إردوغان", "اردوغان", "أُرْدُوغان", "أردوغـان", "ارودغان", "erdogan", "Erdoğan", "ERDOGAN recep", "erdogn"),
    "إيران": ("ايران", "iran"),
    "ألمانيا": ("المانيا", "Germany"),
    "حركة طالبان": ("طالبان", "الطالبان", "taliban"),
    "منظمة معاهدة الأمن الجماعي": ("منظمه معاهده الامن", "الأمن الجماعى", "collective security"),
    "حلف شمال الأطلسي": ("nato", "الاطلسي شمال"),
    "": ("zzzzzz", "the csto"),
}


def test_search_in_any_spelling(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    found = {words: search(page, words) for spellings in SPELLINGS.values() for words in spellings}
    first = {words: names[0] if names else "" for words, names in found.items()}
    assert first == {words: name for name, spellings in SPELLINGS.items() for words in spellings}


def test_search_opens_what_filters_had_hidden(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus, "xt=Person")
    assert page.locator("#filters input[data-key=tPerson]").is_checked() is False
    open_node(page, "putin")
    expect(page.locator("#panel h2")).to_have_text(PUTIN)
    assert page.evaluate("nodes.length") > 20


def test_filter_by_type(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    before = shown(page)
    page.uncheck("#filters input[data-key=tPerson]")
    after = shown(page)
    assert after[0] < before[0] and after[1] < before[1]
    page.click("#filters [data-key=reset]")
    assert shown(page) == before


def test_filter_by_relation_and_by_kind(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    before = shown(page)
    page.click("#filters [data-key=ucontact]")
    page.uncheck("#filters input[data-key=rmet_with]")
    some = shown(page)
    assert some[1] < before[1]
    assert page.evaluate("document.querySelector('[data-key=kcontact]').indeterminate") is True
    page.uncheck("#filters input[data-key=kforce]")
    assert shown(page)[1] < some[1]


def test_filter_by_outlet_sources_and_confidence(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    before = shown(page)
    outlet = page.locator("#filters label", has_text="صحيفة الميناء").locator("input")
    outlet.uncheck()
    assert shown(page)[1] < before[1]
    page.click("#filters [data-key=reset]")
    page.fill("#f-min", "2")
    two = shown(page)
    assert 0 < two[1] < before[1]
    page.click("#filters [data-key=reset]")
    page.fill("#f-conf", "0.9")
    assert 0 < shown(page)[1] < before[1]
    assert "conf=0.9" in page.evaluate("location.hash")


def test_date_range_with_the_slider(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    before = shown(page)
    low, high = page.get_attribute("#t-from", "min"), page.get_attribute("#t-from", "max")
    page.fill("#t-from", str(int(high or 0) - 10))
    after = shown(page)
    assert 0 < after[1] < before[1]
    page.focus("#t-from")
    page.keyboard.press("Home")
    assert page.input_value("#t-from") == low
    assert shown(page) == before


def test_timeline_counts_claims_by_week(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    assert page.locator("#bars path").count() >= 3
    expect(page.locator("#t-range")).to_contain_text("2021")


def test_neighbourhood_to_a_depth(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    open_node(page, "putin")
    page.click("#panel [data-key=depth1]")
    one = shown(page)[0]
    expect(page.locator("#banner")).to_contain_text(PUTIN)
    page.click("#panel [data-key=depth2]")
    two = shown(page)[0]
    assert 2 < one < two < 28
    page.click("#banner button")
    assert shown(page)[0] == 28


def test_path_between_two(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    open_node(page, "erdogan")
    page.click("#panel [data-key=path]")
    open_node(page, "kabul")
    steps = page.locator("#panel ol.path > li")
    assert steps.count() >= 3
    expect(steps.first).to_contain_text(ERDOGAN)
    expect(steps.last).to_contain_text("كابل")
    assert page.evaluate("location.hash").count("path=") == 2


def test_no_path_is_said(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    open_node(page, "putin")
    page.click("#panel [data-key=path]")
    open_node(page, "سالم الدرويش")
    expect(page.locator("#panel")).to_contain_text("لا طريق")


def test_hide_and_pin(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    before = shown(page)[0]
    open_node(page, "putin")
    page.click("#panel [data-key=hide]")
    assert shown(page)[0] < before
    page.click("#filters [data-key=unhide]")
    assert shown(page)[0] == before
    open_node(page, "putin")
    page.click("#panel [data-key=pin]")
    place = page.evaluate("location.hash")
    assert "pin=" in place
    page.click("#physics")
    page.wait_for_timeout(400)
    page.click("#physics")
    assert page.evaluate("location.hash") == place


def test_a_node_that_is_dragged_stays_where_it_was_put(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    x, y = pixel_of(page, PUTIN)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 30, steps=4)
    page.mouse.up()
    page.uncheck("#filters input[data-key=tPlace]")
    now = pixel_of(page, PUTIN)
    assert abs(now[0] - x - 60) < 3 and abs(now[1] - y - 30) < 3


def test_back_returns_to_where_it_was(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    assert page.is_disabled("#back")
    open_node(page, "putin")
    open_node(page, "erdogan")
    page.click("#back")
    expect(page.locator("#panel h2")).to_have_text(PUTIN)
    page.go_back()
    expect(page.locator("#panel h2")).to_have_text("نظرة عامة")


def still(page: Page) -> None:
    """Waits until the view of the network has come to rest, and the address has been written."""
    moved = "() => { const now = network.getScale() + JSON.stringify(network.getViewPosition()); const same = now === window.seen; window.seen = now; return same; }"
    page.wait_for_function(moved, polling=250)
    page.wait_for_timeout(500)


def test_the_address_shows_a_colleague_the_same(opened: Open, corpus: Path) -> None:
    mine = opened()
    page = mine.show(corpus)
    page.click("#language")
    page.uncheck("#filters input[data-key=tPlace]")
    page.check("#filters input[data-key=cplanned]")
    open_node(page, "putin")
    page.click("#panel [data-key=depth2]")
    page.wait_for_timeout(500)
    still(page)
    other = opened()
    theirs = other.show(corpus, page.evaluate("location.hash.slice(1)"))
    still(theirs)
    for place in ("#status", "#panel", "#filters", "#heading", "#banner"):
        assert theirs.inner_text(place) == page.inner_text(place)
    assert theirs.evaluate("network.getScale()") == pytest.approx(page.evaluate("network.getScale()"), abs=0.02)
    assert mine.errors == other.errors == []


def test_nonsense_in_the_address_is_passed_over(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus, "lang=xx&node=nobody&edge=a&depth=99&n=-4&from=abc&at=1,2&pin=,,&xo=%E0%A4&min=1e9")
    assert shown(page) == (28, 31)


# --- taking it along ---


def saved(page: Page, what: str) -> bytes:
    page.click("#export")
    with page.expect_download() as download:
        page.click(f"[data-export={what}]")
    return Path(download.value.path()).read_bytes()


def test_export_csv_is_what_is_seen(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    whole = list(csv.DictReader(io.StringIO(saved(page, "csv").decode("utf-8-sig"))))
    page.uncheck("#filters input[data-key=kcontact]")
    rows = list(csv.DictReader(io.StringIO(saved(page, "csv").decode("utf-8-sig"))))
    assert 0 < len(rows) < len(whole)
    assert {row["status"] for row in whole} == {"stated"}
    assert "spoke_with" in {row["relation"] for row in whole} - {row["relation"] for row in rows}
    assert all(row["subject_ar"] and row["sentence"] and row["subject_type"] for row in whole)


def test_export_svg_and_png(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    drawing = ElementTree.fromstring(saved(page, "svg").decode("utf-8"))
    texts = [node.text for node in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert PUTIN in texts and "أشخاص" in texts
    assert len(list(drawing.iter("{http://www.w3.org/2000/svg}path"))) > 28 + 31
    assert all(-1 <= float(node.get("x", "0")) <= float(drawing.get("width", "0")) for node in drawing.iter("{http://www.w3.org/2000/svg}text"))
    png = saved(page, "png")
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    stage = page.evaluate("[document.getElementById('canvas').clientWidth, document.getElementById('canvas').clientHeight]")
    size = (int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big"))
    assert size == (2 * stage[0], 2 * (stage[1] + 88))


# --- languages, themes, sizes ---


def test_language_switch_turns_everything(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    arabic = {place: page.inner_text(place) for place in ("#filters", "#panel", "#timeline", "nav", "#heading")}
    page.click("#language")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["en", "ltr"]
    assert page.title() == "Who deals with whom"
    for place, text in arabic.items():
        assert page.inner_text(place) != text
    left = re.sub(r"العربية|صحيفة \S+|موقع \S+|بوابة \S+|وكالة[ \S]+", "", page.inner_text("body"))
    assert not re.search(r"[\u0600-\u06ff]", left), "no Arabic word of the page's own is left"
    open_node(page, "putin")
    expect(page.locator("#panel h2")).to_have_text("Vladimir Putin")
    expect(page.locator("#panel .second")).to_contain_text(PUTIN)


def test_names_run_in_their_own_direction(opened: Open, folder: Path) -> None:
    """Mixed scripts too: the direction is that of the first letter that has one, and what follows keeps to it."""
    names = {"حلف NATO الأطلسي": "rtl", "NATO حلف": "ltr", "12 (قمة) G20": "rtl", "«Wagner» فاغنر": "ltr", "روسيا": "rtl"}
    ids = list(names)
    nodes = [Node(f"topic:{i}", "", EntityType.TOPIC, name, f"Thing {i}") for i, name in enumerate(ids)]
    claims = [
        Claim(str(i), f"topic:{i}", "spoke_with", f"topic:{(i + 1) % len(ids)}", "x", Sentence(name)) for i, name in enumerate(ids)
    ]
    path = view.write(folder / "mixed.html", layout.measure(gather(nodes, claims, [Article("x")])))
    watched = opened()
    watched.page.add_init_script(
        "window.drawn = {}; const fill = CanvasRenderingContext2D.prototype.fillText;"
        "CanvasRenderingContext2D.prototype.fillText = function (text, ...at) { drawn[text] = this.direction; return fill.call(this, text, ...at); };"
    )
    page = watched.show(path)
    page.wait_for_timeout(200)
    drawn = page.evaluate("drawn")
    assert {name: drawn.get(name) for name in names} == names
    directions = page.evaluate("Object.fromEntries([...document.querySelectorAll('#panel .entity bdi')].map((e) => [e.textContent, [e.dir, getComputedStyle(e).direction]]))")
    assert directions == {name: ["auto", direction] for name, direction in names.items()}
    x, y = pixel_of(page, ids[0])
    page.mouse.move(x, y)
    page.mouse.move(x + 1, y)
    expect(page.locator("#tip bdi").first).to_have_css("direction", "rtl")


def test_an_opened_edge_shows_each_relation_and_leads_to_it(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    pair = ("ألمانيا", "روسيا")
    click_between(page, *pair)
    lines = page.evaluate("edges.get().filter((e) => String(e.id)[0] === 'f').map((e) => [e.arrows.to.enabled, Boolean(e.dashes)])")
    assert lines == [[True, False], [True, False]]
    expect(page.locator("#panel .group")).to_have_count(2)
    titles = page.locator("#panel .group h3").all_inner_texts()
    assert {"عقوبات" in title or "حذر" in title for title in titles} == {True}


def test_what_somebody_is_quoted_for(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus, "cl=planned,negated")
    open_node(page, "peskov")
    said = page.locator("#panel section", has_text="على لسانه")
    expect(said.locator(".fact")).to_have_count(2)


def test_sides_change_with_the_direction(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    box = page.locator("#panel").bounding_box()
    assert box and box["x"] == 0
    page.click("#language")
    box = page.locator("#panel").bounding_box()
    assert box and box["x"] > LAPTOP["width"] / 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_theme_follows_the_system_and_the_switch(opened: Open, corpus: Path, scheme: str) -> None:
    page = opened(scheme=scheme).show(corpus)
    paper = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(paper)
    assert (sum(map(int, re.findall(r"\d+", before))) < 200) is (scheme == "dark")
    fill = page.evaluate("nodes.get()[0].color.background")
    page.click("#theme")
    assert page.evaluate(paper) != before
    assert page.evaluate("nodes.get()[0].color.background") != fill


def test_on_a_phone_nothing_runs_over_the_edge(opened: Open, corpus: Path) -> None:
    watched = opened(PHONE, has_touch=True)
    page = watched.show(corpus)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for place in ("#search", "#open-filters", "#export", "#language", "#theme", "#view"):
        box = page.locator(place).bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    expect(page.locator("#filters")).not_to_be_visible()
    page.click("#open-filters")
    expect(page.locator("#filters")).to_be_visible()
    page.keyboard.press("Escape")
    open_node(page, "putin")
    sheet, canvas = page.locator("#panel").bounding_box(), page.locator("#canvas").bounding_box()
    assert sheet and canvas and sheet["y"] > canvas["y"] + 100, "the graph stays in sight above the sheet"
    page.wait_for_timeout(500)
    assert pixel_of(page, PUTIN)[1] < sheet["y"], "and so does what was chosen"
    assert watched.errors == []


def test_table_shows_the_same(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus)
    page.click("#view")
    rows = page.locator("#table tbody tr")
    assert rows.count() > 31
    page.click("#table [data-key=tabentities]")
    assert rows.count() == 28
    page.click("#table [data-key=sortname]")
    names = [row.inner_text().strip() for row in page.locator("#table tbody td:first-child").all()]
    assert names == page.evaluate("(l) => [...l].sort((a, b) => a.localeCompare(b, 'ar'))", names)
    page.click("#table [data-key=tabties]")
    page.locator("#table .fact").first.click()
    expect(page.locator("#panel .claim").first).to_be_visible()


def test_from_the_table_to_the_graph(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus, "view=table")
    expect(page.locator("#canvas")).not_to_be_visible()
    page.locator("#table .entity", has_text=ERDOGAN).first.click()
    page.click("#view")
    page.wait_for_timeout(600)
    x, y = pixel_of(page, ERDOGAN)
    box = page.locator("#canvas").bounding_box()
    assert box and box["x"] < x < box["x"] + box["width"] and box["y"] < y < box["y"] + box["height"]
    assert page.evaluate("network.getScale()") != 1


def test_a_picture_can_be_taken_from_the_table(watched: Watched, corpus: Path) -> None:
    page = watched.show(corpus, "view=table")
    drawing = ElementTree.fromstring(saved(page, "svg").decode("utf-8"))
    assert float(drawing.get("width", "0")) > 300
    assert PUTIN in [node.text for node in drawing.iter("{http://www.w3.org/2000/svg}text")]
