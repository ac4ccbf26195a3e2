"""A network -> one HTML page that needs nothing else. The only importer of pyvis.

    render(network, options) -> str
    write(path, network, options) -> Path

pyvis makes the drawing: its nodes, edges and options, and vis-network itself, come out of `generate_html`. From that
page the scripts are taken, the links to other servers are not; the rest of the page is in kg/data/page. Scripts run only
when their hash stands in the Content-Security-Policy, so nothing that an article says can ever run.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from pyvis.network import Network as Drawing  # noqa: TID251 - this is its one module

from kg import files
from kg.arabic import MARKS, fold_word
from kg.errors import InputError, OutputError
from kg.model import EntityType, Modality, Polarity, Span
from kg.page.layout import Position, place
from kg.page.network import Claim, Network, Node, Sentence
from kg.page.selection import LeftOut

PAGE = files.DATA / "page"
# In the order in which they stand in the page; each uses only what stands above it, but for calls at run time.
SCRIPTS = (
    "words", "fold", "data", "state", "dom", "filter", "graph", "labels", "panel", "evidence", "search", "controls",
    "timeline", "table", "export", "main",
)  # fmt: skip
_CONTROLS = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f]")
_SCRIPT = re.compile(r"<script(?P<head>[^>]*)>(?P<body>.*?)</script>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Options:
    """How a page starts. `core` is the number of entities that are drawn before the reader asks for more."""

    title_ar: str = "مَن يتعامل مع مَن"
    title_en: str = "Who deals with whom"
    language: str = "ar"
    theme: str = "auto"
    core: int = 180
    left_out: LeftOut | None = None


def write(path: Path, network: Network, options: Options | None = None) -> Path:
    """Writes the page to `path`. Raises InputError for a network without claims, OutputError for a bad place."""
    text = render(network, options)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}; choose another -o") from error
    return path


def render(network: Network, options: Options | None = None) -> str:
    """The page of a measured network (see kg.page.layout.measure). Raises InputError when it has no claims."""
    options = options or Options()
    if not network.edges:
        raise InputError("there is nothing to draw: the graph has no claims; build it from articles first")
    theme = json.loads(_asset("theme.json"))
    spots = place(network)
    scripts = [*_drawing(network, spots, theme, options), _bundle()]
    return Template(_asset("page.html")).substitute(
        csp=_policy(scripts),
        title=html.escape(_clean(options.title_ar)),
        styles=_colours(theme) + _asset("page.css"),
        graph='<div id="mynetwork"></div>',
        data=_safe_json(_payload(network, spots, theme, options)),
        scripts="\n".join(f"<script>{script}</script>" for script in scripts),
    )


@cache
def _asset(name: str) -> str:
    return (PAGE / name).read_text(encoding="utf-8")


def _bundle() -> str:
    parts = "\n".join(_asset(f"{name}.js") for name in SCRIPTS)
    return f'(function () {{\n"use strict";\n{parts}\n}})();\n'


def _policy(scripts: Iterable[str]) -> str:
    """Nothing is fetched; of scripts only these run. Styles may be set by scripts (vis-network does)."""
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:;"
        " base-uri 'none'; form-action 'none'"
    )


def _colours(theme: Mapping[str, Any]) -> str:
    """The colours of the theme as CSS variables, for light and for dark."""

    def block(mode: str) -> str:
        named = [(f"--t-{n}", v[mode]) for n, v in theme["types"].items()]
        named += [(f"--k-{n}", v[mode]) for n, v in theme["kinds"].items()]
        return "".join(f"{name}:{value};" for name, value in named)

    dark = block("dark")
    return (
        f":root{{{block('light')}}}\n:root[data-theme=dark]{{{dark}}}\n"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n"
    )


def _drawing(
    network: Network, spots: Mapping[str, Position], theme: Mapping[str, Any], options: Options
) -> list[str]:
    """The scripts of pyvis's page: vis-network and the core of the graph. Ids are numbers, texts come later."""
    drawing = Drawing(height="100%", width="100%", cdn_resources="in_line")
    drawing.set_options(_asset("vis.json"))
    numbers = {node.id: number for number, node in enumerate(network.nodes[: options.core])}
    for node in network.nodes[: options.core]:
        x, y = spots[node.id]
        look = theme["types"][node.type.value]
        shape = "dot" if look["shape"] == "ring" else look["shape"]
        drawing.add_node(
            numbers[node.id], label=" ", shape=shape, color=look["light"], x=x, y=y, size=round(size(node), 1)
        )
    kinds = {label.name: label.kind for label in network.relations}
    stated = {(c.subject, c.object): kinds[c.relation] for c in network.claims if c.stated}
    for edge in network.edges:
        kind = stated.get((edge.a, edge.b)) or stated.get((edge.b, edge.a))
        if kind and edge.a in numbers and edge.b in numbers:
            drawing.add_edge(numbers[edge.a], numbers[edge.b], color=theme["kinds"][kind]["light"])
    return _scripts(drawing.generate_html())


def size(node: Node) -> float:
    """The radius of a node, before the page has fitted it to the screen."""
    return 5 + 14 * node.importance


def _scripts(page: str) -> list[str]:
    """The inline scripts of a page; those that another server would send are left out."""
    return [m["body"] for m in _SCRIPT.finditer(page) if "src=" not in m["head"] and m["body"].strip()]


def _clean(text: str) -> str:
    """Text without the invisible characters that turn the words around it about."""
    return _CONTROLS.sub("", text)


def _safe_json(value: object) -> str:
    """JSON that cannot end the element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


class _Numbers:
    """Gives out a number for each distinct value, in the order in which they come."""

    def __init__(self) -> None:
        self.of: dict[Any, int] = {}

    def __call__(self, value: Any) -> int:
        return self.of.setdefault(value, len(self.of))


def status(claim: Claim) -> str:
    """How a claim is shown: `stated` is an edge; the others are drawn apart.

    >>> from dataclasses import replace
    >>> claim = Claim("1", "a", "met_with", "b", "x", Sentence(""))
    >>> status(claim), status(replace(claim, stated=False, polarity=Polarity.NEGATIVE))
    ('stated', 'negated')
    """
    if claim.stated:
        return "stated"
    if claim.polarity is Polarity.NEGATIVE:
        return "negated"
    return "weak" if claim.modality is Modality.ASSERTED else claim.modality.value.lower()


def _payload(
    network: Network, spots: Mapping[str, Position], theme: Mapping[str, Any], options: Options
) -> dict[str, Any]:
    """All that the page knows, numbered instead of named so that it stays small. kg/data/page/data.js reads it."""
    number = {node.id: i for i, node in enumerate(network.nodes)}
    relation = {label.name: i for i, label in enumerate(network.relations)}
    sentences, outlets, sources = _Numbers(), _Numbers(), _Numbers()
    article = {a.id: i for i, a in enumerate(network.articles)}
    claims = [
        [
            number[c.subject], relation[c.relation], number[c.object], article[c.article], sentences(c.sentence),
            str(c.date or ""), status(c), c.confidence, sources(c.source), number.get(c.attributed, -1),
            _clean(c.source_text), _clean(c.time), _clean(c.position), int(c.former),
        ]
        for c in network.claims
    ]  # fmt: skip
    articles = [
        [_clean(a.title or a.id), str(a.published or ""), outlets(_clean(a.outlet)), _clean(a.wire), _link(a.url)]
        for a in network.articles
    ]
    out = options.left_out
    return {
        "title": {"ar": _clean(options.title_ar), "en": _clean(options.title_en)},
        "language": options.language,
        "theme": options.theme,
        "core": options.core,
        "leftOut": [out.nodes, out.edges, out.claims] if out else [0, 0, 0],
        "look": theme,
        "fold": {"marks": MARKS.pattern, "letters": _letters()},
        "types": [t.value for t in EntityType],
        "relations": [[r.name, r.ar, r.en, r.kind, int(r.symmetric)] for r in network.relations],
        "nodes": [_node(node, spots[node.id], number) for node in network.nodes],
        "outlets": list(outlets.of),
        "articles": articles,
        "sentences": [_sentence(sentence) for sentence in sentences.of],
        "claims": claims,
    }


def _node(node: Node, spot: Position, number: Mapping[str, int]) -> list[Any]:
    names = sorted({_clean(name) for name in node.names} - {node.ar})
    posts = [[_clean(p.title), p.relation, number.get(p.of, -1), int(p.former)] for p in node.posts]
    return [
        node.id, list(EntityType).index(node.type), _clean(node.ar), _clean(node.en), int(node.transliterated), names,
        node.wikidata if re.fullmatch(r"Q\d+", node.wikidata) else "", posts, node.importance, node.community,
        *spot,
    ]  # fmt: skip


def _link(url: str) -> str:
    return url if url.startswith(("https://", "http://")) else ""


def _sentence(sentence: Sentence) -> list[Any]:
    """The text and its spans in UTF-16 units, as JavaScript counts, of the text without invisible marks."""
    parts = (sentence.subject, sentence.trigger, sentence.object)
    return [_clean(sentence.text), *(_units(sentence.text, span) for span in parts)]


def _units(text: str, span: Span | None) -> list[int]:
    if span is None:
        return []
    return [len(_clean(text[:at]).encode("utf-16-le", "replace")) // 2 for at in (span.start, span.end)]


@cache
def _letters() -> dict[str, str]:
    """The single letters that folding changes, so that the page folds as kg.arabic does."""
    letters = (chr(code) for code in range(0x0621, 0x0700))
    pairs = ((letter, fold_word(letter)) for letter in letters)
    return {a: b for a, b in pairs if b and b != unicodedata.normalize("NFKC", a)}
