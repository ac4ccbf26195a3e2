""" "The country": which state it is in an article about one capital."""

from __future__ import annotations

import datetime as dt

import pytest

from kg.model import EntityType, Mention, Organ, Origin, Span
from kg.reference import shipped
from kg.resolution.coreference import Antecedents

KABUL = ("كابول", "ref:kabul", EntityType.PLACE)
STATES = ("الولايات المتحدة", "ref:united_states", EntityType.COUNTRY)


@pytest.mark.parametrize(
    ("capitals", "states", "apart", "key"),
    [
        (3, 1, 500, "ref:afghanistan"),
        (2, 1, 500, "ref:united_states"),
        (3, 2, 500, "ref:united_states"),
        (3, 1, 50, "ref:united_states"),
    ],
)
def test_the_country_of_a_capital(capitals: int, states: int, apart: int, key: str) -> None:
    named = [KABUL] * capitals + [STATES] * states
    before = [Mention(Span(n, n + 16), text, kind, next(iter(Origin)), of) for n, (text, of, kind) in zip(range(0, 20 * len(named), 20), named, strict=True)]
    start = before[-1].span.start + apart
    noun = Organ(0, 0, Span(start, start + 6), "البلاد", kind="country")
    assert Antecedents(shipped(), before, dt.date(2018, 6, 1)).of(noun) == key
