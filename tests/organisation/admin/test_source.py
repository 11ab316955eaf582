"""The form of a source: its text, and the passages that are quoted from it."""

import pytest
from django.urls import reverse

from organisation.models import Passage, Source
from tests.support.factory import a_source
from tests.support.forms import errors_in, filled_in
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db

ADD = reverse("admin:organisation_source_add")


@pytest.fixture
def desk(client):
    client.force_login(alice())
    return client


def address(source):
    return reverse("admin:organisation_source_change", args=[source.pk])


def save(client, source, **values):
    return client.post(address(source), filled_in(client.get(address(source)), **values))


def test_a_text_is_stored_as_it_was_typed_blanks_and_all(desk):
    values = {
        "title": "Logbook",
        "kind": "report",
        "slug": "logbook",
        "text": "  We row.\r\n\r\nWe sail. \r\n",
    }
    data = filled_in(desk.get(ADD), **values, address="example.org/logbook", archived="example.org/archive")
    assert desk.post(ADD, data).status_code == 302
    source = Source.objects.get(slug="logbook")
    assert (source.text, len(source.sha256)) == ("  We row.\n\nWe sail. \n", 64)
    assert (source.address, source.archived) == ("https://example.org/logbook", "https://example.org/archive")


def test_a_text_is_typed_once_and_passages_are_quoted_from_then_on(desk):
    source = a_source("Logbook")
    form = desk.get(address(source))
    assert "text" in filled_in(form) and "passages-TOTAL_FORMS" not in filled_in(form)
    assert "passages-TOTAL_FORMS" not in filled_in(desk.get(ADD))
    assert save(desk, source, text="We row.").status_code == 302
    form = desk.get(address(source))
    assert "text" not in filled_in(form) and "passages-TOTAL_FORMS" in filled_in(form)
    assert save(desk, source, text="We sail.", title="Diary").status_code == 302
    source.refresh_from_db()
    assert (source.text, source.title) == ("We row.", "Diary")


def quote(client, source, words):
    count = source.passages.count()
    return save(client, source, **{"passages-TOTAL_FORMS": count + 1, f"passages-{count}-words": words})


def test_a_passage_may_run_over_lines_and_share_its_start_with_another(desk):
    source = a_source("Logbook", text="We row.\nWe sail.")
    for words in ("row.\r\nWe", "row", "We sail."):
        assert quote(desk, source, words).status_code == 302
    assert [(each.start, each.words) for each in source.passages.order_by("start", "end")] == [
        (3, "row"),
        (3, "row.\nWe"),
        (8, "We sail."),
    ]
    assert errors_in(quote(desk, source, "row")) == [
        "These words are quoted already: cite the passage that is there."
    ]
    assert "“We” stands 2 times" in errors_in(quote(desk, source, "We"))[0]


def test_nobody_changes_or_deletes_a_passage_in_the_form_of_its_source_nor_adds_one_without(client):
    source = a_source("Logbook", text="We row.\nWe sail.")
    passage = Passage.objects.quote(source, "We row.")
    for person in (alice(), bob()):
        client.force_login(person)
        values = {"passages-0-words": "We sail.", "passages-0-DELETE": "on"}
        assert save(client, source, **values).status_code == 302
        assert list(source.passages.values_list("pk", "words")) == [(passage.pk, "We row.")]
        assert client.get(reverse("admin:organisation_passage_add")).status_code == 403
    form = reverse("admin:organisation_passage_change", args=[passage.pk])
    values = {"words": "We sail.", "mends-TOTAL_FORMS": 1, "mends-0-says": "row", "mends-0-why": "A slip."}
    assert client.post(form, filled_in(client.get(form), **values)).status_code == 302
    passage.refresh_from_db()
    assert passage.words == "We row." and passage.mends.get().shows == ""
