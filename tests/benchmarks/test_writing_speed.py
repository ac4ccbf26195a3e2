"""What the graph costs beside the analysis of the same articles: writing it at most a tenth, and checking it as the build does
at most another."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kg import articles, files, modelset, pipeline
from kg.graph import article_graph
from kg.model import Run
from kg.storage.validate import check, screened
from kg.store import Store

pytestmark = [pytest.mark.slow, pytest.mark.live]
ARTICLES = 12


def test_writing_costs_at_most_a_tenth_of_the_analysis(tmp_path: Path) -> None:
    read = [a for a in articles.read([str(files.SAMPLES)]) if not isinstance(a, articles.Problem)]
    assert len(read) >= ARTICLES
    line = pipeline.Line(modelset.find())
    screened(article_graph(line.run(read[:2])[0][0], Run("1", "x")).triples)  # what is loaded on first use
    began = time.process_time()
    results = line.run(read)
    analysed = time.process_time()
    with Store.open(tmp_path / "store") as store:
        graphs = [article_graph(extraction, Run("1", "x")) for extraction, _ in results]
        made = time.process_time()
        for at in range(0, len(graphs), pipeline.BATCH):
            store.put(graphs[at : at + pipeline.BATCH])
        written = time.process_time()
    found = [screened(graph.triples) for graph in graphs]
    checked = time.process_time()
    assert found == [check(graph.triples) for graph in graphs]
    whole = time.process_time() - checked
    analysis, writing, checking = analysed - began, written - analysed, checked - written
    print(f"\nanalysis {analysis:.2f} s; graph {made - analysed:.2f} s and store {written - made:.2f} s, {writing / analysis:.1%}; "
          f"validation {checking:.2f} s, {checking / analysis:.1%}, by pySHACL alone {whole:.2f} s")  # fmt: skip
    assert writing <= 0.10 * analysis
    assert checking <= 0.10 * analysis and checking <= 0.5 * whole
