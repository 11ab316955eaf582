"""Visitors are sent a picture in the widths of pages, as long as it may be shown, and not a day longer."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.wsgi import get_wsgi_application
from django.template.loader import render_to_string
from django.utils import timezone
from PIL import Image

from organisation.models import Consent, Picture
from organisation.pictures import sizes
from portal.delivery.page_cache import PageCache
from tests.support.pictures import a_consent, a_picture, drawing, picture_bytes
from tests.support.wsgi import ask

pytestmark = pytest.mark.django_db

WHITE = (255, 255, 255)


def sent(client, picture, width=320, ending="webp"):
    return client.get(picture.address(width, ending))


def html_of(picture, use="portal", **values):
    return render_to_string("components/site/picture.html", {"picture": picture, "use": use} | values).strip()


@pytest.mark.parametrize(("ending", "kind"), [("webp", "WEBP"), ("jpg", "JPEG")])
def test_a_visitor_is_sent_each_width_in_both_kinds(client, ending, kind):
    picture = a_picture(width=1000, height=500)
    for width in (320, 640, 960):
        answer = sent(client, picture, width, ending)
        image = Image.open(BytesIO(answer.content))
        assert (image.format, image.size) == (kind, (width, width // 2))
        assert answer["Content-Type"] == sizes.MEDIA_TYPES[ending]
        assert (
            answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]
        )
        assert not image.getexif() and "icc_profile" not in image.info


def test_no_other_width_and_no_other_kind_is_made(client):
    picture = a_picture(width=1000, height=500)
    for address in ("1280.webp", "321.webp", "1000.webp", "0.webp", "320.png", "320.gif"):
        assert client.get(f"/pictures/{picture.reference}/{address}").status_code == 404
    assert client.get("/pictures/0123456789abcdef0123/320.webp").status_code == 404
    assert list(sizes.folder().glob("[!.]*")) == []


def test_what_shows_through_stands_on_white_where_nothing_can_show_through(client):
    image = drawing(mode="RGBA")
    image.putalpha(0)
    jpeg = Image.open(BytesIO(sizes.encoded(picture_bytes(image, "WEBP"), (320, 200), "jpg")))
    assert jpeg.getpixel((10, 10)) == WHITE


def test_no_cache_shows_it_without_asking(client):
    picture = a_picture()
    site = PageCache(get_wsgi_application(), lambda: 1, personal_cookies=["sessionid"])
    headers, body = ask(site, picture.address(320, "webp"))
    assert "must-revalidate" in headers["cache-control"] and "max-age=0" in headers["cache-control"]
    assert body


def test_a_size_is_made_once_and_by_one_at_a_time(client, monkeypatch):
    picture = a_picture()
    first = sent(client, picture).content
    monkeypatch.setattr(sizes, "encoded", None)  # would fail
    assert sent(client, picture).content == first
    # Whoever has waited for another finds what that one has made.
    path = sizes.folder() / sizes.file_name(picture, 640, "jpg")
    path.write_bytes(b"made meanwhile")
    assert sizes.make(picture, 640, "jpg", path) == b"made meanwhile"


def test_a_full_disk_costs_time_and_no_picture(client, monkeypatch):
    def full(path, contents):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sizes, "write", full)
    assert sent(client, a_picture()).status_code == 200
    assert list(sizes.folder().glob("[!.]*")) == []


def test_a_picture_without_a_consent_is_not_found_and_none_of_it_is_cached(client):
    picture = a_picture(shows=None)
    assert sent(client, picture).status_code == 404
    a_consent(picture, uses=["print", "press"])
    assert sent(client, picture).status_code == 404
    assert list(sizes.folder().glob("[!.]*")) == []


def test_a_picture_is_not_found_from_the_day_after_its_consent_ends(client, monkeypatch):
    picture = a_picture("adults")
    assert sent(client, picture).status_code == 200
    yesterday = timezone.now().date() - timedelta(days=1)
    Consent.objects.update(day=yesterday, ends_on=yesterday)
    assert sent(client, picture).status_code == 404
    assert sizes.remove_unshown_sizes() == 1 and list(sizes.folder().glob("[!.]*")) == []


def test_what_was_withdrawn_while_it_was_made_is_not_kept(client, monkeypatch):
    picture, encoded = a_picture("adults"), sizes.encoded

    def withdrawn_meanwhile(*arguments):
        Consent.objects.update(withdrawn_at=timezone.now())
        return encoded(*arguments)

    monkeypatch.setattr(sizes, "encoded", withdrawn_meanwhile)
    sent(client, picture)
    assert list(sizes.folder().glob("[!.]*")) == []


def test_a_page_names_every_width_its_size_and_what_is_to_be_seen():
    a_picture(width=1000, height=500, alt_text="A hill & the sun")
    picture = Picture.objects.showable("portal").get()
    html = html_of(picture, sizes="50vw", lazy=True)
    assert f"{picture.address(640, 'webp')} 640w" in html and f"{picture.address(960, 'jpg')} 960w" in html
    assert 'width="1000"' in html and 'height="500"' in html and 'alt="A hill &amp; the sun"' in html
    assert 'loading="lazy"' in html and 'sizes="50vw"' in html and 'loading="lazy"' not in html_of(picture)


def test_a_decorative_picture_is_not_read_out():
    a_picture(alt_text="", decorative=True)
    assert 'alt=""' in html_of(Picture.objects.showable("portal").get())


def test_a_component_shows_no_picture_that_nobody_has_asked_about():
    picture = a_picture()
    assert html_of(picture) == html_of(None) == ""
    assert html_of(Picture.objects.showable("print").get()) == ""
    assert html_of(Picture.objects.showable("print").get(), use="print") != ""
