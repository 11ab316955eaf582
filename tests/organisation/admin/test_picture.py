"""The library: Alice brings a picture in and says who is in it, Bob confirms; both see what is missing."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from organisation.models import Consent, Picture, PictureWithdrawal, Proposal, StoredFile
from tests.support.forms import errors_in, filled_in
from tests.support.people import alice, bob, staff_with
from tests.support.pictures import a_consent, a_picture, consent_values, telling_jpeg
from tests.support.proposals import at_desk, decide, form_of, propose

pytestmark = pytest.mark.django_db

NEW = reverse("admin:organisation_picture_add")
LIST = reverse("admin:organisation_picture_changelist")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def bring_in(user, contents=None, shows="", name="north-quay.jpg", **values):
    """Sends the form of a new picture with a consent, and returns the answer."""
    client = at_desk(user)
    said = consent_values(shows) if shows else {}
    consent = {"shows": shows} | {
        field: value.pk if hasattr(value, "pk") else "on" if value is True else value
        for field, value in said.items()
    }
    data = filled_in(client.get(NEW)) | {"alt_text": "A hill and the sun", "made": "drawing"} | values
    data |= {f"consents-0-{field}": value for field, value in consent.items()}
    return client.post(NEW, data | {"upload": SimpleUploadedFile(name, contents or telling_jpeg())})


def step(name, consent):
    return reverse(f"admin:consent-{name}", args=[consent.pk])


def library(user, **query):
    return at_desk(user).get(LIST, query).content.decode()


def test_alice_brings_a_picture_of_nobody_in_and_nobody_else_has_to_look_at_it():
    bring_in(alice(), shows="nobody")
    picture = Picture.objects.showable("portal").get()
    assert (picture.width, picture.made, picture.consents.get().written_by) == (800, "drawing", alice())
    assert not Proposal.objects.exists()
    page = at_desk(alice()).get(form_of(picture)).content.decode()
    assert "nobody in it" in page and "north-quay" not in page and "A hill and the sun" in library(bob())


def test_a_picture_that_nobody_said_anything_of_is_kept_and_not_shown():
    bring_in(alice())
    assert Picture.objects.count() == 1 and not Picture.objects.showable("portal").exists()
    assert "Nobody has said who is in it" in library(alice())


@pytest.mark.parametrize(
    ("contents", "values", "sentence"),
    [
        (b"<html>", {}, "The file is a web page"),
        (b"<svg/>", {}, "An SVG drawing can hold programs"),
        (None, {"alt_text": ""}, "Say what is to be seen, or tick that it is decorative"),
        (None, {"decorative": "on"}, "Say what is to be seen, or tick that it is decorative"),
        (None, {"focal_x": "101"}, "Where to look is told in per cent"),
    ],
)
def test_what_is_refused_is_told_in_a_sentence_and_nothing_is_stored(contents, values, sentence):
    answer = bring_in(alice(), contents, **values)
    assert [each for each in errors_in(answer) if sentence in each]
    assert not Picture.objects.exists() and not StoredFile.objects.exists()


def test_a_consent_that_lacks_something_keeps_the_picture_out():
    answer = bring_in(alice(), shows="adults", **{"consents-0-given_by": "x"})
    assert answer.status_code == 302
    Picture.objects.all().delete()
    client = at_desk(alice())
    data = filled_in(client.get(NEW)) | {
        "alt_text": "A hill",
        "made": "drawing",
        "consents-0-shows": "adults",
    }
    answer = client.post(NEW, data | {"upload": SimpleUploadedFile("a.jpg", telling_jpeg(width=700))})
    assert [each for each in errors_in(answer) if "say who agreed" in each] and not Picture.objects.exists()


def test_the_same_picture_is_not_brought_in_twice():
    bring_in(alice(), shows="nobody")
    assert "is in the library already" in errors_in(bring_in(bob(), shows="nobody", alt_text="Again"))[0]


def test_a_picture_of_a_child_is_shown_once_bob_has_read_what_alice_wrote():
    bring_in(alice(), shows="children")
    consent = Consent.objects.get()
    assert not Picture.objects.showable("portal").exists()
    assert "Waits until somebody else confirms the consent" in library(alice())
    own = at_desk(alice())
    read = own.get(step("confirm", consent)).context["read"]
    own.post(step("confirm", consent), {"read": read})
    assert not Picture.objects.showable("portal").exists()
    others = at_desk(bob())
    assert "Dora of the quay" in others.get(step("confirm", consent)).content.decode()
    others.post(step("confirm", consent), {"read": read})
    assert Picture.objects.showable("portal").exists()
    assert f"Until {consent.ends_on}" in library(alice())


def test_what_was_changed_while_bob_read_it_is_not_confirmed():
    consent = a_consent(a_picture(shows=None), "children", confirmed=False)
    others = at_desk(bob())
    read = others.get(step("confirm", consent)).context["read"]
    Picture.objects.update(caption="Zugzwang of the north quay")
    answer = others.post(step("confirm", consent), {"read": read}, follow=True)
    assert "changed it meanwhile" in answer.content.decode()
    assert not Picture.objects.showable("portal").exists()


def test_whoever_changes_a_consent_has_written_it_and_another_confirms_it_anew():
    picture = a_picture("children")
    client = at_desk(bob())
    client.post(form_of(picture), filled_in(client.get(form_of(picture)), **{"consents-0-role": "the aunt"}))
    consent = picture.consents.get()
    assert (consent.role, consent.written_by, consent.confirmed_by) == ("the aunt", bob(), None)
    assert not Picture.objects.showable("portal").exists()


def test_a_consent_that_is_renewed_is_told_with_the_day_of_what_renews_it():
    picture, today = a_picture(shows=None), timezone.now().date()
    first = a_consent(picture, "children", ends_on=today + timedelta(days=10))
    assert f"Until {first.ends_on}" in library(alice(), pictures="soon")
    renewal = a_consent(picture, "children", renews=first, confirmed=False)
    assert str(picture) in library(alice(), pictures="soon")
    renewal.confirm(bob())
    assert str(picture) not in library(alice(), pictures="soon")
    assert f"Until {renewal.ends_on}" in library(alice())
    a_consent(picture, given_by="Emil", ends_on=today + timedelta(days=20))
    assert f"Until {today + timedelta(days=20)}" in library(alice(), pictures="soon")


def test_bob_withdraws_a_picture_at_once_and_is_given_the_receipt(client):
    picture = a_picture("adults")
    consent, address = picture.consents.get(), picture.address(320, "webp")
    assert client.get(address).status_code == 200
    assert at_desk(alice()).post(step("withdraw", consent), {"reason": "She called."}).status_code == 403
    others = at_desk(bob())
    assert "Say who asked for it" in others.post(step("withdraw", consent), {"reason": ""}).content.decode()
    assert client.get(address).status_code == 200
    answer = others.post(step("withdraw", consent), {"reason": "She called."}, follow=True)
    assert "She called." in answer.content.decode() and "It stood nowhere." in answer.content.decode()
    assert client.get(address).status_code == 410
    form = others.get(form_of(picture)).content.decode()
    assert PictureWithdrawal.objects.get().get_absolute_url() in form and "nothing of it is left" in form


def test_a_picture_of_nobody_in_which_somebody_is_after_all_is_withdrawn_as_well(client):
    picture = a_picture("nobody")
    others = at_desk(bob())
    assert "Somebody is in it after all" in others.get(form_of(picture)).content.decode()
    others.post(step("withdraw", picture.consents.get()), {"reason": "A child is behind the tree."})
    assert client.get(picture.address(320, "webp")).status_code == 410


def test_what_changes_a_picture_that_readers_see_is_proposed(monkeypatch):
    picture = a_picture("adults")
    monkeypatch.setattr(Picture, "is_public", True)  # as it is once a page shows it
    propose(alice(), picture, caption="The hill at noon")
    assert Picture.objects.get().caption == "" and Proposal.objects.waiting().exists()
    decide(bob())
    assert Picture.objects.get().caption == "The hill at noon"


def test_whoever_may_not_see_pictures_is_sent_none():
    picture = a_picture("children")
    preview = reverse("admin:picture-preview", args=[picture.pk])
    consent = picture.consents.get()
    dora = at_desk(staff_with())
    for address in (preview, step("confirm", consent), step("withdraw", consent), LIST):
        assert dora.get(address).status_code == 403
    assert at_desk(alice()).get(preview)["Cache-Control"] == "private, no-store"
    assert get_user_model().objects.get(username="dora")


def test_the_library_finds_what_needs_somebody():
    soon = timezone.now().date() + timedelta(days=59)
    titles = {
        "hidden": a_picture(shows=None, alt_text="Nobody asked", colour=(1, 0, 0)),
        "soon": a_picture(shows=None, alt_text="Ends soon", colour=(2, 0, 0)),
        "children": a_picture("children", alt_text="A boat", colour=(3, 0, 0)),
        "undescribed": a_picture(alt_text="", decorative=True, caption="A ruling", colour=(4, 0, 0)),
    }
    a_consent(titles["soon"], ends_on=soon)
    for name, picture in titles.items():
        page = library(alice(), pictures=name)
        assert [other for other in titles.values() if str(other) in page] == [picture], name
    assert all(str(picture) in library(alice(), pictures="unused") for picture in titles.values())
    assert "A boat" not in library(alice(), pictures="unconfirmed")
    assert "A boat" in library(alice(), q="boat") and "A ruling" not in library(alice(), q="boat")
