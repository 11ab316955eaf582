"""An update of a site from before takes over into its settings what it has shown."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.sites.models import Site
from django.test import Client

from organisation.models import Organisation, SiteSettings
from tests.support.people import alice, bob
from tests.support.proposals import decide, propose
from tests.support.site_settings import set_up_site

pytestmark = pytest.mark.django_db


FOOTER = "On this site one person may publish their own changes."


def home():
    return Client().get("/").content.decode()


VARIABLES = {
    "PORTAL_CONTACT": "office@example.org",
    "PORTAL_DATA_LICENCE": "CC-BY-4.0",
    "PORTAL_SINGLE_EDITOR": "1",
}


def update():
    """Makes the row as the update of an earlier version does."""
    SiteSettings.objects.all().delete()
    SiteSettings.history.all().delete()
    import_module("organisation.migrations.0012_site_settings").make_row(apps, None)
    return SiteSettings.objects.get()


def test_an_update_takes_over_what_the_site_has_shown(monkeypatch):
    Site.objects.update(name="Harbour Aid in Words")
    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value)
    row = update()
    assert (row.email, row.licence, row.one_person_alone) == ("office@example.org", "CC-BY-4.0", True)
    assert row.several_organisations and row.footer_note.startswith("Demonstration content")
    assert "<title>Harbour Aid in Words</title>" in home() and FOOTER in home()


def test_an_update_of_a_site_without_records_says_nothing_about_anybody(monkeypatch):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Organisation.objects.__class__, "exists", lambda self: False)
    row = update()
    values = [getattr(row, field.name) for field in SiteSettings._meta.fields if field.name != "id"]
    assert not any(values)
    assert "<title>This site</title>" in home()


def test_what_the_environment_says_counts_once_and_not_after_an_edit(monkeypatch):
    monkeypatch.setenv("PORTAL_CONTACT", "office@example.org")
    row = update()
    set_up_site(name="Harbour Aid")
    propose(alice(), row, name="Harbour Aid", email="crew@example.org")
    decide(bob())
    monkeypatch.setenv("PORTAL_CONTACT", "other@example.org")
    contact = Client().get("/contact/").content.decode()
    assert "crew@example.org" in contact
    assert "office@example.org" not in contact and "other@example.org" not in contact
