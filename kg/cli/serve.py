"""kg serve: a read-only SPARQL endpoint and query page over the graph, on this machine alone."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import options
from kg.errors import StoreError


def run(
    graph: options.Graph = options.DEFAULT,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port on 127.0.0.1; 0 for any that is free.")] = 7878,
    timeout: Annotated[float, typer.Option(min=0.1, help="The most seconds for a query; then its process is ended.")] = 30.0,
    limit: Annotated[int, typer.Option(min=1, help="The most rows of an answer.")] = 100_000,
    workers: Annotated[int, typer.Option(min=1, help="Processes that answer queries.")] = 2,
) -> None:
    """Serve the graph: SPARQL 1.1 on http://127.0.0.1:7878/sparql, a page with the shipped queries on http://127.0.0.1:7878/."""
    import socket

    import uvicorn

    from kg.asking import endpoint, serve
    from kg.query import Limits

    options.open_store(graph).close()
    pool = endpoint.Pool(graph / "store", Limits(timeout, limit), workers)
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", port))
        except OSError as error:
            raise StoreError(f"port {port} cannot be used: {error.strerror}; choose another with --port") from error
        at = f"http://127.0.0.1:{listening.getsockname()[1]}"
        typer.echo(f"page {at}/\nSPARQL {at}/sparql\nstop with Ctrl-C")
        config = uvicorn.Config(serve.application(pool), log_level="warning", server_header=False, timeout_keep_alive=5, limit_concurrency=64)
        try:
            uvicorn.Server(config).run(sockets=[listening])
        finally:
            pool.close()
