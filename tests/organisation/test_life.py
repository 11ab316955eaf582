"""What became of an organisation is told from rows alone, of organisations that nobody has heard of."""

from itertools import pairwise

import pytest

from organisation.lineage import one_lineage
from organisation.models import Organisation, Succession
from tests.support.factory import (
    a_profiled_organisation,
    a_source,
    a_statement,
    an_ask,
    an_organisation,
    cite,
)

pytestmark = pytest.mark.django_db


def passing(kind, earlier=None, later=None, date=""):
    return Succession.objects.create(
        kind=kind,
        earlier=earlier and an_organisation(earlier),
        later=later and an_organisation(later),
        date=date,
    )


def life_of(name):
    return an_organisation(name).life


def test_one_that_goes_on_has_nothing_to_tell():
    organisation = an_organisation()
    assert (organisation.life.text, organisation.named, organisation.life.is_over) == (
        "",
        "Harbour Aid",
        False,
    )


@pytest.mark.parametrize(
    ("date", "sentence", "mark"),
    [
        ("2019-06-07", "Closed on 7 June 2019.", "closed 2019"),
        ("2019-06", "Closed in June 2019.", "closed 2019"),
        ("2019", "Closed in 2019.", "closed 2019"),
    ],
)
def test_a_closing_is_told_as_precisely_as_its_source(date, sentence, mark):
    life = an_organisation(closed=date).life
    assert (life.text, life.mark, life.is_over) == (sentence, mark, True)


def test_a_closing_without_a_day_says_so():
    passing("closed", "Harbour Aid")
    life = life_of("Harbour Aid")
    assert (life.text, life.mark) == ("Closed; undated.", "closed, undated")


def test_a_closing_that_the_organisation_and_a_succession_date_is_told_once():
    an_organisation(closed="2019")
    passing("closed", "Harbour Aid", date="2019")
    assert life_of("Harbour Aid").text == "Closed in 2019."


def test_heirs_stand_in_one_sentence_with_what_became_of_them():
    an_organisation(closed="2019-06-07")
    passing("renamed", "Harbour Union", "Harbour Aid", "2011")
    passing("programmes passed on", "Harbour Aid", "Lantern Fund", "2019")
    passing("programmes passed on", "Harbour Aid", "Pilots", "2019")
    passing("renamed", "Lantern Fund", "Lantern House", "2021-05")
    assert life_of("Harbour Aid").text == (
        "Closed on 7 June 2019. Formerly Harbour Union (renamed: 2011). "
        "Passed programmes on to Lantern Fund and Pilots (2019). "
        "Lantern Fund was renamed Lantern House (May 2021)."
    )
    assert life_of("Harbour Union").text == (
        "Renamed Harbour Aid (2011). Harbour Aid closed on 7 June 2019. "
        "Harbour Aid passed programmes on to Lantern Fund and Pilots (2019). "
        "Lantern Fund was renamed Lantern House (May 2021)."
    )
    assert life_of("Harbour Union").mark == "renamed Harbour Aid, closed 2019"
    pilots = life_of("Pilots")
    assert pilots.text == "Took over programmes of Harbour Aid (2019). Harbour Aid closed on 7 June 2019."
    assert (pilots.is_over, pilots.mark) == (False, "")


def test_names_before_the_last_one_follow():
    passing("renamed", "First", "Second", "2001")
    passing("renamed", "Second", "Third")
    assert life_of("Third").text == ("Formerly Second (renamed: undated). Before that First (renamed: 2001).")
    assert life_of("First").mark == "renamed Second, renamed Third"
    assert life_of("First").text == "Renamed Second (2001). Second was renamed Third (undated)."


def test_a_merger_is_told_on_both_sides():
    passing("merged", "Harbour Aid", "Lantern Fund", "2015")
    assert life_of("Harbour Aid").text == "Merged into Lantern Fund (2015)."
    assert life_of("Harbour Aid").mark == "merged into Lantern Fund"
    assert life_of("Lantern Fund").text == "Harbour Aid merged into it (2015)."


@pytest.mark.parametrize(
    ("kind", "sentence", "mark"),
    [
        ("renamed", "Renamed (2015); the new name is not stated.", "renamed"),
        ("merged", "Merged into another (2015), which is not stated.", "merged"),
        ("programmes passed on", "Passed programmes on (2015); to whom is not stated.", ""),
    ],
)
def test_an_heir_that_no_source_names_is_not_stated(kind, sentence, mark):
    passing(kind, "Harbour Aid", date="2015")
    assert (life_of("Harbour Aid").text, life_of("Harbour Aid").mark) == (sentence, mark)


def test_rows_in_a_circle_are_told_once():
    for earlier, later in (("One", "Two"), ("Two", "Three"), ("Three", "One")):
        passing("renamed", earlier, later)
        passing("programmes passed on", earlier, later)
    life = life_of("One")
    assert life.mark == "renamed Two, renamed Three, renamed One"
    assert len(life.sentences) == len({str(each) for each in life.sentences}) == 6


def test_a_chain_of_a_thousand_names_has_an_end():
    names = Organisation.objects.bulk_create(
        Organisation(slug=f"name-{number}", official_name=f"Name {number}") for number in range(1001)
    )
    Succession.objects.bulk_create(
        Succession(kind="renamed", earlier=earlier, later=later) for earlier, later in pairwise(names)
    )
    with one_lineage():
        assert len(names[0].life.sentences) == len(names[-1].life.sentences) == 1000
        assert names[0].life.mark.endswith("renamed Name 1000")


def test_a_sentence_links_to_the_profiles_that_visitors_find_and_escapes_names():
    a_profiled_organisation("Lantern Fund")
    an_organisation("A & <b>")
    passing("programmes passed on", "Harbour Aid", "Lantern Fund")
    passing("programmes passed on", "Harbour Aid", "A & <b>")
    [sentence] = life_of("Harbour Aid").sentences
    assert sentence.html == (
        'Passed programmes on to <a href="/organisations/lantern-fund/">Lantern Fund</a> and '
        "A &amp; &lt;b&gt; (undated)."
    )


def test_all_that_is_asked_within_a_request_loads_the_successions_once(django_assert_num_queries):
    organisations = [an_organisation("One", closed="2019"), an_organisation("Two")]
    with django_assert_num_queries(1), one_lineage():
        assert [each.named for each in organisations * 3] == ["One (closed 2019)", "Two"] * 3


def test_a_change_of_successions_counts_at_once_within_a_request():
    organisation = an_organisation()
    with one_lineage():
        assert organisation.life.mark == ""
        passing("merged", "Harbour Aid", "Lantern Fund").delete()
        assert organisation.life.mark == ""
        passing("closed", "Harbour Aid")
        assert organisation.life.mark == "closed, undated"


@pytest.mark.parametrize(
    ("published", "said"),
    [
        ("", "as it said%s, undated"),
        ("2007", "as it said%s in 2007"),
        ("2007-05", "as it said%s in May 2007"),
        ("2007-05-30", "as it said%s on 30 May 2007"),
    ],
)
def test_what_a_closed_organisation_says_carries_the_date_of_its_source(published, said):
    closed = an_organisation(closed="2019")
    statement, ask = a_statement(organisation=closed), an_ask(organisation=closed)
    cite(statement, a_source("Later", published="2024"), relation="supports")
    source = a_source(published=published)
    for record in (statement, ask):
        cite(record, source)
    assert (statement.as_it_said, ask.as_it_said) == (said % " of itself", said % "")


def test_what_one_that_goes_on_says_carries_no_mark():
    assert a_statement().as_it_said == ""
