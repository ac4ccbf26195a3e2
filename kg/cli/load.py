"""kg load: the graph into another SPARQL store."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import options
from kg.cli.progress import progress
from kg.wording import counted


def run(
    url: Annotated[str, typer.Argument(help="The address of the store's Graph Store Protocol or, with --protocol update, of its updates.", show_default=False)],
    graph: options.Graph = options.DEFAULT,
    protocol: Annotated[str, typer.Option(help="gsp (Graph Store Protocol) or update (SPARQL Update).")] = "gsp",
    user: Annotated[str, typer.Option("--user", "-u", envvar="KG_USER", help="The user's name.", show_default=False)] = "",
    password: Annotated[str, typer.Option(envvar="KG_PASSWORD", help="The password; better by the environment. Asked for when left out.", show_default=False)] = "",
    digest: Annotated[bool, typer.Option("--digest", help="Digest authentication (Virtuoso) and not Basic.")] = False,
    token: Annotated[str, typer.Option(envvar="KG_TOKEN", help="A bearer token, in place of a user.", show_default=False)] = "",
    merge: Annotated[bool, typer.Option("--merge", help="Everything into the default graph, for a store whose queries see no other.")] = False,
    batch: Annotated[int, typer.Option(min=0, help="Triples a request; 0 for what suits the protocol.")] = 0,
    tries: Annotated[int, typer.Option(min=1, help="How often a request is tried.")] = 5,
    timeout: Annotated[float, typer.Option(min=0.1, help="The most seconds for a request.")] = 120.0,
    again: Annotated[bool, typer.Option("--again", help="Send everything, also what was sent before (after the store was emptied).")] = False,
) -> None:
    """Push the graph to any SPARQL 1.1 store: what is new or changed since the last time, graph by graph."""
    from kg.storage import remote

    target = remote.Target(url, protocol, options.auth(user, password, digest), token, batch, merge, tries, timeout=timeout)
    ledger = remote.ledger_path(graph, target)
    if again:
        ledger.unlink(missing_ok=True)
    with options.open_store(graph) as store, progress("graphs") as tell:
        done = remote.push(
            store, target, ledger, lambda p: tell(p.sent + p.same, p.total, counted(p.triples, "triple") + (f", {counted(p.retries, 'retry', 'retries')}" if p.retries else ""))
        )
    typer.echo(
        f"sent {counted(done.sent, 'graph')} with {counted(done.triples, 'triple')}"
        + (f", {done.same} unchanged" if done.same else "")
        + (f", dropped {done.dropped}" if done.dropped else "")
    )
