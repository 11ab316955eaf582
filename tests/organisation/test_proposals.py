"""Alice proposes a change of a record, Bob accepts or returns it, and Charlie sees nothing before."""

import pytest
from django.test import Client
from django.urls import reverse

from organisation.admin.edit_conflict import EditConflictAdmin
from organisation.models import Affiliation, Citation, Milestone, Organisation, Passage, Proposal
from tests.support.factory import a_claim, a_page_with, a_source, a_statement, an_organisation, cite
from tests.support.forms import errors_in, filled_in
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, decide, form_of, propose, the_proposal
from tests.support.site_settings import set_up_site

pytestmark = pytest.mark.django_db

CITATION = "organisation-citation-content_type-object_id"
WORDS = "We keep every harbour safe."


@pytest.fixture
def mission():
    """The mission of Harbour Aid, which rests on one document."""
    mission = a_statement(WORDS, kind="mission", owner=alice())
    cite(mission, a_source(text=f"Who we are\n\n{WORDS}\nWe sail at dawn."))
    return mission


def stored(record):
    """Returns a record as it is on record now."""
    return type(record).objects.get(pk=record.pk)


def a_new_citation(form, source, **values):
    """Returns the fields of a citation that is added to a form."""
    number = int(form[f"{CITATION}-TOTAL_FORMS"])
    fields = {"source": source.pk, "relation": "states", "independence": "own"} | values
    return {f"{CITATION}-TOTAL_FORMS": number + 1} | {
        f"{CITATION}-{number}-{name}": value for name, value in fields.items()
    }


def messages_in(response):
    return [str(message) for message in response.context["messages"]]


def states():
    return list(Proposal.objects.order_by("pk").values_list("state", flat=True))


def test_a_changed_mission_is_public_once_bob_has_accepted_it(client, mission):
    page = a_page_with("StatementPlugin", statement=mission)
    before = client.get(page).content
    response = propose(alice(), mission, text="To leave no ship at sea", _note="Told anew")
    assert response.url == the_proposal().get_absolute_url()
    assert stored(mission).text == WORDS and client.get(page).content == before

    shown = at_desk(bob()).get(response.url).content.decode()
    assert "To leave no ship at sea" in shown and WORDS in shown and "Told anew" in shown
    assert messages_in(decide(bob())) == [f"“{mission}” is accepted: readers see it."]
    assert stored(mission).text == "To leave no ship at sea"
    assert stored(mission).history.first().history_user == alice()
    assert "To leave no ship at sea" in client.get(page).content.decode()


def test_a_statement_with_a_new_citation_and_passage_is_rolled_back_whole_and_accepted_whole(mission):
    counts = Citation.objects.count(), Passage.objects.count()
    source = mission.citations.get().source
    form = filled_in(at_desk(alice()).get(form_of(mission)))
    citation = a_new_citation(form, source, words="We sail at dawn.")
    propose(alice(), mission, text="Another mission", in_our_words="on", **citation)
    assert (Citation.objects.count(), Passage.objects.count()) == counts
    decide(bob())
    assert stored(mission).text == "Another mission"
    assert mission.citations.filter(passage__words="We sail at dawn.").exists()


def test_whoever_decides_reads_the_whole_passage_and_which_pages_change(mission):
    page = a_page_with("StatementPlugin", statement=mission)
    words = "We sail at dawn, and whoever sails with us knows the tides of every harbour by heart."
    document = a_source("Log of a year", text=words)
    form = filled_in(at_desk(alice()).get(form_of(mission)))
    citation = a_new_citation(form, document, words=words)
    propose(alice(), mission, text="Another mission", in_our_words="on", **citation)
    shown = at_desk(bob()).get(the_proposal().get_absolute_url()).content.decode()
    assert words in shown and "Pages that change (1)" in shown and f'<a href="{page}">A page</a>' in shown


def test_the_pages_of_what_is_added_and_of_what_is_deleted_are_named(mission):
    history = a_page_with("HistoryPlugin", organisation=mission.organisation)
    at_alices, form = at_desk(alice()), reverse("admin:organisation_milestone_add")
    values = {
        "organisation": mission.organisation_id,
        "title": "Founded",
        "slug": "founded",
        "text": "It was.",
    }
    at_alices.post(form, filled_in(at_alices.get(form), date="1998-05", **values))
    assert history in [page["address"] for page in the_proposal().pages]
    decide(bob())
    milestone = Milestone.objects.get(slug="founded", organisation=mission.organisation)
    gone = {"action": "delete_selected", "_selected_action": milestone.pk, "post": "yes"}
    at_desk(bob()).post(reverse("admin:organisation_milestone_changelist"), gone)
    assert history in [page["address"] for page in the_proposal().pages]


def test_a_proposal_is_accepted_once(mission):
    propose(alice(), mission, text="Another mission")
    proposal = the_proposal()
    decide(bob())
    rows = mission.history.count()
    assert messages_in(decide(bob(), proposal=proposal)) == [
        "It does not wait for a decision any more: it is accepted."
    ]
    assert mission.history.count() == rows


def test_of_two_proposals_that_cite_one_new_document_each_is_accepted(mission):
    document, vision = a_source("Log of a year", text="We sail at dawn."), a_statement(owner=alice())
    for record in (mission, vision):
        form = filled_in(at_desk(alice()).get(form_of(record)))
        citation = a_new_citation(form, document, words="We sail at dawn.")
        propose(alice(), record, in_our_words="on", **citation)
    for proposal in Proposal.objects.waiting():
        decide(bob(), proposal=proposal)
    assert states() == ["accepted", "accepted"]
    assert document.cited_by.count() == 2


def test_alice_cannot_accept_what_she_proposed(mission):
    propose(alice(), mission, text="Another mission")
    assert decide(alice()).status_code == 403
    assert stored(mission).text == WORDS


def test_a_decision_needs_the_token_of_the_form_and_no_other(mission):
    propose(alice(), mission, text="Another mission")
    browser, address = Client(enforce_csrf_checks=True), the_proposal().get_absolute_url()
    browser.force_login(bob())
    assert browser.post(address, {"do": "accept"}).status_code == 403
    token = browser.get(address).context["csrf_token"]
    assert browser.post(address, {"do": "accept", "csrfmiddlewaretoken": token}).status_code == 302
    assert stored(mission).text == "Another mission"


def test_a_proposal_that_no_longer_fits_is_refused_and_waits_on(mission):
    propose(alice(), mission, text="Another mission")
    set_up_site(one_person_alone=True)
    propose(bob(), mission, text="A mission that Bob has set")
    set_up_site(one_person_alone=False)
    [message] = messages_in(decide(bob()))
    assert "after you opened it" in message
    assert states() == ["waiting"] and stored(mission).text == "A mission that Bob has set"


def test_what_no_visitor_sees_is_saved_at_once(mission):
    propose(alice(), mission, review_by="2031-05-01")
    assert str(stored(mission).review_by) == "2031-05-01" and states() == []


def test_a_mistake_in_the_form_is_said_there_and_nothing_is_proposed(mission):
    response = propose(alice(), mission, text="")
    assert errors_in(response) == ["This field is required."] and states() == []


def test_a_new_organisation_without_a_profile_is_saved_and_one_with_a_profile_is_proposed():
    client, form = at_desk(alice()), reverse("admin:organisation_organisation_add")
    client.post(form, filled_in(client.get(form), official_name="Harbour Aid", slug="harbour-aid"))
    assert Organisation.objects.filter(slug="harbour-aid").exists()
    client.post(form, filled_in(client.get(form), official_name="River Aid", slug="river", profiled="on"))
    assert not Organisation.objects.filter(slug="river").exists()
    decide(bob())
    assert Organisation.objects.get(slug="river").profiled


def test_a_document_is_not_made_public_by_an_organisation_without_a_profile_that_cites_it(client):
    organisation, document = an_organisation(), a_source("Minutes", text="We met.")
    form = filled_in(at_desk(alice()).get(form_of(organisation)))
    propose(alice(), organisation, **a_new_citation(form, document))
    assert client.get(document.get_absolute_url()).status_code == 404
    decide(bob())
    assert client.get(document.get_absolute_url()).status_code == 200


def test_bobs_own_change_is_accepted_by_alice(mission):
    propose(bob(), mission, text="A mission that Bob proposes")
    assert decide(bob()).status_code == 403
    decide(alice())
    assert stored(mission).text == "A mission that Bob proposes"
    assert stored(mission).history.first().history_user == bob()


def test_another_editor_cannot_accept_what_alice_proposed(mission, django_user_model):
    propose(alice(), mission, text="Another mission")
    erin = django_user_model.objects.create_user("erin", is_staff=True)
    erin.groups.set(alice().groups.all())
    assert decide(erin).status_code == 403


def test_bob_returns_a_proposal_with_a_reason_alone(mission):
    propose(alice(), mission, text="Another mission")
    assert "Say why you return it" in decide(bob(), "return", reason="").content.decode()
    decide(bob(), "return", reason="Not our words")
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.reason) == ("returned", "Not our words")


def test_deleting_several_at_once_is_proposed_as_well():
    affiliation = Affiliation.objects.create(
        organisation=an_organisation(), region="Possum Bay", role="partner"
    )
    selection = {"action": "delete_selected", "_selected_action": [affiliation.pk], "post": "yes"}
    at_desk(bob()).post(reverse("admin:organisation_affiliation_changelist"), selection)
    assert Affiliation.objects.filter(pk=affiliation.pk).exists()
    decide(alice())
    assert not Affiliation.objects.filter(pk=affiliation.pk).exists()


def test_whoever_opens_the_record_finds_the_proposal_in_its_form(mission):
    propose(alice(), mission, text="Another mission")
    page = at_desk(bob()).get(form_of(mission))
    assert page.context["adminform"].form["text"].value() == "Another mission"
    assert "and it waits for a decision" in page.content.decode()
    assert [(each.name, each.new) for each in page.context["edit_conflict"].differences] == [
        ("Text", "Another mission")
    ]


def test_a_record_saved_anew_replaces_the_proposal_about_it(mission):
    propose(alice(), mission, text="Another mission")
    propose(alice(), mission, text="A third mission")
    assert states() == ["replaced", "waiting"]
    decide(bob())
    assert stored(mission).text == "A third mission"


def test_a_form_that_was_opened_before_the_proposal_is_refused_once(mission):
    client = at_desk(bob())
    data = filled_in(client.get(form_of(mission)), text="What Bob has typed")
    propose(alice(), mission, text="Another mission")
    response = client.post(form_of(mission), data)
    [error] = errors_in(response)
    assert "editor proposed a change of this on" in error and "The form shows" not in error
    assert response.context["adminform"].form["text"].value() == "What Bob has typed"
    assert states() == ["waiting"]
    client.post(form_of(mission), filled_in(response))
    assert states() == ["replaced", "waiting"]


def test_a_form_that_is_sent_twice_is_one_proposal_and_leads_to_it_again(mission):
    client = at_desk(alice())
    data = filled_in(client.get(form_of(mission)), text="Another mission")
    first, second = (client.post(form_of(mission), data) for _click in range(2))
    assert first.url == second.url == the_proposal().get_absolute_url()
    assert states() == ["waiting"]


def test_what_is_opened_is_never_saved_though_it_is_taken_back_meanwhile(mission, monkeypatch):
    propose(alice(), mission, text="Another mission")
    check = EditConflictAdmin.check_for_conflict

    def check_after_it_is_taken_back(*args):
        the_proposal().decide(Proposal.State.TAKEN_BACK, alice())
        return check(*args)

    monkeypatch.setattr(EditConflictAdmin, "check_for_conflict", check_after_it_is_taken_back)
    assert at_desk(bob()).get(form_of(mission)).status_code == 200
    assert stored(mission).text == WORDS


def test_what_was_taken_back_is_nowhere(mission):
    propose(alice(), mission, text="Another mission")
    decide(alice(), "take back")
    page = at_desk(alice()).get(form_of(mission))
    assert page.context["adminform"].form["text"].value() == stored(mission).text == WORDS


def test_a_form_asks_for_one_note_for_whoever_accepts_or_publishes_it(mission):
    client = at_desk(alice())
    for record, label in (
        (mission, "Note for whoever accepts it:"),
        (a_claim(), "Note for the reviewer, if you submit it:"),
    ):
        page = client.get(form_of(record)).content.decode()
        assert label in page and page.count('name="_note"') == 1


SPELLINGS = ["0{}", "_2B{}", "{}%20", "%D9%A0{}"]  # the last begins with an Arabic zero


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_record_has_one_address_so_that_each_form_of_it_waits_once(mission, spelling):
    propose(alice(), mission, text="Another mission", in_our_words="on")
    client, number = at_desk(alice()), spelling.format(mission.pk)
    form = filled_in(client.get(form_of(mission)), text="A third mission")
    admin = reverse("admin:organisation_statement_changelist")
    for view in ("change", "delete", "still-true", f"history/{mission.history.latest().pk}"):
        address = f"{admin}{number}/{view}/"
        assert client.post(address, form).status_code == at_desk(bob()).post(address, form).status_code == 404
        assert client.get(address).status_code in (404, 405)
    assert states() == ["waiting"]


def test_a_change_is_undone_at_one_address(mission):
    propose(bob(), mission, text="Another mission", in_our_words="on")
    decide(alice())
    undo = reverse("admin:undo-record", args=["organisation.statement", mission.history.latest().pk])
    number = undo.strip("/").rpartition("/")[2]
    at_desk(alice()).post(undo)
    assert at_desk(alice()).post(undo.replace(number, f"0{number}")).status_code == 404
    assert states() == ["accepted", "waiting"]


def test_a_query_makes_no_other_address_of_a_form(mission):
    for number, query in enumerate(("", "?_changelist_filters=o%3D1", "?_popup=0", "")):
        client, address = at_desk(alice()), form_of(mission) + query
        client.post(address, filled_in(client.get(address), text=f"Mission {number}", in_our_words="on"))
    assert states() == ["replaced"] * 3 + ["waiting"]
