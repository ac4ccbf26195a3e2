"""The batches of short articles that were annotated before any rule was tried on them, now part of the tests: how much of the
gold is found, and that hardly a claim which is only denied or planned is asserted. Floors, from stored analyses."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.arabic import fold
from kg.texts import stored
from tests.sentences import Read, asserted, read

HERE = Path(__file__).parent


def rows(path: Path) -> list[dict[str, str]]:
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    return [dict(zip(head.split("\t"), line.split("\t"), strict=False)) for line in lines if line and not line.startswith("#")]


def states(found: Read, row: dict[str, str], names: dict[str, set[str]]) -> bool:
    """A direct edge of the article is the row's."""
    one, other = (set().union(*(names[i] for i in row[end].split("|"))) for end in ("subject", "object"))
    return any(
        asserted(c) for s in one for o in other for c in found.stated(row["relation"], s, o) if _same(found, c.subject, c.object, one | other)
    )


def _same(found: Read, subject: str, target: str, names: set[str]) -> bool:
    """Both ends bear one of the names in full, not only a part of it."""
    wanted = {fold(name) for name in names}
    return all(found.names(key) & wanted for key in (subject, target))


@pytest.mark.parametrize(("batch", "recall", "wrong"), [("batch-a", 0.62, 2), ("batch-b", 0.58, 3)])
def test_batch(batch: str, recall: float, wrong: int) -> None:
    folder = HERE / "gold" / batch
    names = {r["id"]: {r["name_en"], *r["names_ar"].split("|")} - {""} for r in rows(folder / "entities.tsv")}
    found = {article.id: read(article, doc) for article, doc in stored.load(HERE / "analyses" / f"{batch}.spacy")}
    gold = rows(folder / "relations.tsv")
    yes = [states(found[r["article"]], r, names) for r in gold if r["status"] == "yes"]
    false = [r for r in gold if r["status"] == "claim" and states(found[r["article"]], r, names)]
    assert sum(yes) / len(yes) >= recall, sum(yes) / len(yes)
    assert len(false) <= wrong, false
