"""The whole line on real input: the sample articles against their gold, and the articles that the project was founded on."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import articles, files, modelset, pipeline
from kg.asking import lookup
from kg.measure import evaluation
from kg.model import Article
from kg.store import Store

GOLD = Path(__file__).parent / "gold" / "samples"
SEED = Path(__file__).parent.parent.parent / "shared" / "gold" / "seed"

pytestmark = [pytest.mark.live, pytest.mark.xdist_group("samples")]


def test_every_reader_and_every_article_is_used(samples_graph: Path) -> None:
    found = [item for item in articles.read([str(files.SAMPLES)]) if isinstance(item, Article)]
    assert {Path(item.path).suffix for item in found} == {".jsonl", ".txt", ".html"}
    assert all(item.published and item.title for item in found) and len(found) >= 12
    with Store.open(samples_graph / pipeline.STORE, read_only=True) as store:
        assert set(store.known()) == {item.id for item in found}


def test_the_samples_are_as_well_read_as_they_were(samples_graph: Path) -> None:
    """Floors a little under what is reached (see the README), so that a change for the worse is noticed."""
    report = evaluation.evaluate(evaluation.read_graph([samples_graph / pipeline.TURTLE]), evaluation.read_gold([GOLD]))
    figures = report.strict.all
    assert figures.precision >= 0.80 and figures.recall >= 0.52 and figures.f1 >= 0.64


def test_the_graph_of_the_samples_conforms_to_its_shapes(samples_graph: Path) -> None:
    from kg.storage.validate import check_store

    with Store.open(samples_graph / pipeline.STORE, read_only=True) as store:
        broken = [(id, f) for id, faults in check_store(store) for f in faults if f.severity == "Violation"]
    assert broken == []


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not SEED.is_dir():
        pytest.skip("the articles that the project was founded on are not beside it")
    out = tmp_path_factory.mktemp("seed")
    pipeline.build([str(SEED / "articles")], out, pipeline.Options(models=modelset.find()))
    return out


@pytest.mark.shared
@pytest.mark.parametrize("other", ["أردوغان", "رئيسي", "ماكرون", "دراغي", "ميركل", "عمران خان"])
def test_whom_the_president_spoke_with(seed: Path, other: str) -> None:
    """Erdogan, Raisi, Macron, Draghi, Merkel, Imran Khan."""
    with Store.open(seed / pipeline.STORE, read_only=True) as store:
        told = [t for t in lookup.why(store, "بوتين", "spoke_with", other) if t.makes_edge]
    assert told and all(t.sentence for t in told)


@pytest.mark.shared
@pytest.mark.parametrize("state", ["روسيا", "بيلاروسيا", "أرمينيا", "كازاخستان", "قرغيزستان", "طاجيكستان"])
def test_the_members_of_the_alliance(seed: Path, state: str) -> None:
    """Russia, Belarus, Armenia, Kazakhstan, Kyrgyzstan, Tajikistan."""
    with Store.open(seed / pipeline.STORE, read_only=True) as store:
        told = [t for t in lookup.why(store, "CSTO", "member", state) if t.makes_edge]
    assert told and all(t.sentence for t in told)


@pytest.mark.shared
def test_the_founding_articles_are_as_well_read_as_they_were(seed: Path) -> None:
    report = evaluation.evaluate(evaluation.read_graph([seed / pipeline.TURTLE]), evaluation.read_gold([SEED]))
    figures = report.strict.all
    assert figures.precision >= 0.88 and figures.recall >= 0.76
