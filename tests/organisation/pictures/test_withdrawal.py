"""A picture that is withdrawn is gone at once, and neither a draft nor a restored database brings it back."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisation.models import Consent, Picture, PictureWithdrawal, StatementBlock, StoredFile
from organisation.pictures import places, sizes, withdrawal
from organisation.pictures.upload import ReadPicture
from organisation.pictures.withdrawal import keep_list, listed, read_list, withdraw, withdraw_again
from tests.support.factory import a_statement
from tests.support.pages import a_page, version_of
from tests.support.people import alice, bob
from tests.support.pictures import a_consent, a_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def withdrawn(client, django_capture_on_commit_callbacks):
    """Returns the addresses of a picture that was shown, its bytes, and the receipt of its withdrawal."""
    picture = a_picture("children")
    addresses = [picture.address(width, ending) for width in picture.widths for ending in ("webp", "jpg")]
    assert {client.get(address).status_code for address in addresses} == {200}
    contents, file = picture.file.read(), picture.file_id
    with django_capture_on_commit_callbacks(execute=True):
        receipt = withdraw(picture.consents.get(), bob(), "Her mother called.")
    return SimpleNamespace(
        picture=Picture.objects.get(pk=picture.pk),
        addresses=addresses,
        contents=contents,
        sha256=file,
        receipt=receipt,
    )


def come_back(withdrawn):
    """Brings the rows back that a database of before has."""
    PictureWithdrawal.objects.all().delete()
    file = StoredFile.objects.store(withdrawn.contents, "image/webp")
    Picture.objects.filter(pk=withdrawn.picture.pk).update(file=file, withdrawn_at=None)
    Consent.objects.update(withdrawn_at=None)


def statuses(client, withdrawn):
    return {client.get(address).status_code for address in withdrawn.addresses}


def test_its_addresses_say_that_it_is_gone_and_no_byte_of_it_is_left(client, withdrawn):
    assert statuses(client, withdrawn) == {410}
    assert not StoredFile.objects.filter(pk=withdrawn.sha256).exists()
    assert list(sizes.folder().glob("[!.]*")) == []
    assert not Picture.objects.showable("print").exists()
    assert withdrawn.picture.consents.get().withdrawn_at


def test_it_stays_gone_when_its_record_is_deleted(client, withdrawn):
    withdrawn.picture.delete()
    assert statuses(client, withdrawn) == {410}


def test_the_receipt_says_who_withdrew_it_and_why(withdrawn):
    assert (withdrawn.receipt.by_name, withdrawn.receipt.why) == ("publisher", "Her mother called.")
    assert (withdrawn.receipt.sha256, withdrawn.receipt.places) == (withdrawn.sha256, [])


def test_whoever_of_several_withdraws_it_withdraws_it_for_all(client):
    picture = a_picture("adults")
    other = a_consent(picture, given_by="Emil of the quay")
    withdraw(other, bob(), "He called.")
    assert client.get(picture.address(320, "jpg")).status_code == 410
    with pytest.raises(ValidationError, match="withdrawn already"):
        withdraw(picture.consents.first(), bob(), "She called, too.")


def test_the_same_picture_does_not_come_in_again(withdrawn):
    again = ReadPicture(withdrawn.contents, "image/webp", 800, 500)
    with pytest.raises(ValidationError, match="was withdrawn, and does not come in again"):
        Picture(alt_text="A hill", made="drawing").take(again)


def test_neither_an_earlier_state_nor_a_saved_form_brings_it_back(client, withdrawn):
    picture, consent = withdrawn.picture, withdrawn.picture.consents.get()
    picture.history.last().instance.save()
    consent.history.last().instance.save()
    consent.withdrawn_at = None
    consent.save()
    assert statuses(client, withdrawn) == {410} and Consent.objects.get().withdrawn_at
    with pytest.raises(ValidationError, match="withdrawn, and stays as it is"):
        consent.full_clean()


def test_the_clock_withdraws_again_what_a_restored_database_brings_back(
    client, withdrawn, django_capture_on_commit_callbacks
):
    come_back(withdrawn)
    assert statuses(client, withdrawn) == {200}
    with django_capture_on_commit_callbacks(execute=True):
        call_command("tick")
    assert statuses(client, withdrawn) == {410}
    assert not StoredFile.objects.filter(pk=withdrawn.sha256).exists()
    assert list(sizes.folder().glob("[!.]*")) == []
    assert PictureWithdrawal.objects.get().at == withdrawn.receipt.at


def test_the_clock_asks_as_much_of_one_withdrawn_picture_as_of_many(withdrawn):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert withdraw_again(listed()) == 0
        return len(captured)

    before = queries()
    for number in range(5):
        withdraw(a_picture("adults", colour=(number, 0, 9)).consents.get(), bob(), "She called.")
    keep_list()
    assert len(listed()) == 6 and queries() == before


def test_it_is_known_by_its_bytes_under_another_name_and_by_its_name_with_other_bytes(client, withdrawn):
    come_back(withdrawn)
    Picture.objects.update(reference="0123456789abcdef0123")
    assert withdraw_again(listed()) == 1 and not Picture.objects.showable().exists()
    PictureWithdrawal.objects.all().delete()
    other = a_picture("adults", colour=(1, 2, 3), reference=withdrawn.receipt.reference)
    assert withdraw_again(listed()) == 1 and not Picture.objects.showable().exists()
    assert client.get(other.address(320, "jpg")).status_code == 410


def test_the_list_forgets_nothing_and_survives_a_line_that_was_not_written_whole(withdrawn):
    PictureWithdrawal.objects.all().delete()
    keep_list()
    assert [entry[0] for entry in listed()] == [withdrawn.sha256]
    with withdrawal.list_path().open("a") as file:
        file.write('["abc", "de')
    assert [entry[0] for entry in listed()] == [withdrawn.sha256]
    keep_list([("f" * 64, "0" * 20, datetime(2026, 1, 2, tzinfo=UTC))])
    assert [entry[0] for entry in listed()] == [withdrawn.sha256, "f" * 64]
    assert read_list(withdrawal.list_path().with_name("nowhere")) == []


def test_a_receipt_that_cannot_be_told_whole_keeps_nothing_from_being_withdrawn(client, monkeypatch):
    picture = a_picture("adults")
    monkeypatch.setattr(places, "places_of", None)
    monkeypatch.setattr(withdrawal, "backups_holding", [None])
    withdraw(picture.consents.get(), bob(), "She called.")
    assert client.get(picture.address(320, "jpg")).status_code == 410


def test_the_places_of_a_picture_are_the_pages_that_name_it_drafts_and_earlier_versions_too(monkeypatch):
    statement = a_statement("We sail for every child.", owner=alice())
    page = a_page("What we say", ("StatementPlugin", {"heading": "Our aim", "statement": statement}))
    version_of(page).copy(alice())
    # As if the block named a picture: the relation is found by itself once one does.
    relation = SimpleNamespace(related_model=StatementBlock, field=SimpleNamespace(name="statement"))
    monkeypatch.setattr(places, "referring_relations", lambda: [relation])
    found = places.places_of(statement)
    assert [(place.title, place.is_public) for place in found] == [
        ("What we say", True),
        ("What we say", False),
    ]
    assert found[0].address == page.get_absolute_url()


def test_no_part_of_the_pictures_themselves_counts_as_a_place():
    assert places.referring_relations() == [] and list(Picture.objects.unused()) == []
    picture = a_picture()
    assert list(Picture.objects.unused()) == [picture] and not picture.is_public
