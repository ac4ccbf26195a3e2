"""Rules: the schema of their files, and each rule on its own sentences, from stored analyses and from the live models."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.inventory import RELATIONS
from kg.pairing.sequences import load as load_sequences
from kg.pairing.sequences import shipped_sequences
from kg.rules import Example, load, shipped_rules
from kg.upkeep import rulebook
from tests import sentences
from tests.sentences import Read, asserted

DOCS = Path(__file__).parent.parent / "docs" / "rules.md"
# Posts come from titles, capitals from the reference data.
_BY_TITLES = {"head_of_state_of", "head_of_government_of", "minister_of", "spokesperson_of", "official_of", "capital_of"}
_CLAIMS_ALONE = {rule.id for rule in shipped_rules().rules if rule.claims_alone}
_RULE = """
[[rule]]
id = "met-01"
relation = "met_with"
gloss = "X met Y"
verbs = ["التقى يلتقي"]
subject = ["subj"]
object = ["obj"]
match = ["التقى بوتين أردوغان || بوتين > أردوغان", "التقت ميركل ماكرون || ميركل > ماكرون"]
no_match = ["لم يلتق بوتين أردوغان"]
"""


def states(read: Read, rule: str, relation: str, example: Example) -> bool:
    """The rule asserts the pair of the example, or anything at all where the example names none; a rule that states claims alone
    states it as such."""
    if rule in _CLAIMS_ALONE:
        stated = read.stated(relation, example.subject, example.object, rule) if example.subject else [c for c in read.claims if c.rule == rule]
        assert not any(asserted(c) for c in stated)
        return bool(stated)
    if example.subject:
        return any(asserted(c) for c in read.stated(relation, example.subject, example.object, rule))
    return any(asserted(c) for c in read.claims if c.rule == rule)


@pytest.mark.parametrize(
    ("rule", "relation", "example", "must"),
    sentences.examples(),
    ids=[f"{rule}-{'match' if must else 'no'}-{n}" for n, (rule, _, _, must) in enumerate(sentences.examples())],
)
def test_example(rule: str, relation: str, example: Example, must: bool) -> None:
    read = sentences.from_stored(example.sentence)
    assert states(read, rule, relation, example) is must, [(c.rule, c.subject, c.object, c.polarity, c.modality) for c in read.claims]


@pytest.mark.live
def test_examples_with_the_live_models() -> None:
    """The models change and err elsewhere with each training: nearly all examples must hold all the same."""
    analysed = {article.text: sentences.read(article, doc) for article, doc in sentences.analyse(sentences.sentences())}
    wrong = [
        f"{rule}: {example.sentence}"
        for rule, relation, example, must in sentences.examples()
        if states(analysed[example.sentence], rule, relation, example) is not must
    ]
    assert len(wrong) <= 0.07 * len(sentences.examples()), wrong


def test_every_sentence_has_a_stored_analysis() -> None:
    assert set(sentences.sentences()) <= set(sentences.analyses()), "run `make analyses`"


def test_every_relation_has_a_rule() -> None:
    stated = {rule.relation for rule in (*shipped_rules().rules, *shipped_sequences())}
    assert stated | _BY_TITLES >= set(RELATIONS)
    assert not stated - set(RELATIONS)


def test_ids_are_given_once() -> None:
    ids = [rule.id for rule in (*shipped_rules().rules, *shipped_sequences())]
    assert len(ids) == len(set(ids)) > 120


def test_verbs_are_found_in_their_forms() -> None:
    triggers = shipped_rules().triggers
    for form in ("التقت", "يلتقيان", "سيلتقي", "يلتق", "زارت", "يزر", "محذرا"):
        assert triggers[form], form


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"met_with"', '"met"', "unknown relation 'met'; allowed are"),
        ('object = ["obj"]', 'object = ["thing"]', "unknown slot 'thing'; allowed are"),
        (" || بوتين > أردوغان", "", "must name its pair: sentence || subject > object"),
        (", \"التقت ميركل ماكرون || ميركل > ماكرون\"", "", "at least 2"),
        ('no_match = ["لم يلتق بوتين أردوغان"]', "", "no_match"),
        ('["التقى يلتقي"]', '["التقى"]', "write the verb 'التقى' as its past and its present"),
        ('verbs = ["التقى يلتقي"]', "", "give verbs or nouns as triggers"),
        ('gloss = "X met Y"', 'gloss = "X met Y"\nweight = 3', "weight"),
    ],
)
def test_a_faulty_rule_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    write_rules(tmp_path, _RULE.replace(old, new))
    with pytest.raises(DataError, match=message.replace("|", r"\|")):
        load(tmp_path)


def test_a_rule_id_stands_once(tmp_path: Path) -> None:
    write_rules(tmp_path, _RULE + _RULE)
    with pytest.raises(DataError, match="met-01"):
        load(tmp_path)


def test_a_sound_rule_is_loaded(tmp_path: Path) -> None:
    write_rules(tmp_path, _RULE)
    loaded = load(tmp_path)
    assert [rule.id for rule in loaded.rules] == ["met-01"]
    assert loaded.rules[0].match[0] == Example(sentence="التقى بوتين أردوغان", subject="بوتين", object="أردوغان")


def write_rules(folder: Path, rules: str) -> None:
    """A folder of rules: the given ones, and the shipped cues."""
    from kg import files

    (folder / "own.toml").write_text(rules, encoding="utf-8")
    for name in ("stance.toml", "verbs.toml", "controls.toml"):
        (folder / name).write_text((files.RULES / name).read_text(encoding="utf-8"), encoding="utf-8")


def test_a_sequence_names_tokens_that_are_there(tmp_path: Path) -> None:
    from kg import files

    (tmp_path / "patterns").mkdir()
    text = (files.RULES / "patterns" / "sequences.toml").read_text(encoding="utf-8")
    (tmp_path / "patterns" / "sequences.toml").write_text(text.replace("object = 3", "object = 9"), encoding="utf-8")
    with pytest.raises(DataError, match="subject and object must be numbers of the pattern's"):
        load_sequences(tmp_path)


def test_the_list_of_rules_is_up_to_date() -> None:
    assert DOCS.read_text(encoding="utf-8") == rulebook.markdown(), "run `python -m kg.upkeep.rulebook docs/rules.md`"
