"""An update cleans the texts that are stored, publishes and unschedules nothing, and says what it took."""

import pytest
from django.apps import apps
from django.urls import reverse
from djangocms_text.models import Text
from djangocms_versioning.models import Version

from portal.pages import workflow
from portal.pages.stored_text import clean_stored_text
from tests.support.pages import a_page
from tests.support.people import alice, bob

from .drafts import shown, state_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:get_current_site")]

DIRTY = '<p class="drawer" style="inset:0">High</p><img src="//evil.example/x.png"><p style="a">Low\u202e</p>'
FINE = "<p>High &amp; low,\xa0it's <a href='/x/'>as it was</a></p>"  # not as the sanitiser would write it


def store(version, body):
    Text.objects.filter(placeholder__in=version.content.get_placeholders()).update(body=body)


def stored(version):
    return Text.objects.get(placeholder__in=version.content.get_placeholders()).body


def test_every_version_is_cleaned_and_stays_what_it_was(tides, draft):
    published = Version.objects.get_for_content(tides)
    store(published, DIRTY)
    store(draft, DIRTY)
    workflow.submit(draft, alice())
    before = list(Version.objects.order_by("pk").values())
    taken = "<img> ×1, class ×1, hidden character ×1, src ×1, style ×2"
    lines = list(clean_stored_text(apps))
    assert lines == [f"Tides (#1, published): {taken}", f"Tides (#2, draft): {taken}"]
    assert stored(published) == stored(draft) == "<p>High</p><p>Low</p>"
    assert list(Version.objects.order_by("pk").values()) == before
    assert workflow.kind_of_last_step(draft) == "submitted" and state_of(published) == "published"
    assert "<p>High</p><p>Low</p>" in shown()
    assert list(clean_stored_text(apps)) == []


def test_a_text_that_was_fine_keeps_its_bytes(tides):
    version = Version.objects.get_for_content(tides)
    store(version, FINE)
    assert list(clean_stored_text(apps)) == []
    assert stored(version) == FINE


def test_staff_read_afterwards_what_was_taken_from_which_page(at_alices, at_bobs, tides, draft):
    store(Version.objects.get_for_content(tides), DIRTY)
    store(draft, '<p style="inset:0">High</p>')
    list(clean_stored_text(apps))
    log = at_bobs.get(reverse("admin:log")).content.decode()
    assert "&lt;img&gt; ×1, class ×1" in log and "an update of the site" in log
    assert "style ×1" in at_alices.open(draft).content.decode()


def test_a_page_without_such_text_is_not_in_the_log(at_bobs):
    a_page("Ebb", "<p>Low.</p>")
    list(clean_stored_text(apps))
    assert "an update of the site" not in at_bobs.get(reverse("admin:log")).content.decode()
    assert bob().has_perm("cms.view_page")
