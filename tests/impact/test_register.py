"""Charlie narrows the register of every claim and goes through its pages."""

import re
from html import unescape
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from impact.models import Claim, Edition
from organisation.models import Organisation, Passage
from tests.support.blocks import text_of
from tests.support.factory import a_claim, a_passage, a_source, an_organisation, cite, published
from tests.support.lists import publish_claims, read_list
from tests.support.sampling import every

pytestmark = pytest.mark.django_db

REGISTER = "/evidence/"
BY_NUMBER = "/evidence/?order=number"


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
    assert not any(text.startswith("No source") for text in read_list(client, REGISTER).rows["How far shown"])


def test_an_address_that_asks_for_a_grade_of_an_earlier_version_is_answered(client):
    shown = read_list(client, f"{BY_NUMBER}&grade=stated")
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
    forwards = pages_from(client, BY_NUMBER, "next")
    assert [len(page) for page in forwards] == [50, 50, 50]
    assert sum(forwards, []) == everything
    last = f"{BY_NUMBER}&after={everything[99].removeprefix('E')}"
    assert sum(pages_from(client, last, "previous")[::-1], []) == everything


def test_pages_do_not_shift_when_a_claim_before_them_is_published(client):
    numbers = [claim.number for claim in publish_claims(40)]
    second = read_list(client, BY_NUMBER).next
    before = read_list(client, second).references
    Claim.objects.filter(number=5).update(current_edition=None)
    assert read_list(client, second).references == before == [f"E{number}" for number in numbers[20:]]


def test_the_first_page_has_none_before_it_and_the_last_none_after(client):
    publish_claims(20)
    first = read_list(client, BY_NUMBER)
    assert (first.previous, first.next) == ("", "")
    assert len(first.references) == 50
    publish_claims(1)
    first = read_list(client, BY_NUMBER)
    last = read_list(client, first.next)
    assert (first.previous, last.next, len(last.references)) == ("", "", 1)
    assert read_list(client, last.previous).references == first.references
    assert read_list(client, last.previous).previous == ""


def test_the_pages_of_a_narrowed_list_keep_what_is_chosen_and_a_new_choice_starts_from_the_first(client):
    publish_claims(60)
    shown = read_list(client, f"{REGISTER}?shown=own&organisation=harbour-aid&type=output")
    assert shown.next.startswith(f"{REGISTER}?shown=own&organisation=harbour-aid&type=output&after=")
    following = read_list(client, shown.next)
    assert following.count == shown.count
    assert following.previous.startswith(f"{REGISTER}?shown=own&organisation=harbour-aid&type=output&before=")
    assert "after" not in "".join(following.rows["Theme"].values())
    assert not set(shown.references) & set(following.references)


def test_the_register_costs_the_same_few_queries_however_many_claims_there_are(client):
    addresses = [REGISTER, BY_NUMBER, f"{REGISTER}?theme=training&grade=organisation+only"]
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
    assert "Only the organisation says so (990)" in shown.rows["How far shown"]
    publish_claims(11)
    shown = read_list(client, REGISTER)
    assert "Only the organisation says so (1,000+)" in shown.rows["How far shown"]
    assert "All of them, more than 1,000" in shown.text


KEYS = ["organisation", "type", "theme", "grade", "shown"]
VALUES = ["zugzwang", "%00", "' OR 1=1 --", "<script>", "x" * 5000, "%ff%fe", "كتاب", "%25", "_"]


@pytest.mark.parametrize(("key", "value"), every(4, list(product(KEYS, VALUES))))
def test_a_value_that_nothing_has_shows_nothing_and_breaks_nothing(client, key, value):
    shown = read_list(client, f"{REGISTER}?{key}={value}")
    if value == "%00":
        assert shown.count == "30 claims"
    else:
        assert (shown.count, shown.references) == ("0 claims", [])
        assert "Not on record." in shown.text
        assert shown.rows[{"shown": "How far shown"}.get(key, key.capitalize())]["All"] == REGISTER


@pytest.mark.parametrize(
    "value",
    every(
        3,
        ["-1", "", "0", "abc", "1e3", "50.0", "%00", "٥", "0x10", "9" * 400, "1' --", "50&after=x", " 5"],
    ),
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


def groups(client, address):
    """Returns the headings of the register's groups, each with the references below it."""
    parts = client.get(address).content.decode().split('<h2 class="of-list"')[1:]
    return {
        text_of(part.split(">", 1)[1].split("</h2>")[0]): re.findall(r'class="reference"[^>]*>(E\d+)', part)
        for part in parts
    }


def test_charlie_reads_those_most_in_doubt_first_each_below_how_far_it_is_shown(client):
    aid = an_organisation()
    grades = (
        "supported",
        "organisation only",
        "partner in part",
        "unsourced",
        "disputed",
        "organisation only",
    )
    claims = [publish_claims(1, organisation=aid, grade=grade)[0].reference for grade in grades]
    assert groups(client, f"{REGISTER}?organisation=harbour-aid") == {
        "Contradicted, and by what": [claims[4]],
        "No source is on record": [claims[3]],
        "Only the organisation says so": [claims[1], claims[5]],
        "A partner supports it, at least in part": [claims[2]],
        "An independent source supports it, at least in part": [claims[0]],
    }
    shown = read_list(client, f"{REGISTER}?organisation=harbour-aid")
    assert "In order: most in doubt first by number" in shown.text
    assert read_list(client, f"{BY_NUMBER}&organisation=harbour-aid").references == claims
    assert groups(client, f"{BY_NUMBER}&organisation=harbour-aid") == {}


def test_a_group_that_is_too_long_for_the_page_leads_to_all_of_its_own(client, monkeypatch):
    monkeypatch.setattr("organisation.paging.PAGE_SIZE", 6)
    aid = an_organisation()
    publish_claims(2, organisation=aid, grade="disputed")
    own = [claim.reference for claim in publish_claims(5, organisation=aid)]
    html = client.get(f"{REGISTER}?organisation=harbour-aid").content.decode()
    listed = groups(client, f"{REGISTER}?organisation=harbour-aid")
    assert (
        listed["Only the organisation says so"] == own[:4] and len(listed["Contradicted, and by what"]) == 2
    )
    assert html.count(" of them</a>") == 1
    address = unescape(re.search(r'href="([^"]+)">All 5 of them</a>', html)[1])
    assert groups(client, f"{REGISTER}{address}") == {"Only the organisation says so": own}


def test_a_claim_that_a_text_contradicts_stands_beside_the_words_that_do(client):
    claim = a_claim("We taught 40 pilots")
    gazette = a_source("Port gazette", text="They taught 30 pilots.", published="1804")
    words = Passage.objects.quote(gazette, "They taught 30 pilots.")
    cite(claim, gazette, "contradicts", "independent", passage=words)
    claim.limitations = "The gazette counts 30."
    claim.save()
    published(claim)
    html = client.get(f"{REGISTER}?shown=contradicted").content.decode()
    row = html.split(f">{claim.reference}</a>")[1].split("</article>")[0]
    text = text_of(row)
    assert "Contradicted by an independent source “They taught 30 pilots.” Port gazette" in text
    assert "1804" in text and text.endswith("What holds The gazette counts 30.")
    assert 'href="/sources/port-gazette/#L1"' in row


def test_of_more_than_two_texts_that_contradict_a_claim_its_page_tells(client):
    claim = a_claim("We taught 40 pilots")
    for number in range(3):
        cite(claim, a_source(f"Log {number}"), "contradicts", "partner", note=f"It says {number}.")
    published(claim)
    html = client.get(REGISTER).content.decode()
    text = text_of(html.split(f">{claim.reference}</a>")[1].split("</article>")[0])
    assert text.count("Contradicted by a partner") == 2
    assert "It says 0. Log 0" in text and "It says 2." not in text and "More texts contradict it" in text


def test_what_contradicts_the_claims_costs_one_query_for_any_number_of_them(client):
    def contradicted(number):
        claim, passage = a_claim("We taught 40 pilots"), a_passage(f"They taught {number}.")
        cite(claim, passage.source, "contradicts", "independent", passage=passage)
        published(claim)

    contradicted(30)
    count_queries(client, REGISTER)
    before = count_queries(client, REGISTER)
    for number in range(31, 35):
        contradicted(number)
    assert count_queries(client, REGISTER) == before
