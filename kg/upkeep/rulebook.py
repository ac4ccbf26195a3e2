"""The list of rules as a page for people: `python -m kg.upkeep.rulebook docs/rules.md` writes it anew."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from kg.inventory import RELATIONS
from kg.pairing.sequences import SequenceRow, shipped_sequences
from kg.rules import Example, RuleRow, shipped_rules

_HEAD = """# Rules

Generated from `kg/data/rules` by `python -m kg.upkeep.rulebook docs/rules.md`; do not edit by hand.

A rule says which relation a *trigger* states (a verb in all its forms, its participle, a noun), and in which *slots* its
subject and object stand; the first slot that an entity of the right type fills is taken. The slots are described in
`kg/rules.py`. They are read from the order of words and from the dependency tree (spaCy's `DependencyMatcher`, patterns in
`kg/data/rules/patterns/slots.toml`); where the two agree a claim is surer than where only one of them speaks. Rules over the
order of words alone are patterns of spaCy's `Matcher` (`patterns/sequences.toml`). How a sentence puts a claim (denied,
planned, …) is read from the cues of `stance.toml`. Posts ("the Russian president") come from titles, `kg/posts/titles.py`.

Each rule has sentences that it must match (✓), with the pair that it must state, and that it must not match (✗). To add a
rule, write it into one of the files with its sentences, and run `make analyses` and `pytest tests/test_rules.py`.
"""


def markdown() -> str:
    """The page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _HEAD
    rules: list[RuleRow | SequenceRow] = [*shipped_rules().rules, *shipped_sequences()]
    for relation in RELATIONS:
        if found := [rule for rule in rules if rule.relation == relation]:
            yield f"## {relation}\n"
            for rule in found:
                yield from _rule(rule)


def _rule(rule: RuleRow | SequenceRow) -> Iterator[str]:
    yield f"**{rule.id}** {rule.gloss}\n"
    if isinstance(rule, RuleRow):
        yield f"- {_triggers(rule)}; subject: {', '.join(rule.subject)}; object: {', '.join(rule.object)}"
    for mark, examples in (("✓", rule.match), ("✗", rule.no_match)):
        for example in examples:
            yield f"- {mark} {example.sentence}{_pair(example)}"
    yield ""


def _triggers(rule: RuleRow) -> str:
    verbs = [verb.split()[0] for verb in rule.verbs]
    parts = [f"{kind}: {'، '.join(words)}" for kind, words in (("verbs", verbs), ("nouns", rule.nouns)) if words]
    return "; ".join(parts)


def _pair(example: Example) -> str:
    return f" ({example.subject} ← {example.object})" if example.subject else ""


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(markdown(), encoding="utf-8")
