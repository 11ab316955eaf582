"""A link that people share is shown with a title, a description and a share image."""

import re
from io import BytesIO

import html5rdf
import pytest
from PIL import Image

from impact.models import Claim
from portal.graphics.colours import light_colours
from portal.graphics.share_images.image import alt_text_of_edition, edition_image
from portal.staff import styleguide
from tests.support.claims import publish
from tests.support.factory import a_claim, a_figure, a_passage, an_organisation, cite, published, quote
from tests.support.pages import a_page, profile_of
from tests.support.people import bob
from tests.support.sampling import every
from tests.support.share_images import set_texts, share_image, words_on

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
CLAIM = "/evidence/e10-training-programmes/"
PICTURE = "/evidence/e10/v1/share.png"


def a_claim_of_pilots():
    """Returns the edition of a claim that Bob published, with a figure and a qualifier."""
    claim = quote(a_claim("We taught many to steer"))
    a_figure(claim, 4500, qualifier="over")
    return published(claim).current_edition


def compute_figures():
    """Lets the figures of E10 be computed, so that it keeps them whatever its statement says."""
    computed = {"as_written": "", "computed_from": "over 4,500", "computation": "counted"}
    Claim.objects.get(number=10).figures.update(**computed)


def open_graph(client, path):
    """Returns {property: content} of the meta elements of a page, and its canonical address."""
    response = client.get(path)
    assert response.status_code == 200, path
    head = html5rdf.parse(response.content.decode(), namespaceHTMLElements=False).find("head")
    properties = {meta.get("property") or meta.get("name"): meta.get("content") for meta in head.iter("meta")}
    (canonical,) = [link.get("href") for link in head.iter("link") if link.get("rel") == "canonical"]
    return properties | {"canonical": canonical}


def test_a_link_to_a_claim_shows_its_statement_its_grade_and_an_image_with_alternative_text(client):
    edition = a_claim_of_pilots()
    reference = edition.claim.reference
    properties = open_graph(client, edition.claim.get_absolute_url())
    assert (
        properties["og:title"].startswith(f"{reference}: We taught many to steer")
        and "Children's Rights" not in properties["og:title"]
    )
    assert (properties["og:type"], properties["og:site_name"], properties["twitter:card"]) == (
        "article",
        "Children's Rights Up Front",
        "summary_large_image",
    )
    assert (
        properties["og:description"] == properties["description"]
        and "Evidence: only the organisation says so." in properties["og:description"]
    )
    assert properties["og:image"] == f"{HOST}{edition.get_absolute_url()}share.png" and (
        properties["og:image:width"],
        properties["og:image:height"],
    ) == (
        "1200",
        "630",
    )
    assert (
        properties["og:image:alt"]
        == f"{reference}: over 4,500 pilots (computed). “We taught many to steer” Harbour Aid. "
        "Evidence: only the organisation says so."
    )


def test_the_current_edition_has_the_canonical_address_of_its_claim_and_an_earlier_one_its_own(client):
    assert (
        open_graph(client, "/evidence/e10/v1/")["canonical"]
        == open_graph(client, CLAIM)["og:url"]
        == HOST + CLAIM
    )
    publish(as_of="2026")
    assert open_graph(client, "/evidence/e10/v1/")["canonical"] == f"{HOST}/evidence/e10/v1/"
    assert open_graph(client, "/evidence/e10/v2/")["canonical"] == HOST + CLAIM
    assert open_graph(client, "/evidence/?theme=training")["canonical"] == f"{HOST}/evidence/"


@pytest.mark.parametrize(
    "path, shown",
    every(
        2,
        [
            ("/", "/share.png"),
            ("/method/", "/share.png"),
            ("/organisations/harbour-aid/history/", "/organisations/harbour-aid/share.png"),
            ("/organisations/harbour-aid/", "/organisations/harbour-aid/share.png"),
            ("/sources/we-taught-many-to-steer/", "/share.png"),
            ("/organisations/", "/share.png"),
        ],
    ),
)
def test_every_page_has_a_share_image(client, path, shown):
    a_page("History", parent=profile_of(an_organisation(profiled=True)))
    a_claim_of_pilots()
    properties = open_graph(client, path)
    assert properties["og:image"] == HOST + shown and share_image(client, shown)
    whose = "Harbour Aid" if "organisations/harbour-aid" in path else "Children's Rights Up Front"
    assert properties["og:image:alt"].startswith(f"{whose}, in large letters")


def test_a_page_that_is_not_there_has_no_open_graph(client):
    Claim.objects.get(number=10).withdraw(by=bob(), reason="It was about somebody else", seen=Claim.AS_STORED)
    for path in ("/nowhere/", "/evidence/e10/"):
        html = client.get(path).content.decode()
        assert "og:" not in html and "canonical" not in html, path


def test_markup_in_a_statement_stays_text(client):
    publish(statement='We said "<b>&amp;" & more')
    properties = open_graph(client, Claim.objects.get(number=10).get_absolute_url())
    assert (
        properties["og:title"] == 'E10: We said "<b>&amp;" & more'
        and 'We said "<b>&amp;" & more' in properties["og:image:alt"]
    )


def test_the_image_says_figure_statement_reference_edition_organisation_grade_and_site(client):
    edition = a_claim_of_pilots()
    profile_of(an_organisation("Lantern Fund", profiled=True, founded="1998-05", closed="2019-06-07"))
    text = words_on(client, f"{edition.get_absolute_url()}share.png")
    for each in (
        edition.claim.reference,
        "Edition 1",
        "over",
        "4,500",
        "pilots",
        "“We taught many to steer",
        "Harbour Aid",
        "only the organisation says so",
        "Children's Rights Up Front",
    ):
        assert each in text, each
    assert "2019" in words_on(client, "/organisations/lantern-fund/share.png")
    assert "Children's" in words_on(client, "/share.png")


def test_a_computed_figure_is_told_so_on_the_image_and_in_its_text(client):
    passage = a_passage("We taught 1,200 pilots and 3,300 more.")
    claim = a_claim("We taught many", source=passage.source)
    claim.citations.update(passage=passage)
    a_figure(claim, 4500, computed_from="1,200 pilots", computation="added", as_written="")
    edition = published(claim).current_edition
    assert "pilots (computed)" in words_on(client, f"{edition.get_absolute_url()}share.png")
    assert "4,500 pilots (computed)." in alt_text_of_edition(edition)


def test_the_image_of_an_edition_stays_and_the_next_has_its_own(client):
    before = share_image(client, PICTURE).tobytes()
    publish(statement="We trained over 5,000 people")
    assert share_image(client, PICTURE).tobytes() == before
    assert "5,000 people" in words_on(client, "/evidence/e10/v2/share.png")
    assert open_graph(client, Claim.objects.get(number=10).get_absolute_url())["og:image"].endswith(
        "/evidence/e10/v2/share.png"
    )


@pytest.mark.parametrize(
    "grade, colour",
    [
        ("disputed", "disputed"),
        ("supported", "verified"),
        ("supported in part", "verified"),
        ("partner supports", "attention"),
        ("partner in part", "attention"),
        ("organisation only", "attention"),
        ("unsourced", "retired"),
    ],
)
def test_each_grade_has_its_mark_in_its_colour(grade, colour):
    edition = Claim.objects.get(number=10).current_edition
    edition.grade = grade
    image = Image.open(BytesIO(edition_image(edition))).convert("RGB").crop((216, 540, 250, 590))
    expected = tuple(bytes.fromhex(light_colours()[colour][1:]))
    assert any(
        max(abs(a - b) for a, b in zip(drawn, expected, strict=True)) < 12
        for _count, drawn in image.getcolors(4096)
    )


@pytest.mark.parametrize(
    "statement",
    every(
        3,
        [
            styleguide.ARABIC,
            (styleguide.ARABIC + " ") * 8,
            f"{styleguide.ARABIC}، كما تقول Harbour Pilots International",
            styleguide.LONG_NAME,
            "W" * 300,
            "Bɔŋɔ ŋutɔ đã nói",
            "x",
            "A\u202eB \x0b\u200f",
            "co-operation/with.some,all:" * 40,
            "word " * 2000,
            "i " * 2000,
            "世界" * 300,
        ],
    ),
)
def test_every_statement_stays_within_its_column_and_above_the_name(client, statement):
    for number in (10, 20):
        publish(number, statement=statement)
        edition = Claim.objects.get(number=number).current_edition
        image = share_image(client, f"/evidence/e{number}/v{edition.number}/share.png")
        assert ink_in(image, 216, 48, 806, 478)
        assert not ink_in(image, 180, 0, 212, 630)  # between the margin line and the column
        assert not ink_in(image, 810, 0, 844, 630)  # between the column and the ruled paper
        assert not ink_in(image, 180, 482, 844, 500)  # between the statement and the name


def ink_in(image, *box):
    """Tells if anything but paper shows in a part of an image."""
    paper = tuple(bytes.fromhex(light_colours()["paper"][1:]))
    return any(colour != paper for _count, colour in image.crop(box).getcolors(1_000_000))


def publish_quoted(statement):
    """Publishes a claim with words that the source it cites says."""
    claim = Claim.objects.get(number=10)
    passage = a_passage(statement)
    cite(claim, passage.source, passage=passage)
    publish(statement=statement)


def test_a_long_statement_is_shortened_after_a_word_and_keeps_its_quotation_marks(client):
    compute_figures()
    publish_quoted(styleguide.LONG_NAME)
    text = words_on(client, "/evidence/e10/v2/share.png")
    cut = re.search(r"“(The Interregional.*?)…”", text)[1]
    assert styleguide.LONG_NAME.startswith(cut) and styleguide.LONG_NAME[len(cut)] in " ,"


def test_a_word_longer_than_a_line_is_shortened_after_a_letter(client):
    publish_quoted("W" * 300)
    assert re.search(r" “W{10,30}…” ", words_on(client, "/evidence/e10/v2/share.png"))


def test_arabic_is_written_from_the_right_with_latin_names_in_order(client):
    compute_figures()
    publish_quoted("يقول Harbour Pilots International")
    # Reversed, so that of two quotation marks the statement's counts, and not the sign of the grade below.
    left = {each.text: each.x for each in reversed(set_texts(client, "/evidence/e10/v2/share.png"))}
    assert left["“"] > 700 > left["Harbour Pilots International"] > left["”"] >= 216


def test_a_letter_that_no_font_has_is_shown_as_missing_like_in_the_pdfs(client):
    publish_quoted("世界 children")
    assert "“�� children”" in words_on(client, "/evidence/e10/v2/share.png")


@pytest.mark.parametrize("words, size", [(10, 60), (11, 54), (40, 30)])
def test_a_text_takes_the_largest_size_at_which_it_fits(client, words, size):
    publish(20, statement=" ".join(["children"] * words))
    statement = [each for each in set_texts(client, "/evidence/e20/v2/share.png") if "children" in each.text]
    assert {each.size for each in statement} == {size}
    assert sum(each.text.count("children") for each in statement) == words


def test_the_same_record_gives_the_same_bytes(client):
    assert client.get(PICTURE).content == client.get(PICTURE).content


def test_no_parameter_makes_an_image_larger(client):
    response = client.get(f"{PICTURE}?width=20000&height=20000")
    assert Image.open(BytesIO(response.content)).size == (1200, 630)


def test_there_is_no_image_of_what_is_withdrawn_unpublished_or_only_named(client):
    assert client.get("/evidence/e10/v2/share.png").status_code == 404
    assert client.get("/organisations/security-council/share.png").status_code == 404
    an_organisation("Only Named")
    assert client.get("/organisations/only-named/share.png").status_code == 404
    Claim.objects.get(number=10).withdraw(by=bob(), reason="It was about somebody else", seen=Claim.AS_STORED)
    gone = client.get(PICTURE)
    assert gone.status_code == 410 and gone["Content-Type"].startswith("text/html")
