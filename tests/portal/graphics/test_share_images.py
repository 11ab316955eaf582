"""What people see of a link to the site where they share it: title, words and a picture."""

import re
from io import BytesIO
from unittest.mock import patch

import html5rdf
import pytest
from PIL import Image, ImageDraw

from impact.models import Claim
from organisation.models import Organisation
from portal.graphics.colours import light_colour
from portal.graphics.share_images.image import picture_of_edition
from portal.graphics.share_images.text_layout import SERIF, lines_of, words_of
from portal.staff import styleguide
from tests.support.claims import publish
from tests.support.people import bob

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
CLAIM = "/evidence/e10-training-programmes/"
PICTURE = "/evidence/e10/v1/share.png"


def shared(client, path):
    """{property: content} of what the page says to whom it is shared with, and its one address."""
    response = client.get(path)
    assert response.status_code == 200, path
    head = html5rdf.parse(response.content.decode(), namespaceHTMLElements=False).find("head")
    told = {meta.get("property") or meta.get("name"): meta.get("content") for meta in head.iter("meta")}
    (canonical,) = [link.get("href") for link in head.iter("link") if link.get("rel") == "canonical"]
    return told | {"canonical": canonical}


def picture(client, path):
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png"), path
    image = Image.open(BytesIO(response.content))
    assert (image.format, image.size) == ("PNG", (1200, 630)) and len(response.content) < 100_000, path
    return image


def written(client, path):
    """The words that are drawn, in the order in which they are."""
    said = []
    draw = ImageDraw.ImageDraw.text
    with patch.object(
        ImageDraw.ImageDraw,
        "text",
        lambda self, place, text, *more, **options: (
            said.append((place, text)) or draw(self, place, text, *more, **options)
        ),
    ):
        picture(client, path)
    return said


def words(said):
    return " ".join(text for _place, text in said)


def test_a_link_to_a_claim_shows_its_words_its_grade_and_a_picture_that_is_said_in_words(client):
    told = shared(client, CLAIM)
    assert (
        told["og:title"].startswith("E10: Our training programs")
        and "Children's Rights" not in told["og:title"]
    )
    assert (told["og:type"], told["og:site_name"], told["twitter:card"]) == (
        "article",
        "Children's Rights Up Front",
        "summary_large_image",
    )
    assert told["og:description"] == told["description"] and "Evidence: stated." in told["og:description"]
    assert told["og:image"] == HOST + PICTURE and (told["og:image:width"], told["og:image:height"]) == (
        "1200",
        "630",
    )
    statement = Claim.objects.get(number=10).current_edition.statement
    assert (
        told["og:image:alt"]
        == f"E10: over 4,500 participants. “{statement}” Dallaire Initiative. Evidence: stated."
    )


def test_the_edition_that_stands_has_one_address_and_an_earlier_one_its_own(client):
    assert shared(client, "/evidence/e10/v1/")["canonical"] == shared(client, CLAIM)["og:url"] == HOST + CLAIM
    publish(as_of="2026")
    assert shared(client, "/evidence/e10/v1/")["canonical"] == f"{HOST}/evidence/e10/v1/"
    assert shared(client, "/evidence/e10/v2/")["canonical"] == HOST + CLAIM
    assert shared(client, "/evidence/?theme=training")["canonical"] == f"{HOST}/evidence/"


@pytest.mark.parametrize(
    "path, shown",
    [
        ("/", "/share.png"),
        ("/method/", "/share.png"),
        ("/organisations/", "/share.png"),
        ("/organisations/coalition/", "/organisations/coalition/share.png"),
        ("/organisations/coalition/history/", "/organisations/coalition/share.png"),
        ("/sources/dallaire-our-story/", "/share.png"),
    ],
)
def test_every_page_has_a_picture_that_is_there(client, path, shown):
    told = shared(client, path)
    assert told["og:image"] == HOST + shown and picture(client, shown)
    whose = (
        "Coalition to Stop the Use of Child Soldiers" if "coalition" in path else "Children's Rights Up Front"
    )
    assert told["og:image:alt"].startswith(f"{whose}, in large letters")


def test_what_cannot_be_read_is_not_offered_for_sharing(client):
    Claim.objects.get(number=10).withdraw(by=bob(), reason="It was about somebody else", seen=Claim.AS_STORED)
    for path in ("/nowhere/", "/evidence/e10/"):
        html = client.get(path).content.decode()
        assert "og:" not in html and "canonical" not in html, path


def test_signs_in_a_statement_stay_in_the_words_of_the_link(client):
    publish(statement='We said "<b>&amp;" & more')
    told = shared(client, Claim.objects.get(number=10).get_absolute_url())
    assert (
        told["og:title"] == 'E10: We said "<b>&amp;" & more'
        and '“We said "<b>&amp;" & more”' in told["og:image:alt"]
    )


def test_the_picture_says_figure_words_reference_edition_organisation_grade_and_site(client):
    said = words(written(client, PICTURE))
    for each in (
        "E10",
        "Edition 1",
        "over",
        "4,500",
        "participants",
        "“Our training programs have been",
        "Dallaire Initiative",
        "stated",
        "Children's Rights Up Front",
    ):
        assert each in said, each
    assert "2019" in words(written(client, "/organisations/child-soldiers-international/share.png"))
    assert "Children's" in words(written(client, "/share.png"))


def test_the_picture_of_an_edition_stays_and_the_next_has_its_own(client):
    before = picture(client, PICTURE).tobytes()
    publish(statement="We trained over 5,000 people")
    assert picture(client, PICTURE).tobytes() == before
    assert "5,000 people" in words(written(client, "/evidence/e10/v2/share.png"))
    assert shared(client, Claim.objects.get(number=10).get_absolute_url())["og:image"].endswith(
        "/evidence/e10/v2/share.png"
    )


@pytest.mark.parametrize(
    "grade, colour",
    [("disputed", "disputed"), ("supported", "verified"), ("stated", "attention"), ("unsourced", "retired")],
)
def test_each_grade_has_its_shape_in_its_colour(grade, colour):
    edition = Claim.objects.get(number=10).current_edition
    edition.grade = grade
    image = Image.open(BytesIO(picture_of_edition(edition))).convert("RGB").crop((216, 540, 250, 590))
    wanted = tuple(bytes.fromhex(light_colour(colour)[1:]))
    near = [
        each for _count, each in image.getcolors(4096) if max(abs(a - b) for a, b in zip(each, wanted)) < 12
    ]
    assert near


@pytest.mark.parametrize(
    "statement",
    [
        styleguide.ARABIC,
        (styleguide.ARABIC + " ") * 8,
        f"{styleguide.ARABIC}، كما تقول Child Soldiers International",
        styleguide.LONG_NAME,
        "W" * 300,
        "Bɔŋɔ ŋutɔ đã nói",
        "x",
        "A\u202eB \x0b\u200f",
        "word " * 2000,
    ],
)
def test_whatever_is_said_stays_within_its_column_and_above_the_name(client, statement):
    for number in (10, 20):
        publish(number, statement=statement)
        edition = Claim.objects.get(number=number).current_edition
        said = written(client, f"/evidence/e{number}/v{edition.number}/share.png")
        column = [(x, y, text) for (x, y), text in said if x >= 216 and y < 498]
        assert column
        assert [text for x, y, text in column if x < 215 or y > 478 or x > 806] == []


def test_a_long_statement_is_shortened_after_a_word_and_keeps_its_quotation_marks(client):
    publish(statement=styleguide.LONG_NAME)
    said = words(written(client, "/evidence/e10/v2/share.png"))
    cut = re.search(r"“(The Interregional.*?)…”", said)[1]
    assert styleguide.LONG_NAME.startswith(cut) and styleguide.LONG_NAME[len(cut)] in " ,"


def test_arabic_is_written_from_the_right_with_latin_names_in_order(client):
    publish(statement="يقول Child Soldiers International")
    said = {text: x for (x, _y), text in written(client, "/evidence/e10/v2/share.png")}
    assert said["“يقول"] > said["Child Soldiers International”"] > 216


def test_words_in_letters_that_no_font_here_has_are_left_out_rather_than_drawn_as_boxes(client):
    publish(statement="世界 children")
    said = words(written(client, "/evidence/e10/v2/share.png"))
    assert "children" not in said.replace("Children's Rights", "") and "4,500" in said
    assert words_of("世界", SERIF) == [] and words_of("ŋutɔ عالم", SERIF)[1].from_right


def test_a_text_takes_the_largest_size_at_which_it_fits():
    assert lines_of("Front", SERIF, 590, 200, [60, 40]).size == 60
    assert lines_of("Front and more of it " * 6, SERIF, 590, 200, [60, 40]).size == 40
    assert lines_of("", SERIF, 590, 200, [60, 40]).height == 0


def test_pictures_may_be_kept_for_an_hour_and_no_parameter_makes_one_larger(client):
    response = client.get(f"{PICTURE}?width=20000&height=20000")
    assert Image.open(BytesIO(response.content)).size == (1200, 630)
    assert response["Cache-Control"] == "public, max-age=3600"


def test_there_is_no_picture_of_what_is_withdrawn_unpublished_or_only_named(client):
    assert client.get("/evidence/e10/v2/share.png").status_code == 404
    assert client.get("/organisations/security-council/share.png").status_code == 404
    assert (
        client.get(
            f"/organisations/{Organisation.objects.filter(profiled=False).first().slug}/share.png"
        ).status_code
        == 404
    )
    Claim.objects.get(number=10).withdraw(by=bob(), reason="It was about somebody else", seen=Claim.AS_STORED)
    gone = client.get(PICTURE)
    assert gone.status_code == 410 and gone["Content-Type"].startswith("text/html")
