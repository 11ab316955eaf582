"""Alice accepts, edits and refuses suggestions, comes back to them, and meets Bob on the way."""

import pytest
from django.test import Client
from django.urls import reverse

from impact.models import Claim
from organisation.models import Citation, Milestone, Organisation, Passage, Source, SourceNote, Statement
from portal.models import Decision
from tests.support.documents import REVIEW, docx
from tests.support.factory import a_claim, a_source, published
from tests.support.people import alice, bob
from tests.support.proposals import decide as decide_on_proposal
from tests.support.uploads import upload_document

pytestmark = pytest.mark.django_db

TAUGHT = "We taught over 1,240 pupils from 14 towns"


@pytest.fixture
def source(client):
    """A document that Alice has imported."""
    upload_document(client, "review.docx", docx(*REVIEW), title="Annual review of zugzwang")
    return Source.objects.get(title="Annual review of zugzwang")


def review_url(source):
    return reverse("admin:reading", args=[source.pk])


def items_by_words(client, source):
    """Returns the items of the first page by their words."""
    page = client.get(review_url(source)).context["page"]
    return {item.words: item for block in page for item in block.items}


def item_at(client, source, opening):
    """Returns the item whose words begin so."""
    items = items_by_words(client, source)
    return next(item for words, item in items.items() if words.startswith(opening))


def decide(client, source, opening, action, /, **changes):
    """Posts the form of the item whose words begin so, with some of its fields changed."""
    item = item_at(client, source, opening)
    data = {"key": item.suggestion.key, "do": action}
    if item.form:
        data |= {field.html_name: field.value() for field in item.form}
        data |= {f"{item.suggestion.key}-{name}": value for name, value in changes.items()}
    return client.post(review_url(source), data, follow=True)


def test_an_accepted_claim_is_a_draft_with_its_figures_and_its_passage(client, source):
    page = decide(client, source, TAUGHT, "accept").content.decode()
    claim = Claim.objects.order_by("-number")[0]
    assert f"{claim.reference} is a draft now" in page
    assert (claim.statement, claim.stage, claim.current_edition, claim.owner) == (
        TAUGHT,
        "draft",
        None,
        alice(),
    )
    assert [str(figure) for figure in claim.figures.all()] == ["over 1240 pupils", "14 towns"]
    citation = claim.citations.get()
    assert (citation.source, citation.passage.words, citation.relation, citation.independence) == (
        source,
        TAUGHT,
        "states",
        "own",
    )
    assert claim.last_changed_by() == alice()
    decision = Decision.objects.get()
    assert (decision.record, decision.verdict, decision.by) == (claim, "accepted", alice())
    client.logout()
    assert client.get(f"/evidence/e{claim.number}/").status_code == 404


def test_it_is_changed_before_it_is_accepted_and_its_words_stay_the_sources(client, source):
    decide(
        client,
        source,
        TAUGHT,
        "accept",
        text="Teaching over 1,240 pupils",
        words="over 1,240 pupils",
        date="2023",
        figures=["0"],
    )
    claim = Claim.objects.order_by("-number")[0]
    assert (claim.statement, claim.as_of, claim.figures.count()) == ("Teaching over 1,240 pupils", "2023", 1)
    assert claim.citations.get().passage.words == "over 1,240 pupils"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"words": "We taught nearly 1,240 pupils"}, "here “n”, in the source “o”"),
        ({"date": "soon"}, "“soon” is not a date"),
        ({"organisation": ""}, "choose an organisation"),
        ({"becomes": "value"}, "A value or an area of work needs its name as the title."),
        ({"becomes": "king"}, "king is not one of the available choices"),
        ({"text": ""}, "This field is required."),
    ],
)
def test_an_invalid_form_shows_one_error_and_what_was_typed(client, source, changes, message):
    before = Claim.objects.count(), Passage.objects.count()
    response = decide(client, source, TAUGHT, "accept", **({"text": "Typed with care"} | changes))
    form_errors = response.context["invalid_form"].errors
    errors = [error for field_errors in form_errors.values() for error in field_errors]
    assert len(errors) == 1 and message in errors[0]
    if changes.get("text") != "":
        assert "Typed with care" in response.content.decode()
    assert (Claim.objects.count(), Passage.objects.count()) == before and not Decision.objects.exists()


def test_one_can_leave_and_come_back(client, source):
    decide(client, source, TAUGHT, "accept")
    decide(client, source, "It was founded", "accept")
    decide(client, source, "We printed two readers", "refuse")
    later = Client()
    later.force_login(alice())
    assert item_at(later, source, TAUGHT).decision.record.statement == TAUGHT
    assert item_at(later, source, "It was founded").decision.is_pending
    assert item_at(later, source, "We printed two readers").decision.verdict == "refused"
    items = items_by_words(later, source)
    first_open = next(words for words, item in items.items() if item.is_open)
    assert first_open.startswith("The Harbour Project")


def test_a_decision_without_a_record_can_be_taken_back(client, source):
    for opening, action in (("We printed two readers", "refuse"), ("It was founded", "accept")):
        decide(client, source, opening, action)
        decide(client, source, opening, "take back")
        assert item_at(client, source, opening).is_open
    decide(client, source, TAUGHT, "accept")
    assert "It is on record already" in decide(client, source, TAUGHT, "take back").content.decode()
    assert Decision.objects.count() == 1


def test_the_second_of_two_decisions_changes_nothing(client, source):
    second = Client()
    second.force_login(bob())
    item = item_at(second, source, TAUGHT)
    fields = {field.html_name: field.value() for field in item.form}
    data = {"key": item.suggestion.key, "do": "accept"} | fields
    decide(client, source, TAUGHT, "refuse")
    page = second.post(review_url(source), data, follow=True).content.decode()
    assert f"Editor came first: “{TAUGHT}” is refused already, and nothing was changed." in page
    assert not Claim.objects.filter(statement=TAUGHT).exists() and Decision.objects.get().by == alice()


def test_other_records_than_claims_wait_until_they_are_put_on_record(client, source):
    Milestone.objects.create(organisation=source.author, slug="founded", title="Founded", text="It was.")
    for words in ("It was founded", "Courage:", "Care:", "The Harbour Project is"):
        decide(client, source, words, "accept")
    assert not Milestone.objects.filter(text__startswith="It was founded").exists()
    assert not Citation.objects.filter(source=source).exists()
    visitor = Client()
    assert visitor.get(source.get_absolute_url()).status_code == 404
    pending_url = reverse("admin:reading-held", args=[source.pk])
    page = client.get(pending_url)
    assert "The document becomes public with them, all its words included." in page.content.decode()
    assert "Founded" in page.content.decode() and "Courage" in page.content.decode()
    pending = [decision.pk for decision in page.context["pending"]]
    assert "Propose these 4 records" in page.content.decode()
    response = client.post(pending_url, {"decision": pending}, follow=True)
    assert "is proposed. Readers see it once somebody else has accepted it." in response.content.decode()
    assert not Milestone.objects.filter(text__startswith="It was founded").exists()
    assert visitor.get(source.get_absolute_url()).status_code == 404
    decide_on_proposal(bob())
    founded = Milestone.objects.get(text__startswith="It was founded")
    assert (founded.date, founded.title, founded.slug) == ("2011-03", "Founded", "founded-2")
    courage = Statement.objects.get(title="Courage")
    assert (courage.kind, courage.text, courage.organisation.slug, courage.owner) == (
        "value",
        "We speak up for pupils even when it is hard.",
        "harbour-aid",
        alice(),
    )
    assert courage.citations.get().passage.words.startswith("Courage: We speak")
    values = Statement.objects.filter(kind="value", organisation__slug="harbour-aid")
    assert [value.title for value in values] == ["Courage", "Care"]
    assert founded.history.get().history_user == alice()
    assert visitor.get(source.get_absolute_url()).status_code == 200
    assert (
        "waits" not in client.get(pending_url).content.decode()
        or "Nothing waits" in client.get(pending_url).content.decode()
    )


def test_one_person_alone_puts_them_before_readers_at_once(client, source, alone):
    for words in ("Courage:", "Care:"):
        decide(client, source, words, "accept")
    pending_url = reverse("admin:reading-held", args=[source.pk])
    page = client.get(pending_url)
    assert "Put these 2 records before readers" in page.content.decode()
    pending = [decision.pk for decision in page.context["pending"]]
    page = client.post(pending_url, {"decision": pending}, follow=True).content.decode()
    assert "2 records are on record now." in page
    assert Client().get(source.get_absolute_url()).status_code == 200


def test_a_record_accepted_meanwhile_is_not_put_on_record_unseen(client, source):
    decide(client, source, "Courage:", "accept")
    pending_url = reverse("admin:reading-held", args=[source.pk])
    shown = [decision.pk for decision in client.get(pending_url).context["pending"]]
    decide(client, source, "Care:", "accept")
    client.post(pending_url, {"decision": shown})
    decide_on_proposal(bob())
    assert Statement.objects.filter(title__in=["Courage", "Care"]).get().title == "Courage"


def test_all_that_waits_is_put_on_record_or_nothing(client, source):
    for words in ("Courage:", "Care:"):
        decide(client, source, words, "accept")
    pending_url = reverse("admin:reading-held", args=[source.pk])
    pending = [decision.pk for decision in client.get(pending_url).context["pending"]]
    decision = Decision.objects.get(pk=pending[1])
    decision.values |= {"title": ""}
    decision.save()
    page = client.post(pending_url, {"decision": pending}, follow=True).content.decode()
    assert (
        "Nothing was put on record: “Care: We put the safety" in page
        and "needs its name as the title" in page
    )
    assert not Statement.objects.filter(title="Courage").exists()


def test_a_note_and_an_organisation_are_put_on_record_too(client):
    client.force_login(alice())
    text = (
        b"Our story\n\nHow we do it\n\nOur work\n\nWe write to the Harbour Council of the north each spring."
    )
    upload_document(client, "a.txt", text)
    source = Source.objects.get(title="A text")
    decide(client, source, "How we do it", "accept")
    decide(client, source, "Harbour Council", "accept")
    pending_url = reverse("admin:reading-held", args=[source.pk])
    pending = [decision.pk for decision in client.get(pending_url).context["pending"]]
    client.post(pending_url, {"decision": pending})
    decide_on_proposal(bob())
    assert SourceNote.objects.get(passage__source=source).note == "A heading with nothing under it."
    council = Organisation.objects.get(official_name="Harbour Council")
    assert (council.profiled, council.citations.get().source) == (False, source)


def test_a_passage_on_record_is_shown_with_its_record(client):
    client.force_login(alice())
    source = a_source("Our story", text=f"Our Impact\n\n• {TAUGHT}.\n• We printed two readers.")
    claim = a_claim(TAUGHT, source=source)
    claim.citations.update(passage=Passage.objects.quote(source, TAUGHT))
    published(claim)
    page = client.get(review_url(source)).content.decode()
    assert "Already on record:" in page and reverse("admin:impact_claim_change", args=[claim.pk]) in page
    item = item_at(client, source, TAUGHT)
    assert (
        client.post(review_url(source), {"key": "nothing", "do": "accept"}, follow=True)
        .content.decode()
        .count("There is no such suggestion any more")
        == 1
    )
    assert [str(record).split()[0] for record in item.records] == [claim.reference] and item.form is None


def test_a_long_text_is_paginated(client):
    client.force_login(alice())
    upload_document(
        client,
        "a.txt",
        "\n\n".join(f"We have taught {number} pupils in the town." for number in range(10, 110)).encode(),
    )
    source = Source.objects.get(title="A text")
    page = client.get(review_url(source), {"show": ""})
    assert page.context["page"].paginator.num_pages == 3 and "Page 1 of 3" in page.content.decode()
    last = client.get(f"{review_url(source)}?show=claim&page=3").content.decode()
    assert "We have taught 109 pupils" in last and "show=claim&amp;page=2" in last


def test_staff_who_may_not_add_claims_may_not_decide(client, source):
    charlie = type(alice()).objects.create_user("charlie", is_staff=True)
    other = Client()
    other.force_login(charlie)
    for address in (
        reverse("admin:new-document"),
        review_url(source),
        reverse("admin:reading-held", args=[source.pk]),
    ):
        assert other.get(address).status_code == 403 and other.post(address, {}).status_code == 403


def test_a_page_of_suggestions_costs_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    client.force_login(alice())
    words = [f"We have taught {number} pupils in the town." for number in range(10, 30)]
    source = a_source("A text", text="\n\n".join(words))
    for each in words[:15]:
        claim = a_claim(each, source=source)
        claim.citations.update(passage=Passage.objects.quote(source, each))
        published(claim)
    assert len(items_by_words(client, source)) == len(words)
    with django_assert_max_num_queries(40):
        client.get(review_url(source))
