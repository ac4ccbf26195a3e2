"""The grammar of titles: office, portfolio, of whom, the bearer; written by hand, without a model."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kg.model import Article, Title
from tests.entity_passages import finder
from tests.hand import doc


@dataclass(frozen=True)
class Read:
    office: str
    of: str
    bearer: str = ""
    portfolio: str = ""
    former: bool = False


def titles(text: str, **names: str) -> list[tuple[Title, str]]:
    found = finder().find(Article("t", text), doc(text, names={name.replace("_", " "): kind for name, kind in names.items()}))
    return [(t, found.names[t.name].text if t.name is not None else "") for t in found.titles]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("الرئيس الروسي فلاديمير بوتين", Read("head_of_state", "russia", "فلاديمير بوتين")),
        ("رئيس الوزراء الباكستاني عمران خان", Read("head_of_government", "pakistan", "عمران خان")),
        ("رئيس وزراء اليابان شينزو آبي", Read("head_of_government", "japan", "شينزو آبي")),
        ("رئيسة الحكومة البريطانية تيريزا ماي", Read("head_of_government", "united_kingdom", "تيريزا ماي")),
        ("وزير الخارجية الفرنسي جان إيف لودريان", Read("minister", "france", "جان إيف لودريان", "foreign")),
        ("وزير دفاع روسيا سيرغي شويغو", Read("minister", "russia", "سيرغي شويغو", "defence")),
        ("المستشارة الألمانية أنغيلا ميركل", Read("head_of_government", "germany", "أنغيلا ميركل")),
        ("مستشار الأمن القومي الأميركي جون بولتون", Read("official", "united_states", "جون بولتون", "national_security_adviser")),
        ("المرشد الأعلى الإيراني علي خامنئي", Read("head_of_state", "iran", "علي خامنئي", "supreme_leader")),
        ("أمير قطر تميم بن حمد آل ثاني", Read("head_of_state", "qatar", "تميم بن حمد آل ثاني")),
        ("زعيم كوريا الشمالية كيم جونغ أون", Read("head_of_state", "north_korea", "كيم جونغ أون")),
        ("الأمين العام لحلف الناتو ينس ستولتنبرغ", Read("leader", "nato", "ينس ستولتنبرغ", "secretary_general")),
        ("المتحدثة باسم الخارجية الروسية ماريا زاخاروفا", Read("spokesperson", "russian_foreign_ministry", "ماريا زاخاروفا")),
        ("السفير الروسي لدى تركيا أندريه كارلوف", Read("official", "russia", "أندريه كارلوف", "ambassador")),
        ("الرئيس الأمريكي السابق باراك أوباما", Read("head_of_state", "united_states", "باراك أوباما", "", True)),
        ("رئيس جمهورية مصر العربية عبد الفتاح السيسي", Read("head_of_state", "egypt", "عبد الفتاح السيسي")),
        ("نائب الرئيس الأميركي مايك بنس", Read("official", "united_states", "مايك بنس", "deputy_head_of_state")),
        ("وليد المعلم، وزير الخارجية السوري،", Read("minister", "syria", "وليد المعلم", "foreign")),
        ("رئيس المرحلة الانتقالية في مالي أسيمي غويتا", Read("head_of_state", "mali", "أسيمي غويتا")),
        ("رئيس الوزراء في باكستان عمران خان", Read("head_of_government", "pakistan", "عمران خان")),
        ("تميم بن حمد آل ثاني، الرجل الثاني في حلف الناتو،", Read("official", "nato", "تميم بن حمد آل ثاني", "second_in_command")),
        ("وليد المعلم، وهو وزير الخارجية السوري،", Read("minister", "syria", "وليد المعلم", "foreign")),
        ("باراك أوباما، سيناتور عن ولاية تكساس،", Read("official", "united_states", "باراك أوباما", "member_of_parliament")),
        ("رئيس النظام السوري بشار الأسد", Read("head_of_state", "syria", "بشار الأسد")),
        ("مرشد النظام الإيراني علي خامنئي", Read("head_of_state", "iran", "علي خامنئي")),
        ("رئيس السلطة الوطنية الفلسطينية محمود عباس", Read("head_of_state", "palestine", "محمود عباس")),
        ("رئيس البلاد فلاديمير بوتين", Read("head_of_state", "", "فلاديمير بوتين")),
        ("وزير الخارجية والمغتربين اللبناني جبران باسيل", Read("minister", "lebanon", "جبران باسيل", "foreign")),
        ("وزير شؤون التقاعد الأرجنتيني وليد المعلم", Read("minister", "argentina", "وليد المعلم", "other")),
        ("ماريا زاخاروفا المتحدثة باسم الخارجية الروسية", Read("spokesperson", "russian_foreign_ministry", "ماريا زاخاروفا")),
        ("المبعوث الدولي إلى سوريا ستافان دي ميستورا", Read("official", "united_nations", "ستافان دي ميستورا", "envoy")),
        ("الرئيس المنتهية ولايته باراك أوباما", Read("head_of_state", "", "باراك أوباما")),
        ("زعيم المتمردين عبد الملك الحوثي", Read("leader", "houthis", "عبد الملك الحوثي")),
        ("تعيين مايك بومبيو وزيرا للخارجية", Read("minister", "", "مايك بومبيو", "foreign")),
    ],
)  # fmt: skip
def test_a_title_and_its_bearer(text: str, wanted: Read) -> None:
    found = titles(text)
    assert found, text
    title, bearer = found[0]
    assert Read(title.office, title.of, bearer, title.portfolio, title.former) == wanted


def test_the_president_behind_his_spokesman_is_the_president() -> None:
    found = titles("وقال سمير حداد، المتحدث باسم الرئيس التركي رجب طيب أردوغان", سمير_حداد="PER")
    assert [(t.office, t.of, b) for t, b in found] == [("spokesperson", "turkey", "سمير حداد"), ("head_of_state", "turkey", "رجب طيب أردوغان")]


def test_who_is_appointed_is_not_the_president_before_him() -> None:
    found = titles("وعين الرئيس المصري سمير حداد وزيرا للري", سمير_حداد="PER")
    assert [(t.office, b) for t, b in found] == [("head_of_state", ""), ("minister", "سمير حداد")]


@pytest.mark.parametrize("text", ["المنافس الرئيسي له سمير حداد", "رئيس الحزب الحاكم في ألمانيا، سمير حداد", "النزاع الدبلوماسي سمير حداد"])
def test_adjectives_are_no_titles(text: str) -> None:
    assert not [b for t, b in titles(text, سمير_حداد="PER") if b and t.office]


def test_the_former_spy_and_his_daughter_are_two() -> None:
    assert [b for _, b in titles("الجاسوس الروسي السابق وابنته سميرة حداد", سميرة_حداد="PER")] == [""]


def test_what_is_spoken_of_is_no_bearer() -> None:
    found = titles("أعرب الأمين العام للأمم المتحدة عن أمله بعودة سمير حداد", سمير_حداد="PER")
    assert [b for _, b in found] == [""]


def test_behind_a_verb_without_object_the_title_is_the_subjects() -> None:
    text = "وسيتحدث سمير حداد وزير الزراعة المصري عن التعاون"
    analysis = doc(text, pos={"سيتحدث": "VERB"}, names={"سمير حداد": "PER"})
    found = finder().find(Article("t", text), analysis)
    assert [(t.office, t.of, t.name is not None) for t in found.titles] == [("minister", "egypt", True)]


def test_titles_that_share_a_head() -> None:
    found = titles("رئيسا بيلاروسيا ألكسندر لوكاشينكو وكازاخستان نور سلطان نزارباييف")
    assert [(t.of, b) for t, b in found] == [("belarus", "ألكسندر لوكاشينكو"), ("kazakhstan", "نور سلطان نزارباييف")]


def test_a_title_ends_where_its_bearer_begins_and_its_offsets_are_exact() -> None:
    text = "وقال الرئيس الروسي فلاديمير بوتين"
    title, _ = titles(text)[0]
    assert text[title.span.start : title.span.end] == title.text == "الرئيس الروسي"


def test_a_proclitic_is_no_part_of_a_title() -> None:
    title, _ = titles("والتقى بوزير الخارجية الروسي")[0]
    assert title.text == "وزير الخارجية الروسي"


def test_an_unknown_bearer_is_a_name_behind_a_title() -> None:
    text = "وزير الخارجية الكولومبي فابيان أوروتيا"
    found = finder().find(Article("t", text), doc(text, pos={"فابيان": "X", "أوروتيا": "X"}))
    assert [n.text for n in found.names] == ["فابيان أوروتيا"]
    assert found.titles[0].name == 0


def test_counterparts_wait_for_the_office() -> None:
    title, _ = titles("والتقى نظيره الأوكراني")[0]
    assert (title.office, title.of) == ("counterpart", "ukraine")


def test_the_plural_of_nothing_named_has_no_office() -> None:
    title, _ = titles("وحضر الرؤساء القمة")[0]
    assert title.office == ""


def test_finance_is_no_state() -> None:
    assert [t.of for t, _ in titles("وقال وزير المالية إن الميزانية جاهزة")] == [""]


@pytest.mark.parametrize(
    ("text", "bearer", "wanted"),
    [
        ("رئيس قسم الهجرة في السفارة الكندية سمير حداد", "سمير حداد", Read("official", "canada", "سمير حداد", "")),
        ("ضابط الأمن بالقنصلية البرازيلية كريم سلامة", "كريم سلامة", Read("official", "brazil", "كريم سلامة", "member")),
        ("السفير الياباني آنذاك، كينجي موراتا،", "كينجي موراتا", Read("official", "japan", "كينجي موراتا", "ambassador", True)),
        ("وزير الخارجية الأوروبي جوزيب بوريل", "جوزيب بوريل", Read("official", "european_union", "جوزيب بوريل", "foreign")),
        ("رئيس بلدية العاصمة النمساوية ميخائيل لودفيغ", "ميخائيل لودفيغ", Read("leader", "vienna", "ميخائيل لودفيغ", "governor")),
        ("سفير إيطاليا السابق باليونان يدعو سمير حداد", "سمير حداد", Read("official", "italy", "", "ambassador", True)),
        ("قائد قوات الاحتياط في الجيش اليمني العقيد سمير حداد", "سمير حداد", Read("official", "yemeni_army", "سمير حداد", "")),
        ("السيناتور الجمهوري سمير حداد", "سمير حداد", Read("official", "", "سمير حداد", "member_of_parliament")),
        ("مدير لجنة حماية الصحفيين الأفغانية، سمير حداد", "سمير حداد", Read("leader", "committee_to_protect_journalists", "سمير حداد", "director")),
        ("الممثل المصري سمير حداد", "سمير حداد", Read("", "egypt", "سمير حداد", "")),
        ("الممثل المصري الخاص سمير حداد", "سمير حداد", Read("official", "egypt", "سمير حداد", "envoy")),
        ("وزير الإعلام في بوركينا فاسو سمير حداد", "سمير حداد", Read("minister", "burkina_faso", "سمير حداد", "information")),
        ("المتحدث باسم وزارة الري والموارد المائية المصرية سمير حداد", "سمير حداد", Read("spokesperson", "egypt", "سمير حداد")),
        ("مديرة الاتصالات في البيت الأبيض سمير حداد", "سمير حداد", Read("official", "white_house", "سمير حداد", "director")),
        ("القائم بأعمال وزير الخارجية المغربي سمير حداد", "سمير حداد", Read("minister", "morocco", "سمير حداد", "foreign")),
        ("رئيس المخابرات العامة المصرية سمير حداد", "سمير حداد", Read("leader", "egyptian_intelligence", "سمير حداد")),
        ("رئيس أركان جيش فيجي سمير حداد", "سمير حداد", Read("official", "fiji", "سمير حداد", "army_chief")),
        ("الرئيس الشيشاني سمير حداد", "سمير حداد", Read("leader", "chechnya", "سمير حداد")),
        ("الوزير الأردني المكلف شؤون الصحراء سمير حداد", "سمير حداد", Read("minister", "jordan", "سمير حداد")),
        ("قائد الجيش سمير حداد", "سمير حداد", Read("official", "", "سمير حداد", "army_chief")),
    ],
)  # fmt: skip
def test_long_titles_and_occupations(text: str, bearer: str, wanted: Read) -> None:
    title, found = titles(text, **{bearer.replace(" ", "_"): "PER"})[0]
    assert Read(title.office, title.of, found, title.portfolio, title.former) == wanted


def test_the_aide_of_a_president_stands_behind_a_comma() -> None:
    found = titles("مساعد الرئيس فلاديمير بوتين للشؤون الخارجية، سمير حداد، في بيان", سمير_حداد="PER")
    assert [(t.office, t.of, b) for t, b in found] == [("official", "vladimir_putin", "سمير حداد"), ("head_of_state", "", "فلاديمير بوتين")]


def test_two_titles_between_commas_are_each_behind_their_name() -> None:
    text = "استقبل سمير حداد، رئيس أركان الجيش الأردني، كريم سلامة، رئيس أركان الجيش المغربي، في عمان"
    found = titles(text, سمير_حداد="PER", كريم_سلامة="PER")
    assert [(t.of, b) for t, b in found] == [("jordan", "سمير حداد"), ("morocco", "كريم سلامة")]


def test_the_head_of_a_campaign_stands_behind_its_candidate() -> None:
    found = titles("مثل رئيس حملة كريم سلامة السابق سمير حداد أمام القاضي", سمير_حداد="PER", كريم_سلامة="PER")
    assert [(t.office, t.former, b) for t, b in found] == [("official", True, "سمير حداد")]


@pytest.mark.parametrize(("text", "body"), [("المتحدث باسم حاكم ولاية كسلا سمير حداد", "حاكم ولاية كسلا"), ("قائد شرطة كسلا سمير حداد", "شرطة كسلا")])
def test_the_police_and_the_governor_of_a_place_are_bodies_with_a_spokesman_and_a_chief(text: str, body: str) -> None:
    found = finder().find(Article("t", text), doc(text, names={"سمير حداد": "PER", "كسلا": "LOC"}))
    title = found.titles[0]
    assert title.of_name is not None and found.names[title.of_name].text == body
    assert "كسلا" in {n.text for n in found.names}


def test_a_campaign_is_a_candidates_own() -> None:
    found = titles("بعث رسالة إلى سمير حداد المدير السابق لحملة المرشح كريم سلامة في نيويورك", سمير_حداد="PER", كريم_سلامة="PER")
    assert [(t.office, t.former, b) for t, b in found] == [("official", True, "سمير حداد")]


def test_a_title_joined_by_and_is_that_of_the_next_person() -> None:
    found = titles("بين مايك بومبيو، وولي العهد السعودي، الأمير محمد بن سلمان، في الرياض")
    assert ("official", "saudi_arabia", "محمد بن سلمان") in [(t.office, t.of, b) for t, b in found]
    assert ("official", "saudi_arabia", "مايك بومبيو") not in [(t.office, t.of, b) for t, b in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("زعيم الحركة المتشددة، هبة الله آخوند زاده", ("leader", "taliban", "هبة الله آخوند زاده")),
        ("الرئيس الفنزويلي المدعوم من كوبا نيكولاس مادورو", ("head_of_state", "venezuela", "نيكولاس مادورو")),
        ("السيناتور الأمريكي المحافظ ليندسي غراهام", ("official", "united_states", "ليندسي غراهام")),
        ("وقال المتحدث باسم السلطة القضائية سمير حداد", ("spokesperson", "", "سمير حداد")),
        ("وقال المتحدث باسم البنتاغون، القائد سمير حداد، أمس", ("spokesperson", "pentagon", "سمير حداد")),
    ],
)
def test_adjectives_and_addresses_stand_between_a_title_and_its_bearer(text: str, wanted: tuple[str, str, str]) -> None:
    title, bearer = titles(text, سمير_حداد="PER")[0]
    assert (title.office, title.of, bearer) == wanted


def test_nobody_bears_the_title_of_a_group_that_he_does_not_lead() -> None:
    assert not [b for t, b in titles("زار زعيم الحركة المتشددة، نيكولاس مادورو") if b]


def test_the_president_whose_election_campaign_somebody_heads_keeps_his_post() -> None:
    found = titles("ونفى سمير حداد، مدير الحملة الانتخابية للرئيس البرازيلي جايير بولسونارو، أمس", سمير_حداد="PER")
    assert [(t.office, t.of, b) for t, b in found] == [
        ("official", "jair_bolsonaro", "سمير حداد"),
        ("head_of_state", "brazil", "جايير بولسونارو"),
    ]
