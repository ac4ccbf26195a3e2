"""The golden store of the queries: the corpus, one more article for what it lacks, a little background, the analysis.

`CASES` are the questions that are put to it, each with the parameters as a person would write them; the answers lie in
tests/golden/queries/, in English names, a file a case.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kg import graph, query
from kg.asking import analyse
from kg.model import EntityType as T
from kg.model import Extraction, Modality, Occasion, Status
from kg.rdf import background
from kg.rdf.background import Known, Office
from kg.store import Store
from tests.fixtures import RUN, SETTINGS, Story, corpus, day, extraction

GOLDEN = Path(__file__).parent / "golden" / "queries"


def more() -> Extraction:
    """An article for the relations that the corpus has no case of."""
    story = Story(
        "more",
        "دعوات ولقاءات",
        "دعا رجب طيب أردوغان إيمانويل ماكرون إلى أنقرة يوم 1 سبتمبر/أيلول 2021. "
        "والتقى ماكرون أردوغان يوم 20 سبتمبر/أيلول 2021. ودعت ألمانيا إيران إلى جنيف. "
        "وتحدث سيرغي لافروف مع أردوغان. وأيدت روسيا أوكرانيا في مطلب واحد. "
        "وقدمت تركيا معونات إلى أفغانستان. وأرسلت الولايات المتحدة قوات إلى كابل. "
        "وقالت ليلى الدرويش، ابنة سالم الدرويش، إن هاني الدرويش رئيس طاجيكستان. وهاني قريب سالم. "
        "وأعلنت ليلى نفسها رئيسة طاجيكستان. وكابل ولاية في أفغانستان. "
        "وأدانت الولايات المتحدة إيران في 2 أكتوبر/تشرين الأول.",
        "2021-09-25",
        "وكالة الضفة",
    )
    erdogan, macron = ("erdogan", "رجب طيب أردوغان"), ("macron", "إيمانويل ماكرون")
    salim, hani, layla = (f"person:{name} الدرويش" for name in ("سالم", "هاني", "ليلى"))
    story.claim(erdogan, "invited", macron, "دعا رجب", time=day("2021-09-01", "يوم 1 سبتمبر/أيلول 2021"))
    story.claim(macron, "met_with", erdogan, "والتقى", time=day("2021-09-20", "يوم 20 سبتمبر/أيلول 2021"))
    story.claim(("germany", "ألمانيا"), "invited", ("iran", "إيران"), "ودعت")
    story.claim(("lavrov", "سيرغي لافروف"), "spoke_with", erdogan, "وتحدث")
    story.claim(("russia", "روسيا"), "supports", ("ukraine", "أوكرانيا"), "وأيدت")
    story.claim(("turkey", "تركيا"), "aids", ("afghanistan", "أفغانستان"), "معونات")
    story.claim(("united_states", "الولايات المتحدة"), "deployed_to", ("kabul", "كابل"), "قوات")
    story.claim((layla, "ليلى الدرويش"), "child_of", (salim, "سالم الدرويش"), "ابنة")
    story.claim((hani, "هاني الدرويش"), "head_of_state_of", ("tajikistan", "طاجيكستان"), "رئيس طاجيكستان", position="رئيس طاجيكستان",
                by=(layla, "ليلى الدرويش"))  # fmt: skip
    story.claim((layla, "ليلى الدرويش"), "head_of_state_of", ("tajikistan", "طاجيكستان"), "رئيسة", position="رئيسة طاجيكستان")
    story.claim((hani, "هاني الدرويش"), "relative_of", (salim, "سالم الدرويش"), "قريب")
    story.claim(("kabul", "كابل"), "part_of", ("afghanistan", "أفغانستان"), "ولاية")
    story.claim(("macron", "إيمانويل ماكرون"), "visited", ("moscow", "أنقرة"), "دعا رجب", modality=Modality.PLANNED)
    story.claim(("united_states", "الولايات المتحدة"), "condemned", ("iran", "إيران"), "وأدانت",
                time=day("2021-10-02", "2 أكتوبر/تشرين الأول"))  # fmt: skip
    return story.build()


def golden() -> Store:
    """The golden store, in memory."""
    store = corpus()
    store.put([graph.article_graph(e, RUN, SETTINGS) for e in (more(), summit())])
    known = [
        Known("mishustin", T.PERSON, "ميخائيل ميشوستين", "Mikhail Mishustin"),
        Known("medvedev", T.PERSON, "دميتري ميدفيديف", "Dmitry Medvedev"),
        Known("kazakhstan", T.COUNTRY, "كازاخستان", "Kazakhstan"),
    ]
    offices = [
        Office("lavrov", "minister_of", "russia", "foreign", "2004-03-09"),
        Office("medvedev", "head_of_government_of", "russia", "", "2012-05-08", "2020-01-15"),
        Office("mishustin", "head_of_government_of", "russia", "", "2020-01-16"),
    ]
    facts = [("csto", "member", "kazakhstan"), ("csto", "member", "armenia"), ("kabul", "capital_of", "afghanistan")]
    store.state("background", background.triples(known, offices, facts, SETTINGS.iris))
    found = analyse.by_period(analyse.ties(store), "all") + analyse.by_period(analyse.ties(store), "year")
    store.state("analysis", analyse.triples(found, SETTINGS.iris))
    return store


def summit() -> Extraction:
    """The article of the summit with its place, its topic, and what it tells of the event."""
    told = extraction("summit")
    claims = tuple(
        replace(c, place="ref:geneva", topic="الاستقرار الاستراتيجي") if c.relation == "met_with" else c for c in told.claims
    )
    day = claims[0].time
    occasion = Occasion("ref:geneva_summit", Status.HELD, "", "ref:geneva", day, ("ref:biden", "ref:putin"))
    return replace(told, claims=claims, occasions=(occasion,))


CASES: dict[str, list[dict[str, str]]] = {
    "accusations": [{}, {"since": "2022-05", "until": "2022-05"}],
    "agree_or_clash": [{"one": "روسيا", "other": "أوكرانيا"}, {"one": "United States", "other": "Russia"}],
    "agreements": [{}],
    "articles": [{"since": "2021-06", "until": "2021-06"}],
    "attacks": [{}, {"target": "خاركيف"}],
    "calendar": [{"since": "2021-06", "until": "2021-08"}],
    "co_participants": [{}, {"actor": "لافروف"}],
    "concerns_by_topic": [{}, {"topic": "terrorism"}],
    "conflict_by_month": [{}],
    "contact_chain": [{"from": "ميركل", "to": "أردوغان"}, {"from": "Merkel", "to": "Putin"}, {"from": "Merkel", "to": "Biden"}, {"from": "بوتين", "to": "بايدن"}],
    "contacts_between_countries": [{"one": "روسيا", "other": "تركيا"}],
    "contacts_by_month": [{"actor": "بوتين"}],
    "contradictions": [{}],
    "corroborated": [{}, {"least": "3"}],
    "coverage_by_outlet": [{}],
    "denials": [{}],
    "event_counts": [{"since": "2022"}],
    "evidence": [{"subject": "بوتين", "object": "أردوغان", "relation": "spoke_with"}, {"subject": "russia", "object": "kharkiv"}],
    "family": [{}, {"person": "ليلى الدرويش"}],
    "friends_and_foes": [{"actor": "روسيا"}],
    "happenings": [{}, {"least": "2"}],
    "gone_quiet": [{"since": "2021-09"}],
    "invitations": [{}],
    "members_at_date": [{"organisation": "منظمة معاهدة الأمن الجماعي"}, {"organisation": "csto", "date": "2021-08-01"}],
    "memberships": [{"member": "armenia"}],
    "most_central": [{}, {"since": "2022"}],
    "most_connected": [{}, {"since": "2022"}],
    "named_events": [{}, {"event": "قمة جنيف"}],
    "named_together": [{"actor": "macron"}],
    "new_relations": [{"since": "2022-01-01"}, {"since": "2021-08-20", "actor": "Erdogan"}],
    "office_holders": [{"of": "روسيا"}, {"of": "روسيا", "date": "2015", "relation": "head_of_government_of"}],
    "one_agency_text": [{}],
    "only_one_outlet": [{}],
    "participants": [{}],
    "parts": [{"whole": "أفغانستان"}],
    "planned_never_held": [{}],
    "posts": [{"person": "لافروف"}, {"person": "ميركل"}],
    "profile": [{"actor": "بايدن"}],
    "quality_after_publication": [{}],
    "quality_articles": [{}],
    "quality_counts": [{}],
    "quality_rules": [{}],
    "quality_same_name": [{}],
    "quality_unknown_entities": [{}],
    "quality_unsure": [{}],
    "quotations": [{}, {"speaker": "بايدن"}],
    "requests": [{}],
    "rival_claims_to_office": [{}],
    "sanctions": [{}],
    "single_source": [{"since": "2022"}],
    "speaker_against_others": [{"speaker": "روسيا"}],
    "statements_of": [{"speaker": "بيسكوف"}],
    "support_and_aid": [{}, {"actor": "turkey"}],
    "timeline": [{"actor": "أوكرانيا"}, {"actor": "بوتين", "since": "2021-08", "until": "2021-08"}],
    "topics_by_month": [{}],
    "troop_movements": [{}, {"place": "كابل"}],
    "unconfirmed": [{}],
    "visits": [{}, {"person": "ميركل"}],
    "where_active": [{"actor": "طالبان"}],
    "who_is_in_a_place": [{"place": "أفغانستان"}],
    "who_spoke_with_whom": [{}, {"relation": "met", "since": "2022"}],
}


def cases() -> list[tuple[str, int, dict[str, str]]]:
    """Each case with the number that its golden file bears."""
    return [(name, number, given) for name, all_ in sorted(CASES.items()) for number, given in enumerate(all_)]


def golden_file(name: str, number: int) -> Path:
    return GOLDEN / f"{name}{f'-{number}' if number else ''}.tsv"


def answer(store: Store, name: str, given: dict[str, str]) -> str:
    """The answer to a case as its golden file has it: names in English, a row a line, a tab between cells."""
    table = query.named(store, query.ask(store, query.load(name), given), "en")
    rows = [table.columns, *(tuple("" if cell is None else cell_text(str(cell)) for cell in row) for row in table.rows)]
    return "".join("\t".join(row) + "\n" for row in rows)


def cell_text(text: str) -> str:
    """Means are rounded, for stores compute them with different numbers of digits."""
    whole, dot, digits = text.partition(".")
    return f"{float(text):.3f}" if dot and whole.isdecimal() and digits.isdecimal() else text
