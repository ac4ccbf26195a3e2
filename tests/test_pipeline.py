"""The straight line: what a build reads again, skips, replaces and leaves whole. The stages before the graph are played by a
double that knows two names; the live line is tested on the samples."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from kg import pipeline
from kg.errors import InputError, OutputError
from kg.model import Article, Claim, Entity, EntityType, Extraction, Mention, Origin, Span
from kg.modelset import ModelSet
from kg.pipeline import Options, Summary, build
from kg.store import Store

NAMES = {"بوتين": "putin", "أردوغان": "erdogan"}
# "Putin spoke to Erdogan on the telephone." / "Putin spoke to Erdogan again."
CALL = "تحدث بوتين إلى أردوغان هاتفيا."
AGAIN = "تحدث بوتين إلى أردوغان مجددا."


class FakeLine(pipeline.Line):
    """Finds the two names, and a talk where both stand; an article with «عطل» (a fault) breaks it."""

    def __init__(self, models: ModelSet) -> None:
        self.models = models

    def run(self, batch: Iterable[Article]) -> list[pipeline.Result]:
        return [(extraction(article), len(article.text.split())) for article in batch]


def extraction(article: Article) -> Extraction:
    if "عطل" in article.text:
        raise RuntimeError("a stage broke")
    mentions = []
    for name, key in NAMES.items():
        if (at := article.text.find(name)) >= 0:
            mentions.append(Mention(Span(at, at + len(name)), name, EntityType.PERSON, Origin.GAZETTEER, f"ref:{key}"))
    entities = tuple(Entity(m.key, m.type, m.text, names=(m.text,)) for m in mentions)
    claims = ()
    if len(mentions) == 2:
        sentence = Span(article.headline and article.headline + 2, len(article.text))
        claims = (Claim(article.id, "ref:erdogan", "spoke_with", "ref:putin", "spoke_with-01", 0.9, sentence),)
    return Extraction(article, entities, tuple(mentions), claims)


@pytest.fixture
def options(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Options:
    monkeypatch.setattr(pipeline, "Line", FakeLine)
    monkeypatch.setattr(pipeline, "background_triples", lambda *_: [])  # large, and tested with kg.rdf.background
    (tmp_path / "models" / "ar").mkdir(parents=True)
    return Options(models=ModelSet("double", tmp_path / "models"))


def corpus(tmp_path: Path, *texts: str, name: str = "articles.jsonl") -> list[str]:
    rows = [json.dumps({"id": f"a{n}", "text": t, "published": "2021-08-21"}, ensure_ascii=False) for n, t in enumerate(texts)]
    (tmp_path / name).write_text("\n".join(rows), encoding="utf-8")
    return [str(tmp_path / name)]


def articles_in(out: Path) -> dict[str, str]:
    with Store.open(out / pipeline.STORE, read_only=True) as store:
        return {id: fingerprint for id, (fingerprint, _) in store.known().items()}


def test_a_build_writes_store_dumps_and_page(tmp_path: Path, options: Options) -> None:
    summary = build(corpus(tmp_path, CALL), tmp_path / "out", options)
    assert (summary.expected, summary.new, summary.same, summary.problems, summary.faults) == (1, 1, 0, [], [])
    assert summary.counts["edges"] == 1 and summary.counts["articles"] == 1
    turtle = (tmp_path / "out" / pipeline.TURTLE).read_text(encoding="utf-8")
    assert "kg:spoke_with" in turtle and CALL in turtle
    assert (tmp_path / "out" / pipeline.TRIG).stat().st_size and (tmp_path / "out" / pipeline.PAGE).stat().st_size


def test_a_second_build_reads_only_what_is_new_or_changed(tmp_path: Path, options: Options) -> None:
    out = tmp_path / "out"
    build(corpus(tmp_path, CALL, AGAIN), out, options)
    before = articles_in(out)
    summary = build(corpus(tmp_path, CALL, AGAIN + " " + AGAIN, CALL), out, options)
    assert (summary.new, summary.same) == (2, 1)
    after = articles_in(out)
    assert after["a0"] == before["a0"] and after["a1"] != before["a1"] and set(after) == {"a0", "a1", "a2"}


def test_articles_that_are_not_given_again_are_left_alone(tmp_path: Path, options: Options) -> None:
    out = tmp_path / "out"
    build(corpus(tmp_path, CALL), out, options)
    build(corpus(tmp_path, AGAIN, name="other.jsonl"), tmp_path / "out2", options)
    rows = json.dumps({"id": "b", "text": AGAIN}, ensure_ascii=False)
    (tmp_path / "b.jsonl").write_text(rows, encoding="utf-8")
    build([str(tmp_path / "b.jsonl")], out, options)
    assert set(articles_in(out)) == {"a0", "b"}


def test_other_settings_read_everything_again(tmp_path: Path, options: Options) -> None:
    out, paths = tmp_path / "out", corpus(tmp_path, CALL)
    build(paths, out, options)
    summary = build(paths, out, Options(models=options.models, threshold=0.95))
    assert summary.new == 1 and summary.counts["edges"] == 0 and summary.counts["claims"] == 1


def test_two_builds_of_the_same_articles_in_any_order_give_the_same_bytes(tmp_path: Path, options: Options) -> None:
    texts = [CALL, AGAIN, "زار أردوغان موسكو."]  # "Erdogan visited Moscow."
    rows = [json.dumps({"id": f"a{n}", "text": t}, ensure_ascii=False) for n, t in enumerate(texts)]
    dumps = []
    for n, order in enumerate((rows, rows[::-1])):
        path = tmp_path / "in.jsonl"
        path.write_text("\n".join(order), encoding="utf-8")
        build([str(path)], tmp_path / f"out{n}", options)
        dumps.append((tmp_path / f"out{n}" / pipeline.TURTLE).read_bytes())
    assert dumps[0] == dumps[1]


def test_one_bad_article_is_skipped_and_counted(tmp_path: Path, options: Options) -> None:
    paths = corpus(tmp_path, CALL, "an English text", AGAIN)
    summary = build(paths, tmp_path / "out", options)
    assert summary.new == 2 and [p.why for p in summary.problems] == ["not in Arabic"]
    assert summary.done == 3 == summary.expected


def test_an_article_that_breaks_a_stage_is_skipped_and_its_batch_is_read(tmp_path: Path, options: Options) -> None:
    summary = build(corpus(tmp_path, CALL, f"{CALL} عطل", AGAIN), tmp_path / "out", options)
    assert summary.new == 2 and len(summary.problems) == 1
    assert "a stage broke" in summary.problems[0].why


def test_an_article_whose_claims_name_what_it_does_not_hold_is_skipped(
    tmp_path: Path, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(article: Article) -> Extraction:
        return replace(whole(article), entities=()) if AGAIN in article.text else whole(article)

    whole = extraction
    monkeypatch.setattr("tests.test_pipeline.extraction", torn)
    summary = build(corpus(tmp_path, CALL, AGAIN), tmp_path / "out", options)
    assert summary.new == 1 and "graph could not be made" in summary.problems[0].why


@pytest.mark.parametrize("texts", [(), ("English only",)])
def test_nothing_to_read_is_an_error_and_leaves_no_folder(tmp_path: Path, options: Options, texts: tuple[str, ...]) -> None:
    with pytest.raises(InputError):
        build(corpus(tmp_path, *texts), tmp_path / "out", options)
    assert not (tmp_path / "out").exists()


def test_a_missing_file_is_an_error_before_the_others_are_read(tmp_path: Path, options: Options) -> None:
    with pytest.raises(InputError, match="no such file"):
        build([*corpus(tmp_path, CALL), str(tmp_path / "missing.txt")], tmp_path / "out", options)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path, options: Options) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="-o"):
        build(corpus(tmp_path, CALL), tmp_path / "file" / "out", options)


def test_a_build_that_dies_leaves_whole_batches_and_goes_on_later(
    tmp_path: Path, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "BATCH", 2)
    paths, out = corpus(tmp_path, *[f"{CALL} {n}" for n in range(6)]), tmp_path / "out"

    def die(summary: Summary) -> None:
        if summary.new == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(paths, out, options, die)
    assert len(articles_in(out)) == 4
    summary = build(paths, out, options)
    assert (summary.new, summary.same) == (2, 4)


def test_progress_is_reported_batch_by_batch(tmp_path: Path, options: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "BATCH", 2)
    seen: list[tuple[int, int | None]] = []
    build(corpus(tmp_path, *[CALL] * 5), tmp_path / "out", options, lambda s: seen.append((s.done, s.expected)))
    assert seen == [(2, 5), (4, 5), (5, 5)]


def test_the_first_batch_is_small() -> None:
    batches = pipeline._batches(Article(str(n), CALL) for n in range(30))
    assert [len(batch) for batch in batches] == [4, 16, 10]


def test_the_day_that_is_given_overrides_all(tmp_path: Path, options: Options) -> None:
    chosen = Options(models=options.models, published=dt.date(2001, 2, 3))
    build(corpus(tmp_path, CALL), tmp_path / "out", chosen)
    assert '"2001-02-03"' in (tmp_path / "out" / pipeline.TURTLE).read_text(encoding="utf-8")


def test_an_extractor_of_another_kind_fits_the_line() -> None:
    """A second implementation of the protocol, as a trained model or a service would be, without touching a stage."""
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from kg.model import Entities, Statements
    from kg.relations import Extractor

    class Nothing:
        name = "nothing"

        def extract(self, article: Article, doc: Doc, entities: Entities) -> Statements:
            return Statements()

    other: Extractor = Nothing()
    made = other.extract(Article("1", CALL), Doc(Vocab(), words=CALL.split()), Entities((), (), (), ()))
    assert made == Statements()


@pytest.mark.live
def test_several_processes_give_what_one_gives(tmp_path: Path) -> None:
    from kg import modelset

    texts = ["زار وزير الخارجية الروسي سيرغي لافروف أنقرة.", "التقى الرئيس التركي رجب طيب أردوغان نظيره الروسي فلاديمير بوتين."]
    rows = [json.dumps({"id": f"a{n}", "text": t, "published": "2019-05-03"}, ensure_ascii=False) for n, t in enumerate(texts)]
    (tmp_path / "in.jsonl").write_text("\n".join(rows), encoding="utf-8")
    dumps = []
    for jobs in (1, 2):
        made = Options(models=modelset.find(), jobs=jobs)
        build([str(tmp_path / "in.jsonl")], tmp_path / f"out{jobs}", made)
        dumps.append((tmp_path / f"out{jobs}" / pipeline.TURTLE).read_bytes())
    assert dumps[0] == dumps[1] and b"kg:met_with" in dumps[0]
