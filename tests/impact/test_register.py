"""Charlie narrows the register of every claim and goes through its pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from impact.models import Claim, Edition
from organisation.models import Organisation
from tests.support.lists import publish_claims, read_list

pytestmark = pytest.mark.django_db

REGISTER = "/evidence/"


def count_queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def pages_from(client, address, step):
    """Returns the references of each page, from this one on to the last: `step` is "next" or "previous"."""
    pages = []
    while address:
        shown = read_list(client, address)
        pages.append(shown.references)
        address = getattr(shown, step)
    return pages


def test_each_count_is_the_number_of_claims_that_the_link_shows(client):
    publish_claims(2, grade="disputed")
    publish_claims(3, theme="advocacy")
    publish_claims(1, type="outcome")
    for start in (
        REGISTER,
        f"{REGISTER}?organisation=harbour-aid",
        f"{REGISTER}?type=output&grade=organisation+only",
    ):
        for links in read_list(client, start).rows.values():
            for text, address in links.items():
                if text != "All":
                    assert f"({len(read_list(client, address).references)})" in text, address


def test_choices_combine_and_each_can_be_dropped_alone(client):
    publish_claims(2)
    publish_claims(3, type="outcome")
    shown = read_list(client, read_list(client, REGISTER).rows["Type"]["Output (12)"])
    shown = read_list(client, shown.rows["Organisation"]["Harbour Aid (2)"])
    both = Edition.objects.current().filter(type="output", organisation__slug="harbour-aid")
    assert shown.references == [f"E{edition.claim.number}" for edition in both]
    assert (shown.current["Type"], shown.current["Theme"]) == ([f"Output ({both.count()})"], ["All"])
    only_harbour_aid = read_list(client, shown.rows["Type"]["All"])
    assert len(only_harbour_aid.references) == 5
    assert only_harbour_aid.rows["Organisation"]["All"] == REGISTER


def test_a_value_that_would_show_nothing_is_not_offered(client):
    shown = read_list(client, f"{REGISTER}?grade=supported+in+part")
    assert not any(text.startswith("Training") for text in shown.rows["Theme"])
    assert not any(text.startswith("Unsourced") for text in read_list(client, REGISTER).rows["Grade"])


def test_an_address_that_asks_for_a_grade_of_an_earlier_version_is_answered(client):
    shown = read_list(client, f"{REGISTER}?grade=stated")
    took_its_place = ("partner supports", "partner in part", "organisation only")
    editions = Edition.objects.current()
    assert shown.references == [f"E{each.claim.number}" for each in editions.filter(grade__in=took_its_place)]
    assert shown.current["Grade"] == ["Formerly “stated”"]
    assert "stated" not in "".join(list(shown.rows["Grade"].values())[:-1])


def test_one_claim_is_counted_in_the_singular(client):
    publish_claims(1)
    assert read_list(client, f"{REGISTER}?organisation=harbour-aid").count == "1 claim"


def test_an_organisation_without_a_profile_that_makes_a_claim_can_be_chosen(client):
    publish_claims(1, organisation=Organisation.objects.create(slug="other", official_name="Another body"))
    shown = read_list(client, read_list(client, REGISTER).rows["Organisation"]["Another body (1)"])
    assert (shown.count, shown.current["Organisation"]) == ("1 claim", ["Another body (1)"])


def test_charlie_reads_every_claim_once_forwards_and_backwards(client):
    publish_claims(120)
    published = Claim.objects.filter(current_edition__isnull=False).order_by("number")
    everything = [claim.reference for claim in published]
    forwards = pages_from(client, REGISTER, "next")
    assert [len(page) for page in forwards] == [50, 50, 50]
    assert sum(forwards, []) == everything
    last = f"{REGISTER}?after={everything[99].removeprefix('E')}"
    assert sum(pages_from(client, last, "previous")[::-1], []) == everything


def test_pages_do_not_shift_when_a_claim_before_them_is_published(client):
    numbers = [claim.number for claim in publish_claims(40)]
    second = read_list(client, REGISTER).next
    before = read_list(client, second).references
    Claim.objects.filter(number=5).update(current_edition=None)
    assert read_list(client, second).references == before == [f"E{number}" for number in numbers[20:]]


def test_the_first_page_has_none_before_it_and_the_last_none_after(client):
    publish_claims(20)
    first = read_list(client, REGISTER)
    assert (first.previous, first.next) == ("", "")
    assert len(first.references) == 50
    publish_claims(1)
    first = read_list(client, REGISTER)
    last = read_list(client, first.next)
    assert (first.previous, last.next, len(last.references)) == ("", "", 1)
    assert read_list(client, last.previous).references == first.references
    assert read_list(client, last.previous).previous == ""


def test_the_pages_of_a_narrowed_list_keep_what_is_chosen_and_a_new_choice_starts_from_the_first(client):
    publish_claims(60)
    shown = read_list(client, f"{REGISTER}?organisation=harbour-aid&type=output")
    assert shown.next.startswith(f"{REGISTER}?organisation=harbour-aid&type=output&after=")
    following = read_list(client, shown.next)
    assert following.count == shown.count
    assert following.previous.startswith(f"{REGISTER}?organisation=harbour-aid&type=output&before=")
    assert "after" not in "".join(following.rows["Theme"].values())
    assert not set(shown.references) & set(following.references)


def test_the_register_costs_the_same_few_queries_however_many_claims_there_are(client):
    addresses = [REGISTER, f"{REGISTER}?theme=training&grade=organisation+only"]
    count_queries(client, REGISTER)  # the first page of a process also fetches content types and the site
    before = [count_queries(client, address) for address in addresses]
    publish_claims(120)
    assert [count_queries(client, address) for address in addresses] == before
    assert max(before) <= 20
    assert count_queries(client, f"{REGISTER}?after=50") <= 20


def test_counting_stops_at_a_thousand_and_says_so(client):
    publish_claims(1000 - 30)
    assert read_list(client, REGISTER).count == "1,000 claims"
    publish_claims(1)
    shown = read_list(client, REGISTER)
    assert shown.count == "More than 1,000 claims"
    assert "Only the organisation says so (990)" in shown.rows["Grade"]
    publish_claims(11)
    assert "Only the organisation says so (1,000+)" in read_list(client, REGISTER).rows["Grade"]


@pytest.mark.parametrize("key", ["organisation", "type", "theme", "grade"])
@pytest.mark.parametrize(
    "value", ["zugzwang", "%00", "' OR 1=1 --", "<script>", "x" * 5000, "%ff%fe", "كتاب", "%25", "_"]
)
def test_a_value_that_nothing_has_shows_nothing_and_breaks_nothing(client, key, value):
    shown = read_list(client, f"{REGISTER}?{key}={value}")
    if value == "%00":
        assert shown.count == "30 claims"
    else:
        assert (shown.count, shown.references) == ("0 claims", [])
        assert "Not on record." in shown.text
        assert shown.rows[key.capitalize()]["All"] == REGISTER


@pytest.mark.parametrize(
    "value", ["", "0", "-1", "abc", "1e3", "50.0", "%00", "٥", "9" * 400, "1' --", "0x10", "50&after=x", " 5"]
)
def test_a_cursor_that_is_no_number_is_ignored(client, value):
    for key in ("after", "before"):
        assert len(read_list(client, f"{REGISTER}?{key}={value}").references) == 30, key


def test_a_cursor_beyond_either_end_leads_back(client):
    beyond = read_list(client, f"{REGISTER}?after=999999999")
    assert beyond.references == []
    assert "Not on record." in beyond.text
    assert len(read_list(client, beyond.previous).references) == 30
    assert len(read_list(client, read_list(client, f"{REGISTER}?before=1").next).references) == 30


def test_keys_that_the_register_does_not_know_are_not_carried_on(client):
    shown = read_list(client, f"{REGISTER}?utm_source=x&type=output")
    assert "utm_source" not in "".join(address for links in shown.rows.values() for address in links.values())


def test_charlie_cannot_tell_from_the_counts_that_there_is_a_draft(client):
    before = read_list(client, REGISTER)
    Claim.objects.create(
        organisation=Organisation.objects.create(slug="other", official_name="Another body"),
        statement="We",
        subject="s",
        theme="reintegration",
        type="output",
    )
    after = read_list(client, REGISTER)
    assert (after.rows, after.count) == (before.rows, before.count)
