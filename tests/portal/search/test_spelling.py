"""A search that finds nothing offers the known words that its words may be slips of."""

import re

import pytest

from impact.models import Claim
from portal.models import SearchWord
from portal.search.spelling import corrections, remove_unused_words
from tests.support.factory import an_organisation

from .results_page import NOTHING_FOUND, publish_claim, results_page

pytestmark = pytest.mark.django_db

# Words unlike any other on the seeded site.
STATEMENT = "The yurt, the kvass, the gnu, the zugzwang and the 4711x stood there."


@pytest.fixture(autouse=True)
def words_on_record():
    publish_claim(Claim.objects.get(number=10), STATEMENT)


def offers(client, query):
    return re.findall(r'<a href="\?q=[^"]*">([^<]*)</a>', results_page(client, query))


@pytest.mark.parametrize(
    "typed",
    ["zugzwan", "zugzwangg", "zugxwang", "zguzwang", "zgzwank", "zguzwank", "ZUGZWÄNK"],
)
def test_up_to_two_slips_in_a_long_word_are_seen_through(client, typed):
    assert offers(client, typed) == ["zugzwang"]


@pytest.mark.parametrize("typed", ["zgxwag", "ugwzgan", "xugxwanx"])
def test_three_slips_are_another_word(client, typed):
    assert offers(client, typed) == []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("kvas", ["kvass"]), ("kavss", ["kvass"]), ("kvasx", ["kvass"]), ("kaxss", []), ("vkasz", [])],
)
def test_a_word_of_up_to_five_letters_may_hold_one_slip_only(client, typed, offered):
    assert offers(client, typed) == offered


@pytest.mark.parametrize(("typed", "offered"), [("yrt", ["yurt"]), ("yut", ["yurt"]), ("yu", []), ("yt", [])])
def test_a_word_of_three_letters_may_lack_a_letter_of_one_of_four(client, typed, offered):
    assert offers(client, typed) == offered


@pytest.mark.parametrize("typed", ["gun", "gnx", "gnux", "ngu"])
def test_a_word_of_three_letters_is_never_offered(client, typed):
    """Nearly every word of three letters is a slip of another one."""
    assert offers(client, typed) == []


@pytest.mark.parametrize("typed", ["4711", "471x", "4712x"])
def test_a_number_is_not_taken_for_a_slip(client, typed):
    assert offers(client, typed) == []


def on_record(text):
    """Puts words on record in a statement of Harbour Aid."""
    slug = text.partition(" ")[0]
    return an_organisation(profiled=True).statements.create(slug=slug, kind="position", text=text)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("qzx", ["qzxv"]),
        ("qzvx", ["qzxv"]),
        ("qz", []),
        ("zxv", ["qzxv"]),
        ("qzxvk", ["qzxv"]),
        ("qzxv", []),
        ("jwrqa", ["jwrqt"]),
        ("jwraa", []),
        ("wjrqt", ["jwrqt"]),
        ("wjrtq", []),
        ("jwrqtxx", []),
        ("mvfkhz", ["mvfkhp"]),
        ("vfmkhp", ["mvfkhp"]),
        ("mvfzzz", []),
        ("wrjqt", []),
        ("mvfk", []),
        ("e" + "q" * 28, ["w" + "q" * 29]),
        ("w" + "q" * 30, []),
        ("w" + "u" * 30, []),
        ("20222", []),
        ("a2022", []),
        ("trunkleqqe", ["trunkledge"]),
        ("trunkleqqq", []),
    ],
)
def test_a_word_is_corrected_as_far_as_its_length_allows(typed, known):
    on_record(f"qzxv jwrqt mvfkhp w{'q' * 29} w{'u' * 29}z 20221 b2022 tyz trunkledge")
    assert corrections(typed) == known


def test_the_nearest_word_comes_first_and_of_equally_near_ones_the_first_in_the_alphabet():
    on_record("zorblex zorblek zorblem")
    assert corrections("zorblen") == ["zorblek", "zorblem", "zorblex"]
    on_record("zorblewzd zorblewzc zorblewaa zorblewxy")
    assert corrections("zorblewzb") == ["zorblewzc", "zorblewzd", "zorblewaa", "zorblewxy"]


def test_words_that_no_entry_holds_are_dropped_and_the_others_stay():
    statement = on_record("qzxvb jwrqt trunkledge")
    statement.text = "jwrqt"
    statement.save()
    assert corrections("qzxvv") == ["qzxvb"]
    remove_unused_words()
    assert corrections("qzxvv") == [] and corrections("jwrqq") == ["jwrqt"]
    assert not SearchWord.objects.filter(word__in=["qzxvb", "trunkledge"]).exists()


def test_only_what_was_typed_wrong_is_replaced_and_a_hopeless_word_does_not_hide_the_others(client):
    on_record("qzxvbn jwrqtp mvfkhp")
    page = results_page(client, "QZXVBM  and “jwrqtq”")
    assert NOTHING_FOUND in page and ">qzxvbn  and “jwrqtp”</a>" in page
    page = results_page(client, "qzxvbm kkkkkkkkkk mvfkhp")
    assert ">mvfkhp</a>" in page and "qzxvbn" not in page
    assert 'href="?q=' not in results_page(client, "kkkkkkkkkk")


def test_no_more_than_five_others_are_offered(client):
    on_record(" ".join(f"zorble{letter}" for letter in "abcdefg"))
    assert results_page(client, "zorblez").count(">zorble") == 5
