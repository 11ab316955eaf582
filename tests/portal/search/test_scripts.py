"""Words are found in every script, with its vowel signs or without spaces, and in every common writing."""

import json
from pathlib import Path

import pytest

from portal.search.excerpt import excerpt
from portal.search.query import Search
from portal.search.tokens import folded_words
from portal.search.typed import Query
from tests.support.factory import an_organisation

INPUT = Path(__file__).parents[2] / "inputs" / "search-words.json"
# (a text, words that find it, words that do not)
TEXTS = [
    ("শিশু সৈনিকরা স্কুলে ফিরে গেছে।", ["শিশু", "স্কুলে"], ["শশ", "সকল"]),
    ("குழந்தைகள் பள்ளிக்குத் திரும்பினர்.", ["குழந்தைகள்"], ["கழநதகள"]),
    ("పిల్లలు పాఠశాలకు వచ్చారు", ["పిల్లలు"], ["పలల"]),
    ("ਬੱਚੇ ਸਕੂਲ ਵਾਪਸ ਆਏ", ["ਸਕੂਲ"], ["ਸਕਲ"]),
    ("ළමයි පාසලට ගියහ", ["ළමයි"], ["ළමය"]),
    ("കുട്ടികൾ സ്കൂളിൽ പോയി", ["കുട്ടികൾ"], ["കടടകൾ"]),
    ("हिन्दी में लड़का", ["हिंदी", "हिँदी", "लडका"], ["हनद"]),
    ("ކުޑަކުދިން އެނބުރި އައި", ["ކުޑަކުދިން"], ["ކޑކދނ"]),
    ("عَادَتِ الفَتَيَاتُ إِلَى المَدْرَسَة", ["الفتيات", "الى المدرسه"], ["الفيات"]),
    ("کودکان می\u200cخواهند", ["كودكان", "میخواهند", "می خواهند"], ["خواه"]),
    ('הַיְלָדִים שבו לבית־הספר, אמר צה"ל', ["הילדים", "לבית הספר", "לביתהספר", "צהל", "צה״ל"], ["ילד"]),
    ("ልጆች፡ወደ፡ትምህርት፡ቤት ተመለሱ።", ["ትምህርት", "ቤት"], ["ትምት"]),
    ("བོད་ཡིག་སློབ་གྲྭ།", ["བོད་ཡིག", "སློབ"], ["བད"]),
    ("ကလေးစစ်သားများ ကျောင်းပြန်တက်ကြသည်။", ["စစ်သား", "ကျောင်း"], ["ကသ", "စစ္သား"]),
    ("កុមារបានត្រឡប់ទៅសាលារៀនវិញ", ["កុមារ", "សាលារៀន"], ["សរៀន"]),
    ("ເດັກນ້ອຍກັບໄປ\u200bໂຮງຮຽນ", ["ໂຮງຮຽນ", "ກັບໄປໂຮງ"], ["ເດກນອຍ"]),
    (
        "元子ども兵は学校へ戻った。ネットワーク４５００人",
        ["子ども兵", "ﾈｯﾄﾜｰｸ", "ネットワーク4500"],
        ["子兵", "と"],
    ),
    ("아이들이 학교에서 배웠다", ["학교", "\u1112\u1161\u11a8\u1100\u116d", "아이들"], ["학에"]),
    ("Комп'ютери й зв’язок", ["комп’ютери", "компʼютери", "компютери", "звʼязок"], ["компют"]),
    ("Ο σεισμός στον κόσμο", ["ΣΕΙΣΜΟΣ", "ΚΌΣΜΟ"], ["σεισμ"]),
    ("İstanbul’da ışık, Straße ﬁnal", ["istanbul", "ISIK", "STRASSE", "final", "ｆｉｎａｌ"], ["fnal"]),
    ("La voix de l’enfant en Côte d'Ivoire", ["enfant", "l'enfant", "l´enfant", "Ivoire"], ["fant"]),
    ("Un enfant à N'Djamena", ["l’enfant", "Ndjamena", "N’Djaména"], ["djam"]),
    ("They of the N.G.O.s, R&D and Ph.D. of O’Brien", ["NGOs", "n.g.o.s", "RD", "PhD", "OBrien"], ["go"]),
    ("The E.U. funds R&D of AT&T", ["R&D", "rd", "AT&T", "r&d of at&t"], ["S&D", "Q&A", "BT&T"]),
    ("NGOs of the M.P.s and IDPs", ["NGO", "ngo", "N.G.O.", "MP", "IDP", "ngos"], ["GO", "M"]),
    ("One NGO came", ["NGOs", "N.G.O.s"], ["NG"]),
    ("UN women met", ["U.N. women", "U. N. women"], ["U.K. women"]),
    ("The O. E. D.s of vexation¹ on 5 km²", ["OED", "vexation", "km2", "km²", "km"], ["vexation2"]),
    (
        "child\u00adsoldiers and chil-\ndren",
        ["childsoldier", "child-soldier", "child soldier", "children"],
        [],
    ),
    ("A child-soldier sang", ["childsoldier", "child‑soldiers", "child soldiers"], ["dsoldier"]),
    ("A child soldier slept", ["childsoldier", "child‐soldier"], ["childsold"]),
    ("The post–war years 2019–2021", ["postwar", "post-war", "post–war", "2019"], ["20192021"]),
    ("They re-integrated boys", ["reintegrated", "re integrating"], ["integra"]),
    (
        "zorbled 4,500",
        ["zorbled 4500", "zorbled 4 500", "zorbled 4\u00a0500", "zorbled 4’500"],
        ["zorbled 450"],
    ),
    ("frobbed 4 500", ["frobbed 4500", "frobbed 4.500", "frobbed ٤٥٠٠", "frobbed 500"], ["frobbed 45"]),
    ("quibbled ٤٬٥٠٠", ["quibbled 4500", "quibbled 4\u202f500"], ["quibbled 4"]),
    (
        "grumbled ४,५०० or 4,50,000",
        ["grumbled 4500", "grumbled ４５００", "grumbled 450000"],
        ["grumbled 50"],
    ),
    ("vexed 4’500 and 4.500", ["vexed 4500", "vexed 4'500"], ["vexed 500"]),
    ("ages 10-15 of figs", ["figs 10", "figs 10-15"], ["figs 1015"]),
    ("Zoe\u0308 \u200fשלום\u200e", ["zoë", "\u202aשלום\u202c", "\u200fשלום"], []),
]


@pytest.mark.django_db
def test_each_text_is_found_by_its_words_in_every_writing_and_by_no_others():
    given = [(case["text"], case["find"], case["not"]) for case in json.loads(INPUT.read_text())]
    aid = an_organisation(profiled=True)
    for number, (text, _find, _not) in enumerate([*TEXTS, *given]):
        aid.statements.create(slug=f"s{number}", kind="position", title="Said", text=text)

    def is_found(text, typed):
        search = Search(typed)
        return text in [entry.text for entry in search.entries(search.ids)]

    missed = [
        (text, word) for text, find, _not in [*TEXTS, *given] for word in find if not is_found(text, word)
    ]
    wrong = [
        (text, word) for text, _find, others in [*TEXTS, *given] for word in others if is_found(text, word)
    ]
    assert (missed, wrong) == ([], [])


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("A child-soldier sang", "childsoldier", "A <mark>child-soldier</mark> sang"),
        ("A child soldier sang", "childsoldiers", "A <mark>child soldier</mark> sang"),
        ("A childsoldier, a child", "child soldier", "A <mark>childsoldier</mark>, a <mark>child</mark>"),
        ("La voix de l’enfant", "l'enfant", "La voix de <mark>l’enfant</mark>"),
        ("La voix de l’enfant", "enfant", "La voix de l’<mark>enfant</mark>"),
        ("The U.N. met", "UN", "The <mark>U.N.</mark> met"),
        ("Of 12 500 girls", "12,500", "Of <mark>12 500</mark> girls"),
        ("Of 12 500 girls", "500", "Of 12 <mark>500</mark> girls"),
        ("सैनिक बच्चे गए", "बच्चे", "सैनिक <mark>बच्चे</mark> गए"),
        ("招募的儿童兵返回学校", "儿童兵", "招募的<mark>儿童兵</mark>返回学校"),
        ("儿童 儿 童年", "儿童", "<mark>儿童 儿 童</mark>年"),
        ("ส่งเด็กกลับ", "เด็ก", "ส่ง<mark>เด็ก</mark>กลับ"),
        ("المدينـــة الكبرى", "المدينة", "<mark>المدينـــة</mark> الكبرى"),
        ("co\u00adoperate e\u0301te\u0301", "été cooperate", "<mark>co\u00adoperate e\u0301te\u0301</mark>"),
    ],
)
def test_what_was_found_is_marked_where_it_stands(text, typed, marked):
    assert str(excerpt(text, Query(typed))) == marked


def test_a_text_without_spaces_is_cut_between_letters_and_not_between_a_letter_and_its_signs():
    text = "กี่" * 40 + "เด็ก" + "กี่" * 40
    for length in range(100, 106):
        shown = str(excerpt(text, Query("เด็ก"), max_length=length))
        assert "<mark>เด็ก</mark>" in shown
        assert shown.startswith("… กี่") and shown.endswith("กี่ …")


def test_letters_are_told_from_signs_on_them_whatever_the_form():
    assert folded_words("Roméo Rome\u0301o ＲＯＭＥＯ") == ["romeo"] * 3
    assert len(set(folded_words("ガ ｶﾞ カ\u3099"))) == len(set(folded_words("\uac00 \u1100\u1161"))) == 1
    assert folded_words("৪৫ ๔๕ 1️⃣ ᾳ α") == ["45", "45", "1", "α", "α"]


def test_of_a_query_sixty_letters_of_a_script_without_spaces_count_as_twenty_words():
    assert len(Query("学" * 61).typed_words) == 60
    assert [word.folded for word in Query("学" * 57 + " a b").typed_words][57:] == ["a"]
