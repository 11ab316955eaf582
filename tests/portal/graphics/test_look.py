"""The look that an organisation chooses: in the form, on pages, in pictures, icons and documents."""

import json
import re
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.wsgi import get_wsgi_application
from django.test import Client
from PIL import Image

from organisation.look import Look, own_colours
from organisation.models import Proposal, SiteSettings
from portal.delivery.page_cache import PageCache
from portal.graphics.look import SIDES, icon_svg
from portal.operations.static_copy.page import Page
from tests.support.factory import a_claim, published
from tests.support.forms import errors_in, filled_in
from tests.support.looks import ILLEGAL, LEGAL, fields_of
from tests.support.pdf import read_pdf
from tests.support.people import alice, bob, staff_with
from tests.support.proposals import at_desk, decide, form_of, propose
from tests.support.sampling import every
from tests.support.share_images import share_image
from tests.support.site_settings import set_up_site
from tests.support.wsgi import ask

pytestmark = pytest.mark.django_db

HARBOUR = LEGAL["harbour"]
CHECK = "/admin/organisation/sitesettings/look/"
SHEET = re.compile(r'href="(/look-([0-9a-f]{12})\.css)"')
YEAR = "public, max-age=31536000, immutable"


@pytest.fixture
def row():
    set_up_site(name="Harbour Aid in Words")
    return SiteSettings.objects.get()


@pytest.fixture
def harbour(row):
    set_up_site(**fields_of(HARBOUR))
    return SiteSettings.objects.get()


def page(path="/"):
    return Client().get(path).content.decode()


def style_sheet():
    """Returns the style sheet that the home page links for its look, and the hash in its address."""
    address, look_hash = SHEET.search(page()).groups()
    return Client().get(address).content.decode(), look_hash


def rgb(colour):
    return tuple(bytes.fromhex(colour[1:]))


# In the form


def test_a_look_waits_until_somebody_else_accepts_it_and_then_every_page_wears_it(row):
    propose(alice(), row, **fields_of(HARBOUR))
    assert not SHEET.search(page())
    decide(bob())
    css, _hash = style_sheet()
    assert f"--violet: light-dark({HARBOUR.light.accent}, {HARBOUR.dark.accent});" in css
    assert f"--margin: light-dark({HARBOUR.light.margin}, {HARBOUR.dark.margin});" in css
    assert f"--paper: light-dark({HARBOUR.light.paper}, {HARBOUR.dark.paper});" in css
    assert "--ink:" not in css and css.startswith("@layer tokens {")


def test_the_form_shows_the_product_s_own_colours_and_stores_none_of_them(row):
    form = at_desk(alice()).get(form_of(row))
    own = own_colours()
    assert filled_in(form)["accent_light"] == own["light"]["violet"]
    assert filled_in(form)["paper_dark"] == own["dark"]["paper"]
    assert form.content.decode().count('type="color"') == 6
    propose(alice(), row)
    assert not Proposal.objects.exists()
    set_up_site(**fields_of(HARBOUR))
    propose(alice(), row, accent_light=own["light"]["violet"].upper())
    decide(bob())
    assert SiteSettings.objects.get().accent_light == ""


@pytest.mark.parametrize(("theme", "field", "colour"), every(4, ILLEGAL))
def test_a_colour_that_could_not_be_read_is_refused_and_the_nearest_that_could_is_taken(
    row, theme, field, colour
):
    desk, name = at_desk(alice()), f"{field}_{theme}"
    refused = desk.post(form_of(row), filled_in(desk.get(form_of(row)), **{name: colour}))
    [sentence] = errors_in(refused)
    assert sentence.startswith(f"{colour} cannot be the ") and not Proposal.objects.exists()
    assert list(refused.context["adminform"].form.errors) == [name]
    nearest = re.search(r"The nearest colour that passes is (#[0-9a-f]{6})\.$", sentence)[1]
    propose(alice(), row, **{name: nearest})
    decide(bob())
    assert getattr(SiteSettings.objects.get(), name) == nearest


@pytest.mark.parametrize(
    ("colour", "is_taken"),
    [("#00576b", True), ("#00576B", True), ("#00576", False), ("#00576bb", False), ("teal", False)],
)
def test_a_colour_is_six_signs_after_a_hash(row, colour, is_taken):
    desk = at_desk(alice())
    answer = desk.post(form_of(row), filled_in(desk.get(form_of(row)), accent_light=colour))
    assert (answer.status_code == 302) is is_taken
    if not is_taken:
        assert any("is no colour" in each or "at most 7" in each for each in errors_in(answer))
        assert not Proposal.objects.exists()


def test_what_is_no_colour_has_one_sentence_wherever_it_comes_from(row):
    row.accent_light, row.paper_dark = "teal", "#777777"
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    assert refusal.value.messages == ["“teal” is no colour: write # and six signs, such as #4b2a91."]


def test_while_colours_are_chosen_the_site_says_what_it_would_refuse(row):
    answer = at_desk(alice()).get(CHECK, {"accent_light": "#f4b400", "margin_dark": "#ffb27a"}).json()
    assert list(answer["refused"]) == ["accent_light"]
    refused = answer["refused"]["accent_light"]
    assert refused["sentence"].startswith("#f4b400 cannot be the accent of the light theme")
    assert refused["take"] == f"Take {refused['nearest']}"
    assert answer["colours"]["dark"]["margin"] == "#ffb27a"
    again = at_desk(alice()).get(CHECK, {"accent_light": refused["nearest"]}).json()
    assert again["refused"] == {}
    assert at_desk(alice()).get(CHECK, {"accent_light": "red;}"}).json()["refused"] == {}


def test_who_may_not_see_the_settings_is_told_nothing_of_colours(row, client):
    assert at_desk(staff_with("view_statement")).get(CHECK).status_code == 403
    assert "/login/" in client.get(CHECK).url


# On pages


def test_without_a_chosen_look_a_page_asks_for_none_and_any_address_of_one_answers_with_nothing_in_it(row):
    assert "look-" not in page()
    css = Client().get("/look-0123456789ab.css")
    assert (css.status_code, css["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert "--" not in css.content.decode()


def test_any_hash_answers_with_the_present_look_and_only_the_present_one_for_long(harbour):
    css, look_hash = style_sheet()
    for each, cached in ((look_hash, YEAR), ("0123456789ab", "max-age=0"), ("older", "max-age=0")):
        answer = Client().get(f"/look-{each}.css")
        assert answer.content.decode() == css and cached in answer["Cache-Control"]
    set_up_site(**fields_of(LEGAL["lantern"]))
    answer = Client().get(f"/look-{look_hash}.css")
    assert LEGAL["lantern"].light.accent in answer.content.decode()
    assert "immutable" not in answer["Cache-Control"]
    assert style_sheet()[1] != look_hash


def test_the_page_cache_lets_browsers_keep_the_present_look_and_ask_for_any_other(harbour):
    _css, look_hash = style_sheet()
    site = PageCache(get_wsgi_application(), lambda: 1, personal_cookies=["sessionid"])
    for _visit in range(2):
        assert ask(site, f"/look-{look_hash}.css")[0]["cache-control"] == YEAR
        other = ask(site, "/look-0123456789ab.css")[0]["cache-control"]
        assert other == "public, max-age=0, must-revalidate"


def test_cards_the_login_and_the_desk_wear_the_look_too(harbour):
    claim = published(a_claim())
    for path in (f"/embed/e{claim.number}/", "/accounts/login/"):
        assert SHEET.search(page(path)), path
    assert SHEET.search(at_desk(alice()).get("/admin/log/").content.decode())


def test_a_static_copy_finds_the_look_and_its_icons(harbour):
    look_hash = style_sheet()[1]
    paths = set(Page("/", page(), "http://testserver").linked_paths())
    assert {f"/look-{look_hash}{end}" for end in (".css", ".svg", "/32.png", "/180.png")} <= paths


# In icons, pictures and documents


def test_windows_icons_and_the_manifest_have_the_chosen_colours(harbour):
    home, manifest = page(), json.loads(page("/site.webmanifest"))
    assert f'content="{HARBOUR.light.paper}" media="(prefers-color-scheme: light)"' in home
    assert f'content="{HARBOUR.dark.paper}" media="(prefers-color-scheme: dark)"' in home
    assert manifest["theme_color"] == HARBOUR.light.paper
    svg, *pictures = [icon["src"] for icon in manifest["icons"]]
    drawing = page(svg)
    for colour in (*HARBOUR.light, *HARBOUR.dark):
        assert colour in drawing
    tab = Client().get("/favicon.ico").url
    assert tab in home
    for address, side in ((tab, 32), (pictures[0], 192), (pictures[1], 512)):
        image = Image.open(BytesIO(Client().get(address).content)).convert("RGBA")
        assert image.size == (side, side) and image.getpixel((0, 0))[3] < 255
        assert image.getpixel((side // 4, side // 8)) == (*rgb(HARBOUR.light.paper), 255)
        assert image.getpixel((side * 5 // 32, side // 8)) == (*rgb(HARBOUR.light.margin), 255)


def test_no_request_makes_an_icon_of_another_size(harbour):
    for side in (16, *SIDES, 4096):
        assert (Client().get(f"/look-x/{side}.png").status_code == 200) is (side in SIDES), side


def test_the_icon_of_the_product_s_own_look_is_the_file_that_it_comes_with(row, settings):
    file = (settings.BASE_DIR / "static/img/icon.svg").read_text().strip()
    assert icon_svg(in_both_themes=True).lower() == file.lower()
    assert "/static/img/icon" in page()


@pytest.mark.parametrize("name", LEGAL)
def test_a_shared_picture_is_drawn_on_the_chosen_paper_with_the_chosen_margin(client, row, name):
    look = LEGAL[name]
    set_up_site(**fields_of(look))
    claim = published(a_claim())
    image = share_image(client, f"{claim.current_edition.get_absolute_url()}share.png")
    assert image.getpixel((20, 20)) == rgb(look.light.paper)
    assert image.getpixel((178, 300)) == rgb(look.light.margin)
    drawn = {colour for _count, colour in image.crop((844, 0, 1200, 630)).getcolors(1_000_000)}
    assert min(distance(colour, rgb(look.light.accent)) for colour in drawn) < 12


def distance(one, other):
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("name", LEGAL)
def test_a_document_is_set_in_the_chosen_colours_and_stays_accessible(client, row, name, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    before = used_colours(read_pdf(client, "/support/factsheet.pdf"))
    look = LEGAL[name]
    set_up_site(**fields_of(look))
    document = read_pdf(client, "/support/factsheet.pdf")
    own = {rgb(own_colours()["light"][token]) for token in ("violet", "margin")}
    assert own <= before and not own & used_colours(document)
    assert {rgb(look.light.accent), rgb(look.light.margin)} <= used_colours(document)
    assert "<pdfuaid:part>1<" in document.metadata and "<pdfaid:conformance>A<" in document.metadata


def used_colours(document):
    """Returns the colours in which a document writes and draws."""
    written = b" ".join(each.get_contents().get_data() for each in document.reader.pages).decode("latin-1")
    found = re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) (?:scn|SCN|rg|RG|sc|SC)\b", written)
    return {tuple(round(255 * float(value)) for value in each) for each in found}


def test_a_look_is_empty_by_default(row):
    assert SiteSettings().look == row.look == Look()
