"""The embedded store: whole articles in and out, nothing in between, the entities kept in step."""

from __future__ import annotations

import dataclasses
import itertools
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from rdflib import Literal, URIRef

from kg.errors import StoreError
from kg.graph import ArticleGraph, article_graph, fingerprint
from kg.model import Entity, EntityType, Mention, Origin
from kg.rdf.terms import to_ox, to_rdflib
from kg.store import Store
from kg.vocab import KG, RDFS, SKOS, XSD
from tests.fixtures import RUN, SETTINGS, Story, corpus, extraction, extractions, key

MADE = SETTINGS.iris


def graphs() -> list[ArticleGraph]:
    return [article_graph(e, RUN) for e in extractions()]


def content(store: Store) -> set[str]:
    return set(store.lines())


def labels(store: Store, short: str) -> set[tuple[str, str | None]]:
    rows = store.query(f"SELECT ?l {{ ?e <{SKOS.prefLabel}> ?l }}", e=MADE.entity(key(short))).rows
    return {(str(label), label.language) for (label,) in rows if isinstance(label, Literal)}


def test_a_store_on_disk_is_read_through_in_one_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opened anew now and then, so that the engine keeps little of it; but not when somebody has written meanwhile."""
    monkeypatch.setattr("kg.store._FRESH", 30)
    with Store.open(tmp_path / "store") as store:
        store.put(graphs())
        whole = content(store)
    with Store.open(tmp_path / "store", read_only=True) as reader:
        opened = []
        again = reader._again
        monkeypatch.setattr(reader, "_again", lambda: opened.append(again()) or opened[-1])
        assert sorted(reader.lines()) == sorted(whole)  # a graph is read in parts, each statement in one of them
        assert len({id(one) for one in opened} - {id(reader.inner)}) > 5
        opened.clear()
        lines = reader.lines()
        first = next(lines)
        with Store.open(tmp_path / "store") as store:
            store.remove("summit")
        assert {first, *lines} == whole and opened[-1] is reader.inner


def test_terms_survive_both_ways() -> None:
    for term in (
        URIRef("x:a"),
        Literal("ا", lang="ar"),
        Literal("a"),
        Literal("2021-01-01", datatype=XSD.date),
    ):
        assert to_rdflib(to_ox(term)) == term


def test_the_order_of_articles_does_not_matter() -> None:
    one, other = Store.open(), Store.open()
    one.put(graphs())
    for graph in reversed(graphs()):
        other.put([graph])
    assert content(one) == content(other)


def test_putting_again_changes_nothing() -> None:
    store = Store.open()
    store.put(graphs())
    before = content(store)
    store.put(graphs())
    assert content(store) == before


def test_removing_leaves_what_was_before() -> None:
    for left_out in extractions():
        store, without = Store.open(), Store.open()
        store.put(graphs())
        without.put(g for g in graphs() if g.id != left_out.article.id)
        assert store.remove(left_out.article.id)
        assert content(store) == content(without)
        assert sorted(store.graphs()) == sorted(without.graphs())


def test_removing_what_is_not_there() -> None:
    assert not corpus().remove("nothing")


def test_an_entity_goes_with_its_last_article() -> None:
    store = corpus()
    assert labels(store, "kharkiv")
    store.remove("strike")
    assert not labels(store, "kharkiv")
    assert labels(store, "russia")


def test_replacing_drops_what_the_article_no_longer_says() -> None:
    store = corpus()
    e = extraction("strike")
    less = dataclasses.replace(e, claims=(), mentions=(), entities=())
    store.put([article_graph(less, RUN)])
    assert not labels(store, "kharkiv")
    assert len(store.article("strike")) < 20


def _named(id: str, label: str) -> ArticleGraph:
    story = Story(id, "", f"قال {label} إنه سيعود.").build()
    span = story.article.text.index(label)
    entity = Entity("person:x", EntityType.PERSON, label, "", False, (label,))
    from kg.model import Span

    mention = Mention(Span(span, span + len(label)), label, EntityType.PERSON, Origin.MODEL, "person:x")
    return article_graph(dataclasses.replace(story, entities=(entity,), mentions=(mention,)), RUN)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_one_preferred_label_whatever_the_order(order: tuple[int, ...]) -> None:
    spelled = [_named("a", "احمد الامين"), _named("b", "أحمد الأمين"), _named("c", "أحمد الامين")]
    store = Store.open()
    for i in order:
        store.put([spelled[i]])
    assert labels(store, "person:x") == {("أحمد الأمين", "ar")}
    store.remove("b")
    assert labels(store, "person:x") == {("أحمد الامين", "ar")}
    store.put([_named("c", "احمد الامين")])
    assert labels(store, "person:x") == {("احمد الامين", "ar")}
    alternatives = store.query(
        f"SELECT DISTINCT ?l {{ ?e <{SKOS.altLabel}> ?l }}", e=MADE.entity("person:x")
    ).rows
    assert [str(label) for (label,) in alternatives] == ["احمد الامين"]


def test_known_articles_are_told_by_fingerprint_and_run() -> None:
    known = corpus().known()
    assert set(known) == {e.article.id for e in extractions()}
    assert known["summit"] == (fingerprint(extraction("summit").article), str(MADE.run(RUN)))


def test_other_graphs_are_replaced_whole() -> None:
    store = corpus()
    one, two = (URIRef("x:a"), RDFS.label, Literal("1")), (URIRef("x:a"), RDFS.label, Literal("2"))
    store.state("background", [one])
    store.state("background", [two])
    assert store.triples(MADE.graph("background")) == [two]
    store.add("background", [one])
    assert len(store.triples(MADE.graph("background"))) == 2


def test_bindings_are_terms() -> None:
    rows = corpus().query("SELECT ?l { ?e ?p ?l }", e=MADE.entity(key("geneva")), p=SKOS.prefLabel).rows
    assert {str(cell) for row in rows for cell in row} == {"جنيف", "Geneva"}


def test_the_rdflib_interface_sees_the_union() -> None:
    data = corpus().rdflib()
    assert (MADE.entity(key("biden")), KG.met_with, MADE.entity(key("putin"))) in data
    asked = data.query(f"ASK {{ ?a <{KG.met_with}> ?b }}")
    assert asked.askAnswer


def test_a_store_on_disk_is_kept(tmp_path: Path) -> None:
    with corpus(tmp_path / "store") as store:
        before = content(store)
    with Store.open(tmp_path / "store") as again:
        assert content(again) == before
    with Store.open(tmp_path / "store", read_only=True) as reader:
        assert content(reader) == before


def test_user_errors_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"):
        Store.open(tmp_path / "none", read_only=True)
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(file)
    with Store.open(tmp_path / "store"), pytest.raises(StoreError) as caught:
        Store.open(tmp_path / "store")
    assert "\n" not in str(caught.value)


_WRITER = """
    import sys
    from pathlib import Path
    from kg import store as kg_store
    from kg.graph import article_graph
    from kg.store import Store
    from tests.fixtures import RUN, extractions
    kg_store._LARGE = int(sys.argv[2])
    store = Store.open(Path(sys.argv[1]))
    print("ready", flush=True)
    while True:
        store.put(article_graph(e, RUN) for e in extractions())
        for e in extractions():
            store.remove(e.article.id)
"""


@pytest.mark.parametrize("large", [1, 1_000_000], ids=["files", "log"])
@pytest.mark.parametrize("wait", [0.0, 0.013, 0.04, 0.11])
def test_a_crash_leaves_whole_articles(tmp_path: Path, wait: float, large: int) -> None:
    """A writer is killed at some moment: every article's graph is there whole or not at all, written either way."""
    folder = tmp_path / "store"
    root = Path(__file__).parent.parent
    code = textwrap.dedent(_WRITER)
    writer = subprocess.Popen(
        [sys.executable, "-c", code, str(folder), str(large)],
        cwd=root,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert writer.stdout is not None and writer.stdout.readline() == b"ready\n"
    time.sleep(wait)
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    whole = {g.id: set(g.triples) for g in graphs()}
    with Store.open(folder) as store:
        assert not list(folder.glob("bulk-*"))
        there = {id: set(store.article(id)) for id in whole if store.article(id)}
        assert all(whole[id] == triples for id, triples in there.items())
        rest = Store.open()
        rest.put(g for g in graphs() if g.id in there)
        assert content(store) == content(rest)


def test_a_large_change_is_written_as_a_small_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, *rest = graphs()
    with Store.open(tmp_path / "small", MADE) as small:
        small.put([first])
        small.put([first, *rest])
        wanted = content(small), small.known(), len(small)
    monkeypatch.setattr("kg.store._LARGE", 1)
    (tmp_path / "large").mkdir()
    with Store.open(tmp_path / "large", MADE) as large:
        left = tmp_path / "large" / "bulk-17.sst"  # what a crash leaves
        left.write_bytes(b"half")
        large.put([first])
        large.put([first, *rest])
        large.put([first, *rest])
    with Store.open(tmp_path / "large", MADE) as large:
        assert (content(large), large.known(), len(large)) == wanted
        assert not left.exists()


def test_lines_name_every_graph_of_a_store_on_disk_that_is_opened_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(tmp_path / "store", MADE) as store:
        store.put(graphs())
        whole = sorted(store.lines())
    monkeypatch.setattr("kg.store._FRESH", 7)  # opened anew within graphs and between them
    with Store.open(tmp_path / "store", MADE, read_only=True) as store:
        assert sorted(store.lines()) == whole
        assert {graph for _, graph in whole if graph} == {f"<{name}>" for name in store.graphs()}
