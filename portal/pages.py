"""The pages as data: which page stands where and which blocks it holds.

Sentences of the organisations live in records; what stands here is headings, lead-ins and our own words, and no number.
`manage.py seed` makes the pages once; from then on editors change them in the structure board.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Block:
    """One block of a page: the plugin, and its values; a record is named by its slug."""

    plugin: str
    values: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """One page. `key` names it for good, in 40 characters at most (the CMS keeps it as the page's id); `slug` is its part of the address."""

    key: str
    title: str
    blocks: list = field(default_factory=list)
    slug: str = ""
    in_navigation: bool = False
    template: str = "pages/page.html"
    is_home: bool = False
    children: list = field(default_factory=list)


def prose(html):
    return Block("TextPlugin", {"body": html})


def block(plugin, heading="", **values):
    return Block(plugin, {"heading": heading} | values)


def statements(heading, organisation, kind):
    return block("StatementsPlugin", heading, organisation=organisation, kind=kind)


def statement(name, heading=""):
    """One statement, named “organisation/slug”."""
    return block("StatementPlugin", heading, statement=name)


DALLAIRE, COALITION, CSI = "dallaire-initiative", "coalition", "child-soldiers-international"

HOME = Page(
    "home",
    "Children's Rights Up Front",
    template="pages/home.html",
    is_home=True,
    blocks=[
        block("HeroPlugin", statement=f"{DALLAIRE}/vision"),
        prose(
            "<p>Here you can read who these organisations are, what they say they have done, and what shows it. "
            "Every claim carries a reference; follow it to the exact words it rests on, to who said them, "
            "and to what others say.</p>"
        ),
        block("LineagePlugin", "How they follow one another"),
        block("FiguresPlugin", "What they say they have done, in numbers", where="home figures"),
        block("HighlightsPlugin", "What the evidence says", where="home claims"),
        prose(
            "<h2>Where to go next</h2>"
            '<p><a href="/organisations/">Read who the organisations are</a></p>'
            '<p><a href="/impact/">See what they say they have achieved</a></p>'
            '<p><a href="/evidence/">Check every claim in the register</a></p>'
        ),
    ],
)

ABOUT = Page(
    "about",
    "About this portal",
    blocks=[
        prose(
            "<p>This portal shows the published words of organisations that work to end the use of children in war. "
            "It is not an official site of the organisations named.</p>"
            "<h2>How a claim is kept</h2>"
            "<p>A claim on a page is a record, and every record can be followed to the words it rests on. "
            "The source texts are kept exactly as they were found. Where a slip in a source would stop a reader, "
            "the slip is mended where the words are shown, and the mend and its reason stand with the source.</p>"
            "<h2>How far the evidence goes</h2>"
            "<p>The grade of a claim is computed from its citations; nobody types it. "
            "A claim is <strong>disputed</strong> if any source contradicts it, <strong>supported</strong> if an independent "
            "source supports it, <strong>stated</strong> if it rests on the organisation's own words or on those of its partners, "
            "and <strong>unsourced</strong> if nothing on record states it.</p>"
            "<p>What no source says reads “Not on record”. Where sources differ, both stand.</p>"
        ),
    ],
)

DALLAIRE_PAGE = Page(
    f"org-{DALLAIRE}",
    "Dallaire Initiative",
    slug=DALLAIRE,
    blocks=[
        statements("", DALLAIRE, "tagline"),
        block("FactsPlugin", "In brief", organisation=DALLAIRE),
        statements("Vision", DALLAIRE, "vision"),
        statements("Mission", DALLAIRE, "mission"),
        statement(f"{DALLAIRE}/security-sector", "Approach"),
        block("HistoryPlugin", "History", organisation=DALLAIRE),
        block("AffiliationsPlugin", "Partners", organisation=DALLAIRE, role="partner"),
        block("SourceNotesPlugin", "Notes on the sources", organisation=DALLAIRE),
    ],
    children=[
        Page(
            f"{DALLAIRE}-achievements",
            "Our Impact",
            slug="achievements",
            blocks=[block("ClaimsPlugin", source="dallaire-our-story")],
        ),
        Page(
            f"{DALLAIRE}-advocacy",
            "Putting Children's Rights Up Front",
            slug="advocacy",
            blocks=[
                statement(f"{DALLAIRE}/advocacy-focus"),
                block(
                    "ClaimsPlugin",
                    "Protecting society's most vulnerable – children",
                    source="dallaire-advocacy",
                    type="context",
                ),
                statement(f"{DALLAIRE}/accountability"),
                statement(f"{DALLAIRE}/childrens-rights-up-front"),
                statement(f"{DALLAIRE}/high-level-advocacy"),
                statement(f"{DALLAIRE}/grounded-in-research"),
                statement(f"{DALLAIRE}/collaboration"),
                statement(f"{DALLAIRE}/advocacy-impact", "Our Impact"),
                prose("<p>A few of our advocacy highlights include:</p>"),
                block("ClaimsPlugin", source="dallaire-advocacy"),
                statement(f"{DALLAIRE}/leading-voice"),
                statements("", DALLAIRE, "appeal"),
                block("OrganisationAsksPlugin", "What it asks", organisation=DALLAIRE),
            ],
        ),
    ],
)

COALITION_PAGE = Page(
    f"org-{COALITION}",
    "Coalition to Stop the Use of Child Soldiers",
    slug=COALITION,
    blocks=[
        statement(f"{COALITION}/purpose"),
        block("FactsPlugin", "In brief", organisation=COALITION),
        statements("Mission Statement", COALITION, "mission"),
        statements("Goal", COALITION, "goal"),
    ],
    children=[
        Page(
            f"{COALITION}-history",
            "History and Structure",
            slug="history",
            blocks=[
                block("HistoryPlugin", "History", organisation=COALITION),
                statements("Structure", COALITION, "structure"),
                block("AffiliationsPlugin", "Steering Committee", organisation=COALITION, role="steering member"),
                block("AffiliationsPlugin", "Active links", organisation=COALITION, role="active link"),
                block("AffiliationsPlugin", "Regional coalitions", organisation=COALITION, role="regional coalition"),
                block("AffiliationsPlugin", "National coalitions", organisation=COALITION, role="national coalition"),
                block("ClaimsPlugin", "What it says of its networks", source="coalition-mission-history"),
                block("ClaimsPlugin", "Context", source="coalition-mission-history", type="context"),
            ],
        ),
        Page(
            f"{COALITION}-work",
            "What We Do",
            slug="work",
            blocks=[
                statement(f"{COALITION}/what-we-do"),
                statements("", COALITION, "work area"),
                block("ClaimsPlugin", "What it says of its research and monitoring", claims=["E18", "E19"]),
                statements("Position", COALITION, "position"),
                block("OrganisationAsksPlugin", "What it asks", organisation=COALITION),
                block("AffiliationsPlugin", "Bodies it addresses", organisation=COALITION, role="addressee"),
            ],
        ),
        Page(
            f"{COALITION}-achievements",
            "Achievements",
            slug="achievements",
            blocks=[
                statement(f"{COALITION}/forefront"),
                prose("<p>Its achievements include:</p>"),
                block("ClaimsPlugin", claims=["E20", "E21", "E22", "E23", "E24", "E25"]),
            ],
        ),
    ],
)

CSI_PAGE = Page(
    f"org-{CSI}",
    "Child Soldiers International",
    slug=CSI,
    blocks=[
        statements("", CSI, "about"),
        statements("", CSI, "approach"),
        block("FactsPlugin", "In brief", organisation=CSI),
        statements("Our vision", CSI, "vision"),
        statements("", CSI, "belief"),
        statements("Our goal", CSI, "goal"),
        block("OrganisationAsksPlugin", "What it asks", organisation=CSI),
    ],
    children=[
        Page(
            f"{CSI}-history",
            "Our history",
            slug="history",
            blocks=[
                block("HistoryPlugin", organisation=CSI),
                block("ClaimsPlugin", "The treaty", source="csi-who-we-are"),
                block("AffiliationsPlugin", "Founders", organisation=CSI, role="founder"),
                statements("Structure", CSI, "structure"),
            ],
        ),
        Page(
            f"{CSI}-values",
            "Our values",
            slug="values",
            blocks=[
                prose("<p>The following core values guide our organisational and individual behaviour and action.</p>"),
                statements("", CSI, "value"),
            ],
        ),
    ],
)

PAGES = [
    HOME,
    Page(
        "organisations",
        "Organisations",
        in_navigation=True,
        blocks=[block("OrganisationsPlugin"), block("LineagePlugin", "How they follow one another")],
        children=[DALLAIRE_PAGE, COALITION_PAGE, CSI_PAGE],
    ),
    Page(
        "impact",
        "Impact",
        in_navigation=True,
        blocks=[
            prose("<p>What the organisations say they have brought about, each with how far the evidence goes.</p>"),
            block("FiguresPlugin", "What they say, in numbers", where="impact"),
            block("HighlightsPlugin", "Highlights", where="impact"),
            prose('<p><a href="/evidence/">Every claim stands in the register of evidence.</a></p>'),
        ],
    ),
    Page(
        "evidence",
        "Evidence",
        in_navigation=True,
        blocks=[
            prose("<p>The register of every published claim. Follow a reference to its sources and to how far they go.</p>"),
            block("RegisterPlugin"),
        ],
    ),
    Page(
        "advocacy",
        "Advocacy",
        in_navigation=True,
        blocks=[
            block("AsksPlugin", "What is asked, and of whom"),
            block("InstrumentsPlugin", "Instruments the organisations speak of"),
        ],
    ),
    Page("timeline", "Timeline", in_navigation=True, blocks=[block("TimelinePlugin")]),
    Page("publications", "Publications", in_navigation=True, blocks=[block("PublicationsPlugin")]),
    ABOUT,
    Page(
        "sources",
        "Sources",
        blocks=[
            prose("<p>Every document that a sentence or a claim on this site rests on.</p>"),
            block("SourcesPlugin"),
        ],
    ),
]
