"""All suggestions of a kind are decided at once, after their number was shown; doubtful ones stay open."""

import pytest

from impact.models import Claim
from organisation.models import Citation, Source
from portal.models import Decision
from tests.support.factory import a_claim, a_source, an_organisation, published
from tests.support.people import alice, bob, staff_with
from tests.support.proposals import decide as decide_on_proposal

from .test_decisions import DECIDE, READ, address, decide, item, pending_address

pytestmark = pytest.mark.django_db

TEXT = (
    "We taught 40 pupils.\nWe taught 3.200 teachers.\nWe have built a school.\nIt was founded in May 1998.\n"
    "External evaluation\nThe evaluators counted 38 pupils.\n"
    "Publications\n• A Year on the Islands. 2023\nThe end of it."
)


@pytest.fixture
def source():
    return a_source("A text", text=TEXT, author=an_organisation(profiled=True))


def verdicts(source):
    return dict(Decision.objects.filter(source=source).values_list("kind", "verdict"))


def test_nothing_is_decided_before_the_number_is_confirmed(client, source):
    client.force_login(bob())
    page = client.post(f"{address(source)}?show=claim", {"do": "refuse all"})
    assert page.status_code == 200 and len(page.context["items"]) == 3
    assert "3 suggestions are refused. Each can be taken back." in page.content.decode()
    assert not Decision.objects.filter(source=source).exists()
    client.post(f"{address(source)}?show=claim", {"do": "refuse all", "number": "2"})
    assert not Decision.objects.filter(source=source).exists()  # one more was open meanwhile
    client.post(f"{address(source)}?show=claim", {"do": "refuse all", "number": "3"})
    assert Decision.objects.filter(source=source, kind="claim", verdict="refused").count() == 3


def test_what_has_a_question_stays_open_when_all_are_accepted(client, source):
    client.force_login(bob())
    page = client.post(f"{address(source)}?show=claim", {"do": "accept all"})
    assert "1 of them has a question that only you can answer, and stays open." in page.content.decode()
    client.post(f"{address(source)}?show=claim", {"do": "accept all", "number": "3"})
    assert sorted(Claim.objects.order_by("-number")[:2].values_list("statement", flat=True)) == [
        "We have built a school.",
        "We taught 40 pupils.",
    ]
    assert item(client, source, "We taught 3.200").is_open


def test_all_is_decided_by_nobody_who_may_not_decide_on_one(client, source):
    client.force_login(staff_with(*READ))
    assert client.post(address(source), {"do": "refuse all", "number": "5"}).status_code == 403
    assert not Decision.objects.filter(source=source).exists()


def test_evidence_is_cited_by_the_working_copy_of_the_claim_that_was_chosen(client, source):
    claim = a_claim("We taught 38 pupils.", organisation=source.author)
    client.force_login(bob())
    evidence = item(client, source, "The evaluators")
    assert evidence.claims[0] == claim  # the likeliest stands first
    refused = decide(client, source, "The evaluators")
    assert "Say which claim it is about" in refused.content.decode()
    decide(client, source, "The evaluators", claim=str(claim.pk), relation="contradicts")
    citation = claim.citations.get(relation="contradicts")
    assert citation.passage.words == "The evaluators counted 38 pupils."
    assert citation.independence == Citation.Independence.OWN  # it stands in a document of their own
    assert Decision.objects.get(source=source, kind="evidence").record == claim


def test_evidence_is_a_change_of_a_claim_that_waits_to_be_retired(client, source):
    claim = published(a_claim("We taught 38 pupils.", organisation=source.author))
    claim.ask_to_retire(alice(), seen=Claim.AS_STORED)
    client.force_login(bob())
    decide(client, source, "The evaluators", claim=str(claim.pk), relation="contradicts")
    claim.refresh_from_db()
    assert claim.stage == "draft" and claim.last_changed_by() == bob()


def test_a_publication_waits_until_somebody_else_has_accepted_it(client, source):
    client.force_login(bob())
    decide(client, source, "A Year on the Islands")
    assert not Source.objects.filter(title="A Year on the Islands").exists()
    page = client.get(pending_address(source)).context["pending"]
    client.post(pending_address(source), {"decision": [each.pk for each in page]})
    decide_on_proposal(alice())
    publication = Source.objects.get(title="A Year on the Islands")
    assert (publication.kind, publication.published, publication.author) == (
        "publication",
        "2023",
        source.author,
    )


def test_an_organisation_that_is_not_on_record_is_made_with_the_claim(client):
    source = a_source("Nobody's", text="We taught 40 pupils.")
    client.force_login(staff_with(*DECIDE))
    assert "new_organisation" not in item(client, source, "We taught").form.fields
    decide(client, source, "We taught", new_organisation="Hill School")
    assert not Decision.objects.exists()
    client.force_login(bob())
    decide(client, source, "We taught", new_organisation="Hill School")
    organisation = Claim.objects.latest("number").organisation
    assert (organisation.official_name, organisation.profiled) == ("Hill School", False)
    assert client.get("/organisations/hill-school/").status_code == 404


def test_whoever_proposes_what_another_has_accepted_is_shown_all_of_it(client, source):
    client.force_login(alice())
    ours = f"It was founded in May 1998{' and grew' * 60} at the pier."
    changes = {"title": "Founded", "in_our_words": "on", "text": ours, "new_organisation": "Pier School"}
    decide(client, source, "It was founded", **changes)
    client.force_login(bob())
    page = client.get(pending_address(source)).content.decode()
    for words in (ours, "in our words", "Pier School", "It rests on “It was founded in May 1998.”"):
        assert words in page


def test_an_organisation_on_record_is_not_said_to_have_changed_with_a_claim_that_names_it(client, source):
    named = an_organisation("Hill School", profiled=True)
    history, sitemap = named.history.count(), client.get("/sitemap.xml").getvalue()
    client.force_login(bob())
    decide(client, source, "We taught", new_organisation="hill SCHOOL")
    assert Claim.objects.latest("number").organisation == named
    client.logout()
    assert (named.history.count(), client.get("/sitemap.xml").getvalue()) == (history, sitemap)


def test_a_document_in_another_language_says_that_it_is_not_read(client):
    german = "Wir sind für die Kinder der Inseln da und für alle Menschen, die sich um sie kümmern. " * 6
    source = a_source("Jahresbericht", text=german)
    client.force_login(bob())
    assert "in neither English nor French" in client.get(address(source)).content.decode()
