"""A search that finds nothing offers the known words that its words may be slips of."""

import re

import pytest

from impact.models import Claim

from .results_page import publish_claim, results_page

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
