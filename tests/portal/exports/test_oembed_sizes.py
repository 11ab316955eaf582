"""The size of a card, its picture and the rest of what oEmbed tells of it."""

import pytest

from organisation.models import Organisation
from tests.support.factory import a_claim, a_profiled_organisation, published

from .test_oembed import HOST, frame, oembed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("length", "figure", "width", "height"),
    [
        (51, None, 560, 190 + 30),
        (52, None, 560, 190 + 60),
        (103, None, 560, 190 + 60),
        (104, None, 560, 190 + 90),
        (51, 40, 560, 190 + 30 + 90),
        (780, None, 560, 640),
        (51, None, 421, 190 + 60),
        (51, None, 420, 225 + 60),
        (10, None, 160, 225 + 30),
        (29, None, 160, 225 + 60),
        (29, None, 1, 225 + 60),
    ],
)
def test_a_card_is_as_high_as_its_words_and_figures_need(client, length, figure, width, height):
    words = f"{figure or 'x'} ".ljust(length, "x")
    claim = published(a_claim(words, figure=figure))
    fields = oembed(client, HOST + claim.get_absolute_url(), maxwidth=width).json()
    assert (fields["width"], fields["height"]) == (width, height)


@pytest.mark.parametrize(
    ("limits", "has_thumbnail", "size"),
    [
        ({}, True, (560, 250)),
        ({"maxwidth": 1200, "maxheight": 630}, True, (560, 250)),
        ({"maxwidth": 1199, "maxheight": 630}, False, (560, 250)),
        ({"maxwidth": 1200, "maxheight": 629}, False, (560, 250)),
        ({"maxwidth": 561}, False, (560, 250)),
        ({"maxwidth": 559}, False, (559, 250)),
        ({"maxheight": 251}, False, (560, 250)),
        ({"maxheight": 249}, False, (560, 249)),
        ({"maxheight": 1, "maxwidth": 1}, False, (1, 1)),
        ({"maxheight": "", "maxwidth": ""}, True, (560, 250)),
        ({"maxwidth": "0000004400"}, False, (440, 250)),  # nine digits count
    ],
)
def test_card_and_thumbnail_keep_to_the_room_that_there_is(client, limits, has_thumbnail, size):
    claim = published(a_claim("x" * 52))
    fields = oembed(client, HOST + claim.get_absolute_url(), **limits).json()
    assert ("thumbnail_url" in fields, (fields["width"], fields["height"])) == (has_thumbnail, size)
    shown = frame(fields["html"])
    assert (shown.get("width"), shown.get("height")) == tuple(map(str, size))


def test_a_speaker_without_a_profile_has_no_address_and_the_answer_holds_an_hour(client):
    claim = published(a_claim())
    fields = oembed(client, HOST + claim.get_absolute_url()).json()
    assert "author_url" not in fields and fields["author_name"] == "Harbour Aid"
    title = f"{claim.reference}: We taught 40 pilots"
    assert (fields["cache_age"], fields["title"]) == (0, title)
    page = client.get(claim.get_absolute_url()).content.decode()
    assert f'title="{title}"' in page.partition('type="application/json+oembed"')[2].partition(">")[0]
    Organisation.objects.filter(slug="harbour-aid").update(profiled=True)
    assert "author_url" not in oembed(client, HOST + claim.get_absolute_url()).json()
    a_profiled_organisation()
    fields = oembed(client, HOST + claim.get_absolute_url()).json()
    assert fields["author_url"] == f"{HOST}/organisations/harbour-aid/"


def test_an_address_is_understood_over_https_and_at_no_other_port(client):
    assert oembed(client, "https://testserver/evidence/e10/").json()["version"] == "1.0"
    oembed(client, "http://testserver:8000/evidence/e10/", status=404)
    assert "“url” is missing" in client.get("/oembed?url=").content.decode()
    for response in (oembed(client), client.get("/oembed")):
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client.get("/oembed")["Content-Type"] == "text/plain; charset=utf-8"
