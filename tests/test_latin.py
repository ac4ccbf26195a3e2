"""Latin forms of names."""

from __future__ import annotations

import pytest

from kg.language.latin import known_names, latin, one_name


@pytest.mark.parametrize(
    ("arabic", "expected"),
    [
        ("دميتري", "Dmitry"), ("ديمتري", "Dmitry"), ("سيرجي", "Sergei"), ("محمد", "Mohammed"), ("عبد الرحمن", "Abdul Rahman"),
        ("عبدالرحمن", "Abdul Rahman"), ("أبو بكر", "Abu Bakr"), ("حمد بن جاسم", "Hamad bin Jassim"), ("الناصري", "al-Nasseri"),
        ("ميخائيل بوغدانوف", "Mikhail Bogdanov"), ("بوروشينكو", "Boroshenko"), ("ألكسندر", "Alexander"), ("نور الدين", "Noor al-Din"),
    ],
)  # fmt: skip
def test_common_names_and_endings(arabic: str, expected: str) -> None:
    assert latin(arabic) == expected


def test_every_name_of_the_data_is_latin_and_every_spelling_is_folded_once() -> None:
    names = known_names()
    assert len(names) > 650
    assert all(name.replace("-", "").replace(" ", "").isascii() for name in names.values())


def test_unknown_names_are_written_in_latin_letters() -> None:
    for name in ("شهاب المرزوق", "قره سو", "تشونغ لي هاو", "O'Neil"):
        assert latin(name).isascii() and latin(name)[0].isupper()


def test_one_name() -> None:
    assert one_name("محمد", "محمود") is False
    assert one_name("صالح", "صلاح") is False
    assert one_name("سيرغي", "سيرجي") is True
    assert one_name("ابتهال", "اعتدال") is None
