"""Whoever goes live is told what is left of the demonstration: records, pages, and the name of the site."""

import pytest
from cms.models import PageContent
from djangocms_versioning.models import Version

from organisation.models import Organisation, SiteSettings, Term
from portal.operations.going_live import DEMONSTRATION
from portal.seeding import SEED_REASON
from portal.seeding.records import FILES
from portal.seeding.starter import STARTER_REASON
from tests.support.factory import an_organisation
from tests.support.going_live import leave_demonstration
from tests.support.pages import publish, version_of
from tests.support.people import alice, bob

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("live_site")]


def retype_records():
    """Makes the records those of somebody who has typed them; pages and settings stay."""
    for model in set(FILES.values()):
        model.history.update(history_change_reason="")


def test_records_of_the_demonstration_are_counted_until_they_are_gone(before_going_live):
    level, sentence = before_going_live("Demonstration")
    assert level == "note" and "records of it are still there. Run manage.py leave_demonstration" in sentence
    leave_demonstration()
    organisation = an_organisation()
    assert before_going_live("Demonstration") == ("ok", "nothing of it is left.")
    Organisation.history.filter(id=organisation.pk).update(history_change_reason=SEED_REASON)
    organisation.other_names = "Harbour"
    organisation.save()
    assert before_going_live("Demonstration")[1].startswith("1 record of it is still there. Run")
    organisation.delete()
    assert before_going_live("Demonstration")[0] == "ok"


def test_pages_and_the_name_of_the_demonstration_are_told_once_its_records_are_gone(before_going_live):
    retype_records()
    level, sentence = before_going_live("Demonstration")
    count = PageContent.objects.count()
    assert level == "note" and sentence == (
        f"{count} pages still read as they did there. Rewrite them, or take them down."
    )
    home, *others = PageContent.objects.order_by("pk")
    for content in others:
        Version.objects.filter(pk=version_of(content).pk).update(created_by=alice())
    assert "1 page still reads as it did there. Rewrite it, or take it down." in DEMONSTRATION().message
    publish(version_of(home).copy(alice()), bob())
    finding = DEMONSTRATION()
    assert (
        finding.level == "note"
        and "the site still has its name. Write yours in the settings" in finding.message
    )
    row = SiteSettings.objects.get()
    row.email = "office@example.org"
    row.save()
    assert "the site still has its name" in DEMONSTRATION().message
    row.name = "Harbour Aid in Words"
    row.save()
    assert DEMONSTRATION().level == "ok"


def test_a_portal_of_one_s_own_keeps_the_pages_that_it_began_with():
    retype_records()
    SiteSettings.history.update(history_change_reason="")
    assert "pages still read as they did there" in DEMONSTRATION().message
    Term.history.filter(pk=Term.history.latest("history_id").pk).update(history_change_reason=STARTER_REASON)
    assert DEMONSTRATION().level == "ok"
