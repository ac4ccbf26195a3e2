"""The straight line: articles -> analysis -> mentions -> entities -> relations -> graph -> store, page, dumps.

No logic of its own: each stage is one call. `build` reads what has changed, writes it in batches that a crash cannot tear,
and hands what happens to a callback; nothing here prints.
"""

from __future__ import annotations

import datetime as dt
import gc
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path

import kg
from kg import articles, files, graph, view
from kg.articles import Problem
from kg.asking import lookup
from kg.entities import resolve, stood_for
from kg.errors import InputError, KgError, OutputError
from kg.lexicon import shipped_lexicon
from kg.mentions import Finder
from kg.model import Article, Extraction, Run
from kg.modelset import ModelSet
from kg.names.gazetteer import shipped_gazetteer
from kg.page import layout, network, selection
from kg.rdf import background, runs
from kg.reference import Reference, shipped
from kg.relations import Extractor, RuleExtractor
from kg.rules import shipped_rules
from kg.storage import dumps
from kg.storage.validate import Fault, screened
from kg.store import Store
from kg.texts.namewords import name_words
from kg.upkeep import decisions

STORE, TURTLE, TRIG, PAGE = "store", "graph.ttl", "graph.trig", "graph.html"
# Articles written to the store in one transaction, and handed to a worker at a time.
BATCH = 16
# Articles of the first batch: fewer, so that the pace is known and something is kept soon.
FIRST = 4
# When the garbage collector looks at the young, the older, the old: seldom, for what an article leaves is freed without it, and
# Python's own 700 have it walk through the graph of an article dozens of times while that is made.
COLLECT = (20_000, 20, 20)
# Articles from which a process of its own pays for loading the models once more.
WORTH_A_PROCESS = 64


@dataclass(frozen=True)
class Options:
    """What a build can be told. `fields` maps our names to those of the JSON; `jobs` is the number of processes, 0 for as
    many as the cores and the number of articles make worth while."""

    models: ModelSet
    threshold: float = 0.5
    fields: Mapping[str, str] = field(default_factory=dict)
    published: dt.date | None = None
    jobs: int = 1
    validate: bool = True
    page_top: int = 0


@dataclass
class Summary:
    """What a build did so far. `expected` is the number of articles that the paths hold, where it can be told; `problems`
    are the articles that could not be used, `faults` the breaches of shapes with their article."""

    expected: int | None = None
    new: int = 0
    same: int = 0
    problems: list[Problem] = field(default_factory=list)
    faults: list[tuple[str, Fault]] = field(default_factory=list)
    words: int = 0
    seconds: float = 0.0
    counts: Mapping[str, int] = field(default_factory=dict)
    left_out: str = ""

    @property
    def done(self) -> int:
        """The articles that were dealt with: new ones, known ones, and those that failed."""
        return self.new + self.same + len(self.problems)


Report = Callable[[Summary], None]
Result = tuple[Extraction, int]


class Line:
    """The stages from article to extraction, with their models and data loaded once."""

    def __init__(self, models: ModelSet, extractor: Extractor | None = None) -> None:
        from kg import modelset
        from kg.analysis import Analyser

        reference = shipped()
        self._finder = Finder(reference, shipped_gazetteer(), shipped_lexicon())
        self._reference = reference
        self._extractor = extractor or RuleExtractor(shipped_rules(), reference)
        self._analyser = Analyser(modelset.pipeline(models), name_words(reference))
        gc.freeze()  # models and reference data stay: the collector need not walk over them for every article
        gc.set_threshold(*COLLECT)

    def run(self, batch: Iterable[Article]) -> list[Result]:
        """The extraction of each article of a batch, and its number of words."""
        out = []
        for article, doc in self._analyser.analyse(batch):
            mentions = self._finder.find(article, doc)
            entities = resolve(article, mentions, self._reference)
            found = self._extractor.extract(article, doc, entities)
            named = stood_for(entities, found.claims, self._reference)
            extraction = Extraction(article, named, entities.mentions, found.claims, found.quotations, found.occasions)
            out.append((extraction, len(doc)))
        return out

    def safely(self, batch: list[Article]) -> list[Result | Problem]:
        """`run`, but an article that breaks it is a problem of its own and the others are read."""
        try:
            return list(self.run(batch))
        except KgError:
            raise
        except Exception as error:
            if len(batch) == 1:
                return [Problem(_where(batch[0]), f"could not be read: {type(error).__name__}: {error}")]
            return [result for article in batch for result in self.safely([article])]


def _where(article: Article) -> str:
    return f"{article.path} article {article.id}" if article.path else f"article {article.id}"


_line: Line | None = None


def _start_worker(models: ModelSet) -> None:
    global _line
    _line = Line(models)


def _work(batch: list[Article]) -> list[Result | Problem]:
    assert _line is not None
    return _line.safely(batch)


@contextmanager
def _workers(models: ModelSet, jobs: int) -> Iterator[Callable[[Iterable[list[Article]]], Iterator[list[Result | Problem]]]]:
    """A function that maps batches to extractions, in order, in this process or in several."""
    if jobs <= 1:
        line = Line(models)
        yield lambda batches: (line.safely(batch) for batch in batches)
        return
    with ProcessPoolExecutor(jobs, get_context("spawn"), _start_worker, (models,)) as pool:
        yield lambda batches: _in_order(pool, batches, 2 * jobs)


def _in_order(pool: ProcessPoolExecutor, batches: Iterable[list[Article]], ahead: int) -> Iterator[list[Result | Problem]]:
    """The results in the order of the batches; no more than `ahead` batches are read before they are needed."""
    waiting: deque[Future[list[Result | Problem]]] = deque()
    try:
        for batch in batches:
            waiting.append(pool.submit(_work, batch))
            if len(waiting) >= ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise KgError(
            "a worker process died (out of memory?); what was written is whole: run again with fewer --jobs to go on"
        ) from error


def build(paths: Iterable[str], out: Path, options: Options, report: Report | None = None) -> Summary:
    """Builds or extends the graph in `out` from articles. Raises InputError when no article can be used, OutputError
    when the folder cannot be written; a bad article is counted in the summary and skipped."""
    paths = list(paths)
    articles.check(paths)
    began = time.monotonic()
    summary = Summary(articles.count(paths))
    found = _from_first_article(articles.read(paths, options.fields, options.published), summary)
    run = provenance(options)
    settings = graph.Settings(threshold=options.threshold)
    _writable(out)
    with Store.open(out / STORE, settings.iris) as store:
        decided = decisions.read(out / decisions.FILE)
        applied = decisions.read(out / decisions.APPLIED)
        stale = set(decisions.stale(store, applied, decided))
        wanted = _changed(found, store, run, settings, summary, stale)
        first = next(wanted, None)
        if first is not None:
            _state(store, run, settings)
            with _workers(options.models, _jobs(options, summary)) as work:
                for results in work(_batches(chain([first], wanted))):
                    decided_on = [_decided(result, decided) for result in results]
                    _write(store, decided_on, run, settings, options, summary)
                    summary.seconds = time.monotonic() - began
                    if report:
                        report(summary)
        if decided != applied and not stale:  # else the articles that were not given this time are still to be read again
            decisions.write(out / decisions.APPLIED, decided)
        summary.left_out = outputs(store, out, options.page_top)
        summary.counts = dict(lookup.counts(store))
    summary.seconds = time.monotonic() - began
    return summary


def provenance(options: Options) -> Run:
    """What makes the claims of a build: version, models, the data that rules and names come from, the threshold."""
    settings = (("knowledge", files.knowledge()), ("threshold", str(options.threshold)))
    return Run(kg.__version__, options.models.version, settings, dt.datetime.now(dt.UTC))


def _jobs(options: Options, summary: Summary) -> int:
    worth = (summary.expected or 0) // WORTH_A_PROCESS
    return options.jobs or max(1, min(os.cpu_count() or 1, worth))


def _from_first_article(found: Iterator[Article | Problem], summary: Summary) -> Iterator[Article | Problem]:
    """`found` from its first article on, the problems before it noted: nothing is written before there is something to
    write. Raises InputError when there is no article at all."""
    for item in found:
        if isinstance(item, Article):
            return chain([item], found)
        summary.problems.append(item)
    raise InputError(_nothing(summary))


def _writable(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        probe = out / ".kg-probe"
        probe.write_text("", encoding="utf-8")
        probe.unlink()
    except OSError as error:
        raise OutputError(f"{out}: cannot be written ({error.strerror}); give another folder with -o") from error


def _changed(
    found: Iterable[Article | Problem], store: Store, run: Run, settings: graph.Settings, summary: Summary, stale: set[str]
) -> Iterator[Article]:
    """The articles that the store does not have as they are now, read with the models and settings of this run, and those
    that decisions about identity have made stale, which are taken out of `stale`."""
    known = store.known()
    made_by = str(settings.iris.run(run))
    for item in found:
        if isinstance(item, Problem):
            summary.problems.append(item)
        elif known.get(item.id) == (graph.fingerprint(item), made_by) and item.id not in stale:
            summary.same += 1
        else:
            stale.discard(item.id)
            yield item


def _decided(result: Result | Problem, decided: tuple[decisions.Decision, ...]) -> Result | Problem:
    """The extraction with its keys as people have decided."""
    return result if isinstance(result, Problem) else (decisions.apply(result[0], decided, shipped()), result[1])


def _batches(stream: Iterator[Article]) -> Iterator[list[Article]]:
    size = min(FIRST, BATCH)
    while batch := list(islice(stream, size)):
        yield batch
        size = BATCH


def _nothing(summary: Summary) -> str:
    if not summary.problems:
        return "no article found; give files, folders or - for standard input"
    first = summary.problems[0]
    more = f" (and {len(summary.problems) - 1} more)" if len(summary.problems) > 1 else ""
    return f"no article can be used: {first.where}: {first.why}{more}"


def _write(
    store: Store, results: list[Result | Problem], run: Run, settings: graph.Settings, options: Options, summary: Summary
) -> None:
    graphs: list[graph.ArticleGraph] = []
    for result in results:
        made = result if isinstance(result, Problem) else _graphed(result[0], run, settings)
        if isinstance(made, Problem):
            summary.problems.append(made)
            continue
        graphs.append(made)
        if options.validate:
            summary.faults += [(made.id, fault) for fault in screened(made.triples)]
    store.put(graphs)
    summary.new += len(graphs)
    summary.words += sum(result[1] for result in results if not isinstance(result, Problem))


def _graphed(extraction: Extraction, run: Run, settings: graph.Settings) -> graph.ArticleGraph | Problem:
    """The graph of one article; a problem where an extractor has left it inconsistent."""
    try:
        return graph.article_graph(extraction, run, settings)
    except ValueError as error:
        return Problem(_where(extraction.article), f"its graph could not be made: {error}")


def _state(store: Store, run: Run, settings: graph.Settings) -> None:
    """The graphs that no article makes: provenance, and, where this run has not stated them before, ontology and
    background."""
    known = any(store.pattern(settings.iris.run(run), graph=settings.iris.graph("runs")))
    store.add("builds", runs.build_triples(run, settings))
    if known:
        return
    store.state("ontology", runs.ontology_triples())
    store.state("background", background_triples(shipped(), settings))
    store.add("runs", runs.run_triples(run, settings))  # last: it says that the others are there


def background_triples(reference: Reference, settings: graph.Settings) -> list[graph.Triple]:
    """The reference data as the background graph."""
    known = [
        background.Known(t.id, t.type, t.label_ar, t.label_en, t.names, t.wikidata) for t in reference.things.values()
    ]
    offices = [
        background.Office(o.person, background.OFFICES[o.office], o.of, o.portfolio, o.since, o.until)
        for o in reference.offices
    ]
    facts = [(place, "capital_of", country) for place, country in sorted(reference.capitals.items()) if place in reference.things]
    for thing in reference.things.values():
        if whole := thing.part_of or (thing.country if thing.type == "Place" else ""):
            facts.append((thing.id, "part_of", whole))
    return background.triples(known, offices, facts, settings.iris)


def outputs(store: Store, out: Path, top: int = 0) -> str:
    """Writes the dumps and the page of a store beside it; returns what the page leaves out, in one line."""
    dumps.merged(store, out / TURTLE)
    dumps.dump(store, out / TRIG)
    try:
        return page(store, out / PAGE, selection.Selection(top=top) if top else selection.Selection())
    except InputError:
        return "there is nothing to draw yet: no relation was found"


def page(store: Store, path: Path, wanted: selection.Selection) -> str:
    """Writes the page of (a part of) a store; returns what it leaves out, in one line."""
    part, left_out = selection.select(layout.measure(network.read(store)), wanted)
    view.write(path, part, replace(view.Options(), left_out=left_out))
    return left_out.line() if left_out else ""
