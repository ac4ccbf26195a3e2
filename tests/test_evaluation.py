"""kg evaluate: figures on small graphs worked out by hand, and on generated ones the same as the gold's own scorer gives."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import Dataset, Literal, URIRef
from typer.testing import CliRunner

from kg import cli
from kg.errors import DataError, InputError
from kg.inventory import RELATIONS
from kg.measure.evaluation import NEAR, SYMMETRIC, Report, evaluate, figures, read_graph
from kg.measure.goldfiles import key, read_gold
from kg.storage import dumps
from kg.vocab import KG, RDFS, SKOS
from tests.fixtures import corpus, extractions

SHARED = Path(__file__).parents[2] / "shared"
ENTITIES = """id\ttype\tname_en\tnames_ar
putin\tPerson\tVladimir Putin\tفلاديمير بوتين|بوتين
erdogan\tPerson\tRecep Tayyip Erdogan\tرجب طيب أردوغان|إردوغان
peskov\tPerson\tDmitry Peskov\tدميتري بيسكوف|بيسكوف
lavrov\tPerson\tSergei Lavrov\tسيرغي لافروف|لافروف
russia\tCountry\tRussia\tروسيا
moscow\tPlace\tMoscow\tموسكو
belarus\tCountry\tBelarus\tروسيا البيضاء
turkey\tCountry\tTurkey\tتركيا
nato\tOrganization\tNATO\tحلف شمال الأطلسي|الناتو
"""
HEAD = "article\tsubject\trelation\tobject\tstatus\tnote\n"


def gold_in(folder: Path, *rows: str, entities: str = ENTITIES) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "entities.tsv").write_text(entities, encoding="utf-8")
    lines = ("\t".join(row.split(" ", 5)) for row in rows)
    (folder / "relations.tsv").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return folder


def turtle(path: Path, *edges: str, labels: dict[str, str] | None = None) -> Path:
    """A dump of the edges `subject relation object`; a node is labelled with its own name unless `labels` says more."""
    known = {"putin": "بوتين", "erdogan": "أردوغان", "peskov": "بيسكوف", "lavrov": "لافروف", "russia": "روسيا",
             "moscow": "موسكو", "belarus": "روسيا البيضاء", "turkey": "تركيا", "nato": "الناتو", **(labels or {})}  # fmt: skip
    data = Dataset()
    for edge in edges:
        subject, relation, object_ = edge.split()
        data.add((URIRef("x:" + subject), KG[relation], URIRef("x:" + object_)))
    for node, label in known.items():
        data.add((URIRef("x:" + node), SKOS.altLabel, Literal(label, lang="ar")))
    path.write_text(data.default_graph.serialize(format="turtle"), encoding="utf-8")
    return path


def report(tmp_path: Path, rows: list[str], edges: list[str], **more: dict[str, str]) -> Report:
    gold = read_gold([gold_in(tmp_path / "gold", *rows)])
    return evaluate(read_graph([turtle(tmp_path / "g.ttl", *edges, **more)]), gold)


def test_right_wrong_and_missed(tmp_path: Path) -> None:
    rows = ["a putin head_of_state_of russia yes", "a lavrov visited turkey yes", "a putin met_with erdogan yes"]
    strict = report(tmp_path, rows, ["putin head_of_state_of russia", "lavrov visited russia"]).strict
    assert (strict.all.gold, strict.all.found, strict.all.right, strict.all.wrong) == (3, 1, 1, 1)
    assert (strict.all.precision, round(strict.all.recall, 4), round(strict.all.f1, 4)) == (0.5, 0.3333, 0.4)
    assert [str(fact) for fact in strict.missed] == ["lavrov visited turkey (a)", "putin met_with erdogan (a)"]
    assert strict.wrong == (("x:lavrov", "visited", "x:russia"),)
    assert strict.relations["visited"].wrong == 1 and strict.relations["met_with"].gold == 1


def test_a_symmetric_edge_is_right_both_ways_and_counts_once(tmp_path: Path) -> None:
    both = ["putin met_with erdogan", "erdogan met_with putin"]
    assert report(tmp_path, ["a putin met_with erdogan yes"], both).strict.all.right == 1
    one_way = report(tmp_path, ["a putin invited erdogan yes"], ["erdogan invited putin"]).strict.all
    assert (one_way.right, one_way.wrong) == (0, 1)


def test_a_fact_of_two_articles_counts_once(tmp_path: Path) -> None:
    rows = ["a putin met_with erdogan yes", "b putin met_with erdogan yes", "b putin visited turkey yes"]
    assert report(tmp_path, rows, ["putin met_with erdogan"]).strict.all.gold == 2


def test_debatable_edges_and_near_misses_count_neither_way(tmp_path: Path) -> None:
    rows = ["a lavrov supports russia maybe", "a putin met_with erdogan yes"]
    figures = report(tmp_path, rows, ["lavrov supports russia", "putin spoke_with erdogan"]).strict.all
    assert (figures.right, figures.wrong, figures.found) == (0, 0, 0)


def test_a_claim_that_is_asserted_is_wrong_and_named(tmp_path: Path) -> None:
    rows = ["a putin visited turkey claim planned: next week", "a putin met_with erdogan yes"]
    found = report(tmp_path, rows, ["putin visited turkey", "putin met_with erdogan"])
    assert found.strict.asserted == (("x:putin", "visited", "x:turkey"),)
    assert (found.strict.all.wrong, found.claims.asserted, found.claims.gold) == (1, 1, 1)


def test_either_of_two_alternatives_is_right(tmp_path: Path) -> None:
    row = "a lavrov visited moscow|russia yes"
    for place in ("moscow", "russia"):
        assert report(tmp_path, [row], [f"lavrov visited {place}"]).strict.all.right == 1


def test_spelling_does_not_matter_but_names_inside_names_do(tmp_path: Path) -> None:
    assert key("إِردوغـان") == key("اردوغان")
    row = ["a erdogan visited russia yes"]
    assert report(tmp_path, row, ["erdogan visited russia"], labels={"erdogan": "اردوغان"}).strict.all.right == 1
    assert report(tmp_path, row, ["erdogan visited belarus"]).strict.all.wrong == 1


def test_the_background_is_left_out(tmp_path: Path) -> None:
    data = Dataset()
    data.graph(URIRef("x:g/background")).add((URIRef("x:putin"), KG.head_of_state_of, URIRef("x:russia")))
    for node, name in (("x:putin", "بوتين"), ("x:russia", "روسيا")):
        data.graph(URIRef("x:g/entities")).add((URIRef(node), RDFS.label, Literal(name)))
    path = tmp_path / "g.trig"
    path.write_text(data.serialize(format="trig"), encoding="utf-8")
    gold = read_gold([gold_in(tmp_path / "gold", "a putin head_of_state_of russia yes")])
    assert evaluate(read_graph([path]), gold).strict.all.found == 0
    assert evaluate(read_graph([path], ignore=()), gold).strict.all.found == 1


# -- graphs of our own stages ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a build writes it: the store and the dumps of the hand-made corpus."""
    out = tmp_path_factory.mktemp("graph")
    with corpus(out / "store") as store:
        dumps.merged(store, out / "graph.ttl")
        dumps.dump(store, out / "graph.trig")
    return out


CORPUS_ROWS = (
    "call-1 putin spoke_with erdogan yes",
    "call-1 putin head_of_state_of russia yes",
    "call-1 peskov head_of_state_of russia yes",
    "call-1 putin visited turkey claim planned",
    "elsewhere putin spoke_with erdogan yes",
)


def test_articles_are_compared_one_by_one(tmp_path: Path, folder: Path) -> None:
    gold = read_gold([gold_in(tmp_path / "gold", *CORPUS_ROWS)])
    found = evaluate(read_graph([folder]), gold)
    assert found.by_article is not None
    assert (found.strict.all.gold, found.strict.all.found) == (3, 2)
    assert (found.by_article.all.gold, found.by_article.all.found) == (4, 2)
    told = {claim.relation for e in extractions() if e.article.id == "call-1" for claim in e.claims}
    assert {edge[1] for edge in found.by_article.wrong} <= told


def test_claims_are_there_and_put_as_the_gold_says(tmp_path: Path, folder: Path) -> None:
    graph = read_graph([folder])
    for note, right in (("planned", 1), ("negated", 0), ("his aim only", 1)):
        gold = read_gold([gold_in(tmp_path / "gold", f"call-1 putin visited turkey claim {note}")])
        claims = evaluate(graph, gold).claims
        assert (claims.present, claims.put_right, claims.asserted) == (1, right, 0), note
    gold = read_gold([gold_in(tmp_path / "gold", "call-1 erdogan visited russia claim planned")])
    assert evaluate(graph, gold).claims.present == 0


def test_the_view_of_the_text_forgives_linking(tmp_path: Path, folder: Path) -> None:
    """The words in the article name the man; the entity that they were linked to bears another name in the gold."""
    entities = ENTITIES.replace("رجب طيب أردوغان|إردوغان", "السيد رجب طيب أردوغان المحترم")
    entities = entities.replace("Recep Tayyip Erdogan", "R. T. E.")
    gold = read_gold([gold_in(tmp_path / "gold", *CORPUS_ROWS[:1], entities=entities)])
    found = evaluate(read_graph([folder]), gold)
    assert (found.strict.all.found, found.text.all.found) == (0, 1)


def test_a_folder_and_its_dumps_give_the_same_figures(tmp_path: Path, folder: Path) -> None:
    gold = read_gold([gold_in(tmp_path / "gold", *CORPUS_ROWS)])
    wanted = evaluate(read_graph([folder]), gold).strict
    for name in ("graph.ttl", "graph.trig"):
        assert evaluate(read_graph([folder / name]), gold).strict == wanted, name


# -- intervals ---------------------------------------------------------------------------------------------------------


def test_intervals_hold_the_figure_and_narrow_with_more_cases() -> None:
    few, many = figures([True, False] * 5, 5, 5), figures([True, False] * 100, 100, 100)
    for some in (few, many):
        assert some.f1_95[0] < some.f1 < some.f1_95[1]
    assert many.f1_95[1] - many.f1_95[0] < (few.f1_95[1] - few.f1_95[0]) / 2
    assert figures([True] * 9, 9, 0).f1_95 == (1.0, 1.0)
    assert figures([], 0, 0).f1 == 0.0


# -- the command -------------------------------------------------------------------------------------------------------


def test_the_command_prints_and_sets_its_status(tmp_path: Path, folder: Path) -> None:
    gold = str(gold_in(tmp_path / "gold", *CORPUS_ROWS))
    run = CliRunner().invoke
    text = run(cli.app, ["evaluate", str(folder), "--gold", gold, "--list"])
    assert text.exit_code == 0
    assert "missed        peskov head_of_state_of russia (call-1)" in text.stdout and "all, strict" in text.stdout
    out = json.loads(run(cli.app, ["evaluate", str(folder / "graph.ttl"), "--gold", gold, "--json"]).stdout)
    assert out["gold"] == 3 and out["recall"] == 0.6667 and out["claims_present"] == 1
    assert run(cli.app, ["evaluate", str(folder), "--gold", gold, "--min-recall", "0.6"]).exit_code == 0
    assert run(cli.app, ["evaluate", str(folder), "--gold", gold, "--min-recall", "0.7"]).exit_code == 1
    assert run(cli.app, ["evaluate", str(folder), "--gold", gold, "--min-f1", "0.99"]).exit_code == 1
    assert run(cli.app, ["evaluate", str(folder), "--gold", gold, "--min-precision", "0"]).exit_code == 0


def test_several_folders_of_gold(tmp_path: Path, folder: Path) -> None:
    one, two = gold_in(tmp_path / "one", *CORPUS_ROWS[:1]), gold_in(tmp_path / "two", *CORPUS_ROWS[1:2])
    for more in (["--gold", str(two)], [str(two)]):
        answer = CliRunner().invoke(cli.app, ["evaluate", str(folder), "--gold", str(one), *more, "--json"])
        assert json.loads(answer.stdout)["gold"] == 2


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("a putin met_with nobody yes", "nobody"),
        ("a putin shouted_at erdogan yes", "shouted_at"),
        ("a putin met_with erdogan perhaps", "status"),
    ],
)
def test_faulty_gold_says_what_is_wrong(tmp_path: Path, row: str, says: str) -> None:
    with pytest.raises((InputError, DataError), match=says):
        read_gold([gold_in(tmp_path / "gold", row)])


def test_faulty_graphs_say_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad.ttl").write_text("<x:a> <x:b> ", encoding="utf-8")
    (tmp_path / "notes.doc").write_text("", encoding="utf-8")
    for name, says in (("empty", "kg build"), ("none.ttl", "no such"), ("bad.ttl", "RDF"), ("notes.doc", "no format of RDF")):
        with pytest.raises(InputError, match=says):
            read_graph([tmp_path / name])
    with pytest.raises(InputError, match=r"relations\.tsv"):
        read_gold([tmp_path / "empty"])


# -- the scorer of the gold --------------------------------------------------------------------------------------------


def _random_graph(seed: int, gold: Path, path: Path) -> None:
    """Edges between entities of the gold: some of its facts, some turned, renamed or made up, and nodes it does not know."""
    chance = random.Random(seed)
    read = read_gold([gold])
    ids = sorted(read.types)
    names: dict[str, list[str]] = {}
    for name, bearers in sorted(read.names.items()):
        for id in bearers:
            names.setdefault(id, []).append(name)
    data = Dataset()
    articles, background = data.graph(URIRef("x:g/article/1")), data.graph(URIRef("x:g/background"))
    for id in ids:
        labels = chance.sample(names[id], chance.randint(1, len(names[id])))
        for link, label in zip((RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel), labels, strict=False):
            articles.add((URIRef(f"x:{id}"), link, Literal(label, lang="ar")))
    for fact in read.facts:
        if chance.random() < 0.5:
            near = sorted(NEAR.get(fact.relation, ()))
            relation = chance.choice([fact.relation, fact.relation, *near, chance.choice(sorted(RELATIONS))])
            ends = [URIRef(f"x:{sorted(fact.subjects)[0]}"), URIRef(f"x:{sorted(fact.objects)[-1]}")]
            if chance.random() < 0.3:
                ends.reverse()
            chance.choice([articles, articles, background]).add((ends[0], KG[relation], ends[1]))
            if relation in SYMMETRIC and chance.random() < 0.5:
                articles.add((ends[1], KG[relation], ends[0]))
    for _ in range(25):
        one, other = URIRef(f"x:{chance.choice(ids)}"), URIRef(f"x:unknown{chance.randint(1, 9)}")
        articles.add((one, KG[chance.choice(sorted(RELATIONS))], other))
    path.write_text(data.serialize(format="trig"), encoding="utf-8")


def _scorer(graph: Path, gold: list[Path]) -> dict[str, object]:
    script = SHARED / "tools" / "score.py"
    made = subprocess.run(
        [sys.executable, str(script), str(graph), "--json", "--gold", *map(str, gold)], capture_output=True, text=True, check=True
    )
    return dict(json.loads(made.stdout))


def _same(graph: Path, gold: list[Path]) -> None:
    wanted = _scorer(graph, gold)
    arguments = ["evaluate", str(graph), "--json", *(part for folder in gold for part in ("--gold", str(folder)))]
    ours = json.loads(CliRunner().invoke(cli.app, arguments).stdout)
    relations = wanted.pop("relations")
    assert isinstance(relations, dict) and relations
    assert {name: ours[name] for name in wanted} == wanted
    assert {name: {k: ours["relations"][name][k] for k in counts} for name, counts in relations.items()} == relations
    assert set(ours["relations"]) == set(relations)


@pytest.fixture
def shared_gold() -> Path:
    if not (SHARED / "tools" / "score.py").is_file():
        if os.environ.get("CI") == "true":
            pytest.fail("the development data is missing beside the project")
        pytest.skip("the development data is not beside the project")
    return SHARED / "gold"


@pytest.mark.shared
@pytest.mark.parametrize("seed", range(4))
def test_the_same_figures_as_the_scorer_on_generated_graphs(tmp_path: Path, shared_gold: Path, seed: int) -> None:
    gold = shared_gold / ("seed" if seed % 2 else "dev")
    _random_graph(seed, gold, tmp_path / "g.trig")
    _same(tmp_path / "g.trig", [gold])


@pytest.mark.shared
def test_the_same_figures_as_the_scorer_on_our_own_dumps(tmp_path: Path, shared_gold: Path, folder: Path) -> None:
    ours = gold_in(tmp_path / "gold", *CORPUS_ROWS)
    for name in ("graph.ttl", "graph.trig"):
        _same(folder / name, [ours, shared_gold / "seed"])
