"""The settings of the site: one row, changed by proposal, refused where it would say something false."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sites.models import Site
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisation.models import Passage, Proposal, SiteSettings
from tests.support.factory import a_claim, a_source, cite, published
from tests.support.forms import errors_in, filled_in
from tests.support.people import alice, bob, staff_with
from tests.support.proposals import at_desk, decide, form_of, propose, the_proposal
from tests.support.site_settings import set_up_site
from tests.support.withheld import NAMED, TEXT, withdraw

pytestmark = pytest.mark.django_db

LIST = "/admin/organisation/sitesettings/"
FOOTER = "On this site one person may publish their own changes."


@pytest.fixture
def row():
    set_up_site(name="Harbour Aid in Words")
    return SiteSettings.objects.get()


def home():
    return Client().get("/").content.decode()


# One row


def test_there_is_one_row_and_no_second_one():
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteSettings(pk=2, name="Another").save()
    assert SiteSettings.objects.count() == 1


@pytest.mark.parametrize("person", [alice, bob])
def test_the_list_leads_to_the_one_form_and_nobody_adds_or_deletes_one(row, person):
    desk = at_desk(person())
    assert desk.get(LIST).url == form_of(row)
    page = desk.get(form_of(row)).content.decode()
    assert "Harbour Aid in Words" in page and "deletelink" not in page
    assert desk.get(f"{LIST}add/").status_code == 403
    assert desk.get(f"{LIST}1/delete/").status_code == 403
    assert desk.post(f"{LIST}1/delete/", {"post": "yes"}).status_code == 403
    assert SiteSettings.objects.exists()


def test_who_has_no_role_opens_no_form_and_a_visitor_none_either(row, client):
    dora = at_desk(staff_with("view_statement"))
    for address in (form_of(row), LIST):
        assert dora.get(address).status_code == 403
        assert client.get(address).url.startswith("/admin/login/")
    assert dora.post(form_of(row), {"name": "Mine"}).status_code == 403
    assert not Proposal.objects.exists() and "Mine" not in home()


def test_who_may_only_look_at_the_settings_changes_none(row):
    dora = at_desk(staff_with("view_sitesettings"))
    assert "Harbour Aid in Words" in dora.get(form_of(row)).content.decode()
    assert dora.post(form_of(row), {"name": "Mine"}).status_code == 403
    assert not Proposal.objects.exists() and "Mine" not in home()


def test_the_settings_of_the_site_cost_one_query_a_page(row):
    with CaptureQueriesContext(connection) as captured:
        Client().get("/")
    asked = [each["sql"] for each in captured if 'FROM "organisation_sitesettings"' in each["sql"]]
    assert len(asked) == 1


# By proposal


def test_another_name_waits_until_somebody_else_accepts_it(row):
    propose(alice(), row, name="Lighthouse")
    assert "Lighthouse" not in home() and "Harbour Aid in Words" in home()
    decide(bob())
    assert "<title>Lighthouse</title>" in home() and "Harbour Aid in Words" not in home()


def test_staff_find_the_accepted_name_in_the_menus_of_the_cms_too(row, django_capture_on_commit_callbacks):
    propose(alice(), row, name="Lighthouse")
    assert Site.objects.get_current().name != "Lighthouse"
    with django_capture_on_commit_callbacks(execute=True):
        decide(bob())
    assert Site.objects.get_current().name == "Lighthouse"


def test_a_returned_name_is_never_shown_and_no_author_accepts_their_own(row):
    propose(bob(), row, name="Lighthouse")
    decide(bob())
    assert "Lighthouse" not in home()
    decide(alice(), do="return", reason="Too short")
    assert "Lighthouse" not in home()


def test_a_change_of_the_settings_stands_in_the_log_and_is_undone_from_there(row):
    propose(alice(), row, footer_note="Registered in Tidewater.")
    decide(bob())
    assert "Registered in Tidewater." in home()
    assert "Settings of the site" in at_desk(bob()).get(reverse("admin:log")).content.decode()
    key = SiteSettings.history.latest("history_id").history_id
    at_desk(alice()).post(reverse("admin:undo-record", args=["organisation.sitesettings", key]))
    decide(bob())
    assert "Registered in Tidewater." not in home()


def test_a_save_that_changes_nothing_leaves_no_trace(row):
    before = SiteSettings.history.count()
    propose(alice(), row)
    assert (SiteSettings.history.count(), Proposal.objects.count()) == (before, 0)


# What is refused


@pytest.mark.parametrize(
    ("field", "right", "wrong", "sentence"),
    [
        ("giving_address", "https://example.org/give", "example.org/give", "is no address of a page"),
        ("giving_address", "http://example.org", "javascript:alert(1)", "is no address of a page"),
        ("helping_address", "https://example.org/help", "ftp://example.org", "is no address of a page"),
        (
            "social_addresses",
            "https://a.example/us",
            "https://a.example/us\n@us",
            "“@us” is no address of a page",
        ),
        ("public_address", "https://example.org", "https://example.org/site", "is not the address of a site"),
        ("public_address", "https://www.example.org:8443", "www.example.org", "is not the address of a site"),
        ("public_address", "http://example.org", "https://a@example.org", "is not the address of a site"),
        ("email", "office@example.org", "office at example.org", "is no e-mail address"),
        ("telephone", "+44 20 7946 0000", "call us", "is no telephone number"),
        ("licence", "CC-BY-4.0", "free for all", "is no licence"),
        ("licence", "https://example.org/terms", 'https://example.org/"', "is no licence"),
        ("name", "H", "", "This field is required"),
    ],
)
def test_what_leads_nowhere_is_refused_with_one_sentence(row, field, right, wrong, sentence):
    desk = at_desk(alice())
    refused = desk.post(form_of(row), filled_in(desk.get(form_of(row)), **{field: wrong}))
    [said] = errors_in(refused)
    assert sentence in said and not Proposal.objects.exists()
    assert desk.post(form_of(row), filled_in(desk.get(form_of(row)), **{field: right})).status_code == 302
    assert the_proposal().author == alice()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("CC BY 4.0", "CC-BY-4.0"),
        ("cc by-nc-sa 3.0", "CC-BY-NC-SA-3.0"),
        ("CC0 1.0", "CC0-1.0"),
        ("ODbL-1.0", "ODbL-1.0"),
    ],
)
def test_a_licence_is_kept_by_its_usual_name_however_its_makers_space_it(row, written, kept):
    row.licence = written
    row.full_clean()
    assert row.licence == kept


def test_words_that_are_withheld_are_refused_in_the_settings_too(row):
    source = a_source("Log of the harbour", text=TEXT)
    claim = a_claim("Somebody told us", source=source)
    cite(claim, source, passage=Passage.objects.quote(source, NAMED))
    published(claim)
    withdraw(claim, is_for_safety="on")
    desk = at_desk(alice())
    refused = desk.post(form_of(row), filled_in(desk.get(form_of(row)), footer_note=f"As we said: {NAMED}"))
    assert len(errors_in(refused)) == 1 and not Proposal.objects.exists()


# One person alone


def test_an_editor_cannot_propose_that_one_person_is_alone(row):
    desk = at_desk(alice())
    page = desk.get(form_of(row))
    assert page.context["adminform"].form["one_person_alone"].field.disabled
    desk.post(form_of(row), filled_in(page, one_person_alone="on", name="Lighthouse"))
    decide(bob())
    assert "<title>Lighthouse</title>" in home() and FOOTER not in home()


@pytest.mark.parametrize("is_alone", [False, True])
def test_a_publisher_who_opens_the_proposal_of_an_editor_finds_it_as_it_is_stored(row, is_alone):
    desk = at_desk(alice())
    sent = {"one_person_alone": "" if is_alone else "on", "name": "Lighthouse"}
    desk.post(form_of(row), filled_in(desk.get(form_of(row)), **sent))
    SiteSettings.objects.update(one_person_alone=is_alone)
    page = at_desk(bob()).get(form_of(row))
    form = page.context["adminform"].form
    assert (form["name"].value(), bool(form["one_person_alone"].value())) == ("Lighthouse", is_alone)
    assert "One person alone publishes here" not in [
        each.name for each in page.context["edit_conflict"].differences
    ]


def test_a_publisher_who_changes_the_proposal_of_an_editor_proposes_no_more_than_they_chose(row):
    desk = at_desk(alice())
    desk.post(form_of(row), filled_in(desk.get(form_of(row)), one_person_alone="on", name="Lighthouse"))
    propose(bob(), row, name="Lighthouse in Words")
    decide(alice())
    assert "<title>Lighthouse in Words</title>" in home() and FOOTER not in home()


def was_alone(row):
    """Returns the rows of the history of settings that say one person is alone and then that nobody is."""
    for is_alone in (True, False):
        row.one_person_alone = is_alone
        row.save()
    return list(row.history.order_by("history_id"))[-2:]


def test_an_editor_does_not_propose_it_by_an_undo_and_a_publisher_does(row):
    _alone, after = was_alone(row)
    undo = reverse("admin:undo-record", args=["organisation.sitesettings", after.history_id])
    assert undo not in at_desk(alice()).get(reverse("admin:log")).content.decode()
    assert at_desk(alice()).post(undo).status_code == 403 and not Proposal.objects.exists()
    assert undo in at_desk(bob()).get(reverse("admin:log")).content.decode()
    at_desk(bob()).post(undo)
    decide(alice())
    assert FOOTER in home()


def test_an_earlier_version_that_an_editor_brings_back_leaves_it_as_it_is(row):
    alone, _after = was_alone(row)
    desk = at_desk(alice())
    address = reverse("admin:organisation_sitesettings_simple_history", args=[row.pk, alone.history_id])
    page = desk.get(address)
    fields = {each.html_name: each.value() or "" for each in page.context["adminform"].form}
    desk.post(address, fields | {"seen": page.context["seen"], "name": "Lighthouse"})
    decide(bob())
    assert "<title>Lighthouse</title>" in home() and FOOTER not in home()


def test_that_one_person_is_alone_takes_two_people_while_there_are_two(row):
    propose(bob(), row, one_person_alone="on")
    assert FOOTER not in home()
    decide(bob())
    assert FOOTER not in home()
    decide(alice())
    assert FOOTER in home()


def test_where_there_is_nobody_else_one_person_says_at_once_that_they_are_alone(row):
    get_user_model().objects.exclude(pk=bob().pk).update(is_active=False)
    propose(bob(), row, name="Lighthouse")
    assert Proposal.objects.waiting().count() == 1 and "Lighthouse" not in home()
    the_proposal().decide(Proposal.State.TAKEN_BACK, bob())
    propose(bob(), row, one_person_alone="on")
    assert FOOTER in home() and not Proposal.objects.waiting().exists()


def test_who_is_alone_no_more_says_so_at_once(row):
    set_up_site(one_person_alone=True)
    propose(bob(), row, one_person_alone="")
    assert FOOTER not in home()
    propose(bob(), row, name="Lighthouse")
    assert "Lighthouse" not in home()


# From the environment of earlier versions
