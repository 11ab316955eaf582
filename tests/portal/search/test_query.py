"""What is read of a query, which hits come first, and what narrows them."""

import pytest

from portal.search import query as module
from portal.search.typed import Query
from tests.support.factory import a_claim, a_profiled_organisation, a_source, an_organisation, published
from tests.support.pages import profile_of

from .results_page import NOTHING_FOUND, hit_titles, results_page, suggestions

pytestmark = pytest.mark.django_db


def say(title, text="x", organisation=None):
    """Puts a statement with a title and a text on record."""
    organisation = organisation or an_organisation(profiled=True)
    number = organisation.statements.count()
    return organisation.statements.create(slug=f"s{number}", kind="position", title=title, text=text)


def words(typed):
    return [word.folded for word in Query(typed).typed_words]


def test_of_a_query_the_first_300_signs_count():
    assert words("x" * 298 + " ab") == ["x" * 40, "a"]
    assert words("x" * 297 + " ab") == ["x" * 40, "ab"]
    assert words("   " + "x" * 297 + " ab  ") == ["x" * 40, "ab"]


def test_of_a_query_twenty_words_count_in_phrases_and_exclusions_as_well():
    numbers = [f"w{number}" for number in range(30)]
    assert words(" ".join(numbers)) == numbers[:20]
    assert words(f'"{" ".join(numbers[:12])}" "{" ".join(numbers[12:])}"') == numbers[:20]
    assert words(f"-x -y {' '.join(numbers)}") == numbers[:18]
    assert words(f'{" ".join(numbers[:19])} "a b c" d') == [*numbers[:19], "a"]


@pytest.mark.parametrize(
    ("typed", "plain", "quoted", "excluded"),
    [
        ("one two", ["one", "two"], [], []),
        ('one "two three" four', ["one", "four"], [["two", "three"]], []),
        ('"one"', ["one"], [], []),
        (
            "“one two” „three four‟ «five six» ＂seven eight＂",
            [],
            [["one", "two"], ["three", "four"], ["five", "six"], ["seven", "eight"]],
            [],
        ),
        ("one -two −three", ["one"], [], [["two"], ["three"]]),
        ('one -"two three"', ["one"], [], [["two", "three"]]),
        ("one - two", ["one", "two"], [], []),
        ("one-two", ["one", "two"], [], []),
        ('one "two three', ["one"], [["two", "three"]], []),
        ('"" one', ["one"], [], []),
        ("on\x00e", ["one"], [], []),
    ],
)
def test_words_phrases_and_exclusions_are_told_apart(typed, plain, quoted, excluded):
    query = Query(typed)
    found = [query.plain, *query.quoted, *query.excluded]
    assert [[word.folded for word in each] for each in found] == [plain, *quoted, *excluded]
    assert (len(query.quoted), len(query.excluded)) == (len(quoted), len(excluded))


def test_words_of_no_weight_count_only_where_there_are_no_others(client):
    say("Zorble of frobn")
    for typed in ("zorble with", "the zorble", 'the "zorble of frobn"', '"zorble of frobn" were'):
        assert hit_titles(client, typed) == ["Zorble of frobn"], typed
    say("What can we do")
    assert "What can we do" in hit_titles(client, "what can we do", organisation="harbour-aid")
    assert hit_titles(client, "zorble much", organisation="harbour-aid") == ["Zorble of frobn"]


def test_names_come_before_words_in_a_row_and_these_before_words_that_lie_apart(client):
    say("Apart", "frobn x zorble")
    say("In a row", "frobn zorble " + "x " * 10)
    say("Zorble for frobn", "y " * 20)
    assert hit_titles(client, "frobn zorble") == ["Zorble for frobn", "In a row", "Apart"]
    assert hit_titles(client, "zorble frobn") == ["Zorble for frobn", "Apart", "In a row"]
    assert hit_titles(client, '"frobn zorble"') == ["In a row"]
    assert hit_titles(client, "zorble -frobn") == []
    assert hit_titles(client, "zorble -apart") == ["Zorble for frobn", "In a row"]


def test_of_hits_that_are_alike_the_shorter_and_then_the_older_comes_first(client):
    for title, text in (
        ("Long", "zorble a b c"),
        ("Second", "zorble a"),
        ("Third", "zorble b"),
        ("First", "zorble"),
    ):
        say(title, text)
    assert hit_titles(client, "zorble") == ["First", "Second", "Third", "Long"]


def test_a_phrase_of_two_and_one_of_three_words_exclude_where_they_stand_together(client):
    say("Apart", "alpha beta, beta gamma")
    say("Together", "alpha beta gamma")
    assert hit_titles(client, '"alpha beta gamma"', organisation="harbour-aid") == ["Together"]
    assert hit_titles(client, '"alpha beta" -"beta alpha"', organisation="harbour-aid") == [
        "Together",
        "Apart",
    ]
    assert hit_titles(client, 'alpha -"alpha beta"', organisation="harbour-aid") == []


def test_the_name_of_an_organisation_stands_for_its_records_unless_it_is_all_that_was_typed(client):
    aid = an_organisation("Zorble Union", profiled=True)
    say("Reefs", "frobn", aid)
    say("Reefs elsewhere", "frobn", an_organisation("Other Union", profiled=True))
    claim = published(a_claim("We frobn", organisation=an_organisation("Quibble Society")))
    assert hit_titles(client, "zorble frobn") == hit_titles(client, "quibble frobn") == []
    profile_of(aid)
    assert hit_titles(client, "zorble frobn") == ["Reefs"]
    assert hit_titles(client, "zorble frobn -reefs") == []
    assert hit_titles(client, "zorble frobn", organisation="other-union") == []
    assert NOTHING_FOUND in results_page(client, "zorble qqqq")
    assert hit_titles(client, "zorble") == ["Zorble Union"] and claim.reference in hit_titles(client, "frobn")


def test_no_more_than_the_best_hits_are_listed(client, monkeypatch):
    monkeypatch.setattr(module, "MAX_RESULTS", 3)
    monkeypatch.setattr("portal.search.results.MAX_RESULTS", 3)
    for number in range(4):
        shown = results_page(client, "zorble")
        assert (f"{number} result" in shown) == bool(number) and "the best" not in shown
        say(f"Zorble {number}")
    assert "More than 3 results: the best" in results_page(client, "zorble")
    assert hit_titles(client, "zorble") == ["Zorble 0", "Zorble 1", "Zorble 2"]


def test_kind_and_organisation_narrow_and_what_is_unknown_narrows_to_nothing_or_not_at_all(client):
    aid, other = an_organisation(profiled=True), an_organisation("Other", profiled=True)
    say("Zorble own", organisation=aid)
    say("Zorble theirs", organisation=other)
    source = a_source("Zorble report", kind="report", author=other)
    assert hit_titles(client, "zorble", organisation="other") == ["Zorble theirs", source.title]
    assert hit_titles(client, "zorble", organisation="other", kind="source") == [source.title]
    assert hit_titles(client, "zorble", kind="statement") == ["Zorble own", "Zorble theirs"]
    assert len(hit_titles(client, "zorble", kind="nonsense")) == 3
    assert hit_titles(client, "zorble", organisation="nobody") == []
    assert len(hit_titles(client, "zorble", organisation="\x00")) == 3


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("z", []),
        ("zo", ["Zorble title", "Zorbles of old"]),
        ("zorbles ol", ["Zorbles of old"]),
        ("zorbl ol", []),
        ("zorble -title", ["Zorbles of old", "Elsewhere"]),
        ("zorble", ["Zorble title", "Zorbles of old", "Elsewhere"]),
        ("frobn x", []),
        ("", []),
        ("-zorble", []),
    ],
)
def test_suggestions_are_names_that_begin_so_and_then_texts(client, typed, titles):
    a_profiled_organisation()
    say("Elsewhere", "zorble frobn")
    say("Zorbles of old", "y y y y")
    say("Zorble title", "y y")
    assert [each["title"] for each in suggestions(client, typed)] == titles


def test_eight_suggestions_are_offered_and_no_more(client):
    a_profiled_organisation()
    for number in range(9):
        assert len(suggestions(client, "zorble")) == number
        say(f"Zorble {'y ' * number}")
    assert len(suggestions(client, "zorble")) == 8


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("zorble quibble", ["zorble", "quibble"]),
        ("zorble the quibble", ["zorble", "quibble"]),
        ("zorble kkkkkkk", ["zorble"]),
        ("kkkkkkk", []),
        ("zorblx quibble", ["zorble quibble"]),
        ("zorblx quibblx", ["zorble quibble"]),
        ("zorblx kkkkkkk quibble", ["quibble"]),
        ('"zorble quibble" -other', ["zorble", "quibble"]),
        ("儿童兵 zorble 大象 学", ["zorble", "儿童兵"]),
        ("alpha zorble quibble beta gamma delta", ["alpha", "zorble", "quibble", "beta", "gamma"]),
    ],
)
def test_where_nothing_is_found_the_words_are_corrected_or_offered_alone(client, typed, offered):
    for text in ("zorble", "quibble", "alpha beta", "gamma delta", "招募的儿童兵"):
        say("Made up", text)
    page = results_page(client, typed)
    assert NOTHING_FOUND in page
    links = [part.split("</a>")[0] for part in page.split('<a href="?q=')[1:]]
    assert [link.partition(">")[2] for link in links] == offered
    assert '">zorble</a>' not in results_page(client, "zorble", kind="ask")
