"""A claim as a card in somebody else's page, and how their programs ask for it."""

import html
from urllib.parse import urlencode

import html5rdf
import pytest
from cms.constants import X_FRAME_OPTIONS_ALLOW
from cms.models import PageContent

from impact.models import Claim
from tests.support.claims import publish
from tests.support.factory import a_claim, a_figure, a_profiled_organisation, published, quote
from tests.support.people import bob

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
CLAIM = f"{HOST}/evidence/e10-training-programmes/"
CARD = "/embed/e10/"


def a_claim_of_pilots():
    """Returns a claim that Bob published, with a figure and a qualifier."""
    claim = quote(a_claim("We taught many to steer"))
    a_figure(claim, 4500, qualifier="over")
    return published(claim)


def card_path(claim):
    return f"/embed/e{claim.number}/"


def card(client, path=CARD, status=200):
    response = client.get(path)
    assert response.status_code == status, path
    return html5rdf.parse(response.content.decode(), namespaceHTMLElements=False)


def text_of(element):
    return " ".join("".join(element.itertext()).split())


def oembed(client, url=CLAIM, status=200, **more):
    response = client.get(f"/oembed?{urlencode({'url': url} | more)}")
    assert response.status_code == status, response.content
    return response


def frame(markup):
    return html5rdf.parse(markup, namespaceHTMLElements=False).find(".//iframe")


def test_the_card_says_reference_edition_figure_words_speaker_day_and_grade(client):
    claim = a_claim_of_pilots()
    text = text_of(card(client, card_path(claim)).find("body"))
    for each in (
        claim.reference,
        "Edition 1",
        "only the organisation says so",
        "over 4,500 pilots",
        "“We taught many to steer",
        "Harbour Aid",
        "Date it holds for: not in the source",
        "Children's Rights Up Front",
    ):
        assert each in text, each


def test_the_card_is_always_the_current_edition_and_says_what_became_of_it(client):
    publish(statement="We trained over 5,000 people", as_of="2026")
    text = text_of(card(client).find("body"))
    assert "5,000 people" in text and "Edition 2" in text and "corrected" in text and "As of: 2026" in text
    publish(change="retired", as_of="2027")
    assert "retired" in text_of(card(client).find("body"))


def test_the_card_has_no_script_no_cookie_no_style_of_its_own_and_asks_no_other_host(client):
    response, page = client.get(CARD), card(client)
    assert response.cookies == {} and not {each.tag for each in page.iter()} & {
        "script",
        "style",
        "iframe",
        "img",
        "form",
    }
    loaded = [link.get("href") for link in page.iter("link")]
    assert loaded and all(address.startswith("/static/css/") for address in loaded)
    assert [
        each
        for each in page.iter()
        if isinstance(each.tag, str)
        and (each.get("style") or any(name.startswith("on") for name in each.attrib))
    ] == []


def test_every_link_of_the_card_leads_out_of_the_frame_to_the_claim(client):
    links = list(card(client).iter("a"))
    assert {(link.get("href"), link.get("target"), link.get("rel")) for link in links} == {
        ("/evidence/e10-training-programmes/", "_top", "noopener")
    }
    assert len(links) == 2


def test_others_may_frame_the_card_and_no_other_page(client):
    assert "X-Frame-Options" not in client.get(CARD) and client.get(CARD).xframe_options_exempt
    assert "frame-ancestors *" in client.get(CARD)["Content-Security-Policy"]
    for path in ("/", "/evidence/e10-training-programmes/", "/evidence/e10/v1/", "/embed/e9999/"):
        assert client.get(path)["X-Frame-Options"] == "DENY", path
        assert "frame-ancestors 'none'" in client.get(path)["Content-Security-Policy"], path
    assert client.get("/admin/login/")["X-Frame-Options"] == "SAMEORIGIN"


def test_no_editor_can_give_a_page_to_the_frames_of_others(client, admin_client):
    about = PageContent.objects.get(page__urls__path="about")
    form = admin_client.get(f"/admin/cms/pagecontent/{about.pk}/change/")
    assert form.status_code == 200 and "xframe_options" not in form.context["adminform"].form.fields
    PageContent.objects.filter(pk=about.pk).update(xframe_options=X_FRAME_OPTIONS_ALLOW)
    answer = client.get("/about/")
    assert (answer["X-Frame-Options"], "frame-ancestors 'none'" in answer["Content-Security-Policy"]) == (
        "DENY",
        True,
    )


def test_a_withdrawn_claim_leaves_a_small_card_without_a_word_of_it(client):
    claim = a_claim_of_pilots()
    assert "Harbour Aid" in text_of(card(client, card_path(claim)))
    claim.withdraw(by=bob(), reason="It was about somebody else", seen=Claim.AS_STORED)
    page = card(client, card_path(claim), status=410)
    text = text_of(page)
    assert claim.reference in text and "This claim is withdrawn" in text and "Withdrawn on" in text
    hidden = (claim.statement, "4,500", "steer", "training", "Pilots", "Harbour", "somebody else")
    assert not [each for each in hidden if each in text]
    assert {(link.get("href"), link.get("target")) for link in page.iter("a")} == {
        (f"/evidence/e{claim.number}/", "_top")
    }
    assert "X-Frame-Options" not in client.get(card_path(claim))


def test_there_is_no_card_of_a_draft_and_none_of_its_words_on_another(client):
    draft = a_claim("We zugzwang")
    assert client.get(f"/embed/e{draft.number}/").status_code == 404
    changed = Claim.objects.get(number=10)
    changed.statement = "We zugzwang"
    changed.in_our_words = True
    changed.save()
    assert "zugzwang" not in text_of(card(client)) and "zugzwang" not in oembed(client).content.decode()


def test_search_engines_are_led_past_the_card(client):
    assert [meta.get("content") for meta in card(client).iter("meta") if meta.get("name") == "robots"] == [
        "noindex"
    ]


def test_the_page_of_a_claim_gives_the_code_of_its_card_and_says_where_programs_ask(client):
    page = html5rdf.parse(client.get(CLAIM).content.decode(), namespaceHTMLElements=False)
    shown = frame(text_of(page.find(".//pre")))
    assert shown.get("src") == HOST + CARD and shown.get("title").startswith("E10: Our training programs")
    links = {
        link.get("type"): link.get("href") for link in page.iter("link") if "oembed" in link.get("type", "")
    }
    assert set(links) == {"application/json+oembed"}
    assert client.get(links["application/json+oembed"].removeprefix(HOST)).json() == oembed(client).json()
    publish(as_of="2026")
    earlier = client.get("/evidence/e10/v1/").content.decode()
    assert "oembed" not in earlier and "&lt;iframe" not in earlier


def test_a_statement_cannot_leave_the_code_it_stands_in(client):
    publish(statement='We said "></iframe><script>alert(1)</script>')
    path = Claim.objects.get(number=10).get_absolute_url()
    page = client.get(path).content.decode()
    assert "<script>alert" not in page and "<script>alert" not in html.unescape(
        page.split('class="citation code">')[1].split("</pre>")[0]
    )
    assert (
        frame(oembed(client, HOST + path).json()["html"])
        .get("title")
        .endswith('"></iframe><script>alert(1)</script>')
    )


def test_oembed_describes_the_card_in_json(client):
    a_profiled_organisation()
    claim = a_claim_of_pilots()
    response = oembed(client, HOST + claim.get_absolute_url())
    assert response["Content-Type"] == "application/json"
    fields = response.json()
    assert (fields["version"], fields["type"], fields["provider_name"], fields["provider_url"]) == (
        "1.0",
        "rich",
        "Children's Rights Up Front",
        f"{HOST}/",
    )
    assert (fields["author_name"], fields["author_url"]) == (
        "Harbour Aid",
        f"{HOST}/organisations/harbour-aid/",
    )
    shown = frame(fields["html"])
    assert (shown.get("src"), shown.get("width"), shown.get("height")) == (
        HOST + card_path(claim),
        str(fields["width"]),
        str(fields["height"]),
    )
    assert fields["thumbnail_url"] == f"{HOST}/evidence/e{claim.number}/v1/share.png" and (
        fields["thumbnail_width"],
        fields["thumbnail_height"],
    ) == (1200, 630)


@pytest.mark.parametrize(
    "address", ["/evidence/e10/", "/evidence/e10-any-older-words/", "/evidence/e10/v1/", CARD]
)
def test_every_address_that_leads_to_the_claim_is_understood(client, address):
    assert frame(oembed(client, HOST + address).json()["html"]).get("src") == HOST + CARD


def test_the_card_is_no_larger_than_there_is_room_for(client):
    fields = oembed(client, maxwidth=300, maxheight=200).json()
    assert (fields["width"], fields["height"]) == (300, 200) and "thumbnail_url" not in fields
    assert oembed(client, maxwidth=5000, maxheight=5000).json()["width"] == oembed(client).json()["width"]
    assert oembed(client, maxwidth=300).json()["height"] > oembed(client, maxwidth=560).json()["height"]


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/evidence/",
        "/evidence/e9999/",
        "/evidence/e10/v2/",
        "/sources/yearbook-of-harbour-aid/",
        "/admin/",
        "/nowhere/",
        "not an address",
        "http://[",
        "javascript:1",
    ],
)
def test_what_is_no_claim_is_not_found(client, address):
    a_claim_of_pilots()  # which cites the yearbook
    assert (
        "no claim to embed"
        in oembed(client, HOST + address if address.startswith("/") else address, status=404).content.decode()
    )


def test_addresses_of_other_sites_and_withdrawn_claims_are_not_found(client):
    for url in (
        "http://example.org/evidence/e10/",
        "//testserver/evidence/e10/",
        "ftp://testserver/evidence/e10/",
        "http://testserver@example.org/evidence/e10/",
    ):
        oembed(client, url, status=404)
    Claim.objects.get(number=10).withdraw(by=bob(), reason="By mistake", seen=Claim.AS_STORED)
    oembed(client, status=404)


def test_an_earlier_edition_has_no_card_of_its_own(client):
    publish(as_of="2026")
    oembed(client, f"{HOST}/evidence/e10/v1/", status=404)
    oembed(client, f"{HOST}/evidence/e10/v2/")


def test_a_request_that_cannot_be_answered_says_why(client):
    for other in ("xml", "yaml"):
        assert "ask for json." in oembed(client, status=501, format=other).content.decode()
    assert client.get("/oembed").status_code == 400
    for name, value in (("maxwidth", "wide"), ("maxheight", "-1"), ("maxwidth", "0"), ("maxheight", "²")):
        assert (
            f"“{name}” is a number of pixels" in oembed(client, status=400, **{name: value}).content.decode()
        )
    assert oembed(client, maxwidth="9" * 400).json()["width"] == 560
