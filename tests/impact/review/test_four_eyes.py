"""Nobody publishes their own last change."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.support.forms import decision, filled_in, refusals_in, review
from tests.support.people import alice, bob
from tests.support.review import claim_form, e10, submit

pytestmark = pytest.mark.django_db


def test_bob_does_not_publish_his_own_last_change(desk, bobs):
    submit(desk)
    data = decision(bobs, e10())
    submit(bobs, **{"figures-0-value": "5001"})
    page = bobs.get(review(e10()))
    assert "The last change is your own: somebody else has to publish it." in page.content.decode()
    assert "publish" not in page.context["forms"]
    page = bobs.post(review(e10()), data | {"publish-seen": page.context["fingerprint"]})
    assert refusals_in(page) == ["The last change is your own: somebody else has to publish it."]
    assert e10().current_edition.number == 1


def test_not_even_a_superuser_publishes_their_own_last_change(client):
    root = get_user_model().objects.create_superuser("root", password="root")
    client.force_login(root)
    submit(client)
    page = client.get(review(e10()))
    assert "publish" not in page.context["forms"]
    page = client.post(
        review(e10()),
        {
            "do": "publish",
            "publish-seen": page.context["fingerprint"],
            "publish-reason": "Mine",
            "publish-change": "update",
        },
    )
    assert e10().current_edition.number == 1


def test_where_one_person_may_publish_alone_bob_does_and_every_page_says_so(bobs, settings):
    sentence = "On this site one person may publish their own changes."
    assert sentence not in Client().get("/").content.decode()
    settings.PORTAL_SINGLE_EDITOR = True
    submit(bobs)
    bobs.post(review(e10()), decision(bobs, e10()))
    assert e10().current_edition.number == 2
    for path in ("/", "/evidence/e10/", "/search/", "/nowhere/"):
        assert sentence in Client().get(path, follow=True).content.decode(), path


def test_a_form_sent_back_as_it_was_is_nobodys_change(desk, bobs):
    submit(desk)
    bobs.post(claim_form(e10()), filled_in(bobs.get(claim_form(e10()))))
    assert e10().last_changed_by() == alice()
    bobs.post(claim_form(e10()), filled_in(bobs.get(claim_form(e10())), owner=bob().pk))
    assert (e10().owner, e10().last_changed_by(), e10().stage) == (bob(), alice(), "submitted")


def test_a_new_owner_does_not_turn_bobs_words_into_somebody_elses(desk, bobs):
    submit(bobs)
    desk.post(claim_form(e10()), filled_in(desk.get(claim_form(e10())), owner=bob().pk))
    assert "publish" not in bobs.get(review(e10())).context["forms"]
