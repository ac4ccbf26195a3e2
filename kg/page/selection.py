"""A part of a network, and what it leaves out.

    select(network, Selection(top=200, since=...)) -> (network, LeftOut)

Relations and dates choose claims; an entity chooses what lies within `depth` steps of it; a community and `top`
choose among what is left. The order is always that one, so that `top` counts what the reader will see.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

from kg.errors import InputError
from kg.page.layout import graph
from kg.page.network import Network, Node, find, gather
from kg.vocab import RELATIONS
from kg.wording import counted

LIMIT = 2000  # entities that one page can carry and stay quick


@dataclass(frozen=True, slots=True)
class Selection:
    """What a reader asked for; empty fields leave everything in. `community` is a number or a member's name."""

    top: int | None = None
    entity: tuple[str, ...] = ()
    relation: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    community: str = ""
    depth: int = 1


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many of how many were left out; `limited` when nobody asked for it and the page's limit did it."""

    nodes: int = 0
    of_nodes: int = 0
    edges: int = 0
    of_edges: int = 0
    claims: int = 0
    of_claims: int = 0
    limited: bool = False

    def __bool__(self) -> bool:
        return bool(self.nodes or self.edges or self.claims)

    def line(self) -> str:
        """What was left out, in one line for a terminal; empty when nothing was.

        >>> LeftOut(3, 10, 4, 9, 5, 20).line()
        'left out 3 of 10 entities, 4 of 9 pairs and 5 of 20 claims'
        """
        if not self:
            return ""
        what = (
            f"left out {self.nodes:,} of {counted(self.of_nodes, 'entity', 'entities')},"
            f" {self.edges:,} of {counted(self.of_edges, 'pair')} and {self.claims:,} of {counted(self.of_claims, 'claim')}"
        )
        hint = f": a page holds the {LIMIT:,} most important; choose others with --top, --entity, --relation,"
        return f"{what}{hint} --since or --community" if self.limited else what


def select(network: Network, selection: Selection) -> tuple[Network, LeftOut]:
    """The part that `selection` asks for. `network` must be measured. Raises InputError."""
    _check(selection)
    if not network.claims:
        raise InputError("there is nothing to draw: the graph has no claims; build it from articles first")
    part = _claims(network, selection)
    if selection.entity:
        part = _keep(part, _near(part, [find(network, name).id for name in selection.entity], selection.depth))
    if selection.community:
        number = _community(network, selection.community)
        part = _keep(part, {node.id for node in part.nodes if node.community == number})
    shown = _tied(part)
    top = selection.top or LIMIT
    limited = not selection.top and len(shown) > LIMIT
    chosen = [find(network, name).id for name in selection.entity]
    first = sorted(shown, key=lambda node: (node.id not in chosen, -node.importance, node.id))[:top]
    part = _keep(part, {node.id for node in first})
    if not part.claims:
        raise InputError("nothing in the graph fits what was asked for; ask for less or for an earlier --since")
    return part, _left_out(network, part, limited)


def _check(selection: Selection) -> None:
    for name in selection.relation:
        if name not in RELATIONS:
            raise InputError(f"there is no relation {name!r}; there are: {', '.join(sorted(RELATIONS))}")
    if selection.top is not None and selection.top < 1:
        raise InputError("--top must be 1 or more")
    if selection.depth < 1:
        raise InputError("--depth must be 1 or more")


def _claims(network: Network, selection: Selection) -> Network:
    """The claims of the relations and days asked for; a claim without a date has no place in a range of days."""
    kept = [
        claim
        for claim in network.claims
        if (not selection.relation or claim.relation in selection.relation)
        and (selection.since is None or (claim.date is not None and claim.date >= selection.since))
        and (selection.until is None or (claim.date is not None and claim.date <= selection.until))
    ]
    return gather(network.nodes, kept, network.articles)


def _near(network: Network, wanted: Iterable[str], depth: int) -> set[str]:
    """What lies within `depth` steps of one of the entities."""
    net = graph(network)
    found: set[str] = set()
    for id in wanted:
        found |= set(nx.single_source_shortest_path_length(net, id, cutoff=depth))
    return found


def _community(network: Network, wanted: str) -> int:
    number = int(wanted) if wanted.isdecimal() else find(network, wanted).community
    if not any(node.community == number for node in network.nodes):
        last = max((node.community for node in network.nodes), default=0)
        raise InputError(f"there is no community {wanted}; they are numbered 1 to {last}, the largest first")
    return number


def _tied(network: Network) -> list[Node]:
    """The nodes that a claim joins to another; who only speaks has no place of its own."""
    tied = {end for edge in network.edges for end in (edge.a, edge.b)}
    return [node for node in network.nodes if node.id in tied]


def _keep(network: Network, ids: set[str]) -> Network:
    """The claims between these nodes, and the nodes that those need."""
    claims = [c for c in network.claims if c.subject in ids and c.object in ids]
    used = {id for c in claims for id in (c.subject, c.object, c.attributed)}
    return gather((node for node in network.nodes if node.id in used), claims, network.articles)


def _left_out(whole: Network, part: Network, limited: bool) -> LeftOut:
    nodes, edges, claims = len(_tied(whole)), len(whole.edges), len(whole.claims)
    return LeftOut(
        nodes - len(_tied(part)), nodes, edges - len(part.edges), edges, claims - len(part.claims), claims, limited
    )
