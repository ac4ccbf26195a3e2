"""Networkx at work on a network: what matters, what belongs together, where everything stands.

    measure(network) -> Network      importance and community of every node
    place(network) -> positions       node id -> (x, y), the same on every machine

The important core is laid out by force, one connected part at a time, and the parts are packed; everything else is set
around the neighbours that already stand. So two thousand nodes take a second, where forces alone take minutes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np

from kg.network import Network, Node

Position = tuple[float, float]
Points = Any  # an array of n points; numpy's own type says no more

CORE = 240  # nodes that forces lay out; the cost grows with the square
SEED = 7
GAP = 108.0  # the distance that neighbours should keep, in the page's units
_SAMPLE = 96  # sources of shortest paths that betweenness is estimated from


def graph(network: Network) -> nx.Graph:
    """The network as networkx has it: edges weigh what their stated claims weigh, unstated ones little."""
    out = nx.Graph()
    out.add_nodes_from(sorted(node.id for node in network.nodes))
    for edge in network.edges:
        if edge.a != edge.b:
            out.add_edge(edge.a, edge.b, weight=math.log2(1 + edge.stated) + 0.1)
    return out


def measure(network: Network) -> Network:
    """The network with `importance` and `community` of its nodes, most important first.

    Importance is how strongly a node is tied (weighted degree) and how many shortest paths run over it.
    """
    net = graph(network)
    ties = _scaled({n: math.log1p(d) for n, d in net.degree(weight="weight")})
    sample = min(_SAMPLE, len(net)) or None
    between = _scaled(
        {n: math.sqrt(b) for n, b in nx.betweenness_centrality(net, k=sample, seed=SEED).items()}
    )
    belongs = _communities(net)
    nodes = (
        replace(
            node,
            importance=round(0.75 * ties[node.id] + 0.25 * between[node.id], 4),
            community=belongs[node.id],
        )
        for node in network.nodes
    )
    return replace(network, nodes=tuple(sorted(nodes, key=lambda n: (-n.importance, n.id))))


def _scaled(values: Mapping[str, float]) -> dict[str, float]:
    top = max(values.values(), default=0.0) or 1.0
    return {name: value / top for name, value in values.items()}


def _communities(net: nx.Graph) -> dict[str, int]:
    """Node -> number of its community, the largest being 1; 0 for a node without neighbours."""
    tied = net.subgraph(node for node, degree in net.degree() if degree)
    found = nx.community.louvain_communities(tied, weight="weight", seed=SEED) if len(tied) else []
    ordered = sorted(found, key=lambda group: (-len(group), min(group)))
    numbers = {node: number for number, group in enumerate(ordered, 1) for node in group}
    return {node: numbers.get(node, 0) for node in net}


def place(network: Network, core: int = CORE) -> dict[str, Position]:
    """Where each node stands; wider than high, as screens are. `network` should be measured."""
    net = graph(network)
    weight = {node.id: node.importance for node in network.nodes}
    inner = net.subgraph([node.id for node in network.nodes[:core]])
    spots = _pack([_force(inner.subgraph(part)) for part in _parts(inner)])
    _around(net, spots, [node.id for node in network.nodes[core:]])
    return _rounded(_apart(spots, weight) if len(spots) <= core else spots)


def _parts(net: nx.Graph) -> list[list[str]]:
    """The connected parts, large ones first, each in a stable order."""
    parts = (sorted(part) for part in nx.connected_components(net))
    return sorted(parts, key=lambda part: (-len(part), part[0]))


def _force(net: nx.Graph) -> dict[str, Position]:
    """One connected part, centred, with about `GAP` between neighbours."""
    names = sorted(net)
    if len(names) < 3:
        return {name: (GAP * i, 0.0) for i, name in enumerate(names)}
    ordered = nx.Graph()
    ordered.add_nodes_from(names)
    ordered.add_weighted_edges_from(sorted((*sorted(e[:2]), e[2]) for e in net.edges(data="weight")))
    start = nx.circular_layout(ordered)
    spots = nx.spring_layout(
        ordered, pos=start, k=1.9 / math.sqrt(len(names)), iterations=220, seed=SEED, weight=None
    )
    points = np.array([spots[name] for name in names])
    points -= points.mean(axis=0)
    points *= GAP * math.sqrt(len(names)) / max(float(np.sqrt((points**2).sum(axis=1)).max()), 1e-9)
    if np.ptp(points[:, 0]) < np.ptp(points[:, 1]):
        points = points[:, ::-1]
    points[:, 0] *= 1.25
    return {name: (float(x), float(y)) for name, (x, y) in zip(names, points, strict=True)}


def _pack(parts: Sequence[Mapping[str, Position]]) -> dict[str, Position]:
    """The largest part in the middle, the others in rows below it."""
    spots: dict[str, Position] = dict(parts[0]) if parts else {}
    if not spots:
        return spots
    left, right = _extent(spots.values(), 0)
    width = max(right - left, 6 * GAP)
    x, y, height = -width / 2, _extent(spots.values(), 1)[1] + 1.6 * GAP, 0.0
    for part in parts[1:]:
        (x0, x1), (y0, y1) = _extent(part.values(), 0), _extent(part.values(), 1)
        if x > -width / 2 and x + x1 - x0 > width / 2:
            x, y, height = -width / 2, y + height + 1.3 * GAP, 0.0
        spots.update({name: (x + px - x0, y + py - y0) for name, (px, py) in part.items()})
        x, height = x + x1 - x0 + 1.9 * GAP, max(height, y1 - y0)
    return spots


def _extent(spots: Iterable[Position], axis: int) -> tuple[float, float]:
    values = [spot[axis] for spot in spots]
    return min(values), max(values)


def _around(net: nx.Graph, spots: dict[str, Position], rest: Sequence[str]) -> None:
    """Sets the rest beside the neighbours that stand already, each on a spiral of its anchor's own."""
    taken: dict[tuple[int, int], int] = {}
    radius = max((math.hypot(x, y) for x, y in spots.values()), default=0.0) + 2 * GAP
    waiting = list(rest)
    while waiting:
        ready = [name for name in waiting if any(other in spots for other in net[name])]
        for name in ready or waiting:
            fixed = sorted((spots[o] for o in net[name] if o in spots), key=lambda p: (p[0], p[1]))
            middle = np.mean(fixed, axis=0) if fixed else np.array([0.0, radius])
            spots[name] = _free((float(middle[0]), float(middle[1])), taken)
        done = set(ready or waiting)
        waiting = [name for name in waiting if name not in done]


def _free(middle: Position, taken: dict[tuple[int, int], int]) -> Position:
    """The next place on the sunflower spiral around the anchor's cell."""
    cell = (round(middle[0] / (2 * GAP)), round(middle[1] / (2 * GAP)))
    taken[cell] = number = taken.get(cell, 0) + 1
    angle, reach = number * 2.399963, 0.62 * GAP * math.sqrt(number + 1)
    return middle[0] + reach * math.cos(angle) * 1.25, middle[1] + reach * math.sin(angle)


def _apart(spots: Mapping[str, Position], weight: Mapping[str, float]) -> dict[str, Position]:
    """Pushes nodes apart until discs and the names under them stop lying on one another."""
    names = sorted(spots)
    points = np.array([spots[name] for name in names], dtype=float)
    half = np.array([26 + 26 * weight.get(name, 0.0) for name in names])
    need = half[:, None] + half[None, :]
    for _ in range(60):
        apart = points[:, None, :] - points[None, :, :]
        apart[..., 0] /= 1.5  # names run along the line, so the room is needed there
        reach = np.sqrt((apart**2).sum(axis=2)) + np.eye(len(names)) * 1e6
        push = np.clip(need - reach, 0, None)
        if not push.any():
            break
        shift = apart / np.maximum(reach, 1e-3)[..., None] * (push / 2)[..., None]
        shift[..., 0] *= 1.5
        points += shift.sum(axis=1) * 0.6
    return {name: (float(x), float(y)) for name, (x, y) in zip(names, points, strict=True)}


def _rounded(spots: Mapping[str, Position]) -> dict[str, Position]:
    return {name: (round(x, 1), round(y, 1)) for name, (x, y) in spots.items()}


def community(network: Network, number: int) -> tuple[Node, ...]:
    """The nodes of one community."""
    return tuple(node for node in network.nodes if node.community == number)
