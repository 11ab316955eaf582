"""Fills a portal of one's own with made-up organisations, as many as are asked for, and what is on record.

No word of their records is “we”, “they” or the like: whoever speaks so in what is served is the site itself.
"""

from cms.models import CMSPlugin, PageContent
from cms.utils.plugins import downcast_plugins

from impact.models import Highlight
from organisation.models import (
    Affiliation,
    Milestone,
    Organisation,
    Passage,
    Source,
    SourceNote,
    Succession,
)
from organisation.models.source import checksum
from portal.pages.profiles import blocks_of_profile
from portal.search.index import reindex

from .factory import (
    a_claim,
    a_figure,
    a_source,
    a_statement,
    an_ask,
    an_instrument,
    an_organisation,
    cite,
    published,
    quote_statement,
)
from .pages import a_page, profile_of
from .people import bob
from .site_settings import set_up_site

COUNTS = (0, 1, 3, 12)
# What a site may have on record or not.
LISTS = ("publications", "asks", "milestones", "figures")
PUBLIC_ADDRESS = "https://piers.example"
NAMES = """
    Harbour Aid, Lantern Aid, Pier Watch, Quay School, Ferry Trust, Tide Observatory, Gull Rescue, Buoy Works,
    Mole Library, Anchor House, Sail Workshop, Beacon Keepers
""".replace("\n", " ")
# {words of the first pages, which speak as one organisation: as those of several would be written}.
OF_SEVERAL = {
    "About us": "About them",
    "about us": "about them",
    "who we are": "who these organisations are",
    "Who we are: our vision, mission, values and history": "Who these organisations are: visions, missions",
    "what we say we have done": "what these organisations say of their work",
    "What we say we have done": "What these organisations say of their work",
    "What we ask of others": "What these organisations ask of others",
    "How we check what we claim": "How claims are checked",
    "How we are organised": "How they are organised",
    "What do we want?": "What do they want?",
    "What have we done?": "What have they done?",
    "What are our figures?": "What are their figures?",
    "What we ask": "What they ask",
    "What we changed": "What was changed",
    "of what we claim to have achieved": "of what these organisations claim to have achieved",
    "what we say": "what they say",
    "that we publish": "that is published",
    "we quote our own documents": "their own documents are quoted",
    "that it is in our words": "so",
    "it rests on our own words": "it rests on its own words",
    "a partner works with us or funds us": "a partner works with the organisation or funds it",
    "Ask us a question": "Ask a question",
    "How do you ask us?": "How do you ask a question?",
    "Tell us of a mistake": "Report a mistake",
    "Tell us. If": "Say so. If",
    "reach us": "reach the office",
    "Our ": "Their ",
    "our ": "their ",
}


def names():
    return [" ".join(name.split()) for name in NAMES.split(",")]


def fill(count, bare=False, leave_out=()):
    """Puts so many organisations on record; a `bare` one has nothing but its name.

    Of more than one, each has a profile, and the pages speak of several. Of three and more the last has
    closed, and the one before has another name now.
    """
    set_up_site(
        name="The Piers",
        publisher="Association of the Piers",
        sentence="What is claimed of the piers, and what shows it.",
        several_organisations=count > 1,
        public_address=PUBLIC_ADDRESS,
        email="office@piers.example",
        licence="CC-BY-4.0",
        helping_address="https://piers.example/help",
    )
    organisations = [
        an_organisation(name, profiled=True, order=number) for number, name in enumerate(names()[:count])
    ]
    if count > 1:
        write_of_several()
    if not bare:
        for number, organisation in enumerate(organisations):
            put_on_record(organisation, number, leave_out)
        if count > 2:
            end(*organisations[-2:])
    if count > 1:
        for organisation in organisations:
            profile_of(organisation, *profile(organisation))
    reindex()
    return organisations


def write_of_several():
    """Lets the first pages speak of several organisations, and adds the page that lists them."""
    contents = PageContent.admin_manager.all()
    for content in contents:
        for name in ("title", "meta_description"):
            setattr(content, name, rewritten(getattr(content, name) or ""))
        content.save()
    placeholders = [placeholder for content in contents for placeholder in content.get_placeholders()]
    for block in downcast_plugins(CMSPlugin.objects.filter(placeholder__in=placeholders)):
        name = "body" if hasattr(block, "body") else "heading"
        setattr(block, name, rewritten(getattr(block, name)))
        block.save()
    blocks = [("OrganisationsPlugin", {"heading": ""}), ("LineagePlugin", {"heading": "Who came after whom"})]
    a_page("Organisations", *blocks, slug="organisations", in_navigation=True)


def rewritten(text):
    for words, others in OF_SEVERAL.items():
        text = text.replace(words, others)
    return text


def profile(organisation):
    return [(plugin, values | {"organisation": organisation}) for plugin, values in blocks_of_profile()]


def put_on_record(organisation, number, leave_out):
    """Records what an organisation says and did, all of it in a document of its own."""
    organisation.founded, organisation.seat = f"19{60 + number}", f"Port {number + 1}"
    organisation.save()
    log = a_source(f"Log of {organisation}", author=organisation, published=f"20{10 + number}")
    cite(organisation, log)
    for kind, text in (
        ("vision", f"A harbour for every ship of Port {number + 1}."),
        ("mission", f"To keep pier {number + 1} safe."),
        ("value", f"Patience at pier {number + 1}."),
        ("structure", f"A board of {number + 5} meets at the pier."),
    ):
        title = "Patience" if kind == "value" else ""
        statement = a_statement(text, organisation=organisation, kind=kind, title=title)
        quoting(statement, log, text)
    claims = [a_claim_of(organisation, number, each, log, "figures" not in leave_out) for each in range(2)]
    if "milestones" not in leave_out:
        for year, title in (("1971", "Opened"), ("1984-05", "Rebuilt")):
            text = f"Pier {number + 1} was {title.lower()} by hand."
            values = {"slug": title.lower(), "title": title, "text": text, "date": year}
            quoting(Milestone.objects.create(organisation=organisation, **values), log, text)
    if "asks" not in leave_out:
        for place, status in enumerate(("in progress", "not on record")):
            text = f"Light lamp {place + 1} of pier {number + 1}"
            slug = f"lamp-{number}-{place}"
            shown = {} if status == "not on record" else {"status_source": log, "status_as_of": "2011"}
            quoting(an_ask(text, organisation=organisation, slug=slug, status=status, **shown), log, text)
    if "publications" not in leave_out:
        a_source(f"Yearbook of {organisation}", kind="report", author=organisation, published="2012-03")
        a_source(f"Atlas of {organisation}", kind="publication", author=organisation)
    partner = an_organisation("Board of Ports")
    cite(Affiliation.objects.create(organisation=organisation, with_whom=partner, role="partner"), log)
    if number == 0:
        Highlight.objects.create(claim=claims[0], where="home figures")
        Highlight.objects.create(claim=claims[1], where="home claims")
        standard = an_instrument("Pier Standard", body=partner, adopted="1999-03")
        standard.claims.add(claims[0])
        published(claims[1], change="correction", reason="A lamp was counted twice")
        withdrawn = a_claim("The pier was painted", organisation=organisation, source=log)
        published(withdrawn)
        withdrawn.withdraw(by=bob(), reason="It spoke of another pier", seen=withdrawn.AS_STORED)
        passage = Passage.objects.filter(source=log).first()
        SourceNote.objects.create(passage=passage, note="The line stands on the cover.")


def a_claim_of(organisation, number, place, log, with_figure):
    """Publishes a claim, the second one shown by somebody else as well."""
    count = 40 + 2 * number + place
    values = {
        "subject": f"Lamps {number} {place}",
        "theme": "direct-help",
        "type": ("output", "outcome")[place],
    }
    claim = a_claim(f"{count} lamps were lit", organisation=organisation, source=log, **values)
    if with_figure:
        a_figure(claim, count, label=f"lamps at pier {number + 1}", unit="lamps")
    else:
        quote_statement(claim)
    if place:
        report = a_source(f"Survey of {organisation}", kind="news", publisher=an_organisation("Port Gazette"))
        cite(claim, report, relation="supports", independence="independent", note="It counts the lamps.")
    published(claim)
    return claim


def quoting(record, source, words):
    """Writes words at the end of a document, and lets a record quote them; returns the record."""
    source.refresh_from_db()
    text = f"{source.text}{words}\n"
    Source.objects.filter(pk=source.pk).update(text=text, sha256=checksum(text))
    source.refresh_from_db()
    cite(record, source, passage=Passage.objects.quote(source, words))
    return record


def end(renamed, closed):
    """Records that one organisation bears another name now, and that another has closed."""
    Organisation.objects.filter(pk=closed.pk).update(closed="2015")
    later = an_organisation(f"New {renamed}")
    for each in (
        Succession.objects.create(earlier=renamed, later=later, kind="renamed", date="2014"),
        Succession.objects.create(earlier=closed, kind="closed", date="2015"),
    ):
        cite(each, a_source(f"Notice of {each}"))
