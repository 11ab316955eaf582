"""The log of corrections, on its page, on the home page and as a feed."""

import datetime
import json
import re
import xml.etree.ElementTree as xml
from unittest.mock import patch

import pytest
from django.utils import timezone

from impact.corrections import latest
from impact.models import Claim, Edition, ReviewStep
from tests.support.claims import publish
from tests.support.crawl import Page
from tests.support.factory import a_claim, a_figure, published
from tests.support.people import bob

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def main_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode().split("<main")[1].split("</main>")[0]


def entries(html):
    """Returns the text of each entry, newest first."""
    return [" ".join(Page(part).text.split()) for part in html.split('<article class="record"')[1:]]


def feed(client):
    response = client.get("/feeds/corrections.atom")
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return xml.fromstring(response.content)


def test_while_nothing_is_corrected_the_page_the_home_page_and_the_feed_say_so(client):
    assert "No correction yet." in main_of(client, "/corrections/")
    assert "There has been none yet." in main_of(client, "/")
    assert feed(client).findall(f"{ATOM}entry") == []
    assert client.get("/feeds/corrections.atom").content == client.get("/feeds/corrections.atom").content


def test_a_correction_stands_in_the_log_with_what_differs_when_and_why(client):
    edition = publish(
        statement="Our training programs have been delivered to over 5,000 participants "
        "from over 55 countries"
    )
    page = main_of(client, "/corrections/")
    [entry] = entries(page)
    for part in (
        "E10",
        "Edition 2",
        "Correction: what stood here was wrong",
        "A newer count",
        "removed: 4,500",
        "added: 5,000",
    ):
        assert part in entry, part
    assert f'href="{edition.get_absolute_url()}"' in page
    home = main_of(client, "/").split("When we are wrong")[1]
    assert "E10" in home and "A newer count" in home and edition.get_absolute_url() in home


def test_an_edition_that_says_the_same_corrects_nothing(client):
    publish(reason="Published once more")
    assert "No correction yet." in main_of(client, "/corrections/")


def test_the_newest_correction_comes_first_whatever_it_is(client):
    publish(10, together_with="Partners")
    publish(11, together_with="Partners", change="update")
    Claim.objects.get(number=12).withdraw(by=bob(), reason="It was about somebody else", seen=Claim.AS_STORED)
    publish(13, together_with="Partners", change="retired")
    assert [entry.split("E1")[1][:1] for entry in entries(main_of(client, "/corrections/"))] == [
        "3",
        "2",
        "1",
        "0",
    ]


def test_of_a_withdrawn_claim_the_log_tells_reference_day_and_reason_and_no_word_of_it(client):
    publish(12, statement="Zugzwang", slug="zugzwang", reason="Zugzwang it is")
    Claim.objects.get(number=12).withdraw(by=bob(), reason="It was about somebody else", seen=Claim.AS_STORED)
    [entry] = entries(main_of(client, "/corrections/"))
    assert (
        "E12 Withdrawn" in entry
        and "It was about somebody else" in entry
        and f"{timezone.now():%B %Y}" in entry
    )
    for path in ("/corrections/", "/", "/feeds/corrections.atom"):
        page = client.get(path).content.decode()
        assert "zugzwang" not in page.lower() and "It was about somebody else" in page
    assert [link.get("href") for link in feed(client).findall(f"{ATOM}entry/{ATOM}link")] == [
        "http://testserver/evidence/e12/"
    ]


def test_a_wording_that_was_published_again_is_told_as_such(client):
    claim = Claim.objects.get(number=10)
    first = claim.current_edition
    claim.withdraw(by=bob(), reason="By mistake", seen=Claim.AS_STORED)
    claim.restore(first, by=bob(), reason="It was right after all", seen=Claim.AS_STORED)
    newest, withdrawal = entries(main_of(client, "/corrections/"))
    assert "An earlier wording again" in newest and "It was right after all" in newest
    assert "By mistake" in withdrawal


def test_the_log_comes_in_pages_at_the_same_cost(client, django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr("impact.corrections.PAGE_SIZE", 8)
    start = timezone.now()
    for day in range(12):
        with patch("django.utils.timezone.now", return_value=start + datetime.timedelta(days=day // 2)):
            publish(10, together_with=f"{day} partners", reason=f"Reason number {day}")
    with django_assert_max_num_queries(20):
        first = main_of(client, "/corrections/")
    older = first.split('rel="next" href="')[1].split('"')[0]
    with django_assert_max_num_queries(20):
        second = main_of(client, f"/corrections/{older}")
    reasons = [entry.split("Reason number ")[1].split()[0] for entry in entries(first) + entries(second)]
    assert reasons == [str(day) for day in reversed(range(12))]
    assert "Older corrections" not in second and "Newest corrections" in second
    with django_assert_max_num_queries(37):  # home tells a story as well
        client.get("/")


def test_a_page_of_the_log_has_fifty_entries_at_most(client):
    claim = published(a_claim())
    for number in range(50):
        published(claim, together_with=f"{number} partners")
    page = main_of(client, "/corrections/")
    assert (len(entries(page)), "Older corrections" in page) == (50, False)
    published(claim, together_with="One more partner")
    page = main_of(client, "/corrections/")
    assert (len(entries(page)), "Older corrections" in page) == (50, True)


def test_the_latest_entry_may_be_a_withdrawal_or_an_edition_or_none():
    assert latest() is None
    claim, other = published(a_claim()), published(a_claim("We taught crews"))
    assert latest() is None  # a first edition corrects nothing
    published(claim, together_with="Partners")
    assert latest().edition == claim.current_edition
    other.withdraw(bob(), "It was wrong", seen=Claim.AS_STORED)
    assert (latest().edition, latest().reason) == (None, "It was wrong")
    published(claim)  # says what stood there before
    assert latest().reason == "It was wrong"
    published(claim, together_with="Others")
    assert latest().edition.together_with == "Others"
    published(claim, together_with="Nobody")
    assert latest().edition.together_with == "Nobody"


def test_a_wording_that_comes_back_unchanged_is_told_all_the_same():
    claim = published(a_claim())
    first = claim.current_edition
    claim.withdraw(bob(), "By mistake", seen=Claim.AS_STORED)
    claim.restore(first, bob(), "It was right", seen=Claim.AS_STORED)
    assert (latest().edition.change, latest().differences) == ("restored", [])


@pytest.mark.parametrize(
    "after", ["x", "edition-0", "edition-999999999999999999", "withdrawal-", "edition-1%00", "%F0%9F%A6%86"]
)
def test_an_address_of_no_page_shows_the_newest(client, after):
    publish(together_with="Partners")
    assert len(entries(main_of(client, f"/corrections/?after={after}"))) == 1


def test_the_feed_tells_the_whole_difference_under_an_id_that_stays(client):
    edition = publish(
        statement="Our training <b>programs</b> reached over 5,000 participants & more",
        reason="A newer \x0b count",
    )
    atom = feed(client)
    [entry] = atom.findall(f"{ATOM}entry")
    assert (
        atom.find(f"{ATOM}author/{ATOM}name").text
        and atom.find(f"{ATOM}id").text == "http://testserver/feeds/corrections.atom"
    )
    assert entry.find(f"{ATOM}title").text == "E10, edition 2: correction: what stood here was wrong"
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver{edition.get_absolute_url()}"
    assert datetime.datetime.fromisoformat(entry.find(f"{ATOM}updated").text) == edition.published_at
    content = entry.find(f"{ATOM}content")
    assert (
        content.get("type") == "html"
        and "4,500" in content.text
        and "&lt;" in content.text
        and "A newer   count" in content.text
    )
    entry_id = entry.find(f"{ATOM}id").text
    publish(together_with="Partners")
    assert [each.find(f"{ATOM}id").text for each in feed(client).findall(f"{ATOM}entry")][1] == entry_id
    assert (
        'rel="alternate" type="application/atom+xml" href="/feeds/corrections.atom"'
        in client.get("/corrections/").content.decode()
    )


def test_programs_read_every_current_edition_as_soon_as_it_is_published(client):
    def rows():
        response = client.get("/data/claims.json")
        assert response["Content-Type"] == "application/json"
        return {row["reference"]: row for row in json.loads(response.getvalue())["claims"]}

    before, claim = len(rows()), a_claim("Over 4,500 pilots of over 55 ports")
    a_figure(claim, 4500, label="pilots who took a course", qualifier="over")
    a_figure(claim, 55, label="ports that pilots came from", unit="ports", qualifier="over")
    assert len(rows()) == before
    published(claim)
    assert len(rows()) == before + 1
    claim.figures.filter(unit="pilots").update(value="5000.5", as_of="2027")
    words = "Over 4,500 once, of over 55 ports"
    edition = published(claim, change="correction", statement=words).current_edition
    row = rows()[claim.reference]
    assert row["published_at"].startswith(f"{edition.published_at:%Y-%m-%d}")
    expected = {
        "reference": claim.reference,
        "edition": 2,
        "address": f"http://testserver/evidence/e{claim.number}/v2/",
        "statement": words,
        "organisation": "Harbour Aid",
        "grade": "organisation only",
        "state": "corrected",
        "as_of": "",
        "figures": [
            {"label": "pilots who took a course", "as_written": "Over 4,500", "value": "5000.5"}
            | {"qualifier": "over", "unit": "pilots", "as_of": "2027", "computed_from": ""},
            {"label": "ports that pilots came from", "as_written": "over 55", "value": "55"}
            | {"qualifier": "over", "unit": "ports", "as_of": "", "computed_from": ""},
        ],
    }
    assert {name: row[name] for name in expected} == expected


@pytest.fixture
def at_noon(monkeypatch):
    """Lets everything be published and withdrawn at one moment."""
    noon = datetime.datetime(2031, 5, 2, 12, tzinfo=datetime.UTC)
    for field in (Edition._meta.get_field("published_at"), ReviewStep._meta.get_field("at")):
        monkeypatch.setattr(field, "_get_default", lambda: noon)


def a_published(words):
    return published(a_claim(f"We taught {words} pilots"))


def withdraw(claim, reason="Miscounted"):
    return claim.withdraw(by=bob(), reason=reason, seen=Claim.AS_STORED)


def references_on(html):
    return [re.search(r"E\d+", entry)[0] for entry in entries(html)]


def pages_of_log(client):
    """Returns the references on each page of the log, from the newest on."""
    pages, address = [], "/corrections/"
    while address:
        html = main_of(client, address)
        pages.append(references_on(html))
        older = html.split('rel="next" href="')[1:]
        address = older and f"/corrections/{older[0].split(chr(34))[0]}"
    return pages


@pytest.mark.parametrize(
    ("size", "sizes"),
    [(1, [1] * 6), (2, [2, 2, 2]), (4, [4, 2]), (5, [5, 1]), (6, [6])],
)
def test_what_happened_at_one_moment_is_told_once_withdrawals_first_wherever_a_page_ends(
    client, monkeypatch, at_noon, size, sizes
):
    monkeypatch.setattr("impact.corrections.PAGE_SIZE", size)
    claims = [a_published(number) for number in range(6)]
    for claim in (claims[3], claims[0], claims[5], claims[1]):
        published(claim, together_with="Partners")
    for claim in (claims[4], claims[2]):
        withdraw(claim)
    pages = pages_of_log(client)
    assert [len(page) for page in pages] == sizes
    newest_first = [claims[number].reference for number in (2, 4, 1, 5, 0, 3)]
    assert sum(pages, []) == newest_first


def test_a_cursor_of_an_entry_leads_to_what_is_older_and_after_the_last_there_is_none(client):
    claim = a_published(40)
    for words in ("Alpha", "Beta"):
        published(claim, together_with=words)
    older, newer = (edition.pk for edition in claim.editions.filter(number__gt=1))
    assert len(entries(main_of(client, f"/corrections/?after=edition-{newer}"))) == 1
    page = main_of(client, f"/corrections/?after=edition-{older}")
    assert entries(page) == [] and "There is no older correction." in page and "No correction yet" not in page
    withdraw(claim)
    [step] = claim.steps.filter(kind="withdrawn")
    assert entries(main_of(client, f"/corrections/?after=withdrawal-{step.pk}")) == []


@pytest.mark.parametrize(("repetitions", "is_told"), [(0, True), (4, True), (5, False)])
def test_behind_four_editions_that_correct_nothing_the_home_page_still_looks(client, repetitions, is_told):
    withdraw(a_published(40), "Reason one")
    claim = a_published(41)
    for _time in range(repetitions):
        published(claim)
    home = main_of(client, "/").split("When we are wrong</h2>")[1]
    assert ("Reason one" in home, "There has been none yet." in home) == (is_told, not is_told)
