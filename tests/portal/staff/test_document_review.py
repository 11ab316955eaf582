"""Reading a document for the record: Alice accepts, changes and refuses proposals, comes back to them, and meets Bob on the way."""

import pytest
from django.test import Client
from django.urls import reverse

from impact.models import Claim
from organisation.models import Citation, Milestone, Organisation, Passage, Source, SourceNote, Statement
from portal.models import Decision
from tests.support.documents import REVIEW, docx
from tests.support.people import alice, bob

from .test_upload import bring

pytestmark = pytest.mark.django_db

TAUGHT = "We taught over 1,240 pupils from 14 towns"


@pytest.fixture
def source(client):
    """A review that Alice has brought in."""
    bring(client, "review.docx", docx(*REVIEW), title="Annual review of zugzwang")
    return Source.objects.get(title="Annual review of zugzwang")


def page_of(source):
    return reverse("admin:reading", args=[source.pk])


def shown(client, source):
    """Every proposal on the page by the first words it is about."""
    page = client.get(page_of(source)).context["page"]
    return {each.words: each for row in page for each in row.shown}


def the(client, source, words):
    return next(each for said, each in shown(client, source).items() if said.startswith(words))


def decide(client, source, words, do, /, **changes):
    """What the form beside the words sends, with some of its fields changed."""
    each = the(client, source, words)
    data = {"key": each.proposal.key, "do": do}
    if each.form:
        data |= {bound.html_name: bound.value() for bound in each.form}
        data |= {f"{each.proposal.key}-{name}": value for name, value in changes.items()}
    return client.post(page_of(source), data, follow=True)


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
    ("changes", "sentence"),
    [
        ({"words": "We taught nearly 1,240 pupils"}, "here “n”, in the source “o”"),
        ({"date": "soon"}, "“soon” is not a date"),
        ({"organisation": ""}, "choose an organisation"),
        ({"becomes": "value"}, "A value or an area of work needs its name as the title."),
        ({"becomes": "king"}, "king is not one of the available choices"),
        ({"text": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence_and_nothing_is_lost(client, source, changes, sentence):
    before = Claim.objects.count(), Passage.objects.count()
    response = decide(client, source, TAUGHT, "accept", **({"text": "Typed with care"} | changes))
    told = [each for sentences in response.context["bound"].errors.values() for each in sentences]
    assert len(told) == 1 and sentence in told[0]
    if changes.get("text") != "":
        assert "Typed with care" in response.content.decode()
    assert (Claim.objects.count(), Passage.objects.count()) == before and not Decision.objects.exists()


def test_one_can_leave_and_come_back(client, source):
    decide(client, source, TAUGHT, "accept")
    decide(client, source, "It was founded", "accept")
    decide(client, source, "We printed two readers", "refuse")
    later = Client()
    later.force_login(alice())
    assert the(later, source, TAUGHT).decision.record.statement == TAUGHT
    assert the(later, source, "It was founded").decision.is_held
    assert the(later, source, "We printed two readers").decision.verdict == "refused"
    assert [words for words, each in shown(later, source).items() if each.is_open][0].startswith(
        "The Harbour Project"
    )


def test_what_was_refused_or_waits_can_be_taken_back(client, source):
    for words, do in (("We printed two readers", "refuse"), ("It was founded", "accept")):
        decide(client, source, words, do)
        decide(client, source, words, "take back")
        assert the(client, source, words).is_open
    decide(client, source, TAUGHT, "accept")
    assert "It is on record already" in decide(client, source, TAUGHT, "take back").content.decode()
    assert Decision.objects.count() == 1


def test_who_comes_second_is_told_and_changes_nothing(client, source):
    second = Client()
    second.force_login(bob())
    each = the(second, source, TAUGHT)
    data = {"key": each.proposal.key, "do": "accept"} | {
        bound.html_name: bound.value() for bound in each.form
    }
    decide(client, source, TAUGHT, "refuse")
    page = second.post(page_of(source), data, follow=True).content.decode()
    assert f"Editor came first: “{TAUGHT}” is refused already, and nothing was changed." in page
    assert not Claim.objects.filter(statement=TAUGHT).exists() and Decision.objects.get().by == alice()


def test_whatever_is_no_claim_waits_until_it_is_put_on_record(client, source):
    for words in ("It was founded", "Courage:", "Care:", "The Harbour Project is"):
        decide(client, source, words, "accept")
    assert not Milestone.objects.filter(text__startswith="It was founded").exists()
    assert not Citation.objects.filter(source=source).exists()
    visitor = Client()
    assert visitor.get(source.get_absolute_url()).status_code == 404
    held = reverse("admin:reading-held", args=[source.pk])
    page = client.get(held)
    assert "The document becomes public with them, all its words included." in page.content.decode()
    assert "Founded" in page.content.decode() and "Courage" in page.content.decode()
    told = client.post(
        held, {"decision": [each.pk for each in page.context["waiting"]]}, follow=True
    ).content.decode()
    assert "4 records are public now." in told
    founded = Milestone.objects.get(text__startswith="It was founded")
    assert (founded.date, founded.title, founded.slug) == ("2011-03", "Founded", "founded-2")
    courage = Statement.objects.get(title="Courage")
    assert (courage.kind, courage.text, courage.organisation.slug, courage.owner) == (
        "value",
        "We speak up for pupils even when it is hard.",
        "coalition",
        alice(),
    )
    assert courage.citations.get().passage.words.startswith("Courage: We speak")
    assert [
        each.title for each in Statement.objects.filter(kind="value", organisation__slug="coalition")
    ] == ["Courage", "Care"]
    assert founded.history.get().history_user == alice()
    assert visitor.get(source.get_absolute_url()).status_code == 200
    assert (
        "waits" not in client.get(held).content.decode()
        or "Nothing waits" in client.get(held).content.decode()
    )


def test_what_was_accepted_meanwhile_is_not_put_on_record_unseen(client, source):
    decide(client, source, "Courage:", "accept")
    held = reverse("admin:reading-held", args=[source.pk])
    seen = [each.pk for each in client.get(held).context["waiting"]]
    decide(client, source, "Care:", "accept")
    client.post(held, {"decision": seen})
    assert Statement.objects.filter(title__in=["Courage", "Care"]).get().title == "Courage"


def test_all_that_waits_is_put_on_record_or_nothing(client, source):
    for words in ("Courage:", "Care:"):
        decide(client, source, words, "accept")
    held = reverse("admin:reading-held", args=[source.pk])
    waiting = [each.pk for each in client.get(held).context["waiting"]]
    decision = Decision.objects.get(pk=waiting[1])
    decision.values |= {"title": ""}
    decision.save()
    page = client.post(held, {"decision": waiting}, follow=True).content.decode()
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
    bring(client, "a.txt", text)
    source = Source.objects.get(title="A text")
    decide(client, source, "How we do it", "accept")
    decide(client, source, "Harbour Council", "accept")
    held = reverse("admin:reading-held", args=[source.pk])
    client.post(held, {"decision": [each.pk for each in client.get(held).context["waiting"]]})
    assert SourceNote.objects.get(passage__source=source).note == "A heading with nothing under it."
    council = Organisation.objects.get(official_name="Harbour Council")
    assert (council.profiled, council.citations.get().source) == (False, source)


def test_words_that_are_on_record_are_shown_with_their_record(client):
    client.force_login(alice())
    source = Source.objects.get(slug="dallaire-our-story")
    page = client.get(page_of(source)).content.decode()
    assert (
        "Already on record:" in page
        and reverse("admin:impact_claim_change", args=[Claim.objects.get(number=10).pk]) in page
    )
    each = the(client, source, "Our training programs have")
    assert (
        client.post(page_of(source), {"key": "nothing", "do": "accept"}, follow=True)
        .content.decode()
        .count("There is no such proposal any more")
        == 1
    )
    assert [str(record).split()[0] for record in each.on_record] == ["E10"] and each.form is None


def test_a_long_text_is_read_page_by_page(client):
    client.force_login(alice())
    bring(
        client,
        "a.txt",
        "\n\n".join(f"We have taught {number} pupils in the town." for number in range(10, 110)).encode(),
    )
    source = Source.objects.get(title="A text")
    page = client.get(page_of(source))
    assert page.context["page"].paginator.num_pages == 3 and "Page 1 of 3" in page.content.decode()
    last = client.get(f"{page_of(source)}?show=claim&page=3").content.decode()
    assert "We have taught 109 pupils" in last and "show=claim&amp;page=2" in last


def test_who_may_not_add_claims_may_not_decide(client, source):
    charlie = type(alice()).objects.create_user("charlie", is_staff=True)
    other = Client()
    other.force_login(charlie)
    for address in (
        reverse("admin:new-document"),
        page_of(source),
        reverse("admin:reading-held", args=[source.pk]),
    ):
        assert other.get(address).status_code == 403 and other.post(address, {}).status_code == 403


def test_a_page_of_proposals_costs_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    client.force_login(alice())
    with django_assert_max_num_queries(40):
        client.get(page_of(Source.objects.get(slug="coalition-what-we-do")))
