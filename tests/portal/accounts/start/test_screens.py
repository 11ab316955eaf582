"""The screens of the start: what each saves, what it refuses, and that it can be left and taken up again."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from organisation.models import Organisation, SiteSettings
from portal.accounts.start.progress import Progress
from tests.support.people import alice
from tests.support.second_factor import with_app

from .steps import ALONE, OTHER_PASSWORD, PASSWORD, START, TWO_PEOPLE, WHO, open_start, refusals, send, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("begun")]


def people():
    names = get_user_model().objects.filter(is_active=True, is_staff=True).order_by("pk")
    return list(names.values_list("username", flat=True))


def lantern_aid():
    return Organisation.objects.get(official_name="Lantern Aid International")


def test_the_first_screen_says_whose_the_site_is(client):
    assert send(client, "who", **WHO, short_name="Lantern Aid").url == f"{START}look/"
    row, organisation = SiteSettings.objects.get(), lantern_aid()
    assert (row.name, row.publisher) == ("The Lantern Record", "Lantern Aid International")
    assert (organisation.slug, organisation.profiled) == ("lantern-aid", True)
    assert "The Lantern Record" in told(Client().get("/search/"))


def test_the_first_screen_can_be_taken_up_again_and_names_the_same_organisation(client):
    send(client, "who", **WHO)
    first = lantern_aid().pk
    assert "Lantern Aid International" in told(client.get(f"{START}who/"))
    send(client, "who", **WHO | {"publisher": "Lantern Aid Worldwide"})
    assert Organisation.objects.get(official_name="Lantern Aid Worldwide").pk == first


@pytest.mark.parametrize("name", ["name", "publisher"])
def test_the_first_screen_asks_for_the_site_s_name_and_for_yours(client, name):
    before = SiteSettings.objects.get().name
    assert name in refusals(send(client, "who", **WHO | {name: ""}))
    assert SiteSettings.objects.get().name == before
    assert not Organisation.objects.filter(official_name=WHO["publisher"]).exists()


def test_an_organisation_of_another_script_has_an_address_and_one_of_the_same_name_another(client):
    send(client, "who", **WHO | {"publisher": "Φανός"})
    assert Organisation.objects.get(official_name="Φανός").slug == "organisation"
    Organisation.objects.update(official_name="Somebody else")
    open_start(client, Progress().new_token())
    send(client, "who", **WHO | {"publisher": "Φανός"})
    assert Organisation.objects.get(official_name="Φανός").slug == "organisation-2"


def test_the_look_is_shown_in_a_specimen_that_follows_the_colours(client):
    page = told(client.get(f"{START}look/"))
    assert "What we did, and what shows it" in page and f'data-look="{START}colours/"' in page
    answer = client.get(f"{START}colours/", {"accent_light": "#eeeeee"}).json()
    assert "cannot be the accent of the light theme" in answer["refused"]["accent_light"]["sentence"]
    assert client.get(f"{START}colours/", {"accent_light": "#203060"}).json()["refused"] == {}


def test_a_look_is_kept_and_one_that_nobody_could_read_is_refused(client):
    assert "cannot be the accent" in refusals(send(client, "look", accent_light="#eeeeee"))["accent_light"]
    assert SiteSettings.objects.get().accent_light == ""
    assert send(client, "look", accent_light="#203060").status_code == 302
    assert SiteSettings.objects.get().accent_light == "#203060"


def test_two_people_may_each_publish_what_the_other_has_changed(client):
    send(client, "who", **WHO)
    assert send(client, "people", **TWO_PEOPLE).url == f"{START}look/"
    assert people() == ["dora", "erin"]
    for name, password in (("dora", PASSWORD), ("erin", OTHER_PASSWORD)):
        other = Client()
        other.post("/accounts/login/", {"login": name, "password": password})
        assert other.get("/admin/").status_code == 200
        assert get_user_model().objects.get(username=name).has_perm("organisation.accept_proposal")
    assert not SiteSettings.objects.get().one_person_alone
    assert client.get("/admin/").status_code == 200  # who has made the accounts is logged in as the first


def test_somebody_alone_says_so_and_every_page_does(client):
    send(client, "who", **WHO)
    send(client, "people", **ALONE)
    assert people() == ["dora"]
    assert SiteSettings.objects.get().one_person_alone


OTHER = {"password_again": "another"}  # pragma: allowlist secret
SHORT = {"password": "short", "password_again": "short"}  # pragma: allowlist secret


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        (OTHER, "password_again", "write the same one twice"),
        (SHORT, "password", "too short"),
        ({"password": "", "password_again": ""}, "password", "required"),
        ({"name": "no spaces here"}, "name", "valid username"),
        ({"name": "editor"}, "name", "already exists"),
        ({"second_name": ""}, "second_name", "or tick that you are alone"),
        ({"second_name": "DORA"}, "second_name", "These are two people"),
        ({"second_password": ""}, "second_password", "Write a password."),
        ({"second_password": "12345678901234567890"}, "second_password", "entirely numeric"),
        ({"alone": "on"}, "alone", "You name a second person"),
    ],
)
def test_people_are_made_together_or_not_at_all(client, changes, field, sentence):
    send(client, "who", **WHO)
    assert sentence in refusals(send(client, "people", **TWO_PEOPLE | changes))[field]
    assert people() == [] and "people" not in Progress.read().done


def test_what_comes_later_leads_to_what_comes_first(client):
    assert client.get(f"{START}people/").url == f"{START}who/"
    assert "First comes “Who you are”." in told(client.get(f"{START}who/"))
    for screen in ("factor", "contact", "documents"):
        assert send(client, screen).url == f"{START}people/"
    assert client.get(f"{START}nothing/").status_code == 404


def test_the_start_is_left_and_taken_up_again_at_any_screen(client):
    send(client, "who", **WHO)
    page = told(client.get(START))
    assert "Who you are</a> · done" in page and f'<a href="{START}look/" class="desk-action">' in page
    send(client, "people", **TWO_PEOPLE)
    other = Client()
    other.post("/accounts/login/", {"login": "erin", "password": OTHER_PASSWORD})
    assert f'<a href="{START}look/" class="desk-action">' in told(other.get(START))
    assert send(other, "look", accent_light="#203060").url == f"{START}factor/"


def test_once_there_are_people_nobody_changes_alone_what_is_done(client):
    send(client, "who", **WHO)
    send(client, "people", **TWO_PEOPLE)
    assert send(client, "who", **WHO | {"name": "Other words"}).url == START
    assert "it is changed at the desk" in told(client.get(START))
    assert send(client, "people", **TWO_PEOPLE | {"name": "frank"}).url == START
    assert SiteSettings.objects.get().name == "The Lantern Record" and people() == ["dora", "erin"]
    send(client, "contact", licence="CC-BY-4.0")
    send(client, "contact", licence="CC0-1.0")
    assert SiteSettings.objects.get().licence == "CC-BY-4.0"


def test_licence_and_contact_reach_readers_and_a_wrong_one_is_refused(client):
    send(client, "who", **WHO)
    send(client, "people", **TWO_PEOPLE)
    values = {"licence": "CC-BY-4.0", "email": "office@example.org"}
    assert "no e-mail address" in refusals(send(client, "contact", **values | {"email": "office"}))["email"]
    assert SiteSettings.objects.get().licence != "CC-BY-4.0"
    send(client, "contact", **values | {"licence": "CC BY 4.0"})
    row = SiteSettings.objects.get()
    assert (row.email, row.licence) == ("office@example.org", "CC-BY-4.0")


def test_where_it_is_required_nothing_goes_on_without_a_second_factor(client, settings):
    send(client, "who", **WHO)
    send(client, "people", **TWO_PEOPLE)
    assert "On this machine a password is enough for now." in told(client.get(f"{START}factor/"))
    assert "Go on with the start" in told(client.get("/accounts/2fa/"))
    settings.PORTAL_PASSWORD_ONLY = False
    assert client.get(f"{START}contact/").url == "/accounts/2fa/"
    assert "Go on with the start" not in told(client.get("/accounts/2fa/"))


def test_who_has_set_a_second_factor_up_has_done_that_step(client):
    send(client, "who", **WHO)
    send(client, "people", **ALONE)
    assert "The second person sets up their own" not in told(client.get(f"{START}factor/"))
    send(client, "look")
    assert "Your second factor</a> · done" not in told(client.get(START))
    with_app(get_user_model().objects.get(username="dora"))
    page = told(client.get(START))
    assert "Your second factor</a> · done" in page
    assert f'<a href="{START}contact/" class="desk-action">' in page
    assert send(client, "contact").url == f"{START}documents/"
    assert "You have a second factor" in told(client.get(f"{START}factor/"))


def test_the_second_factor_of_one_person_is_not_the_step_of_the_other(client):
    send(client, "who", **WHO)
    send(client, "people", **TWO_PEOPLE)
    with_app(get_user_model().objects.get(username="erin"))
    assert "Your second factor</a> · done" not in told(client.get(START))


def test_whoever_has_just_chosen_a_password_is_not_asked_for_it_again(client):
    send(client, "who", **WHO)
    send(client, "people", **ALONE)
    assert "Set up an authenticator app" in told(client.get("/accounts/2fa/totp/activate/"))


def test_the_overview_says_where_it_is_changed_what_is_done(client):
    send(client, "who", **WHO)
    assert "Each step can be left and taken up again" in told(client.get(START))
    send(client, "people", **TWO_PEOPLE)
    page = told(client.get(START))
    assert 'what is done is changed in the <a href="/admin/organisation/sitesettings/">' in page
    assert client.get("/admin/organisation/sitesettings/", follow=True).status_code == 200


def test_the_desk_leads_whoever_may_publish_back_to_a_start_that_was_left(client):
    send(client, "who", **WHO)
    send(client, "people", **TWO_PEOPLE)
    assert f'href="{START}">Go on with the start</a>' in told(client.get("/admin/"))
    get_user_model().objects.filter(pk=alice().pk).update(is_active=True)
    editor = Client()
    editor.force_login(alice())
    assert "My drafts" in told(editor.get("/admin/"))
    assert "Go on with the start" not in told(editor.get("/admin/"))
    send(client, "documents")
    assert "Go on with the start" not in told(client.get("/admin/"))


def test_the_login_says_where_the_start_is_while_nobody_has_an_account(client):
    sentence = "set this portal up at the address that the terminal showed"
    assert sentence in told(Client().get("/accounts/login/"))
    send(client, "who", **WHO)
    send(client, "people", **ALONE)
    assert sentence not in told(Client().get("/accounts/login/"))


def test_the_second_person_s_password_can_be_read_while_it_is_written(client):
    send(client, "who", **WHO)
    page = told(client.get(f"{START}people/"))
    assert 'type="text" name="second_password"' in page and 'type="password" name="password"' in page


@pytest.mark.parametrize(
    ("button", "address"),
    [({"document": "1"}, "/admin/organisation/source/document/"), ({}, "/admin/")],
)
def test_the_last_screen_ends_the_start_and_leads_to_the_documents_or_the_desk(client, button, address):
    send(client, "who", **WHO)
    send(client, "people", **TWO_PEOPLE)
    assert "The look, Your second factor, Licence and contact" in told(client.get(f"{START}documents/"))
    assert send(client, "documents", **button).url == address
    assert client.get(address).status_code == 200
    assert client.get(START).status_code == 404
