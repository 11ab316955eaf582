"""The doctor finds what readers would not find, and what waits for somebody who will not come."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from cms.models import Page, PageUrl
from django.utils import timezone

from impact.models import Claim
from organisation.models import Takedown
from portal.operations import public_checks
from portal.pages import workflow
from tests.support.desk import move
from tests.support.factory import a_claim, a_passage, a_statement, an_organisation, cite, published
from tests.support.pages import a_page, a_redirect, profile_of, version_of
from tests.support.people import alice, bob
from tests.support.proposals import decide, propose
from tests.support.site_settings import set_up_site

pytestmark = pytest.mark.django_db


def finding(check):
    """Returns the level of a finding, and its sentence after the name of the check."""
    found = getattr(public_checks, f"check_{check}")()
    return found.level, found.message.partition(": ")[2]


def deactivate(user):
    user.is_active = False
    user.save()


def test_without_a_published_home_page_it_says_to_publish_one():
    assert finding("home_page") == ("ok", "it is published.")
    version_of(Page.objects.get(is_home=True).pagecontent_set.get()).unpublish(bob())
    level, sentence = finding("home_page")
    assert level == "wrong" and "Publish it, or set another published page as home." in sentence


def test_a_page_below_the_address_of_something_else_is_named():
    content = a_page("Tides")
    assert finding("pages")[0] == "ok"
    PageUrl.objects.filter(page=content.page_id).update(path="sources/tides")
    level, sentence = finding("pages")
    assert level == "wrong" and sentence.startswith("1 is published where nobody finds it: /sources/tides/.")


def test_a_published_page_without_an_address_is_named():
    content = a_page("Tides")
    PageUrl.objects.filter(page=content.page_id).update(path=None)
    assert "“Tides”" in finding("pages")[1]


def test_records_whose_words_no_cited_passage_has_are_counted_until_they_are_marked():
    assert finding("quotations")[0] == "ok"
    statement, passage = a_statement("We sail at dusk."), a_passage("We sail at dawn.")
    cite(statement, passage.source, passage=passage)
    level, sentence = finding("quotations")
    assert level == "note" and sentence.startswith("the words of 1 record stand in no passage")
    statement.in_our_words = True
    statement.save()
    assert finding("quotations")[0] == "ok"


def test_an_organisation_with_a_profile_and_no_published_page_is_counted():
    organisation = an_organisation(profiled=True)
    level, sentence = finding("profiles")
    assert level == "wrong" and sentence.startswith("1 has a profile that readers do not find.")
    profile_of(organisation)
    assert finding("profiles")[0] == "ok"


@pytest.mark.parametrize(
    ("redirects", "bad"),
    [
        ({"/old/": "/timeline/"}, ""),
        ({"/old/": ""}, ""),
        ({"/old/": "/evidence/e10/"}, ""),
        ({"/older/": "/old/", "/old/": "/timeline/"}, ""),
        ({"/old/": "/nowhere/"}, "/old/"),
        ({"/old/": "/older/", "/older/": "/old/"}, "/old/"),
        ({"/timeline/": "/about/"}, "/timeline/"),
        ({"/search/": "/about/"}, "/search/"),
    ],
)
def test_a_redirect_that_leads_to_nothing_or_in_a_circle_or_hides_is_named(redirects, bad):
    for old, new in redirects.items():
        a_redirect(old, new)
    level, sentence = finding("redirects")
    assert (level, bad in sentence) == ("wrong" if bad else "ok", True)


def test_a_proposal_whose_author_is_gone_is_counted_until_it_is_taken_back():
    propose(alice(), a_statement(owner=bob()), text="Other words")
    assert finding("authors")[0] == "ok"
    deactivate(alice())
    level, sentence = finding("authors")
    assert level == "wrong" and sentence.startswith("1 change waits whose author has no active account")
    decide(bob(), "take back")
    assert finding("authors")[0] == "ok"


def test_a_submitted_claim_or_page_whose_author_is_gone_is_counted_until_it_is_decided():
    claim = a_claim()
    claim.submit(alice(), seen=Claim.AS_STORED)
    draft = version_of(a_page("Tides")).copy(alice())
    workflow.submit(draft, alice())
    assert finding("authors")[0] == "ok"
    deactivate(alice())
    assert finding("authors")[1].startswith("2 changes wait")
    workflow.send_back(draft, bob(), "Say more")
    claim.send_back(bob(), "Say more", seen=Claim.AS_STORED)
    assert finding("authors")[0] == "ok"


def test_a_takedown_at_which_nobody_has_looked_for_seven_days_is_counted():
    published(a_claim()).withdraw(bob(), "Wrong", seen=Claim.AS_STORED)
    takedown, now = Takedown.objects.get(), timezone.now()
    for age, level in ((timedelta(days=7, seconds=-1), "ok"), (timedelta(days=7), "wrong")):
        move(takedown, at=now - age)
        with patch("organisation.models.takedown.timezone.now", return_value=now):
            assert finding("takedowns")[0] == level
    assert finding("takedowns")[1].startswith("nobody else has looked at 1 within seven days.")
    set_up_site(one_person_alone=True)
    assert finding("takedowns")[0] == "ok"
