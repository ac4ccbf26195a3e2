"""A store measured against gold for names and entities: the figures in words, as values, and the faults one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from pathlib import Path

from kg.measure import entity_gold
from kg.measure.entity_scores import (
    Figure,
    LinkScore,
    SampleScore,
    borne,
    names_of,
    score_links,
    score_sample,
)
from kg.model import Extraction
from kg.reference import shipped
from kg.store import Store


@dataclass(frozen=True)
class Report:
    """`sample` is None where the gold marks no mentions."""

    articles: int
    links: LinkScore
    sample: SampleScore | None

    def values(self) -> dict[str, object]:
        """The figures by the names that the report prints and writes as JSON; shares between 0 and 1, rounded to four places."""
        out: dict[str, object] = {
            "articles": self.articles,
            "names": len(self.links.links),
            "names_found": round(self.links.found.recall, 4),
            "link_accuracy": round(self.links.accuracy, 4),
            "linked_of_all": round(self.links.overall, 4),
            "linked_of_reference": round(self.links.on_reference, 4),
            "wrongly_merged": len(self.links.merged),
            "wrongly_split": len(self.links.split),
        }
        if self.sample:
            out["sample"] = {
                name: {k: round(getattr(figure, k), 4) for k in ("precision", "recall", "f1")}
                for name, figure in self._figures(self.sample)
            }
        return out

    def lines(self) -> list[str]:
        """The figures for reading."""
        links = self.links
        out = [
            f"names of gold entities in {self.articles} articles: {len(links.links)}",
            f"  found {links.found.recall:.3f}; of those linked to the right entity {links.accuracy:.3f}",
            f"  found and linked right: of all {links.overall:.3f}, of entities of the reference data {links.on_reference:.3f}",
            f"  wrongly merged {len(links.merged)}, wrongly split {len(links.split)} entities",
        ]
        if self.sample:
            for name, figure in self._figures(self.sample):
                out.append(f"{name:<22} P {figure.precision:.3f}  R {figure.recall:.3f}  F1 {figure.f1:.3f}")
        return out

    @staticmethod
    def _figures(sample: SampleScore) -> tuple[tuple[str, Figure], ...]:
        return (
            ("names", sample.mentions), ("names with type", sample.typed), ("clusters, CEAF-e", sample.ceaf),
            ("clusters, B3", sample.b3), ("links of names found", sample.linked),
        )  # fmt: skip

    def faults(self) -> list[str]:
        """The names that were missed or linked wrongly, and the entities merged and split."""
        out = []
        for link in self.links.links:
            if not link.right:
                what = f"linked to {link.key}" if link.found else "missed"
                out.append(f"{link.article} {link.span.start}-{link.span.end} «{link.text}» {'/'.join(sorted(link.gold))}: {what}")
        out += [f"merged  {key}" for key in self.links.merged]
        return out + [f"split  {entity}" for entity in self.links.split]


def measure(store: Store, folders: Sequence[Path]) -> Report:
    """The figures of a store against the gold of some folders; clusters over the articles whose mentions are marked."""
    gold = entity_gold.read(folders)
    found = entity_gold.extractions(store)
    names = shipped().names
    return Report(len(found), score_links(found, gold.entities, names), _sample(found, gold))


def _sample(found: Iterable[Extraction], gold: entity_gold.Gold) -> SampleScore | None:
    by_name = names_of(gold.entities)
    scores = [
        score_sample(e.mentions, gold.mentions[e.article.id], borne(e.entities, by_name), gold.types)
        for e in found
        if e.article.id in gold.mentions
    ]
    return reduce(add, scores) if scores else None
