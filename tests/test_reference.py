"""The reference data: what it must hold, that it fits together, and the check that says where it does not."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from kg import files
from kg.arabic import fold
from kg.errors import DataError
from kg.model import EntityType as T
from kg.reference import OfficeRow, Reference, inflections, load, shipped
from kg.tables import read_table
from kg.texts.namewords import name_words
from kg.upkeep.reference_check import faults

COUNTRIES = "id\tiso2\tnames_ar\tnames_en\tdemonyms\tplurals\tcapital\tmetonyms\twikidata\n"


@pytest.fixture(scope="module")
def reference() -> Reference:
    return shipped()


def test_the_shipped_data_has_no_fault(reference: Reference) -> None:
    assert faults(reference) == []


@pytest.mark.parametrize(
    ("kind", "least"),
    [(T.COUNTRY, 195), (T.ORGANIZATION, 250), (T.ARMED_GROUP, 120), (T.PLACE, 400), (T.TOPIC, 60), (T.AGREEMENT, 60), (T.EVENT, 80), (T.PERSON, 2000)],
)
def test_it_holds_enough(reference: Reference, kind: T, least: int) -> None:
    assert Counter(t.type for t in reference.things.values())[kind] >= least


def test_offices_of_at_least_eighty_states_from_2000_on(reference: Reference) -> None:
    held: dict[str, set[str]] = defaultdict(set)
    for row in reference.offices:
        if not row.until or row.until >= "2000":
            name = f"{row.office}:{row.portfolio}" if row.office == "minister" else row.office
            held[name].add(row.of)
    states = {t.id for t in reference.things.values() if t.type is T.COUNTRY}
    for name in ("head_of_state", "head_of_government", "minister:foreign", "minister:defence"):
        assert len(held[name] & states) >= 80, name
    assert len(held["spokesperson"]) >= 60
    assert len(held["leader"]) >= 80


@pytest.mark.parametrize("day", [dt.date(2001, 6, 1), dt.date(2008, 6, 1), dt.date(2014, 6, 1), dt.date(2018, 6, 1), dt.date(2021, 8, 20), dt.date(2024, 6, 1)])
def test_most_states_have_one_head_on_a_day(reference: Reference, day: dt.date) -> None:
    states = [t.id for t in reference.things.values() if t.type is T.COUNTRY]
    heads = [h for s in states if (h := reference.holders("head_of_state", s, day))]
    assert len(heads) >= 120
    assert sum(len(h) > 1 for h in heads) <= 3  # Iran has two, and days of handing over


@pytest.mark.parametrize(
    ("office", "of", "portfolio", "day", "person"),
    [
        ("head_of_state", "russia", "", "2021-08-20", "vladimir_putin"), ("head_of_government", "germany", "", "2021-08-20", "angela_merkel"),
        ("minister", "united_states", "foreign", "2018-05-15", "mike_pompeo"), ("minister", "united_states", "foreign", "2018-02-15", "rex_tillerson"),
        ("head_of_state", "egypt", "", "2013-01-15", "mohamed_morsi"), ("head_of_state", "tunisia", "", "2010-05-05", "zine_el_abidine_ben_ali"),
        ("head_of_government", "israel", "", "2007-05-05", "ehud_olmert"), ("head_of_state", "sudan", "", "2018-03-03", "omar_al_bashir"),
    ],
)  # fmt: skip
def test_holders_at_a_day(reference: Reference, office: str, of: str, portfolio: str, day: str, person: str) -> None:
    assert reference.holders(office, of, dt.date.fromisoformat(day), portfolio) == (person,)


@pytest.mark.parametrize("form", ["روسي", "روسية", "الروسي", "الروسية", "الروس", "روس", "روسيون", "الروسيين", "روسيان", "الروسيتين", "روسيات"])
def test_inflections_of_a_demonym(reference: Reference, form: str) -> None:
    assert reference.demonyms[fold(form)] == "russia"


@pytest.mark.parametrize(
    ("form", "country"),
    [
        ("الكورية الشمالية", "north_korea"), ("الجنوب أفريقية", "south_africa"), ("جنوب أفريقي", "south_africa"), ("الأميركيون", "united_states"),
        ("الأتراك", "turkey"), ("القبارصة", "cyprus"), ("المغاربة", "morocco"), ("الإسبان", "spain"), ("الإماراتيين", "united_arab_emirates"),
        ("الغينية", "guinea"), ("الغينية الاستوائية", "equatorial_guinea"), ("الكونغولي", "dr_congo"), ("النيجري", "niger"), ("النيجيري", "nigeria"),
    ],
)  # fmt: skip
def test_demonyms(reference: Reference, form: str, country: str) -> None:
    assert reference.demonyms[fold(form)] == country


def test_every_state_has_a_demonym_and_a_capital(reference: Reference) -> None:
    states = {t.id for t in reference.things.values() if t.type is T.COUNTRY} - {"soviet_union", "yugoslavia"}
    assert states - set(reference.demonyms.values()) == set()
    assert states - set(reference.capitals.values()) == set()


def test_no_form_of_a_demonym_is_the_name_of_a_state(reference: Reference) -> None:
    names = {fold(n) for t in reference.things.values() if t.type is T.COUNTRY for n in t.names}
    assert not names & set(reference.demonyms)
    assert fold("روسيا") not in reference.demonyms


def test_names_of_states_come_from_cldr(reference: Reference) -> None:
    assert reference.things["kyrgyzstan"].label_ar == "قيرغيزستان"
    assert "kenya" in reference.names[fold("كينيا")]


def test_inflections_leave_nouns_alone() -> None:
    assert "جنوبة أفريقية" not in inflections("جنوب أفريقي")
    assert "الكوريون الشماليون" in inflections("كوري شمالي")


def test_name_words_begin_like_proclitics(reference: Reference) -> None:
    words = name_words(reference).joined
    assert "لافروف" in words and "بشار" in words
    assert "روسيا" not in words


def test_identify(reference: Reference) -> None:
    assert reference.identify("عبدالفتاح السيسى", T.PERSON) == "ref:abdel_fattah_el_sisi"
    assert reference.identify("مركز لا يعرفه أحد", T.ORGANIZATION) == "organization:مركز لا يعرفه احد"
    assert reference.identify("عمان", T.COUNTRY) == "ref:oman"
    assert reference.identify("عمان", T.PLACE) == "ref:amman"


# -- the check finds what it should ------------------------------------------------------------------------------------


def _folder(tmp_path: Path, **tables: str) -> Path:
    (tmp_path / "countries.tsv").write_text(COUNTRIES + "france\tFR\t\tFrance\tفرنسي\t\tparis\t\t\n", encoding="utf-8")
    (tmp_path / "places.tsv").write_text("id\tname_en\tnames_ar\tcountry\tkind\nparis\tParis\tباريس\tfrance\tcapital\n", encoding="utf-8")
    for name, text in tables.items():
        (tmp_path / f"{name}.tsv").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_sound_folder_has_no_fault(tmp_path: Path) -> None:
    assert faults(load(_folder(tmp_path))) == []


@pytest.mark.parametrize(
    ("table", "text", "told"),
    [
        ("places_more", "id\tname_en\tnames_ar\tcountry\tkind\nlyon\tLyon\tليون\tatlantis\tcity\n", "unknown country 'atlantis'"),
        ("groups", "id\tname_en\tnames_ar\tcountry\nx\tX\tباريس\tfrance\n", "'باريس' is also a name of paris"),
        ("topics", "id\tname_en\tnames_ar\nt\tT\tكلمة|كلمه\n", "names that fold to one"),
        ("topics", "id\tname_en\tnames_ar\nt\tT\tTopic\n", "not written in Arabic"),
        ("organizations", "id\tname_en\tnames_ar\tkind\tpart_of\no\tO\tمنظمة\tngo\tnowhere\n", "part of 'nowhere'"),
        ("organizations", "id\tname_en\tnames_ar\tkind\twikidata\no\tO\tمنظمة السلام\tngo\t42\n", "no Wikidata number"),
        ("topics", "id\tname_en\tnames_ar\nt\tT\tما\n", "too short"),
        ("coalitions", "id\tagainst\nalliance\tfrance\n", "coalitions.tsv: 'alliance' is in no table"),
    ],
)
def test_the_check_tells(tmp_path: Path, table: str, text: str, told: str) -> None:
    found = faults(load(_folder(tmp_path, **{table: text})))
    assert any(told in fault for fault in found), found


@pytest.mark.parametrize(
    ("table", "text", "told"),
    [
        ("topics", "id\tname_en\tnames_ar\nparis\tX\tموضوع\n", "two entries have the id 'paris'"),
        ("offices", "person\toffice\tof\nnobody\tleader\tfrance\n", "person 'nobody' is in no table"),
        ("offices", "person\toffice\tof\tsince\nnobody\tleader\tfrance\tlast year\n", "is no date"),
        ("topics", "id\tname\nx\ty\n", "unknown column 'name'"),
        ("places_more", "id\tname_en\tnames_ar\tkind\nx\tX\tسين\tvillage\n", "kind"),
    ],
)
def test_loading_refuses(tmp_path: Path, table: str, text: str, told: str) -> None:
    with pytest.raises(DataError, match=told):
        load(_folder(tmp_path, **{table: text}))


def test_terms_of_one_office_do_not_overlap_by_more_than_a_handover(reference: Reference) -> None:
    """One seat, one holder: two heads of government at once would make a title resolve to nobody."""
    overlaps = []
    for (office, of), rows in reference.by_office.items():
        if office != "head_of_government":
            continue
        dated = sorted((r for r in rows if r.since and r.until), key=lambda r: r.since)
        for before, after in itertools.pairwise(dated):
            if before.person != after.person and len(before.until) == len(after.since) == 10 and after.since < before.until:
                days = (dt.date.fromisoformat(before.until) - dt.date.fromisoformat(after.since)).days
                if days > 45:
                    overlaps.append(f"{of}: {before.person} until {before.until}, {after.person} since {after.since}")
    assert overlaps == []


def test_rows_of_offices_are_written_once() -> None:
    rows = [r for path in files.REFERENCE.glob("offices*.tsv") for r in read_table(path, OfficeRow)]
    keys = Counter((r.person, r.office, r.of, r.portfolio, r.since) for r in rows)
    assert [k for k, n in keys.items() if n > 1] == []
    assert all(not r.until or not r.since or r.since <= r.until for r in rows)
