"""The straight line: articles -> analysis -> mentions -> entities -> relations -> graph -> store, page, dumps.

No logic of its own: each stage is one call. `build` reads what has changed, writes it in batches that a crash cannot tear,
and hands what happens to a callback; nothing here prints.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import kg
from kg import articles, background, dumps, graph, layout, lookup, network, selection, view
from kg.articles import Problem
from kg.entities import resolve
from kg.errors import InputError, OutputError
from kg.gazetteer import shipped_gazetteer
from kg.lexicon import shipped_lexicon
from kg.mentions import Finder
from kg.model import Article, Extraction, Run
from kg.modelset import ModelSet
from kg.reference import Reference, name_words, shipped
from kg.relations import RuleExtractor
from kg.rules import shipped_rules
from kg.store import Store
from kg.validate import check

STORE, TURTLE, TRIG, PAGE = "store", "graph.ttl", "graph.trig", "graph.html"
# Articles written to the store in one transaction, and handed to a worker at a time.
BATCH = 16


@dataclass(frozen=True)
class Options:
    """What a build can be told. `fields` maps our names to those of the JSON; `jobs` is the number of processes."""

    models: ModelSet
    threshold: float = 0.5
    fields: Mapping[str, str] = field(default_factory=dict)
    published: dt.date | None = None
    jobs: int = 1
    validate: bool = True
    page_top: int = 0


@dataclass
class Summary:
    """What a build did. `problems` are the articles that could not be used, `faults` the breaches of shapes."""

    new: int = 0
    same: int = 0
    problems: list[Problem] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    words: int = 0
    seconds: float = 0.0
    counts: Mapping[str, int] = field(default_factory=dict)
    left_out: str = ""


Report = Callable[[Summary], None]


class Line:
    """The stages from article to extraction, with their models and data loaded once."""

    def __init__(self, models: ModelSet) -> None:
        from kg import modelset
        from kg.analysis import Analyser

        reference = shipped()
        self._finder = Finder(reference, shipped_gazetteer(), shipped_lexicon())
        self._reference = reference
        self._extractor = RuleExtractor(shipped_rules(), reference)
        self._analyser = Analyser(modelset.pipeline(models), name_words(reference))

    def run(self, batch: Iterable[Article]) -> list[tuple[Extraction, int]]:
        """The extraction of each article of a batch, and its number of words."""
        out = []
        for article, doc in self._analyser.analyse(batch):
            mentions = self._finder.find(article, doc)
            entities = resolve(article, mentions, self._reference)
            found = self._extractor.extract(article, doc, entities)
            extraction = Extraction(article, entities.entities, entities.mentions, found.claims, found.quotations)
            out.append((extraction, len(doc)))
        return out


_line: Line | None = None


def _start_worker(models: ModelSet) -> None:
    global _line
    _line = Line(models)


def _work(batch: list[Article]) -> list[tuple[Extraction, int]]:
    assert _line is not None
    return _line.run(batch)


@contextmanager
def _workers(options: Options) -> Iterator[Callable[[Iterable[list[Article]]], Iterator[list[tuple[Extraction, int]]]]]:
    """A function that maps batches to extractions, in order, in this process or in several."""
    if options.jobs <= 1:
        line = Line(options.models)
        yield lambda batches: (line.run(batch) for batch in batches)
        return
    with get_context("spawn").Pool(options.jobs, _start_worker, (options.models,)) as pool:
        yield lambda batches: pool.imap(_work, batches)


def build(paths: Iterable[str], out: Path, options: Options, report: Report | None = None) -> Summary:
    """Builds or extends the graph in `out` from articles. Raises InputError when no article can be used, OutputError
    when the folder cannot be written; a bad article is counted in the summary and skipped."""
    _writable(out)
    began = time.monotonic()
    summary = Summary()
    run = Run(kg.__version__, options.models.version, (("threshold", str(options.threshold)),), dt.datetime.now(dt.UTC))
    settings = graph.Settings(threshold=options.threshold)
    found = articles.read(paths, options.fields, options.published)
    with Store.open(out / STORE, settings.iris) as store:
        wanted = _changed(found, store, run, settings, summary)
        first = next(wanted, None)
        if first is not None:
            _state(store, run, settings)
            with _workers(options) as work:
                for results in work(_batches(_chain(first, wanted))):
                    _write(store, results, run, settings, options, summary)
                    summary.seconds = time.monotonic() - began
                    if report:
                        report(summary)
        if not summary.new and not summary.same:
            raise InputError(_nothing(summary))
        summary.left_out = outputs(store, out, options.page_top)
        summary.counts = dict(lookup.counts(store))
    summary.seconds = time.monotonic() - began
    return summary


def _writable(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        probe = out / ".kg-probe"
        probe.write_text("", encoding="utf-8")
        probe.unlink()
    except OSError as error:
        raise OutputError(f"{out}: cannot be written ({error.strerror}); give another folder with -o") from error


def _changed(
    found: Iterable[Article | Problem], store: Store, run: Run, settings: graph.Settings, summary: Summary
) -> Iterator[Article]:
    """The articles that the store does not have as they are now, read with the models and settings of this run."""
    known = store.known()
    made_by = str(settings.iris.run(run))
    for item in found:
        if isinstance(item, Problem):
            summary.problems.append(item)
        elif known.get(item.id) == (graph.fingerprint(item), made_by):
            summary.same += 1
        else:
            yield item


def _chain(first: Article, rest: Iterator[Article]) -> Iterator[Article]:
    yield first
    yield from rest


def _batches(stream: Iterator[Article]) -> Iterator[list[Article]]:
    while batch := list(islice(stream, BATCH)):
        yield batch


def _nothing(summary: Summary) -> str:
    if not summary.problems:
        return "no article found; give files, folders or - for standard input"
    first = summary.problems[0]
    more = f" (and {len(summary.problems) - 1} more)" if len(summary.problems) > 1 else ""
    return f"no article can be used: {first.where}: {first.why}{more}"


def _write(
    store: Store, results: list[tuple[Extraction, int]], run: Run, settings: graph.Settings, options: Options, summary: Summary
) -> None:
    graphs = [graph.article_graph(extraction, run, settings) for extraction, _ in results]
    if options.validate:
        for made in graphs:
            summary.faults += [f"{made.id}: {fault}" for fault in check(made.triples)]
    store.put(graphs)
    summary.new += len(results)
    summary.words += sum(words for _, words in results)


def _state(store: Store, run: Run, settings: graph.Settings) -> None:
    """The graphs that no article makes: provenance, ontology, background."""
    store.add("runs", graph.run_triples(run, settings))
    store.add("builds", graph.build_triples(run, settings))
    store.state("ontology", graph.ontology_triples())
    store.state("background", background_triples(shipped(), settings))


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
