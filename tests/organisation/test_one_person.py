"""What Alice sends alone, however she words it, changes nothing that visitors see."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from organisation.models import Proposal, SourceNote
from tests.support.factory import a_passage, a_source, a_statement, an_organisation
from tests.support.forms import filled_in
from tests.support.html_forms import FormReader
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, decide, form_of, propose, the_proposal

pytestmark = pytest.mark.django_db

HERS = "Words of Alice alone"
CITATION = "organisation-citation-content_type-object_id"


@pytest.fixture
def mission():
    return a_statement("We keep every harbour safe.", owner=alice())


def text_of(record):
    return type(record).objects.get(pk=record.pk).text


def read_by_both(record):
    """Opens the form of a record as Alice and as Bob; returns what the field of its text shows Bob."""
    pages = [at_desk(user).get(form_of(record)) for user in (alice(), bob())]
    assert [page.status_code for page in pages] == [200, 200]
    return pages[1].context["adminform"].form["text"].value()


def test_a_form_that_says_it_has_shown_what_waits_is_not_saved_by_whoever_opens_the_record(mission):
    propose(alice(), mission, text=HERS)
    forged = QueryDict(the_proposal().form, mutable=True)
    forged["seen"] = at_desk(alice()).get(form_of(mission)).context["seen"]
    assert "open proposal " in json.loads(forged["seen"])
    Proposal.objects.update(form=forged.urlencode())
    assert read_by_both(mission) == HERS  # shown to be decided, and no more
    assert text_of(mission) == "We keep every harbour safe."


def test_what_is_sent_to_another_page_is_no_change_of_the_form_whose_address_ends_its_query(mission):
    desk = at_desk(alice())
    data = filled_in(desk.get(form_of(mission)), text=HERS)
    still_true = form_of(mission).replace("/change/", "/still-true/")
    desk.post(f"{still_true}?at={form_of(mission)}", data)
    assert the_proposal() and not Proposal.objects.sent_to(form_of(mission))
    assert read_by_both(mission) == text_of(mission) == "We keep every harbour safe."


def sent_by_bob(page, record, document):
    """Sends the form of a record as Bob opened it, with one more document that it cites."""
    fields = {"source": document.pk, "relation": "context", "independence": "own"}
    citation = {f"{CITATION}-0-{name}": value for name, value in fields.items()}
    form = filled_in(page, **citation, **{f"{CITATION}-TOTAL_FORMS": 1, "_opened": page.context["opened"]})
    return at_desk(bob()).post(form_of(record), form)


def rename(user, document, title):
    desk = at_desk(user)
    desk.post(form_of(document), filled_in(desk.get(form_of(document)), title=title))


def sent_as_shown(page):
    """Returns what the browser sends of a document's form on a page, hidden fields included."""
    forms = FormReader(page.content.decode()).forms
    form = next(form for form in forms if "kind" in {each.name for each in form.fields})
    return {each.name: each.value for each in form.fields if each.value is not None}


def is_read(document):
    return Client().get(document.get_absolute_url()).status_code == 200


def test_alice_does_not_accept_what_she_wrote_into_a_document_after_bob_opened_the_form(mission):
    document = a_source("Minutes")
    page = at_desk(bob()).get(form_of(mission))
    rename(alice(), document, HERS)  # at once, for no visitor sees the document
    sent_by_bob(page, mission, document)
    refusal = decide(alice()).content.decode()
    assert f"You have changed “{HERS}”, which becomes public with it, after publisher opened" in refusal
    assert the_proposal() and not is_read(document)


def test_alice_accepts_what_she_wrote_before_bob_opened_the_form_and_what_bob_wrote_after(mission):
    document, other = a_source("Minutes"), a_source("Log")
    rename(alice(), document, HERS)
    page = at_desk(bob()).get(form_of(mission))
    rename(bob(), document, "Minutes of a meeting")
    rename(alice(), other, HERS)
    sent_by_bob(page, mission, document)
    decide(alice())
    assert is_read(document) and not is_read(other)


@pytest.mark.parametrize("is_after", [False, True])
def test_alice_does_not_accept_her_note_on_the_document_of_which_bob_had_the_form_open(is_after):
    passage = a_passage("We keep every harbour safe.", author=an_organisation(profiled=True), kind="web page")
    document = passage.source
    before = at_desk(bob()).get(form_of(document))
    add, desk = reverse("admin:organisation_sourcenote_add"), at_desk(alice())
    desk.post(add, filled_in(desk.get(add), passage=passage.pk, note=HERS))
    assert SourceNote.objects.get(passage=passage).note == HERS  # at once, for no visitor sees the document
    page = before if is_after else at_desk(bob()).get(form_of(document))
    form = filled_in(page, kind="publication", _opened=page.context["opened"])
    at_desk(bob()).post(form_of(document), form)
    assert HERS in at_desk(alice()).get(the_proposal().get_absolute_url()).content.decode()
    decide(alice())
    document.refresh_from_db()
    assert is_read(document) is not is_after


def test_alice_does_not_accept_her_note_on_the_document_of_which_bob_had_an_earlier_version_open():
    passage = a_passage("We keep every harbour safe.", author=an_organisation(profiled=True), kind="report")
    document = passage.source
    document.kind = "web page"
    document.save()
    first = document.history.earliest()
    address = reverse("admin:organisation_source_simple_history", args=[document.pk, first.pk])
    page = at_desk(bob()).get(address)
    add, desk = reverse("admin:organisation_sourcenote_add"), at_desk(alice())
    desk.post(add, filled_in(desk.get(add), passage=passage.pk, note=HERS))
    assert SourceNote.objects.get(passage=passage).note == HERS  # at once, for no visitor sees the document
    at_desk(bob()).post(address, sent_as_shown(page))
    assert HERS in at_desk(alice()).get(the_proposal().get_absolute_url()).content.decode()
    decide(alice())
    assert the_proposal() and not is_read(document)


def test_alice_does_not_accept_the_name_that_she_gave_to_whom_bob_chose_as_the_publisher_of_a_report():
    author, publisher = an_organisation("Harbour Aid", profiled=True), an_organisation("Pier School")
    page = at_desk(bob()).get(reverse("admin:new-document"))
    desk = at_desk(alice())
    desk.post(form_of(publisher), filled_in(desk.get(form_of(publisher)), official_name=HERS))
    publisher.refresh_from_db()
    assert publisher.official_name == HERS  # at once, for no visitor sees the organisation
    facts = {"kind": "report", "title": "A text", "author": author.pk, "publisher": publisher.pk}
    file = SimpleUploadedFile("a.txt", b"Words.")
    form = sent_as_shown(page) | facts | {"may_be_read": "on", "file": file}
    at_desk(bob()).post(reverse("admin:new-document"), form)
    assert HERS in at_desk(alice()).get(the_proposal().get_absolute_url()).content.decode()
    decide(alice())
    assert the_proposal() and not publisher.is_public
