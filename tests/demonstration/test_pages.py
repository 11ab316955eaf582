"""The pages of the demonstration show its records: each in one row, in the order of its source."""

import pytest

from impact.models import Claim
from organisation.models import Organisation, Statement

pytestmark = pytest.mark.django_db


def text_of(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_the_dallaire_vision_is_one_row_and_a_change_shows_on_home_and_profile_at_once(client):
    vision = Statement.objects.get(organisation__slug="dallaire-initiative", kind="vision")
    for path in ("/", "/organisations/dallaire-initiative/"):
        assert vision.text in text_of(client, path)
    vision.text = "A world that Alice wrote"
    vision.save()
    for path in ("/", "/organisations/dallaire-initiative/"):
        assert "A world that Alice wrote" in text_of(client, path)


def test_the_note_on_the_empty_heading_is_read_on_the_organisations_page(client):
    assert "How we do it" in text_of(client, "/organisations/dallaire-initiative/")


def test_the_six_values_stand_in_the_order_of_the_source(client):
    page = text_of(client, "/organisations/child-soldiers-international/values/")
    names = ["Collaboration", "Integrity", "Independence", "Respect", "Accountability", "Equality"]
    positions = [page.index(f"{name}<") for name in names]
    assert positions == sorted(positions)


def test_seven_steering_members_and_three_active_links_are_listed(client):
    coalition = Organisation.objects.get(slug="coalition")
    page = text_of(client, "/organisations/coalition/history/")
    members = coalition.affiliations.filter(role="steering member")
    links = coalition.affiliations.filter(role="active link")
    assert (members.count(), links.count()) == (7, 3)
    assert [each.other for each in [*members, *links] if each.other not in page] == []


def test_both_counts_of_national_coalitions_stand_and_each_page_says_that_they_differ(client):
    for number, own, other in ((24, "35", "over 35"), (28, "over 35", "35")):
        page = text_of(client, Claim.objects.get(number=number).get_absolute_url())
        assert own in page and other in page
        assert "disputed" in page
