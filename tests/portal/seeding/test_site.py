"""The fixture fills the settings of the site, and never what staff have changed."""

import pytest
from django.core.management import call_command

from organisation.models import SiteSettings
from portal.seeding import SEED_REASON, SeedError
from portal.seeding.site import SiteSeeder
from portal.seeding.staff import seed_user
from tests.support.people import alice, bob
from tests.support.proposals import decide, propose
from tests.support.site_settings import set_up_site

pytestmark = pytest.mark.django_db


def load(fixtures, overwrite=False, **values):
    fixtures.write("site", values)
    seeder = SiteSeeder(seed_user(), overwrite)
    seeder.load()
    return seeder


def the_settings():
    return SiteSettings.objects.get()


def test_the_fixture_sets_what_it_names_and_leaves_the_rest(fixtures):
    set_up_site(email="crew@example.org")
    load(fixtures, name="Harbour Aid", several_organisations=True)
    row = the_settings()
    assert (row.name, row.several_organisations, row.email) == ("Harbour Aid", True, "crew@example.org")
    last = SiteSettings.history.latest("history_id")
    assert (last.history_change_reason, last.history_user) == (SEED_REASON, seed_user())


def test_loading_it_again_writes_nothing(fixtures):
    load(fixtures, name="Harbour Aid")
    before = SiteSettings.history.count()
    load(fixtures, name="Harbour Aid")
    assert SiteSettings.history.count() == before


def test_what_staff_have_changed_is_kept_unless_it_is_to_be_overwritten(fixtures):
    load(fixtures, name="Harbour Aid")
    propose(alice(), the_settings(), name="Lighthouse")
    decide(bob())
    assert load(fixtures, name="Harbour Aid").skipped == ["Settings of the site"]
    assert the_settings().name == "Lighthouse"
    load(fixtures, overwrite=True, name="Harbour Aid")
    assert the_settings().name == "Harbour Aid"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [({"name": ""}, "This field cannot be blank."), ({"nickname": "H"}, "no field named 'nickname'")],
)
def test_a_fixture_that_is_wrong_is_refused_with_its_name(fixtures, values, sentence):
    with pytest.raises(SeedError) as refusal:
        load(fixtures, **values)
    assert str(refusal.value).startswith("fixtures/site.json: ") and sentence in str(refusal.value)
    assert str(refusal.value).endswith("Nothing was changed.")


def test_what_is_kept_is_told_by_the_command(capsys):
    propose(alice(), the_settings(), name="Lighthouse")
    decide(bob())
    call_command("seed")
    assert "Kept as an editor left it: Settings of the site" in capsys.readouterr().out
