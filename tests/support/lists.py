"""A list as a visitor meets it: what it shows, the rows that narrow it, and the pages before and after."""

from dataclasses import dataclass
from urllib.parse import urljoin

import html5rdf

from impact.models import Claim, Edition, RegisterEntry
from organisation.models import Organisation

from .people import bob


@dataclass
class List:
    """`rows` are {label: {what a link says: its address}}; `current` is what is chosen in each row; `cards` are the references of claim cards."""

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
        label, links = words(row.find("dt")), list(row.iter("a"))
        rows[label] = {words(link): urljoin(address, link.get("href")) for link in links}
        current[label] = [words(link) for link in links if link.get("aria-current")]
    count = main.find(".//p[@class='count']")
    return List(
        rows,
        current,
        [words(link) for link in main.iterfind(".//a[@class='reference']")],
        [
            words(card.find(".//a[@class='reference']"))
            for card in main.iterfind(".//article[@class='record claim']")
        ],
        words(count) if count is not None else "",
        *(
            next((urljoin(address, link.get("href")) for link in main.iterfind(f".//a[@rel='{rel}']")), "")
            for rel in ("prev", "next")
        ),
        words(main),
    )


def words(element):
    return " ".join("".join(element.itertext()).split())


def publish_claims(count, **values):
    """So many more claims, each with its one edition, without the ceremony of publishing; the numbers go on from the last."""
    values = {
        "organisation": Organisation.objects.get(slug="coalition"),
        "theme": "training",
        "type": "output",
        "subject": "s",
        "slug": "made-up",
    } | values
    grade, first, publisher = values.pop("grade", "stated"), Claim.objects.latest("number").number + 1, bob()
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
