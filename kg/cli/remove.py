"""kg remove: an article out of the graph, with everything that only it said."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import options
from kg.errors import InputError
from kg.wording import counted


def run(
    articles: Annotated[list[str], typer.Argument(help="Ids of articles, as `kg query articles` lists them.", show_default=False)],
    graph: options.Graph = options.DEFAULT,
) -> None:
    """Take articles out of the graph, and write its files anew without them."""
    from kg import pipeline

    articles = list(dict.fromkeys(articles))
    options.open_store(graph).close()  # a folder without a store is told, not made
    with options.open_store(graph, write=True) as store:
        known = store.known()
        for id in articles:
            if id not in known:
                raise InputError(f"no article of the store is called {id!r}; {_nearest(id, list(known))}")
        for id in articles:
            store.remove(id)
        pipeline.outputs(store, graph)
        left = len(store.known())
    typer.echo(f"removed {len(articles)}; {counted(left, 'article')} left")


def _nearest(id: str, known: list[str]) -> str:
    from rapidfuzz import process

    near = [found for found, _, _ in process.extract(id, known, limit=3)]
    return f"the nearest are {', '.join(near)}" if near else "it is empty"
