"""The sentences that the rules are tested on, their stored analyses, and what is read from them.

`python -m tests.sentences` analyses them, and the batches of tests/gold, anew with the shipped models: after a change of models, or of sentences.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from spacy.tokens import Doc

from kg import articles
from kg.arabic import fold
from kg.entities import resolve
from kg.inventory import RELATIONS
from kg.lexicon import shipped_lexicon
from kg.mentions import Finder
from kg.model import Article, Claim, Entities, Modality, Polarity
from kg.names.gazetteer import shipped_gazetteer
from kg.pairing.sequences import shipped_sequences
from kg.reference import shipped
from kg.relations import RuleExtractor
from kg.rules import Example, shipped_rules
from kg.texts import stored
from kg.texts.namewords import name_words

STORED = Path(__file__).parent / "analyses" / "sentences.spacy"
DATA = Path(__file__).parent / "data"
# The day on which the sentences are taken to be published: offices are looked up on it.
DAY = dt.date(2018, 8, 20)


@dataclass(frozen=True)
class Read:
    """What was read from one sentence."""

    entities: Entities
    claims: tuple[Claim, ...]

    def names(self, key: str) -> set[str]:
        """The folded names of an entity: those of the reference data and those in the sentence."""
        thing = shipped().things.get(key.removeprefix("ref:"))
        known = {fold(name) for name in thing.names} if thing else set()
        return known | {fold(n) for e in self.entities.entities if e.key == key for n in (e.label_ar, *e.names)}

    def is_(self, key: str, name: str) -> bool:
        return any(fold(name) in known for known in self.names(key))

    def stated(self, relation: str, subject: str, target: str, rule: str = "") -> list[Claim]:
        """The claims of a relation between two names, either way round where it is symmetric; of one rule, if given."""
        return [
            c
            for c in self.claims
            if c.relation == relation and (not rule or c.rule == rule) and self._between(c, subject, target)
        ]

    def _between(self, claim: Claim, subject: str, target: str) -> bool:
        straight = self.is_(claim.subject, subject) and self.is_(claim.object, target)
        turned = self.is_(claim.subject, target) and self.is_(claim.object, subject)
        return straight or (RELATIONS[claim.relation].symmetric and turned)


def asserted(claim: Claim) -> bool:
    """The claim can become a direct edge."""
    return claim.polarity is Polarity.POSITIVE and claim.modality is Modality.ASSERTED and claim.confidence >= 0.5


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table of sentences in tests/data."""
    with (DATA / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def examples() -> list[tuple[str, str, Example, bool]]:
    """Rule, relation, example, and whether the rule must match it."""
    return [
        (rule.id, rule.relation, example, must)
        for rule in (*shipped_rules().rules, *shipped_sequences())
        for found, must in ((rule.match, True), (rule.no_match, False))
        for example in found
    ]


def sentences() -> list[str]:
    """All sentences, without repetition."""
    own = [example.sentence for _, _, example, _ in examples()]
    return sorted({*own, *(r["sentence"] for name in ("stance.tsv", "standing.tsv", "syntax.tsv") for r in table(name))})


@lru_cache(maxsize=1)
def analyses() -> Mapping[str, tuple[Article, Doc]]:
    """The stored analyses by their sentence."""
    return {article.text: (article, doc) for article, doc in stored.load(STORED)}


@lru_cache(maxsize=1)
def _stages() -> tuple[Finder, RuleExtractor]:
    return Finder(shipped(), shipped_gazetteer(), shipped_lexicon()), RuleExtractor(shipped_rules(), shipped())


def read(article: Article, doc: Doc) -> Read:
    """The stages behind the analysis."""
    finder, extractor = _stages()
    entities = resolve(article, finder.find(article, doc), shipped())
    return Read(entities, extractor.extract(article, doc, entities).claims)


@cache
def from_stored(sentence: str) -> Read:
    return read(*analyses()[sentence])


def analyse(texts: Iterable[str]) -> list[tuple[Article, Doc]]:
    """The sentences with the live models."""
    return analysed(Article("s" + hashlib.sha256(t.encode()).hexdigest()[:12], t, published=DAY) for t in texts)


def analysed(found: Iterable[Article]) -> list[tuple[Article, Doc]]:
    """Articles with the live models."""
    from kg import modelset
    from kg.analysis import Analyser

    analyser = Analyser(modelset.pipeline(modelset.find()), name_words(shipped()))
    return list(analyser.analyse(found))


if __name__ == "__main__":
    STORED.parent.mkdir(exist_ok=True)
    stored.save(STORED, analyse(sentences()))
    for batch in ("batch-a", "batch-b"):
        texts = articles.read([str(Path(__file__).parent / "gold" / batch / "articles.jsonl")])
        stored.save(STORED.parent / f"{batch}.spacy", analysed(a for a in texts if isinstance(a, Article)))
