"""Networks made for tests: a large one, and one whose every word tries to break the page."""

from __future__ import annotations

import datetime as dt
import random

from kg.model import EntityType, Modality, Polarity, Span
from kg.page.network import Article, Claim, Network, Node, Post, Sentence, gather
from kg.vocab import RELATIONS

_FIRST = ["سالم", "نادر", "ليلى", "هالة", "كريم", "مروان", "سعاد", "رامي", "فارس", "جميل"]
_LAST = ["الدرويش", "الحداد", "النجار", "البيطار", "الصباغ", "العطار", "الخياط", "السمان"]


def large(nodes: int = 2000, edges: int = 6000, seed: int = 1) -> Network:
    """A network with hubs, as news have them: a few that everybody deals with, many that are named once."""
    dice = random.Random(seed)
    types = list(EntityType)
    made = [
        Node(
            f"person:{i}", f"https://example.org/e/{i}", dice.choice(types[:5]),
            f"{dice.choice(_FIRST)} {dice.choice(_LAST)} {i}", f"Entity {i}", names=(f"اسم {i}",),
        )
        for i in range(nodes)
    ]  # fmt: skip
    articles = [
        Article(f"a{i}", f"عنوان المقال {i}", dt.date(2020, 1, 1) + dt.timedelta(i), f"صحيفة {i % 9}")
        for i in range(700)
    ]
    claims = [_claim(i, dice, made, articles) for i in range(edges)]
    return gather(made, claims, articles)


def _claim(i: int, dice: random.Random, nodes: list[Node], articles: list[Article]) -> Claim:
    a = nodes[int(len(nodes) * dice.random() ** 3)]
    b = nodes[i % len(nodes)] if nodes[i % len(nodes)] is not a else nodes[(i + 1) % len(nodes)]
    article = articles[i % len(articles)]
    text = f"التقى {a.ar} نظيره {b.ar} وبحثا الأوضاع في المنطقة بحسب ما نقلته الصحيفة."
    asserted = i % 11 != 0
    return Claim(
        f"c{i}", a.id, dice.choice(sorted(RELATIONS)), b.id, article.id,
        Sentence(text, Span(6, 6 + len(a.ar)), Span(0, 5), None), asserted, 0.5 + (i % 50) / 100,
        modality=Modality.ASSERTED if asserted else Modality.PLANNED, date=article.published, source=article.outlet,
    )  # fmt: skip


HOSTILE = (
    "</script><script>window.pwned=1</script>",
    '"><img src=x onerror="window.pwned=1">',
    "<!--<script>window.pwned=1//",
    "'-alert(1)-'${window.pwned=1}{{7*7}}",
    "\u202eمعكوس \u2066نص\u202d href=javascript:window.pwned=1",
    "=HYPERLINK(\"http://evil.example\")\u2028\u2029\x0b\\u003c&lt;b&gt;",
)


def hostile() -> Network:
    """Every name, title, sentence, outlet, post and address is an attack."""
    ids = [f"person:{text}" for text in HOSTILE]
    nodes = [
        Node(
            ids[i], f"javascript:window.pwned=1//{text}", list(EntityType)[i], text, text, i % 2 == 0, (text, text + "x"),
            text, (Post(text, "leader_of", ids[0]),),
        )
        for i, text in enumerate(HOSTILE)
    ]  # fmt: skip
    articles = [
        Article(text, text, dt.date(2021, 1, 1 + i), text, text, "javascript:window.pwned=1")
        for i, text in enumerate(HOSTILE)
    ]
    claims = [
        Claim(
            f"{i}{text}", ids[i], relation, ids[(i + 1) % len(ids)], text, Sentence(text * 2, Span(0, 4), Span(5, 9), None),
            k == 0, 0.9, Polarity.POSITIVE if k == 0 else Polarity.NEGATIVE, Modality.ASSERTED,
            dt.date(2021, 1, 1 + i), text, ids[i], text, text, source=text,
        )
        for i, text in enumerate(HOSTILE)
        for k, relation in enumerate(("spoke_with", "accused"))
    ]  # fmt: skip
    return gather(nodes, claims, articles)
