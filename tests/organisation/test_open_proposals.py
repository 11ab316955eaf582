"""Whoever opens a form is told of what waits about its record, and whoever decides sees all of it."""

import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from impact.models import Conflict, Highlight
from organisation.models import Affiliation, Mend, Milestone, Proposal
from tests.support.desk import DESK
from tests.support.factory import (
    a_claim,
    a_passage,
    a_source,
    a_statement,
    an_organisation,
    cite,
    published,
)
from tests.support.forms import errors_in, filled_in
from tests.support.people import alice, bob, staff_with
from tests.support.proposals import at_desk, decide, form_of, propose, the_proposal
from tests.support.site_settings import set_up_site

pytestmark = pytest.mark.django_db

CITATION = "organisation-citation-content_type-object_id"


@pytest.fixture
def milestone():
    values = {"slug": "founded", "date": "1998-05", "title": "Founded", "text": "It was founded."}
    return Milestone.objects.create(organisation=an_organisation(), **values)


@pytest.fixture
def passage_of_many(milestone):
    """A proposal of two milestones with what they rest on."""
    propose(alice(), milestone, title="Begun")
    proposal = the_proposal()
    kinds = ("milestone", "milestone", "citation", "citation")
    row = proposal.changes[0] | {"action": "added", "pk": None}
    proposal.changes = [row | {"model": f"organisation.{kind}", "kind": kind} for kind in kinds]
    proposal.save()
    return proposal


def delete_page(record):
    return form_of(record).replace("/change/", "/delete/")


def read(user, address):
    return " ".join(at_desk(user).get(address).content.decode().split())


def added_citation(document):
    fields = {"source": document.pk, "relation": "states", "independence": "own"}
    return {f"{CITATION}-0-{name}": value for name, value in fields.items()} | {f"{CITATION}-TOTAL_FORMS": 1}


def states():
    return list(Proposal.objects.order_by("pk").values_list("state", flat=True))


def undo_page(record):
    return reverse("admin:undo-record", args=[record._meta.label_lower, record.history.latest().history_id])


def test_bob_does_not_replace_what_alice_proposed_of_a_conflict_unseen():
    one, other = (published(a_claim(f"We taught {number} pilots", figure=number)) for number in (35, 40))
    conflict = Conflict.objects.create(first=one, second=other, rule="value")
    bobs = at_desk(bob())
    data = filled_in(bobs.get(form_of(conflict)), decision="confirmed", why="Two counts")
    propose(alice(), conflict, decision="confirmed", why="Two pages")
    assert "editor proposed a change of this on" in errors_in(bobs.post(form_of(conflict), data))[0]
    assert states() == ["waiting"]
    page = bobs.get(form_of(conflict))
    assert page.context["adminform"].form["why"].value() == "Two pages"


def deleter(name="dora"):
    """Returns somebody who may delete milestones, but is no publisher who could take one down at once."""
    return staff_with("view_milestone", "change_milestone", "delete_milestone", "view_proposal", name=name)


def test_a_proposed_deletion_is_told_on_the_form_and_is_no_change_of_it(milestone):
    at_desk(deleter()).post(delete_page(milestone), {"post": "yes"})
    for page in (form_of(milestone), delete_page(milestone)):
        text = read(alice() if page == form_of(milestone) else bob(), page)
        assert "dora proposed on" in text and "to delete this. It waits for a decision." in text
        assert the_proposal().get_absolute_url() in text and "The form shows" not in text
    propose(alice(), milestone, title="Begun")
    assert states() == ["waiting", "waiting"]


def test_a_deletion_that_waits_is_not_proposed_again_by_somebody_else_but_decided(milestone):
    at_desk(deleter()).post(delete_page(milestone), {"post": "yes"})
    page = at_desk(deleter("erin")).post(delete_page(milestone), {"post": "yes"}, follow=True)
    assert "Dora has proposed this already" in page.content.decode() and states() == ["waiting"]
    decide(bob())
    assert not Milestone.objects.filter(pk=milestone.pk).exists()


def test_a_returned_deletion_is_told_with_its_reason(milestone):
    at_desk(deleter()).post(delete_page(milestone), {"post": "yes"})
    decide(bob(), "return", reason="It is right")
    assert "publisher returned it: It is right" in read(alice(), form_of(milestone))
    at_desk(deleter()).post(delete_page(milestone), {"post": "yes"})
    assert states() == ["replaced", "waiting"]


def test_a_form_in_another_language_shows_what_is_proposed_in_this_one(milestone):
    propose(alice(), milestone, title="Begun")
    found = Proposal.objects.sent_to(f"/en{form_of(milestone)}")
    assert list(found) == [the_proposal()] and not Proposal.objects.sent_to(delete_page(milestone))


def test_an_undo_is_told_on_the_form_and_on_its_own_page_and_when_it_does_not_fit_any_more(milestone):
    set_up_site(one_person_alone=True)
    propose(alice(), milestone, title="Begun")
    set_up_site(one_person_alone=False)
    undo = undo_page(milestone)
    at_desk(alice()).post(undo)
    proposal = the_proposal()
    assert proposal.title == str(Milestone.objects.get(pk=milestone.pk))
    for page in (form_of(milestone), undo):
        assert "to undo a change of this. It waits for a decision." in read(bob(), page)
    set_up_site(one_person_alone=True)
    propose(bob(), milestone, title="Launched")
    set_up_site(one_person_alone=False)
    page = decide(bob())
    assert [str(each) for each in page.context["messages"]] == [
        "It was changed again since: nothing was undone."
    ]
    assert states() == ["waiting"]


def test_a_list_that_is_proposed_is_told_on_the_form_of_each_of_its_records():
    claim = published(a_claim())
    highlight = Highlight.objects.create(claim=claim, where="home", order=70)
    address = reverse("admin:impact_highlight_changelist")
    client = at_desk(bob())
    page = client.get(address)
    rows = page.context["cl"].formset
    data = {"form-TOTAL_FORMS": len(rows.forms), "form-INITIAL_FORMS": len(rows.forms), "_save": "Save"}
    for form in rows.forms:
        order = form.instance.order + (form.instance == highlight)
        data |= {f"{form.prefix}-id": form.instance.pk, f"{form.prefix}-order": order}
    client.post(address, data | {"seen": page.context["seen"]})
    assert the_proposal().title == "Highlights"
    assert "to change this in its list. It waits" in read(alice(), form_of(highlight))


def test_whoever_decides_is_told_that_a_document_becomes_public(milestone):
    document = a_source("Minutes of a meeting", text="We met in secret.")
    propose(alice(), milestone, **added_citation(document))
    page = read(bob(), the_proposal().get_absolute_url())
    assert "Minutes of a meeting" in page
    assert "This document becomes public with it, all its words included." in page
    assert f'<a href="{form_of(document)}">Read it</a>' in page
    client = at_desk(alice())
    assert client.get(document.get_absolute_url()).status_code == 404
    decide(bob())
    assert client.get(document.get_absolute_url()).status_code == 200


def test_a_citation_without_a_passage_says_nothing_of_one(milestone):
    propose(alice(), milestone, **added_citation(a_source("Minutes of a meeting")))
    assert "number None" not in read(bob(), the_proposal().get_absolute_url())


def test_whoever_decides_is_told_that_readers_lose_a_document(milestone):
    document = a_source("Minutes of a meeting", text="We met in secret.")
    cite(milestone, document)
    at_desk(deleter()).post(delete_page(milestone), {"post": "yes"})
    assert "Readers do not see this document any more." in read(alice(), the_proposal().get_absolute_url())


def test_whoever_decides_sees_all_that_a_profile_shows_and_the_documents_that_come_with_it():
    aid = an_organisation(seat="Possum Bay")
    report = a_source("Report of a year", kind="report", author=aid, text="We rowed.")
    propose(alice(), aid, profiled="on")
    page = read(bob(), the_proposal().get_absolute_url())
    assert "Possum Bay" in page and report.title in page
    assert "This document becomes public with it" in page
    decide(bob())
    assert "We rowed." in at_desk(bob()).get(report.get_absolute_url(), follow=True).content.decode()


def test_private_fields_that_are_accepted_with_a_change_are_shown_as_such():
    statement = a_statement("We row.", owner=alice())
    propose(alice(), statement, text="We sail.", owner=bob().pk, review_by="2041-05-01")
    page = read(bob(), the_proposal().get_absolute_url())
    for label, new in (("Owner", "publisher"), ("Review by", "2041-05-01")):
        row = page.split(f"{label} <span")[1].split("</tr>")[0]
        assert "staff alone see it" in row and new in row
    assert "staff alone see it" not in page.split("Text</th>")[1].split("</tr>")[0]
    decide(bob())
    statement.refresh_from_db()
    assert (statement.owner, str(statement.review_by)) == (bob(), "2041-05-01")


def test_a_new_record_and_what_it_rests_on_are_read_at_a_glance_with_nothing_left_out():
    aid, report = an_organisation(profiled=True), a_source("Report of a year")
    form, client = reverse("admin:organisation_milestone_add"), at_desk(alice())
    fields = {
        "organisation": aid.pk,
        "slug": "founded",
        "date": "1998-05",
        "title": "Founded",
        "text": "We met.",
    }
    client.post(
        form, filled_in(client.get(form), **fields | {"in_our_words": "on"}, **added_citation(report))
    )
    page = read(bob(), the_proposal().get_absolute_url())
    assert "May 1998</td>" in page and "We met.</td>" in page and 'scope="col"' not in page
    besides = re.findall(r'<p class="desk-rest">Besides: (.*?)</p>', page)[0]
    assert "Order: <span" in besides and "Text" not in besides
    [citation] = re.findall(
        r'<p class="desk-rest"><strong>Citation: states: Report of a year.*?</strong> (.*?)</p>', page
    )
    for label, value in (("Source", report.title), ("Relation", "states"), ("Independence", "own")):
        assert f'{label}: <span dir="auto">{value}</span>' in citation
    assert "To the decision" not in page


def test_of_many_records_that_wait_together_the_page_says_how_many_and_leads_to_the_decision(passage_of_many):
    page = read(bob(), passage_of_many.get_absolute_url())
    assert '<p>Milestone 2, Citation 2 <a href="#decision">To the decision</a></p>' in page


def test_a_note_stays_in_a_form_that_is_refused(milestone):
    for record in (milestone, a_claim()):
        client = at_desk(alice())
        field = "title" if record is milestone else "statement"
        data = filled_in(client.get(form_of(record)), **{field: "", "_note": "Look at “this” <line>"})
        page = client.post(form_of(record), data).content.decode()
        assert "Look at “this” &lt;line&gt;</textarea>" in page


def test_a_window_whose_form_becomes_a_proposal_says_so_and_closes(milestone):
    client = at_desk(alice())
    for address, values in (
        (reverse("admin:organisation_organisation_add"), {"slug": "river-aid", "profiled": "on"}),
        (form_of(an_organisation("Lantern Fund", profiled=True)), {}),
    ):
        data = filled_in(client.get(f"{address}?_popup=1"), official_name="River Aid", **values)
        page = client.post(f"{address}?_popup=1", data | {"_popup": "1"})
        html = page.content.decode()
        assert "is proposed. Readers see it once somebody else has accepted it." in html
        assert page.status_code == 200 and "data-close-window" in html and "close-window.js" in html
    assert states() == ["waiting", "waiting"]
    new = filled_in(client.get(f"{address}?_popup=1"))
    add = reverse("admin:organisation_organisation_add")
    data = filled_in(client.get(f"{add}?_popup=1"), official_name="Pier Aid", slug="pier-aid", _popup="1")
    assert "data-popup-response" in client.post(f"{add}?_popup=1", data).content.decode()
    assert new["official_name"] == "River Aid"


def test_what_somebody_proposed_whose_account_is_closed_stays_and_says_so(milestone):
    propose(alice(), milestone, title="Begun")
    former = alice()
    former.is_active = False
    former.save()
    page = read(bob(), the_proposal().get_absolute_url())
    assert "The account of editor is not active any more" in page and 'value="accept"' not in page
    page = decide(bob())
    assert "The account of editor is not active any more" in page.content.decode()
    assert states() == ["waiting"]
    decide(bob(), "return", reason="Propose it yourself, Dora")
    assert states() == ["returned"]


def test_a_proposal_keeps_the_name_of_its_author_when_the_account_is_deleted(milestone):
    propose(alice(), milestone, title="Begun")
    Proposal.objects.update(author=None)  # as the database does when the account goes
    page = read(bob(), the_proposal().get_absolute_url())
    assert "editor proposed other words here on" in page and 'value="accept"' not in page


@pytest.mark.parametrize("who", [alice, bob])
def test_a_desk_takes_as_many_queries_for_two_proposals_as_for_twenty(who, client):
    author = bob() if who == alice else alice()
    content_type = ContentType.objects.get_for_model(Affiliation)

    def desk_queries(count):
        for number in range(Proposal.objects.count(), count):
            Proposal.objects.create(
                title=f"Number {number}",
                path=f"/{number}/",
                author=author,
                author_name="x",
                content_type=content_type,
                object_id=number,
                form_sha256=number,
            )
        with CaptureQueriesContext(connection) as queries:
            page = client.get(DESK).content.decode()
        assert "Number 0" in page
        return len(queries)

    client.force_login(who())
    client.get(DESK)
    assert desk_queries(2) == desk_queries(20)


def test_whoever_decides_reads_why_the_words_of_a_document_are_mended_that_becomes_public(milestone):
    passage = a_passage("We sale at dawn.")
    Mend.objects.create(passage=passage, says="sale", shows="sail", why="They never learned to spell.")
    propose(alice(), milestone, **added_citation(passage.source))
    assert "They never learned to spell." in read(bob(), the_proposal().get_absolute_url())
