"""Reads a list as a visitor sees it: its records, its facets, and the pages before and after."""

from dataclasses import dataclass
from urllib.parse import urljoin

import html5rdf

from impact.models import Claim, Edition, RegisterEntry

from .factory import an_organisation
from .people import bob

CARDS = ("record claim", "said", "claim-row", "claim-row contradicted")


@dataclass
class List:
    """A page of a list.

    `rows` are its facets, {label: {text of a link: its address}}; `current` are the chosen links of each row,
    {label: [text]}; `references` are those of all records, `cards` those of claim cards alone.
    """

    rows: dict
    current: dict
    references: list
    cards: list
    count: str
    previous: str
    next: str
    text: str


def read_list(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    main = html5rdf.parse(response.content.decode(), namespaceHTMLElements=False).find(".//main")
    rows, current = {}, {}
    for row in main.iterfind(".//nav[@class='facets']//dl/div"):
        label, links = text_of(row.find("dt")), list(row.iter("a"))
        rows[label] = {text_of(link): urljoin(address, link.get("href")) for link in links}
        current[label] = [text_of(link) for link in links if link.get("aria-current")]
    count = main.find(".//p[@class='count']")
    return List(
        rows,
        current,
        [text_of(link) for link in main.iterfind(".//a[@class='reference']")],
        [
            text_of(card.find(".//a[@class='reference']"))
            for card in main.iterfind(".//article")
            if card.get("class") in CARDS
        ],
        text_of(count) if count is not None else "",
        *(
            next((urljoin(address, link.get("href")) for link in main.iterfind(f".//a[@rel='{rel}']")), "")
            for rel in ("prev", "next")
        ),
        text_of(main),
    )


def text_of(element):
    return " ".join("".join(element.itertext()).split())


def publish_claims(count, **values):
    """Returns so many new claims, each with one edition, made without the steps of a review."""
    values = {
        "organisation": an_organisation(),
        "theme": "training",
        "type": "output",
        "subject": "s",
        "slug": "made-up",
    } | values
    grade, first, publisher = (
        values.pop("grade", "organisation only"),
        Claim.objects.latest("number").number + 1,
        bob(),
    )
    claims = Claim.objects.bulk_create(
        [Claim(number=first + n, statement=f"Made-up claim {n}", **values) for n in range(count)]
    )
    for claim in claims:
        claim.current_edition = Edition(
            claim=claim, number=1, grade=grade, published_by=publisher, statement=claim.statement, **values
        )
    Edition.objects.bulk_create([claim.current_edition for claim in claims])
    for claim in claims:
        claim.current_edition_id = claim.current_edition.pk
    Claim.objects.bulk_update(claims, ["current_edition"], batch_size=500)
    RegisterEntry.objects.bulk_create([RegisterEntry.for_edition(claim.current_edition) for claim in claims])
    return claims
