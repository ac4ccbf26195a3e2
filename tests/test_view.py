"""The page as a file: whole, closed, small, safe, readable; and the command that writes it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kg import view
from kg.arabic import fold
from kg.cli import app
from kg.errors import InputError, OutputError, QueryError
from kg.model import EntityType, Modality, Polarity, Span
from kg.page import layout, selection
from kg.page.network import Claim, Network, Sentence, gather, read
from kg.vocab import RELATIONS
from tests import fixtures, networks


@pytest.fixture(scope="module")
def corpus() -> Network:
    return layout.measure(read(fixtures.corpus()))


@pytest.fixture(scope="module")
def page(corpus: Network) -> str:
    return view.render(corpus)


@pytest.fixture(scope="module")
def hostile() -> str:
    return view.render(layout.measure(networks.hostile()))


class Elements(HTMLParser):
    """The elements of a page with their attributes and texts, as a browser takes them apart."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._open = tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self._open, data))

    def handle_endtag(self, tag: str) -> None:
        self._open = ""


def payload(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="kg-data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])  # type: ignore[no-any-return]


# --- whole and closed ---


def test_starts_as_arabic_from_right_to_left(page: str) -> None:
    assert page.startswith('<!doctype html>\n<html lang="ar" dir="rtl">')


def test_nothing_is_fetched(page: str) -> None:
    for tag, attributes in Elements(page).found:
        assert tag not in {"link", "iframe", "img", "object", "embed", "base", "form"}
        assert not {"src", "href", "action", "srcset"} & set(attributes), (tag, attributes)
    assert "@import" not in page and "url(http" not in page


def test_scripts_are_those_whose_hash_the_policy_names(page: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy and "default-src 'none'" in policy[1] and "unsafe-eval" not in policy[1]
    script_part = next(part for part in policy[1].split(";") if "script-src" in part)
    assert "unsafe-inline" not in script_part
    allowed = set(re.findall(r"'sha256-([^']+)'", script_part))
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = {base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts}
    assert len(scripts) >= 3 and digests == allowed


def test_pyvis_drew_it(page: str) -> None:
    assert "vis-network" in page and "new vis.Network(container, data, options)" in page
    assert "cdn.jsdelivr" not in page and "cdnjs" not in page and "bootstrap" not in page


def test_two_runs_write_the_same(corpus: Network, page: str) -> None:
    assert view.render(layout.measure(read(fixtures.corpus()))) == page


def test_size(page: str) -> None:
    assert len(page.encode()) < 1_000_000
    large = view.render(layout.measure(networks.large()))
    assert len(large.encode()) < 3_000_000


# --- what is in it ---


def test_all_claims_with_their_evidence(corpus: Network, page: str) -> None:
    data = payload(page)
    assert len(data["claims"]) == len(corpus.claims)
    assert {data["relations"][claim[1]][0] for claim in data["claims"]} == {c.relation for c in corpus.claims}
    assert sum(claim[6] == "stated" for claim in data["claims"]) == sum(c.stated for c in corpus.claims)
    call = next(c for c in corpus.claims if c.article == "call-1" and c.relation == "spoke_with")
    sent = next(s for s in data["sentences"] if s[0] == call.sentence.text and s[2] == [call.sentence.trigger.start, call.sentence.trigger.end])  # type: ignore[union-attr]
    assert {sent[0][slice(*sent[1])], sent[0][slice(*sent[3])]} == {"فلاديمير بوتين", "رجب طيب أردوغان"}


def test_spans_count_as_javascript_does_after_marks_are_gone() -> None:
    text = "\u202eقال 𐤀𐤁 بوتين"
    start = text.index("بوتين")
    sentence = Sentence(text, Span(start, start + 5))
    clean, subject, *_ = view._sentence(sentence)
    units = clean.encode("utf-16-le")
    assert units[2 * subject[0] : 2 * subject[1]].decode("utf-16-le") == "بوتين"
    assert "\u202e" not in clean


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({}, "stated"),
        ({"stated": False}, "weak"),
        ({"stated": False, "polarity": Polarity.NEGATIVE}, "negated"),
        ({"stated": False, "modality": Modality.PLANNED}, "planned"),
        ({"stated": False, "modality": Modality.DENIED}, "denied"),
        ({"stated": False, "modality": Modality.REPORTED}, "reported"),
        ({"stated": False, "modality": Modality.HYPOTHETICAL}, "hypothetical"),
        ({"stated": False, "modality": Modality.REQUESTED}, "requested"),
    ],
)
def test_status_of_a_claim(more: dict[str, Any], status: str) -> None:
    claim = replace(Claim("1", "a", "met_with", "b", "x", Sentence("")), **more)
    assert view.status(claim) == status


def test_theme_names_every_type_kind_and_status() -> None:
    theme = json.loads(view._asset("theme.json"))
    assert set(theme["types"]) == {t.value for t in EntityType}
    assert set(theme["kinds"]) == {r.kind for r in RELATIONS.values()}
    assert set(theme["statuses"]) == {m.value.lower() for m in Modality if m is not Modality.ASSERTED} | {"negated", "weak"}
    shapes = [look["shape"] for look in theme["types"].values()]
    assert len(shapes) == len(set(shapes)), "types differ by shape, not by colour alone"


def test_letters_fold_in_the_page_as_in_the_package(page: str) -> None:
    """The page's folding, done here with the page's own table, is that of kg.arabic."""
    rules = payload(page)["fold"]
    for name in ("إردوغان", "مُصطفى", "الأمن الجماعى", "گورباتشوف", "شـــيخ", "مؤتمر ١٢", "هيئة", "ﻻعب", "Al-Qāʿida"):
        plain = re.sub(rules["marks"], "", __import__("unicodedata").normalize("NFKC", name))
        letters = "".join(rules["letters"].get(c, c) for c in plain).lower()
        assert " ".join(re.findall(r"[^\W_]+", letters)) == fold(name)


def test_what_is_left_out_is_told(corpus: Network) -> None:
    part, out = selection.select(corpus, selection.Selection(top=8))
    assert payload(view.render(part, view.Options(left_out=out)))["leftOut"] == [out.nodes, out.edges, out.claims]


def test_words_are_there_in_both_languages() -> None:
    """Every word that a script or the page asks for is in words.js, twice; and no word is there for nothing."""
    words = view._asset("words.js")
    scripts = "".join(view._asset(f"{name}.js") for name in view.SCRIPTS) + view._asset("page.html")
    defined = set(re.findall(r"^  (\w+): \[", words, re.MULTILINE))
    asked = set(re.findall(r"say\(\"(\w+)\"", scripts)) | set(re.findall(r"data-t(?:-\w+)?=\"(\w+)\"", scripts))
    assert asked <= defined, asked - defined
    assert [name for name in defined if f'"{name}"' not in scripts.replace(words, "") and not name.startswith("type")] == []
    both = re.findall(r"^  (\w+): \[\s*\"([^\"]*)\",\s*\"([^\"]*)\",?\s*\],$", words, re.MULTILINE)
    assert len(both) > 90
    for _, ar, en in both:
        assert re.search("[\u0600-\u06ff]", ar), ar
        assert not re.search("[\u0600-\u06ff]", en), en


# --- safe ---


def test_hostile_words_stay_in_the_data(hostile: str) -> None:
    elements = Elements(hostile)
    scripts = [a for tag, a in elements.found if tag == "script"]
    tame = Elements(view.render(layout.measure(read(fixtures.corpus()))))
    assert scripts == [a for tag, a in tame.found if tag == "script"]
    assert not [tag for tag, _ in elements.found if tag == "img"]
    assert not [a for _, attributes in elements.found for a in attributes if a.startswith("on")]
    assert "window.pwned" not in "".join(text for tag, text in elements.texts if tag != "script")


def test_data_cannot_end_its_element(hostile: str) -> None:
    block = re.search(r'id="kg-data">(.*?)</script>', hostile, re.DOTALL)
    assert block and not set("<>&\u2028\u2029") & set(block[1])
    assert payload(hostile)["nodes"][0][2] in networks.HOSTILE


def test_titles_are_escaped(corpus: Network) -> None:
    page = view.render(corpus, view.Options(title_ar="</title><script>alert(1)</script>", title_en="$csp"))
    assert "<script>alert(1)" not in page
    assert "&lt;/title&gt;" in page


def test_links_are_http_or_nothing(hostile: str) -> None:
    assert {article[4] for article in payload(hostile)["articles"]} == {""}
    assert {node[6] for node in payload(hostile)["nodes"]} == {""}


def test_unpaired_surrogates_can_be_written(corpus: Network, tmp_path: Path) -> None:
    nodes = (replace(corpus.nodes[0], ar="\ud800 اسم"), *corpus.nodes[1:])
    path = view.write(tmp_path / "deep" / "page.html", replace(corpus, nodes=nodes))
    assert "اسم" in path.read_text(encoding="utf-8")


# --- contrast ---


def _variables(mode: str) -> dict[str, str]:
    css = view._asset("page.css")
    light = re.search(r":root \{(.*?)\}", css, re.DOTALL)
    dark = re.search(r":root\[data-theme=dark\] \{(.*?)\}", css, re.DOTALL)
    assert light and dark
    block = light[1] if mode == "light" else dark[1]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))


def _contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_rightly() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_colours_have_contrast_aa(mode: str) -> None:
    colours = _variables(mode)
    for ground in ("paper", "side", "hover"):
        for ink in ("ink", "quiet", "accent"):
            assert _contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    for mark in ("mark-s", "mark-t", "mark-o"):
        assert _contrast(colours["mark-ink"], colours[mark]) >= 4.5, mark
    assert _contrast(colours["accent-ink"], colours["accent"]) >= 4.5
    theme = json.loads(view._asset("theme.json"))
    for group, least in (("types", 3.0), ("kinds", 4.5)):  # the names on opened edges have the colour of their kind
        for name, look in theme[group].items():
            for ground in ("paper", "side"):
                assert _contrast(look[mode], colours[ground]) >= least, (name, ground)


# --- mistakes ---


def test_nothing_to_draw() -> None:
    with pytest.raises(InputError, match="nothing to draw"):
        view.render(gather([], [], []))


def test_a_bad_place_is_one_clear_line(corpus: Network, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="choose another -o"):
        view.write(tmp_path / "file" / "page.html", corpus)


# --- kg view ---


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph")
    with fixtures.corpus(folder / "store"):
        pass
    return folder


def kg(*words: object) -> str:
    result = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_command_writes_the_whole_and_says_where(graph: Path) -> None:
    said = kg("view", "--graph", graph)
    assert said.startswith(f"wrote {graph / 'view.html'}: 30 entities, 38 pairs, 46 claims")
    assert "left out" not in said
    assert payload((graph / "view.html").read_text(encoding="utf-8"))["language"] == "ar"


def test_command_chooses_and_says_what_is_left_out(graph: Path, tmp_path: Path) -> None:
    out = tmp_path / "part.html"
    said = kg("view", "-g", graph, "-o", out, "--entity", "بوتين", "--entity", "Merkel", "--since", "2021", "--language", "en")
    assert "left out" in said
    data = payload(out.read_text(encoding="utf-8"))
    assert data["language"] == "en"
    names = {node[3] for node in data["nodes"]}
    assert {"Vladimir Putin", "Angela Merkel"} <= names and "NATO" not in names


def test_command_with_every_other_choice(graph: Path, tmp_path: Path) -> None:
    out = tmp_path / "part.html"
    kg("view", "-g", graph, "-o", out, "--relation", "spoke_with", "--until", "2021", "--top", 4, "--depth", 1, "--community", "putin", "--title", "العنوان")
    data = payload(out.read_text(encoding="utf-8"))
    assert {relation[0] for relation in data["relations"]} == {"spoke_with"}
    assert data["title"]["ar"] == "العنوان"


@pytest.mark.parametrize(
    ("words", "told"),
    [(("--entity", "xyzxyz"), "no entity"), (("--since", "soon"), "--since"), (("--language", "fr"), "--language"), (("--until", "2021-15"), "--until")],
)
def test_command_mistakes(graph: Path, words: tuple[str, ...], told: str) -> None:
    with pytest.raises((InputError, QueryError), match=told):
        kg("view", "-g", graph, *words)
