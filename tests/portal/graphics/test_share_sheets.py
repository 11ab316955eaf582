"""The share pictures show the sheets of the claims, inked as far as each is shown."""

from io import BytesIO

import pytest
from PIL import Image

from impact.models import Claim
from portal.graphics.colours import light_colours
from portal.graphics.share_images.image import edition_image
from portal.graphics.share_images.tiles import places
from tests.support.factory import a_claim, an_organisation, published
from tests.support.pages import profile_of
from tests.support.share_images import share_image

pytestmark = pytest.mark.django_db

INKS = [
    ("supported in part", "violet"),
    ("organisation only", "sheet"),
    ("disputed", "margin-wash"),
    ("unsourced", "paper"),
]


@pytest.mark.parametrize("grade, colour", INKS)
def test_the_sheet_of_a_claim_is_inked_by_how_far_it_is_shown(grade, colour):
    edition = Claim.objects.get(number=10).current_edition
    edition.grade = grade
    image = Image.open(BytesIO(edition_image(edition))).convert("RGB").crop((900, 250, 1120, 380))
    _count, most = max(image.getcolors(1_000_000))
    assert most == tuple(bytes.fromhex(light_colours()[colour][1:]))


def test_the_pictures_of_the_site_and_of_an_organisation_draw_their_claims(client):
    lantern, fund = an_organisation("Lantern Aid", profiled=True), an_organisation("Pier Fund", profiled=True)
    profile_of(lantern), profile_of(fund)
    path = "/organisations/lantern-aid/share.png"
    bare = share_image(client, path).tobytes()
    site = share_image(client, "/share.png").tobytes()
    published(a_claim("We taught many to steer", organisation=lantern))
    assert share_image(client, path).tobytes() != bare
    assert share_image(client, "/share.png").tobytes() != site
    drawn = share_image(client, path).tobytes()
    published(a_claim("We lit a pier", organisation=fund))
    assert share_image(client, path).tobytes() == drawn


@pytest.mark.parametrize("count", [1, 2, 3, 12, 30, 45])
def test_tiles_stay_on_the_ruled_paper_and_beside_one_another(count):
    side, corners = places(count)
    assert len(set(corners)) == count and side > 24
    assert all(x > 844 and x + side < 1200 and y > 0 and y + side < 630 for x, y in corners)
