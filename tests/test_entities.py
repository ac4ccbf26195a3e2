"""Who or what names and titles are, on analyses written by hand: choice between bearers, dates, scopes of keys, aliases."""

from __future__ import annotations

import datetime as dt

import pytest

from kg.entities import resolve
from kg.model import Article, Entities, EntityType, Mention, Origin
from kg.reference import shipped
from tests.entity_passages import finder
from tests.hand import doc

DAY = dt.date(2018, 5, 20)


def read(text: str, day: dt.date | None = DAY, id: str = "a", pos: dict[str, str] | None = None, **names: str) -> Entities:
    article = Article(id, text, published=day)
    analysis = doc(text, pos, {name.replace("_", " "): kind for name, kind in names.items()})
    return resolve(article, finder().find(article, analysis), shipped())


def keys(found: Entities, words: str) -> set[str]:
    return {m.key for m in found.mentions if m.text == words}


@pytest.mark.parametrize(
    ("day", "person"),
    [("2001-01-10", "bill_clinton"), ("2007-07-07", "george_w_bush"), ("2012-12-12", "barack_obama"), ("2018-05-20", "donald_trump"), ("2022-02-22", "joe_biden")],
)
def test_a_title_is_who_held_it_on_the_day(day: str, person: str) -> None:
    found = read("أكد الرئيس الأميركي ذلك", dt.date.fromisoformat(day))
    assert keys(found, "الرئيس الأميركي") == {f"ref:{person}"}


def test_without_a_date_a_title_is_nobody() -> None:
    found = read("أكد الرئيس الأميركي ذلك", None)
    assert not [m for m in found.mentions if m.type is EntityType.PERSON]


def test_without_a_date_a_title_is_still_the_one_named_before() -> None:
    found = read("وصل الرئيس الأميركي دونالد ترامب. وأكد الرئيس الأميركي ذلك.", None)
    assert keys(found, "الرئيس الأميركي") == {"ref:donald_trump"}


def test_without_a_date_others_who_are_named_say_when() -> None:
    found = read("التقى رئيس الوزراء البريطاني ديفيد كاميرون وفدا. وأكد وزير الخارجية الأميركي ذلك، وأيده الرئيس الأميركي.", None)
    assert keys(found, "الرئيس الأميركي") == {"ref:barack_obama"}
    assert not [m for m in found.mentions if m.key in {"ref:hillary_clinton", "ref:john_kerry"}]  # both held it under Cameron


def test_a_year_that_is_named_cuts_off_what_lies_before() -> None:
    found = read("التقى رئيس الوزراء البريطاني ديفيد كاميرون وفدا في عام 2014. وأكد وزير الخارجية الأميركي ذلك.", None)
    assert keys(found, "وزير الخارجية الأميركي") == {"ref:john_kerry"}


def test_the_spokesman_of_a_person_is_another() -> None:
    found = read("قال متحدث باسم دونالد ترامب إن ذلك صحيح")
    assert not found.posts


def test_a_second_post_behind_a_name_is_of_the_same_person() -> None:
    found = read("وصل سمير فرج، رئيس هيئة الرقابة المالية، ورئيس اللجنة الأولمبية الدولية، أمس.", سمير_فرج="PER")
    assert [p.office for p in found.posts] == ["leader", "leader"]
    assert len({p.person for p in found.posts}) == 1


@pytest.mark.parametrize(
    ("text", "word", "two"),
    [
        ("وقعت تونس والجزائر اتفاقا. ويعزز ذلك التعاون بين البلدين.", "البلدين", {"ref:tunisia", "ref:algeria"}),
        ("هاجمت روسيا تركيا. وترى اليابان أن التعاون بين البلدين ممكن.", "البلدين", set()),  # of three nobody knows which
        ("تبادلت حركة طالبان والحكومة الأفغانية الأسرى، وأكد الطرفان ذلك.", "الطرفان", {"ref:taliban", "ref:afghanistan"}),
        ("اتصل فلاديمير بوتين برجب طيب أردوغان، وناقش الرجلان الأزمة.", "الرجلان", {"ref:vladimir_putin", "ref:recep_tayyip_erdogan"}),
    ],
)
def test_a_dual_is_the_two_named_before(text: str, word: str, two: set[str]) -> None:
    assert keys(read(text), word) == two


def test_the_ministry_is_of_the_state_whose_ministry_was_named() -> None:
    found = read("رفضت وزارة الصحة الكينية القرار. وقالت رواندا إنه صائب، وأكدت الوزارة أنه خطأ.")
    assert keys(found, "الوزارة") == {"ref:kenya"}


def test_the_north_is_that_of_korea_where_no_other_land_has_one() -> None:
    assert keys(read("زار الوفد كوريا الشمالية. ويسعى الجنوب إلى الحوار."), "الجنوب") == {"ref:south_korea"}
    assert not keys(read("زار وفد من اليمن كوريا الشمالية. ويسعى الجنوب إلى الحوار."), "الجنوب")


def test_a_known_person_may_be_written_in_latin_letters() -> None:
    found = read("قالت المفوضة الأوروبية Cecilia Malmstrom إن الرسوم مرفوضة، وأيدها Bruno Le Maire.")
    assert keys(found, "Bruno Le Maire") == {"ref:bruno_le_maire"}


def test_a_name_with_points_goes_on() -> None:
    assert keys(read("نقلت شبكة بي.بي.سي الخبر."), "بي.بي.سي") | keys(read("نقلت شبكة بي.بي.سي الخبر."), "شبكة بي.بي.سي")


def test_a_body_may_be_named_again_by_its_first_words() -> None:
    text = "اجتمع مجلس النواب الأردني أمس. وناقش مجلس النواب الموازنة."
    found = read(text)
    assert len({m.key for m in found.mentions if m.text.startswith("مجلس النواب")}) == 1


def test_how_a_title_was_resolved_is_kept() -> None:
    found = read("أكد الرئيس الأميركي ذلك")
    note = next(m.note for m in found.mentions if m.text == "الرئيس الأميركي")
    assert note == "head_of_state of united_states on 2018-05-20"


def test_an_unknown_holder_is_not_guessed() -> None:
    found = read("أكد وزير الدفاع الفانواتي ذلك")
    assert not [m for m in found.mentions if m.type is EntityType.PERSON]


def test_a_surname_of_two_is_the_one_introduced() -> None:
    found = read("تحدث كولن باول في المؤتمر. وأضاف باول أن الوقت حان.", dt.date(2018, 1, 1), pos={"باول": "X", "كولن": "X"})
    assert {m.key for m in found.mentions if m.text == "باول"} == {"ref:colin_powell"}


def test_a_surname_of_two_is_the_one_in_office() -> None:
    found = read("خفض باول الفائدة", dt.date(2019, 8, 1), pos={"باول": "X"})
    assert keys(found, "باول") <= {"ref:jerome_powell"}


def test_posts_are_read_with_their_bearers() -> None:
    found = read("وصل وزير الخارجية الروسي سيرغي لافروف")
    (post,) = found.posts
    assert (post.person, post.office, post.of, post.portfolio) == ("ref:sergey_lavrov", "minister", "ref:russia", "foreign")


def posts(text: str, **names: str) -> set[tuple[str, str, str]]:
    return {(p.person.removeprefix("ref:"), p.office, p.of.removeprefix("ref:")) for p in read(text, **names).posts}


def test_a_minister_whom_nobody_knows_is_of_the_state_that_the_article_is_about() -> None:
    text = "اجتمعت الحكومة الأردنية في عمّان. وقال وزير الري سمير حداد إن الأردن يعاني الجفاف."
    assert ("person:سمير حداد", "minister", "jordan") in posts(text, سمير_حداد="PER")
    assert ("person:سمير حداد", "minister", "") in posts(f"{text} والتقى وفدا سوريا من سوريا.", سمير_حداد="PER")


def test_a_head_told_behind_a_name_is_of_the_body_named_before() -> None:
    text = "أعلن المرصد السوري لحقوق الإنسان ذلك. وقال سمير حداد مدير المرصد إن القصف توقف."
    assert ("person:سمير حداد", "leader", "syrian_observatory_for_human_rights") in posts(text, سمير_حداد="PER")


def test_the_army_is_that_of_the_state_that_the_article_is_about() -> None:
    text = "يعاني اليمن حربا منذ أعوام. وقالت صنعاء إن مناطق اليمن آمنة. واستعاد الجيش بلدة قريبة."
    assert keys(read(text), "الجيش") == {"ref:yemen"}
    assert not keys(read(f"{text} وعبرت قوافل الأردن وسوريا. وشكر الأردن سوريا."), "الجيش")


def test_who_was_minister_until_lately_is_called_so() -> None:
    assert ("rex_tillerson", "minister", "united_states") in posts("أقالت واشنطن وزير الخارجية ريكس تيلرسون في مارس")


def test_who_is_appointed_is_of_the_state_of_him_who_appoints() -> None:
    found = posts("وعينت تيريزا ماي سمير حداد وزيرا للنقل بعد زيارة إلى فرنسا", سمير_حداد="PER")
    assert ("person:سمير حداد", "minister", "united_kingdom") in found


def test_a_president_is_not_who_stands_behind_his_title_and_is_known_as_a_minister() -> None:
    assert not any(office == "head_of_state" and person != "abdel_fattah_el_sisi" for person, office, _ in posts("وعين الرئيس المصري في يونيو الفريق محمد زكي"))


def test_a_spelling_of_the_holder_behind_his_title() -> None:
    found = read("وصل وزير الخارجية الروسي سرغاي لافروف", سرغاي_لافروف="PER")
    assert {m.key for m in found.mentions if m.type is EntityType.PERSON} == {"ref:sergey_lavrov"}


def test_one_word_persons_meet_by_their_post_and_not_by_the_word() -> None:
    texts = ("قال وزير الزراعة الباراغواياني أوليفينو ذلك", "قال المغني أوليفينو ذلك")
    one, other = (read(t, id=str(n), pos={"أوليفينو": "X"}, أوليفينو="PER") for n, t in enumerate(texts))
    persons = [{m.key for m in found.mentions if m.type is EntityType.PERSON} for found in (one, other)]
    assert not persons[0] & persons[1]


def test_events_are_of_their_year_or_of_their_article() -> None:
    placed = [read("جرت الانتخابات الرئاسية المصرية", day, id=str(day)) for day in (dt.date(2014, 5, 1), dt.date(2018, 3, 1), dt.date(2018, 4, 1))]
    elections = [next(e.key for e in found.entities if e.type is EntityType.EVENT) for found in placed]
    assert elections[0] != elections[1] == elections[2]
    vague = [read("انتهت القمة الثلاثية", id=id) for id in ("x", "y")]
    assert len({next(e.key for e in found.entities if e.type is EntityType.EVENT) for found in vague}) == 2


def test_a_name_in_brackets_is_a_second_name() -> None:
    text = "أعلن تجمع المنارة الجديدة (أمل الشرق) برنامجه"
    found = read(text, تجمع_المنارة_الجديدة="ORG", أمل_الشرق="ORG")
    assert keys(found, "أمل الشرق") == keys(found, "تجمع المنارة الجديدة") != set()


def test_the_alef_that_lam_swallows_comes_back_in_the_name() -> None:
    found = read("عاد المبعوث للشرق الأوسط")
    entity = next(e for e in found.entities if e.key == "ref:middle_east")
    assert entity.names == ("الشرق الأوسط",)


def test_mentions_are_in_order_and_typed_as_their_entities() -> None:
    found = read("بحثت روسيا وتركيا وحلف الناتو ملف إدلب. وقالت تركيا إن إدلب آمنة.")
    starts = [m.span.start for m in found.mentions]
    assert starts == sorted(starts)
    types = {e.key: e.type for e in found.entities}
    assert all(m.type is types[m.key] for m in found.mentions)


def test_it_is_a_pure_function() -> None:
    text = "بحث الرئيس الروسي مع وزير الخارجية الأميركي ملف سوريا في القمة الثلاثية"
    assert read(text) == read(text)


def test_adjectives_stand_apart_from_mentions() -> None:
    found = read("قال الصحفي الفرنسي إن المباراة انتهت")
    assert [m.key for m in found.adjectives] == ["ref:france"]
    assert all(m.text != "الفرنسي" for m in found.mentions)


def test_origins_tell_the_evidence() -> None:
    found = read("زار فابريس ميلون روسيا", فابريس_ميلون="PER")
    origins: dict[str, Mention] = {m.text: m for m in found.mentions}
    assert origins["روسيا"].origin is Origin.GAZETTEER
    assert origins["فابريس ميلون"].origin is Origin.MODEL


def test_a_surname_of_two_in_the_article_is_not_read_of_the_second() -> None:
    text = "وصل أحمد مسعود، نجل أحمد شاه مسعود، إلى الوادي. وقال مسعود إن الطريق مفتوحة."
    found = read(text, pos={"مسعود": "X"}, مسعود="PER")
    assert keys(found, "أحمد مسعود") == {"ref:ahmad_massoud"}
    assert keys(found, "أحمد شاه مسعود") == {"ref:ahmad_shah_massoud"}
    assert keys(found, "مسعود") <= {"ref:ahmad_massoud"}


def test_whoever_belongs_to_an_unknown_person_is_not_that_person() -> None:
    """A delegation beside a name: the name is a person's, and no organisation is called so."""
    found = read("وضم الوفد كريم الحسني وزير النقل", كريم_الحسني="PER")
    assert {e.type for e in found.entities if e.key.startswith("person:")} == {EntityType.PERSON}
    assert not keys(found, "الوفد كريم الحسني")


def test_the_given_name_of_a_relative_is_not_that_of_an_officer_named_later() -> None:
    text = "أصيب كريم سلامة وابنته نادية في حادث. وقالت نادية شلهوب، المتحدثة باسم الشرطة المغربية، إن الطريق أغلق"
    found = finder().find(Article("t", text), doc(text, names={"كريم سلامة": "PER", "نادية شلهوب": "PER"}))
    keys = {m.text: m.key for m in resolve(Article("t", text), found, shipped()).mentions}
    assert keys["نادية"] != keys["نادية شلهوب"]
