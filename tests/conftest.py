"""What many tests need: the live line, and the graph of the samples, each made once for all workers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

os.environ.setdefault("OMP_NUM_THREADS", "1")


@pytest.fixture(scope="session")
def line() -> Iterator[object]:
    """The stages with the shipped models, loaded once a worker."""
    from kg import modelset
    from kg.pipeline import Line

    yield Line(modelset.find())


@pytest.fixture(scope="session")
def samples_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the graph of the sample articles: built once, by the first worker that asks."""
    from kg import files, modelset, pipeline

    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    out = shared / "samples-graph"
    with FileLock(str(shared / "samples-graph.lock")):
        if not (out / pipeline.PAGE).exists():
            pipeline.build([str(files.SAMPLES)], out, pipeline.Options(models=modelset.find()))
    return out
