"""What an ask or an instrument rests on is not deleted, and they themselves only by a publisher."""

import pytest
from django.db.models import ProtectedError
from django.urls import reverse

from advocacy.models import Ask, Instrument
from organisation.models import Source
from tests.support.factory import a_claim, a_source, an_ask, an_instrument, an_organisation, cite
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, decide

pytestmark = pytest.mark.django_db


def delete(person, record):
    """Confirms the deletion of a record in the admin, and returns the answer."""
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_delete"
    return at_desk(person).post(reverse(name, args=[record.pk]), {"post": "yes", "reason": "It is not so."})


@pytest.mark.parametrize(("make", "model"), [(an_ask, Ask), (an_instrument, Instrument)])
def test_a_publisher_deletes_them_and_an_editor_does_not(make, model):
    record = make()
    assert delete(alice(), record).status_code == 403
    assert model.objects.filter(pk=record.pk).exists()
    assert delete(bob(), record).status_code == 302
    assert not model.objects.filter(pk=record.pk).exists()
    assert model.history.filter(id=record.pk, history_type="-").get().history_user == bob()


def test_who_asks_and_what_shows_the_status_are_not_deleted():
    report, asker = a_source("Report", kind="report"), an_organisation("Lantern Fund")
    ask = an_ask(organisation=asker, status="achieved", status_source=report)
    for record in (report, asker):
        page = delete(bob(), record).content.decode()
        assert str(ask) in page and type(record).objects.filter(pk=record.pk).exists()
        with pytest.raises(ProtectedError):
            record.delete()


def test_the_body_and_the_text_of_an_instrument_are_not_deleted():
    text, body = a_source("The treaty"), an_organisation("League of Ports")
    instrument = an_instrument(source=text, body=body)
    for record in (text, body):
        page = delete(bob(), record).content.decode()
        assert str(instrument) in page and type(record).objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize("make", [an_ask, an_instrument])
def test_a_document_that_is_cited_is_not_deleted_before_what_cites_it(make):
    source, record = a_source("Open letter"), make()
    cite(record, source)
    assert f"{record} cites it" in delete(bob(), source).content.decode()
    delete(bob(), record)
    delete(bob(), source)
    decide(alice())  # what was taken down could be put back, and rests on it
    assert not Source.objects.filter(pk=source.pk).exists()


def test_a_claim_that_an_instrument_names_may_go_and_the_instrument_stays():
    claim, instrument = a_claim(), an_instrument()
    instrument.claims.add(claim)
    assert delete(bob(), claim).status_code == 302
    instrument.refresh_from_db()
    assert not instrument.claims.exists()
