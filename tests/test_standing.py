"""Standing facts that the words around places, groups and relatives state, on sentences of their own."""

from __future__ import annotations

import pytest

from tests import sentences
from tests.sentences import asserted

CASES = sentences.table("standing.tsv")


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{case['kind']}" for n, case in enumerate(CASES)])
def test_stated_or_not(case: dict[str, str]) -> None:
    read = sentences.from_stored(case["sentence"])
    stated = any(asserted(c) for c in read.stated(case["relation"], case["subject"], case["object"]))
    assert stated is (case["must"] == "yes"), [(c.rule, c.subject, c.relation, c.object) for c in read.claims]
