"""Alice keeps asks and instruments in the admin; what they may not say is refused in one sentence."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.urls import reverse

from advocacy.models import Ask, Instrument
from tests.support.factory import a_claim, a_source, an_ask, an_instrument, an_organisation
from tests.support.forms import errors_in, filled_in
from tests.support.people import alice

pytestmark = pytest.mark.django_db

NEEDS_A_DOCUMENT = (
    "A status needs the document that shows it: choose one, or set the status to “not on record”."
)


@pytest.fixture
def desk(client, alone):
    client.force_login(alice())
    return client


def form_of(record):
    return reverse(f"admin:advocacy_{record._meta.model_name}_change", args=[record.pk])


def save(client, record, **changes):
    """Sends the form of a record as it stands with some fields changed, and returns the answer."""
    return client.post(form_of(record), filled_in(client.get(form_of(record)), **changes))


def add(client, model, **fields):
    address = reverse(f"admin:advocacy_{model._meta.model_name}_add")
    return client.post(address, filled_in(client.get(address), **fields))


def test_alice_adds_an_instrument_with_the_claims_that_speak_of_it(desk):
    claim, body = a_claim(), an_organisation("League of Ports")
    fields = {"slug": "tsh", "title": "Treaty on Safe Harbours", "adopted": "1999-05", "body": body.pk}
    assert add(desk, Instrument, **fields, claims=[claim.pk]).status_code == 302
    instrument = Instrument.objects.get(slug="tsh")
    assert (list(instrument.claims.all()), instrument.body, instrument.history.get().history_user) == (
        [claim],
        body,
        alice(),
    )
    assert desk.get("/instruments/tsh/").status_code == 200


def test_alice_adds_an_ask_whose_status_nobody_has_shown(desk):
    fields = {"organisation": an_organisation().pk, "slug": "ratify", "text": "Ratify the treaty."}
    assert add(desk, Ask, **fields, order=1).status_code == 302
    assert Ask.objects.get(slug="ratify").status == "not on record"


def test_a_status_needs_the_document_that_shows_it_and_not_on_record_needs_none(desk):
    ask = an_ask()
    assert errors_in(save(desk, ask, status="achieved")) == [NEEDS_A_DOCUMENT]
    assert save(desk, ask, status="achieved", status_source=a_source().pk).status_code == 302
    assert errors_in(save(desk, ask, status="stalled", status_source="")) == [NEEDS_A_DOCUMENT]
    assert save(desk, ask, status="not on record", status_source="").status_code == 302


def test_the_database_refuses_what_no_form_would_send():
    for values in ({"status": "achieved"}, {"status": "stalled", "status_as_of": "2020"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            an_ask("Ask.", **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        an_instrument(adopted="2001", in_force="1999")


@pytest.mark.parametrize(
    ("adopted", "in_force", "is_taken"),
    [
        ("1999-05", "1999-04", False),
        ("1999-05", "1999-05", True),
        ("1999-05", "2001", True),
        ("1999", "1998-12", False),
        ("", "1998", True),
        ("1999", "", True),
        ("1999-13", "", False),
        ("soon", "", False),
    ],
)
def test_an_instrument_comes_into_force_on_a_day_that_is_not_before_its_adoption(
    desk, adopted, in_force, is_taken
):
    answer = save(desk, an_instrument(), adopted=adopted, in_force=in_force)
    assert answer.status_code == (302 if is_taken else 200)
    assert is_taken or len(errors_in(answer)) == 1
    assert Instrument.objects.filter(adopted=adopted, in_force=in_force).exists() is is_taken


def test_a_slug_is_given_once_and_does_not_change(desk):
    instrument, ask = an_instrument(), an_ask()
    fields = {"slug": instrument.slug, "title": "Another treaty", "claims": []}
    assert errors_in(add(desk, Instrument, **fields)) == ["Instrument with this Address already exists."]
    for record in (instrument, ask):
        save(desk, record, slug="another")
        assert not type(record).objects.filter(slug="another").exists()


def test_an_ask_and_an_instrument_are_found_by_their_words(desk):
    an_ask("Ratify zugzwang."), an_instrument("Zugzwang treaty", reference="LP/7")
    for model, query in ((Ask, "zugzwang"), (Ask, "coastal"), (Instrument, "zugzwang"), (Instrument, "LP/7")):
        address = reverse(f"admin:advocacy_{model._meta.model_name}_changelist")
        assert desk.get(f"{address}?q={query}").context["cl"].result_count >= 1
        assert desk.get(f"{address}?q=nothing-of-the-kind").context["cl"].result_count == 0


@pytest.mark.parametrize("action", ["add", "change", "view", ""])
def test_who_lacks_a_permission_is_refused_what_it_allows(client, action):
    dora = get_user_model().objects.create_user("dora", is_staff=True)
    if action:
        dora.user_permissions.set(
            Permission.objects.filter(codename__in=[f"{action}_ask", f"{action}_instrument"])
        )
    client.force_login(dora)
    for record in (an_ask(), an_instrument()):
        add_form = reverse(f"admin:advocacy_{record._meta.model_name}_add")
        assert client.get(add_form).status_code == (200 if action == "add" else 403)
        assert client.get(form_of(record)).status_code == (200 if action in ("change", "view") else 403)
        changes = {"title": "Stolen", "text": "Stolen", "seen": "{}"}
        assert client.post(form_of(record), changes).status_code == (200 if action == "change" else 403)
        assert "Stolen" not in vars(type(record).objects.get(pk=record.pk)).values()
