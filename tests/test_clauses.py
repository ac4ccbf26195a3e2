"""Units, groups and pronouns of stored sentences."""

from __future__ import annotations

from kg.pairing.actors import Actors
from kg.reference import shipped
from kg.rules import shipped_rules
from kg.syntax.clauses import Reading
from kg.syntax.clauses import read as read_clauses
from tests import sentences


def reading(sentence: str) -> Reading:
    article, doc = sentences.analyses()[sentence]
    entities = sentences.from_stored(sentence).entities
    return read_clauses(article, doc, entities, shipped_rules().verbs, Actors(article, entities, shipped()).home)


def test_titles_and_names_are_one_unit() -> None:
    r = reading("زار وزير الخارجية المصري سامح شكري الخرطوم أمس")
    assert [r.article.cut(u.extent) for u in r.units] == ["وزير الخارجية المصري سامح شكري", "الخرطوم"]
    assert [r.article.cut(u.span) for u in r.units] == ["سامح شكري", "الخرطوم"]


def test_a_list_is_one_group() -> None:
    r = reading("يضم مجلس التعاون الخليجي السعودية، والإمارات، والكويت، وقطر")
    group, _ = r.group(r.units[1], len(r.doc))
    assert [u.key for u in group] == ["ref:saudi_arabia", "ref:united_arab_emirates", "ref:kuwait", "ref:qatar"]


def test_a_group_goes_on_over_as_well_as() -> None:
    r = reading(
        "بحث بوتين الأزمة مع كل من الرئيس الفرنسي إيمانويل ماكرون والمستشارة الألمانية أنغيلا ميركل وكذلك الرئيس التركي رجب طيب أردوغان"
    )
    first = next(u for u in r.units if u.key == "ref:emmanuel_macron")
    group, _ = r.group(first, len(r.doc))
    assert [u.key for u in group] == ["ref:emmanuel_macron", "ref:angela_merkel", "ref:recep_tayyip_erdogan"]


def test_a_split_verb_is_put_together() -> None:
    r = reading("سيطرت حركة طالبان على قندوز")
    assert r.norm(0) == "سيطرت"
    assert r.pos(0) == "VERB"


def test_that_with_a_pronoun_is_no_verb() -> None:
    r = reading("أنكرت تركيا أنها قصفت العراق")
    assert [r.norm(k) for k in range(len(r.doc)) if r.pos(k) == "VERB"] == ["انكرت", "قصفت"]


def test_his_country_is_his_state() -> None:
    r = reading("قال ظريف إن بلاده تدعم سوريا")
    assert [u.key for u in r.units] == ["ref:mohammad_javad_zarif", "ref:iran", "ref:syria"]


def test_prefixes_are_kept_apart_from_names() -> None:
    r = reading("وأجرت ميركل اتصالا هاتفيا ببوتين لبحث الأزمة")
    putin = next(u for u in r.units if u.key == "ref:vladimir_putin")
    assert (r.article.cut(putin.span), putin.prefix) == ("بوتين", "ب")


def test_a_preposition_governs_what_follows_it() -> None:
    r = reading("زودت الولايات المتحدة أوكرانيا بصواريخ مضادة للدروع")
    arguments, _ = r.right(0)
    assert [(a.prep, [u.key for u in a.units]) for a in arguments][:2] == [("", ["ref:united_states"]), ("", ["ref:ukraine"])]
    assert arguments[2].prep == "ب"
