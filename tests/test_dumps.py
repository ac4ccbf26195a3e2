"""Every format is parsed back by a parser that is not the one that wrote it, and is the same bytes each time."""

from __future__ import annotations

import csv
import gzip
import random
import shutil
import subprocess
from pathlib import Path

import networkx as nx
import pytest
from rdflib import Dataset, Graph

from kg.errors import InputError, OutputError
from kg.graph import article_graph
from kg.model import EntityType
from kg.rdf import background
from kg.storage import dumps, exports
from kg.store import Store
from kg.vocab import KG, RELATIONS
from tests.fixtures import RUN, SETTINGS, corpus, extractions

NAMED = {"trig", "nquads", "jsonld"}


@pytest.fixture(scope="module")
def store() -> Store:
    store = corpus()
    known = [background.Known("oslo", EntityType.PLACE, 'أوسلو "العاصمة"\n', "Oslo <&>")]
    store.state("background", background.triples(known, [], [("oslo", "capital_of", "norway")]))
    return store


def quads(store: Store) -> set[tuple[object, ...]]:
    builds = str(SETTINGS.iris.graph("builds"))
    return {
        (*triple, graph)
        for graph in store.graphs()
        if graph != builds
        for triple in store.triples(SETTINGS.iris.graph(graph.partition("/g/")[2]))
    }


@pytest.mark.parametrize("format", sorted(dumps.FORMATS))
@pytest.mark.parametrize("ending", ["", ".gz"])
def test_a_second_parser_reads_the_same(store: Store, tmp_path: Path, format: str, ending: str) -> None:
    path = tmp_path / f"graph{dumps.FORMATS[format]}{ending}"
    dumps.dump(store, path)
    plain = path
    if ending:
        plain = tmp_path / path.stem
        plain.write_bytes(gzip.decompress(path.read_bytes()))
    if format in NAMED:
        data = Dataset()
        data.parse(plain)
        found = {(s, p, o, str(g)) for s, p, o, g in data.quads()}
        assert found == quads(store)
    else:
        assert set(Graph().parse(plain)) == {q[:3] for q in quads(store)}


@pytest.mark.parametrize("format", sorted(dumps.FORMATS))
def test_bytes_do_not_depend_on_the_order_of_articles(tmp_path: Path, format: str) -> None:
    made = []
    for seed in range(2):
        graphs = [article_graph(e, RUN) for e in extractions()]
        random.Random(seed).shuffle(graphs)
        store = Store.open()
        for graph in graphs:
            random.Random(seed).shuffle(graph.triples)
            store.put([graph])
        path = tmp_path / f"{seed}{dumps.FORMATS[format]}.gz"
        dumps.dump(store, path)
        made.append(path.read_bytes())
    assert made[0] == made[1]


def test_the_merged_dump_has_no_background_and_no_hours(store: Store, tmp_path: Path) -> None:
    dumps.merged(store, tmp_path / "graph.ttl")
    graph = Graph().parse(tmp_path / "graph.ttl")
    assert not list(graph.triples((None, KG.capital_of, None)))
    assert not list(graph.subjects(None, KG.Build)) and "2026-01-02" not in (
        tmp_path / "graph.ttl"
    ).read_text("utf-8")
    assert list(graph.subjects(None, KG.Run))
    assert (SETTINGS.iris.entity("ref:biden"), KG.met_with, SETTINGS.iris.entity("ref:putin")) in graph


@pytest.mark.skipif(not shutil.which("rapper"), reason="needs raptor2-utils")
@pytest.mark.parametrize(
    ("format", "reader"),
    [
        ("turtle", "turtle"),
        ("trig", "trig"),
        ("ntriples", "ntriples"),
        ("nquads", "nquads"),
        ("rdfxml", "rdfxml"),
    ],
)
def test_rapper_reads_it(store: Store, tmp_path: Path, format: str, reader: str) -> None:
    path = tmp_path / f"graph{dumps.FORMATS[format]}"
    dumps.dump(store, path)
    subprocess.run(["rapper", "-q", "-c", "-i", reader, str(path)], check=True)


def test_many_lines_are_merged_from_files(tmp_path: Path) -> None:
    lines = [f"{n % 700:05}" for n in range(2_000)]
    random.Random(1).shuffle(lines)
    assert list(dumps.sorted_lines(lines, tmp_path, run=300)) == sorted(set(lines))
    assert len(list(tmp_path.iterdir())) == 7
    few = tmp_path / "few"
    few.mkdir()
    assert list(dumps.sorted_lines(lines, few, run=10, fan=3)) == sorted(set(lines))
    assert len(list(few.iterdir())) <= 3 * 6  # of 200 runs


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), dumps.written(tmp_path / "x.ttl") as out:
        out.write("half")
        raise ZeroDivisionError
    assert not list(tmp_path.iterdir())
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"), dumps.written(tmp_path / "file" / "x.ttl"):
        pass


def test_names_and_formats_that_are_none(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.ttl"):
        dumps.dump(store, tmp_path / "graph.xyz")
    with pytest.raises(InputError, match="turtle"):
        dumps.dump(store, tmp_path / "graph.ttl", "word")


def test_graphml_is_read_by_networkx_and_igraph(store: Store, tmp_path: Path) -> None:
    import igraph

    exports.graphml(store, tmp_path / "g.graphml")
    read = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert (len(read), read.number_of_edges()) == (30, 33)
    assert read.nodes["ref:putin"]["label"] == "فلاديمير بوتين"
    told = [d for _, _, d in read.edges(data=True) if d["relation"] == "spoke_with"]
    assert told[0]["weight"] == 3 and told[0]["plover"] == "CONSULT"
    other = igraph.Graph.Read_GraphML(str(tmp_path / "g.graphml"))
    assert (other.vcount(), other.ecount()) == (30, 33)


@pytest.mark.parametrize("style", exports.STYLES)
def test_csv(store: Store, tmp_path: Path, style: str) -> None:
    assert exports.csv_nodes(store, tmp_path / "n.csv", style) == 30
    assert exports.csv_edges(store, tmp_path / "e.csv.gz", style) == 33
    with (tmp_path / "n.csv").open(encoding="utf-8", newline="") as handle:
        nodes = list(csv.DictReader(handle))
    with gzip.open(tmp_path / "e.csv.gz", "rt", encoding="utf-8", newline="") as handle:
        edges = list(csv.DictReader(handle))
    id, source, kind = ("Id", "Source", "Label") if style == "gephi" else ("key:ID", ":START_ID", ":TYPE")
    assert {row[source] for row in edges} <= {row[id] for row in nodes}
    assert {row[kind].lower() for row in edges} <= set(RELATIONS)
    assert all(None not in row and None not in row.values() for row in nodes + edges)


def test_csv_in_no_known_style(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="gephi"):
        exports.csv_nodes(store, tmp_path / "n.csv", "excel")
