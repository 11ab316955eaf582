"""Fills an empty database with a made-up site that has a row of every kind, as this version writes it."""

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client, override_settings
from django.test.utils import setup_test_environment
from django.utils import timezone

from advocacy.models import Instrument
from impact.conflicts import find_conflicts
from impact.models import Claim, Conflict, Highlight, ReviewLink
from organisation.models import (
    Affiliation,
    Mend,
    Milestone,
    Organisation,
    Passage,
    SiteSettings,
    Source,
    SourceNote,
    Succession,
    Term,
)
from organisation.pictures.withdrawal import withdraw
from portal.models import Decision, DocumentImport
from portal.pages import workflow
from portal.search.index import reindex
from portal.seeding.staff import seed_accounts
from portal.seeding.starter import seed_starter
from tests.support.factory import (
    a_claim,
    a_profiled_organisation,
    a_reading,
    a_source,
    a_statement,
    an_absence,
    an_ask,
    an_indicator,
    an_instrument,
    an_organisation,
    cite,
    published,
)
from tests.support.looks import LEGAL, fields_of
from tests.support.pages import a_page, a_redirect, version_of
from tests.support.people import alice, bob
from tests.support.pictures import a_picture
from tests.support.proposals import decide, propose

HISTORY = """Harbour Aid: who we are

Harbour Aid was founded in May 1998 by three pilots.
Our aim is a safe harbour for every child.
In 2024 we taught 40 pilots in 3 ports.
We beleive that a pilot who knows children steers better.
"""
OTHERS = "The Harbour Council counted 38 pilots who were taught in 2024."


def fill():
    setup_test_environment()
    call_command("migrate", verbosity=0, interactive=False)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={"staticfiles": plain}, PORTAL_PASSWORD_ONLY=True):
        seed_starter()
        seed_accounts()
        make_site()
        make_organisations()
        make_claims()
        make_pages()
        make_proposals()
        make_document()
        make_pictures()
    for source in Source.objects.all():
        source.save()  # the words that a test's claim quotes were written past its history
    reindex()
    get_user_model().objects.update(password="!")  # pragma: allowlist secret


def make_site():
    row = SiteSettings.objects.get()
    for name, value in {
        "name": "Harbour Aid in Words",
        "publisher": "Harbour Aid",
        "email": "office@example.org",
        "licence": "CC-BY-4.0",
        "several_organisations": True,
        **fields_of(LEGAL["harbour"]),
    }.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    Term.objects.create(vocabulary="role", slug="pilot-school", name="pilot school", order=9)
    a_page("Organisations", ("OrganisationsPlugin", {}), slug="organisations")


def make_organisations():
    aid = a_profiled_organisation(founded="1998-05", short_name="HA", seat="Port Town")
    council, watch = an_organisation("Harbour Council"), an_organisation("Quay Watch", closed="2019")
    history = a_source("Who we are", text=HISTORY, author=aid, publisher=aid, published="2025")
    a_source("Yearbook of Harbour Aid", kind="publication", author=aid, published="2024")
    passage = Passage.objects.quote(history, "We beleive that a pilot who knows children steers better.")
    Mend.objects.create(passage=passage, says="beleive", shows="believe", why="A slip.")
    belief = a_statement(
        "We believe that a pilot who knows children steers better.", kind="belief", owner=alice()
    )
    cite(belief, history, passage=passage)
    vision = a_statement("Our aim is a safe harbour for every child.", owner=alice())
    cite(vision, history, passage=Passage.objects.quote(history, vision.text))
    founded = Milestone.objects.create(
        organisation=aid,
        slug="founded",
        date="1998-05",
        title="Founded",
        text="Harbour Aid was founded in May 1998 by three pilots.",
    )
    cite(founded, history, passage=Passage.objects.quote(history, founded.text))
    SourceNote.objects.create(
        passage=Passage.objects.quote(history, "Harbour Aid: who we are"), note="A heading."
    )
    for record in (
        Succession.objects.create(earlier=watch, later=aid, kind="merged", date="2019"),
        Affiliation.objects.create(organisation=aid, with_whom=council, role="partner"),
        Affiliation.objects.create(organisation=aid, region="the northern coast", role="pilot-school"),
    ):
        cite(record, history)
    treaty = an_instrument(short_title="Harbour Treaty", adopted="2001-06", body=council, source=history)
    cite(treaty, history)
    cite(an_ask(status="in progress", status_as_of="2025", status_source=history), history)


def make_claims():
    """Makes claims in every stage: corrected, awaiting a decision, withdrawn, in conflict and a draft."""
    council = Organisation.objects.get(slug="harbour-council")
    report = a_source("Pilots of 2024", text=OTHERS, author=council, published="2025-02")
    first = a_claim("We taught 40 pilots", figure=40, as_of="2024")
    cite(first, report, "contradicts", "independent", passage=Passage.objects.quote(report, OTHERS))
    published(first, change="")
    published(
        first,
        reason="The ports were left out.",
        change="correction",
        statement="We taught 40 pilots in 3 ports",
    )
    published(a_claim("We taught 38 pilots", figure=38, as_of="2024"))
    find_conflicts(first)
    Conflict.objects.update(
        decision="confirmed", why="Both count 2024.", decided_by=bob(), decided_at=timezone.now()
    )
    for order, where in enumerate(Highlight.Where.values, 1):
        Highlight.objects.create(claim=first, where=where, order=order)
    Instrument.objects.get().claims.add(first)
    waiting = a_claim("We printed two readers", subject="Readers")
    waiting.submit(alice(), "Please read it.", seen=Claim.AS_STORED)
    withdrawn = published(a_claim("We opened a school", subject="Schools"))
    withdrawn.withdraw(bob(), "It did not open.", seen=Claim.AS_STORED)
    draft = a_claim("We trained ten guides", subject="Guides")
    ReviewLink.issue(draft, alice(), "Dora of the Council")
    children = an_indicator()
    published(a_reading(children, 40, parts=[("sex", "girls", "25"), ("sex", "boys", "not collected")]))
    an_absence(children)


def make_pages():
    """Makes a page with a block of every kind, a draft that waits for a decision, and an old address."""
    aid, claim = Organisation.objects.get(slug="harbour-aid"), Claim.objects.get(number=1)
    vision, founded = aid.statements.get(kind="vision"), Milestone.objects.get()
    shown = a_page(
        "All that we show",
        "<p>A page with a block of every kind.</p>",
        ("StatementPlugin", {"heading": "Our aim", "statement": vision}),
        ("MomentsPlugin", {"heading": "Moments", "milestones": [founded]}),
        ("ClaimsPlugin", {"heading": "Claims", "organisation": aid, "claims": [claim]}),
        ("HighlightsPlugin", {"heading": "Put first", "where": "home claims"}),
        ("AffiliationsPlugin", {"heading": "Partners", "organisation": aid, "role": "partner"}),
        ("ChartPlugin", {"heading": "Claims by grade", "chart": "claims"}),
        slug="all-that-we-show",
        in_navigation=True,
    )
    draft = version_of(a_page("Second thoughts", "<p>Words.</p>", slug="second-thoughts")).copy(alice())
    workflow.submit(draft, alice(), "Please read it.")
    a_redirect("/old-address/", shown.page.get_absolute_url("en"))


def make_proposals():
    """Makes a proposal that was accepted, one that waits, and a record that was taken down."""
    aid = Organisation.objects.get(slug="harbour-aid")
    propose(alice(), aid, seat="Port Town, by the lighthouse")
    decide(bob())
    propose(alice(), aid, other_names="The Pilots")
    ask = an_ask("Keep the lights on.")
    client = Client()
    client.force_login(bob())
    client.post(f"/admin/advocacy/ask/{ask.pk}/delete/", {"post": "yes", "reason": "Nobody asked for it."})


def make_document():
    source = Source.objects.get(title="Who we are")
    DocumentImport.objects.create(source=source, file_name="history.docx", brought_by=alice())
    Decision.objects.create(source=source, kind="note", start=0, end=11, verdict="refused", by=alice())


def make_pictures():
    """Makes a picture of children, which is confirmed, and one that was withdrawn."""
    a_picture("children", width=64, height=40)
    withdrawn = a_picture("adults", width=64, height=40, colour=(1, 1, 1))
    withdraw(withdrawn.consents.get(), bob(), "She called.")
