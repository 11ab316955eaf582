"""The desk lists the last changes that readers could see."""

import pytest
from cms.models import PageContent
from djangocms_versioning.models import Version

from organisation.models import Milestone
from tests.support.desk import (
    publish_update,
    save_record,
    section,
    vision,
)
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db


def test_what_the_fixtures_wrote_is_no_change_of_the_staffs(open_page):
    assert "Nobody has changed anything since the site was filled." in open_page(bob())


def test_the_last_public_changes_say_who_did_what(open_page):
    save_record(alice(), vision(), text="Alice's words")
    publish_update(10, "Words of the second edition")
    content = PageContent.objects.get(page__reverse_id="about")
    Version.objects.get_for_content(content).copy(alice()).publish(bob())
    changes = section(open_page(bob()), "Last public changes")
    for words in (
        "Dallaire Initiative, vision: Alice&#x27;s words",
        "<span>statement</span>",
        "edition 2",
        "<span>page</span>",
        "Versions",
    ):
        assert words in changes
    assert (
        changes.index("<span>page</span>")
        < changes.index("edition 2")
        < changes.index("<span>statement</span>")
    )


def test_a_page_that_is_taken_down_is_a_change_and_one_that_is_replaced_is_not(open_page):
    version = Version.objects.get_for_content(PageContent.objects.get(page__reverse_id="about")).copy(alice())
    version.publish(bob())
    assert "taken down" not in open_page(bob())
    Version.objects.get(pk=version.pk).unpublish(bob())
    assert open_page(bob()).count("taken down") == 1


def test_only_ten_changes_are_listed(open_page):
    for number in range(12):
        save_record(alice(), vision(), text=f"Words {number}")
    assert section(open_page(bob()), "Last public changes").count("<li>") == 10


def test_a_deleted_record_is_named_among_the_changes(open_page):
    milestone = Milestone.objects.first()
    title, milestone._history_user = milestone.title, bob()
    milestone.delete()
    changes = section(open_page(bob()), "Last public changes")
    assert title in changes and "deleted" in changes and "Undo" not in changes
