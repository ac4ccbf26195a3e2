"""Networkx at work on a network: what matters, what belongs together, where everything stands.

    measure(network) -> Network      importance and community of every node
    place(network) -> positions       node id -> (x, y), the same on every machine

The important core is laid out by force, one connected part at a time, the parts are packed, and nodes that lie on one
another are pushed apart; everything else is set around the neighbours that already stand. So two thousand nodes take a
second, where forces alone take a minute.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np

from kg.page.network import Network

Position = tuple[float, float]
Points = Any  # an array of n points; numpy's own type says no more

CORE = 240  # nodes that forces lay out; the cost grows with the square
SEED = 7
GAP = 108.0  # the distance that neighbours should keep, in the page's units
_WIDE = 1.25  # how much wider than high a picture is
_LINE = 1.6  # how much more room a node needs along the line, where its name runs
# Sources of shortest paths that betweenness is estimated from; fewer in a graph so large that each takes long.
_SAMPLE, _LEAST, _STEPS = 96, 8, 1_500_000
_GROUPED = 3000  # nodes that are grouped by what holds them together; the others join the group of their nearest


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
    sample = min(len(net), _SAMPLE, max(_LEAST, _STEPS // (len(net) + net.number_of_edges() + 1))) or None
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


def _louvain(net: nx.Graph, nodes: Sequence[str]) -> list[set[str]]:
    """The communities among `nodes`. Louvain goes through sets: over numbers, in a graph made in a fixed order, it takes the
    same way in every process; over names it followed the process's hashing, and on some ways never came to an end."""
    number = {node: n for n, node in enumerate(nodes)}
    core = nx.Graph()
    core.add_nodes_from(range(len(nodes)))
    ties = sorted((*sorted((number[a], number[b])), w) for a, b, w in net.edges(nodes, data="weight", default=1) if a in number and b in number)
    core.add_weighted_edges_from(ties)
    return [{nodes[n] for n in members} for members in nx.community.louvain_communities(core, weight="weight", seed=SEED)]


def _communities(net: nx.Graph) -> dict[str, int]:
    """Node -> number of its community, the largest being 1; 0 for a node without neighbours."""
    strength = dict(net.degree(weight="weight"))
    ordered = sorted((n for n, s in strength.items() if s), key=lambda n: (-strength[n], n))
    found = _louvain(net, ordered[:_GROUPED]) if ordered else []
    group = {node: number for number, members in enumerate(sorted(found, key=min)) for node in members}
    _join(net, ordered[_GROUPED:], group)
    members: dict[int, list[str]] = {}
    for node, number in group.items():
        members.setdefault(number, []).append(node)
    ranked = sorted(members.values(), key=lambda nodes: (-len(nodes), min(nodes)))
    numbers = {node: number for number, nodes in enumerate(ranked, 1) for node in nodes}
    return {node: numbers.get(node, 0) for node in net}


def _join(net: nx.Graph, rest: Sequence[str], group: dict[str, int]) -> None:
    """Puts each node of `rest` into the group of the neighbour that it is tied to most; what is left into new ones."""
    waiting = list(rest)
    while waiting:
        later = []
        for node in waiting:
            near = [(-data["weight"], other) for other, data in net[node].items() if other in group]
            if near:
                group[node] = group[min(near)[1]]
            else:
                later.append(node)
        if len(later) == len(waiting):
            group[later.pop(0)] = max(group.values(), default=-1) + 1
        waiting = later


def place(network: Network, core: int = CORE) -> dict[str, Position]:
    """Where each node stands; wider than high, as screens are. `network` should be measured."""
    net = graph(network)
    weight = {node.id: node.importance for node in network.nodes}
    inner = net.subgraph([node.id for node in network.nodes[:core]])
    spots = _pack([_force(inner.subgraph(part)) for part in _parts(inner)])
    _around(net, spots, [node.id for node in network.nodes[core:]])
    return _rounded(_filled(_apart(spots, weight)) if len(spots) <= core else spots)


def _parts(net: nx.Graph) -> list[list[str]]:
    """The connected parts, large ones first, each in a stable order."""
    parts = (sorted(part) for part in nx.connected_components(net))
    return sorted(parts, key=lambda part: (-len(part), part[0]))


def _force(net: nx.Graph) -> dict[str, Position]:
    """One connected part, centred, wider than high, with about `GAP` between neighbours."""
    names = sorted(net)
    if len(names) < 3:
        return {name: (GAP * i, 0.0) for i, name in enumerate(names)}
    ordered = nx.Graph()
    ordered.add_nodes_from(names)
    ordered.add_edges_from(sorted((min(e), max(e)) for e in net.edges))
    spots = nx.forceatlas2_layout(ordered, pos=nx.circular_layout(ordered), max_iter=240, scaling_ratio=4.0, seed=SEED)
    points = _lying(np.array([spots[name] for name in names], dtype=float))
    points *= GAP * math.sqrt(len(names)) / max(float(np.sqrt((points**2).sum(axis=1)).mean()) * 2, 1e-9)
    points[:, 0] *= _WIDE
    return {name: (float(x), float(y)) for name, (x, y) in zip(names, points, strict=True)}


def _lying(points: Points) -> Points:
    """The points centred and turned so that they reach farthest from left to right."""
    points = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(points.T @ points)
    along = axes[:, ::-1]
    # An axis has no sign of its own; fix one, or machines would differ.
    along = along * np.where(along[np.argmax(np.abs(along), axis=0), (0, 1)] < 0, -1.0, 1.0)
    return points @ along


def _pack(parts: Sequence[Mapping[str, Position]]) -> dict[str, Position]:
    """The largest part in the middle, each other one in the free place that is nearest to the middle."""
    spots: dict[str, Position] = dict(parts[0]) if parts else {}
    for part in parts[1:]:
        points = np.array(list(part.values())) - np.mean(list(part.values()), axis=0)
        x, y = _gap(np.array(list(spots.values())), points)
        spots.update({name: (x + float(px), y + float(py)) for name, (px, py) in zip(part, points, strict=True)})
    return spots


def _gap(taken: Points, part: Points) -> Position:
    """Where `part` can stand without coming near what is taken: the first such place on an ellipse that grows."""
    reach, step = 0.0, 0.6 * GAP
    while True:
        for turn in range(int(2 * math.pi * reach / step) + 1):
            angle = turn * step / max(reach, step)
            at = np.array([reach * math.cos(angle) * _WIDE, reach * math.sin(angle)])
            apart = (part + at)[:, None, :] - taken[None, :, :]
            apart[..., 0] /= _WIDE
            if float((apart**2).sum(axis=2).min()) > (1.35 * GAP) ** 2:
                return float(at[0]), float(at[1])
        reach += step


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
    points = np.array([spots[name] for name in names], dtype=float).reshape(-1, 2)
    half = np.array([46 + 24 * weight.get(name, 0.0) for name in names])
    need = half[:, None] + half[None, :]
    for _ in range(150):
        apart = points[:, None, :] - points[None, :, :]
        apart[..., 0] /= _LINE
        reach = np.sqrt((apart**2).sum(axis=2)) + np.eye(len(names)) * 1e6
        push = np.clip(need - reach, 0, None)
        if not push.any():
            break
        shift = apart / np.maximum(reach, 1e-3)[..., None] * (push / 2)[..., None]
        shift[..., 0] *= _LINE
        points += shift.sum(axis=1) * 0.5
    return {name: (float(x), float(y)) for name, (x, y) in zip(names, points, strict=True)}


def _filled(spots: Mapping[str, Position]) -> dict[str, Position]:
    """The picture stretched, by half at the most, until it is as much wider than high as it should be."""
    points = np.array(list(spots.values()), dtype=float).reshape(-1, 2)
    if len(points) < 3:
        return dict(spots)
    width, height = np.maximum(np.ptp(points, axis=0), 1.0)
    ratio = width / (height * _WIDE)
    stretch = np.array([min(max(1 / ratio, 1.0), 1.5), min(max(ratio, 1.0), 1.5)])
    return {name: (float(x), float(y)) for name, (x, y) in zip(spots, points * stretch, strict=True)}


def _rounded(spots: Mapping[str, Position]) -> dict[str, Position]:
    return {name: (round(x, 1), round(y, 1)) for name, (x, y) in spots.items()}
