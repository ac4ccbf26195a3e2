"""The extractor: a protocol, its first implementation, and a second one that fits in its place."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from kg.entities import resolve
from kg.inventory import RELATIONS
from kg.lexicon import shipped_lexicon
from kg.mentions import Finder
from kg.model import Article, Claim, Entities, Extraction, Statements
from kg.names.gazetteer import shipped_gazetteer
from kg.reference import shipped
from kg.relations import Extractor, RuleExtractor
from kg.rules import shipped_rules
from kg.texts import stored
from tests import sentences


@dataclass(frozen=True)
class FirstTwo:
    """A second extractor: the first two actors of an article have spoken."""

    name: str = "first-two"

    def extract(self, article: Article, doc: Doc, entities: Entities) -> Statements:
        keys = [m.key for m in entities.mentions][:2]
        if len(keys) < 2:
            return Statements()
        span = entities.mentions[0].span
        return Statements((Claim(article.id, keys[0], "spoke_with", keys[1], "any", 0.9, span, extractor=self.name),))


def run(extractor: Extractor, sentence: str) -> Extraction:
    """The stages behind the analysis with an extractor of one's own, up to what the graph is made of."""
    article, doc = sentences.analyses()[sentence]
    finder = Finder(shipped(), shipped_gazetteer(), shipped_lexicon())
    entities = resolve(article, finder.find(article, doc), shipped())
    found = extractor.extract(article, doc, entities)
    return Extraction(article, entities.entities, entities.mentions, found.claims, found.quotations)


SENTENCE = "تحدث الرئيس الأمريكي دونالد ترامب مع العاهل السعودي الملك سلمان مساء الخميس"


def test_the_rules_are_an_extractor() -> None:
    rules: Extractor = RuleExtractor(shipped_rules(), shipped())
    claims = run(rules, SENTENCE).claims
    assert {c.extractor for c in claims} == {rules.name} == {"rules"}
    assert ("ref:donald_trump", "spoke_with", "ref:king_salman") in {(c.subject, c.relation, c.object) for c in claims}


def test_a_second_extractor_fits_without_another_stage() -> None:
    from kg.graph import Settings, article_graph
    from kg.model import Run

    second: Extractor = FirstTwo()
    extraction = run(second, SENTENCE)
    assert [c.extractor for c in extraction.claims] == ["first-two"]
    made = article_graph(extraction, Run("0", "none"), Settings())
    assert any("first-two" in str(part) for triple in made.triples for part in triple)


def test_claims_fit_domain_and_range() -> None:
    things = shipped().things
    checked = 0
    for sentence in sentences.sentences():
        read = sentences.from_stored(sentence)
        kinds = {e.key: e.type for e in read.entities.entities}
        for claim in read.claims:
            relation = RELATIONS[claim.relation]
            for key, allowed in ((claim.subject, relation.domain), (claim.object, relation.range)):
                kind = things[key[4:]].type if key.startswith("ref:") else kinds[key]
                assert kind in allowed, (sentence, claim)
            assert claim.subject != claim.object
            assert 0 < claim.confidence <= 1
            checked += 1
    assert checked > 500


def test_evidence_and_triggers_are_words_of_the_article() -> None:
    article, _ = sentences.analyses()[SENTENCE]
    claim = next(c for c in sentences.from_stored(SENTENCE).claims if c.relation == "spoke_with")
    assert claim.trigger
    assert article.cut(claim.trigger) == "تحدث"
    assert claim.subject_span
    assert article.cut(claim.subject_span) == "دونالد ترامب"
    assert claim.trigger in claim.evidence


def test_extraction_is_the_same_every_time() -> None:
    rules = RuleExtractor(shipped_rules(), shipped())
    assert run(rules, SENTENCE) == run(rules, SENTENCE)


def test_talks_at_a_meeting_are_one_relation() -> None:
    claims = sentences.from_stored("أجرى لافروف محادثات مع نظيره القطري محمد بن عبد الرحمن آل ثاني في الدوحة").claims
    assert {c.relation for c in claims if c.relation in {"met_with", "spoke_with"}} == {"met_with"}


def test_stored_analyses_are_equal_to_what_was_stored(tmp_path) -> None:  # type: ignore[no-untyped-def]
    pairs = list(stored.load(sentences.STORED))[:20]
    stored.save(tmp_path / "one.spacy", pairs)
    stored.save(tmp_path / "two.spacy", stored.load(tmp_path / "one.spacy"))
    assert (tmp_path / "one.spacy").read_bytes() == (tmp_path / "two.spacy").read_bytes()
    for (article, doc), (again, copy) in zip(pairs, stored.load(tmp_path / "two.spacy"), strict=True):
        assert article == again
        assert [(t.text, t.pos_, t.dep_, t.head.i, t.lemma_, t.norm_) for t in doc] == [
            (t.text, t.pos_, t.dep_, t.head.i, t.lemma_, t.norm_) for t in copy
        ]
        assert doc.user_data["starts"] == copy.user_data["starts"]
