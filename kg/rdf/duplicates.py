"""Claims of one article that say the same: what tells one from another, and which of equal ones is kept."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Claim


def identity(claim: Claim) -> tuple[str, ...]:
    """What tells a claim from others; not its rule or confidence, so that two rules that read one thing make one claim."""
    time = (claim.time.first, claim.time.last, claim.time.text) if claim.time else ()
    post = (claim.position, claim.portfolio, claim.former)
    span = (claim.evidence.start, claim.evidence.end)
    said = (claim.polarity, claim.modality, claim.attributed_to, claim.source_text)
    return tuple(
        map(str, (claim.article, claim.subject, claim.relation, claim.object, *span, *said, *post, *time))
    )


def distinct(claims: Iterable[Claim]) -> list[Claim]:
    """One claim for each identity, the surest; of equally sure ones the one whose rule sorts first."""
    best: dict[tuple[str, ...], Claim] = {}
    for claim in sorted(claims, key=lambda c: (-c.confidence, c.rule)):
        best.setdefault(identity(claim), claim)
    return list(best.values())
