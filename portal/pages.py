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
    """One page. `key` names it for good, in 40 characters at most (the CMS keeps it as the page's id); `slug` is its part of the address.

    `description` is what search engines show below the title.
    """

    key: str
    title: str
    blocks: list = field(default_factory=list)
    description: str = ""
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
    description="What organisations that work to end the use of children in war say of themselves and of what they have done, each sentence with the source that shows it.",
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
        block("AskSummaryPlugin", "What is asked, and how far it has come"),
        block(
            "MomentsPlugin",
            "Moments",
            milestones=[f"{COALITION}/founded", f"{DALLAIRE}/founded", f"{CSI}/independent"],
        ),
        prose(
            "<h2>Where to go next</h2>"
            '<p><a href="/support/">Support: what a donor should know first</a></p>'
            '<p><a href="/press/">Cite: how to quote a claim so that it can be found again</a></p>'
            '<p><a href="/organisations/">Explore: who the organisations are</a></p>'
        ),
        block("NewestPublicationsPlugin", "Newest publications"),
        block("LatestCorrectionPlugin", "Latest correction"),
        prose('<p><a href="/method/">How claims are checked</a></p>'),
    ],
)

ABOUT = Page(
    "about",
    "About this portal",
    description="What this portal is, how a claim is kept, and how its grade is computed from what shows it.",
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
    description="Who the Dallaire Initiative says it is: its vision, mission, history and partners, each sentence with its source.",
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
        prose(f'<p><a href="/organisations/{DALLAIRE}/report.pdf">The published record of the Dallaire Initiative, to print (PDF)</a></p>'),
    ],
    children=[
        Page(
            f"{DALLAIRE}-achievements",
            "Our Impact",
            description="What the Dallaire Initiative says it has achieved, claim by claim, each with its source and grade.",
            slug="achievements",
            blocks=[block("ClaimsPlugin", source="dallaire-our-story")],
        ),
        Page(
            f"{DALLAIRE}-advocacy",
            "Putting Children's Rights Up Front",
            description="How the Dallaire Initiative speaks for children's rights up front, and what it says it has brought about.",
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
    description="Who the Coalition to Stop the Use of Child Soldiers says it is: its mission, goal and structure, each sentence with its source.",
    slug=COALITION,
    blocks=[
        statement(f"{COALITION}/purpose"),
        block("FactsPlugin", "In brief", organisation=COALITION),
        statements("Mission Statement", COALITION, "mission"),
        statements("Goal", COALITION, "goal"),
        prose(f'<p><a href="/organisations/{COALITION}/report.pdf">The published record of the Coalition, to print (PDF)</a></p>'),
    ],
    children=[
        Page(
            f"{COALITION}-history",
            "History and Structure",
            description="How the Coalition to Stop the Use of Child Soldiers came about, who steered it, and where its networks worked.",
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
            description="What the Coalition to Stop the Use of Child Soldiers did: research and monitoring, advocacy, networks.",
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
            description="What the Coalition to Stop the Use of Child Soldiers says it has achieved, claim by claim.",
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
    description="Who Child Soldiers International says it is: its vision, goal and asks, each sentence with its source.",
    slug=CSI,
    blocks=[
        statements("", CSI, "about"),
        statements("", CSI, "approach"),
        block("FactsPlugin", "In brief", organisation=CSI),
        statements("Our vision", CSI, "vision"),
        statements("", CSI, "belief"),
        statements("Our goal", CSI, "goal"),
        block("OrganisationAsksPlugin", "What it asks", organisation=CSI),
        prose(f'<p><a href="/organisations/{CSI}/report.pdf">The published record of Child Soldiers International, to print (PDF)</a></p>'),
    ],
    children=[
        Page(
            f"{CSI}-history",
            "Our history",
            description="How Child Soldiers International came about, who founded it, and the treaty it campaigned for.",
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
            description="The values of Child Soldiers International, in its own words.",
            slug="values",
            blocks=[
                prose("<p>The following core values guide our organisational and individual behaviour and action.</p>"),
                statements("", CSI, "value"),
            ],
        ),
    ],
)

SUPPORT = Page(
    "support",
    "Support",
    description="What a donor should know first: the aim, figures with their references, who stands behind the work, and what is not on record.",
    in_navigation=True,
    blocks=[
        statements("The aim", DALLAIRE, "mission"),
        block("FiguresPlugin", "What they say they have done, in numbers", where="home figures"),
        prose(
            "<h2>One story of change: a treaty</h2>"
            "<p>A campaign for a treaty, told as the claims of those who ran it. "
            "Each leads to what supports it and to what does not.</p>"
        ),
        block("MomentsPlugin", milestones=[f"{COALITION}/founded"]),
        block("ClaimsPlugin", claims=["E20", "E26"]),
        statement(f"{CSI}/team-and-board", "Who stands behind it"),
        statement(f"{COALITION}/steering-committee"),
        statement(f"{CSI}/independence", "Independence, in their own words"),
        prose(
            "<h2>How funds are used: not on record</h2>"
            "<p>No source on this site says how any of the organisations spends its money. "
            "Until one does, nothing is said about it here.</p>"
            "<h2>What is missing</h2>"
            "<p>No date stands behind any of the figures: the sources do not say when they were counted. "
            "No source on record measures what changed for children because of this work. "
            "Most claims rest on the organisations' own words; the register says which.</p>"
            '<p><a href="/evidence/">Check the claims</a></p>'
            '<p><a href="/support/factsheet.pdf">All of this on one sheet of paper (PDF)</a></p>'
            '<p><a href="/impact/report/">The published record: every claim with its sources, to read or print</a></p>'
            '<p><a href="/contact/">Ask a question</a></p>'
        ),
    ],
)

PRESS = Page(
    "press",
    "Press",
    description="How to quote a claim so that it can be found again, facts about the organisations, and downloads.",
    blocks=[
        prose(
            "<h2>How to quote a claim</h2>"
            "<p>Every claim has a reference that never changes, and every published wording has an address of its own, "
            "which keeps its words for good. Quote the wording with that address and the day you read it.</p>"
            "<p>Say whose words they are. A claim that is only stated rests on the organisation's own word, "
            "a disputed one is contradicted by a source on its page.</p>"
        ),
        block("FactsPlugin", "Coalition to Stop the Use of Child Soldiers", organisation=COALITION),
        block("FactsPlugin", "Child Soldiers International", organisation=CSI),
        block("FactsPlugin", "Dallaire Initiative", organisation=DALLAIRE),
        prose(
            "<h2>Downloads</h2>"
            '<p><a href="/impact/report.pdf">The published record: every claim with its sources (PDF)</a></p>'
            '<p><a href="/support/factsheet.pdf">The facts on one sheet (PDF)</a></p>'
            '<p><a href="/data/claims.csv">Every claim as it is published now, as a table</a></p>'
            '<p><a href="/data/">Every other table, in three forms, with the meaning of each field</a></p>'
            '<p><a href="/timeline.ics">The timeline as a calendar</a></p>'
        ),
        block("ContactPlugin", "Contact"),
    ],
)

DATA = Page(
    "data",
    "Data",
    description="Every published record as a table, for spreadsheets and for programs: what each field means, and the licence.",
    blocks=[block("OpenDataPlugin")],
)

METHOD = Page(
    "method",
    "Method",
    description="From a source to a claim: how words are kept, how grades are computed, and how editions follow one another.",
    blocks=[
        prose(
            "<h2>From a source to a claim</h2>"
            "<p>A source text is kept exactly as it was found, with a fingerprint that shows any change. "
            "A passage is a place in it and the exact words that stand there; words that the source does not say are refused. "
            "A claim is a record in the speaker's own words that cites its passages.</p>"
            "<h2>Grades</h2>"
            "<p>The grade is computed from the citations of a claim. Nobody can type it. The first that fits counts.</p>"
            "<ul>"
            "<li><strong>Disputed:</strong> at least one source contradicts it.</li>"
            "<li><strong>Supported:</strong> at least one independent source supports it.</li>"
            "<li><strong>Stated:</strong> it rests on the organisation's own words or on those of its partners.</li>"
            "<li><strong>Unsourced:</strong> no source on record states or supports it.</li>"
            "</ul>"
            "<h2>How a source bears on a claim</h2>"
            "<p>A source states, supports, repeats or contradicts a claim, or gives context. "
            "A repetition has the same origin and adds no weight. "
            "A document that shows that an instrument exists does not show who shaped it.</p>"
            "<p>A source is the organisation's own, a partner's, which means that it works with the organisation or funds it, "
            "or independent.</p>"
            "<h2>Editions</h2>"
            "<p>What readers see is an edition: a wording frozen with its figures and sources. A change makes a new edition; "
            "the one before stays at its own address.</p>"
            "<h2>Mended words</h2>"
            "<p>Where a slip in a source would stop a reader, we show it mended. "
            "The mend and its reason stand with the source, whose text stays as it is.</p>"
        ),
    ],
)

ACCESSIBILITY = Page(
    "accessibility",
    "Accessibility",
    description="What this site does so that everyone can read it, which gaps are known, and whom to tell.",
    blocks=[
        prose(
            "<p>This site should be readable by everyone: with a keyboard, with a screen reader, in large letters, "
            "on a small screen, on paper, and without scripts.</p>"
            "<h2>What we aim for</h2>"
            "<p>The Web Content Accessibility Guidelines, levels A and AA. Every kind of page is tested against them "
            "by a program in both themes, on a narrow and on a wide screen, and by keyboard.</p>"
            "<h2>Known gaps</h2>"
            "<p>No test by people with disabilities is on record. The staff's editing tools come from django CMS "
            "and are not covered by these tests.</p>"
            "<h2>If something stops you</h2>"
        ),
        block("ContactPlugin"),
    ],
)

PRIVACY = Page(
    "privacy",
    "Privacy",
    description="No cookies for visitors, no requests to other hosts, and what is kept of staff.",
    blocks=[
        prose(
            "<p>A visitor to this site gets no cookie. No page asks another host for anything: "
            "fonts, styles and scripts come from this site.</p>"
            "<h2>What is kept in your browser</h2>"
            "<p>Nothing, unless you choose a theme: that choice is then kept in your browser and is never sent to us.</p>"
            "<h2>Staff</h2>"
            "<p>Staff who log in get a session cookie, and their changes are recorded with their account.</p>"
            "<h2>People named here</h2>"
            "<p>Persons are named only as the published sources name them in their public roles.</p>"
        ),
        block("ContactPlugin", "Questions"),
    ],
)

SAFEGUARDING = Page(
    "safeguarding",
    "Safeguarding",
    description="How children and former child soldiers are protected in what this site shows.",
    blocks=[
        prose(
            "<p>The interest of a child comes before any use of a story.</p>"
            "<h2>Pictures</h2>"
            "<p>This site shows no photograph of a child, and none can be uploaded. Its drawings are folded paper.</p>"
            "<h2>Names and places</h2>"
            "<p>No child is named here, and nothing is told that would let a reader find one. "
            "The same holds for adults who were used by armed forces or groups as children.</p>"
            "<h2>If you see something that could harm a child</h2>"
            "<p>Write to us: it will be taken down first and discussed afterwards. "
            "If a child is in danger, turn to the police or to the child protection services of your country.</p>"
        ),
        block("ContactPlugin"),
    ],
)

CORRECTIONS = Page(
    "corrections",
    "Corrections",
    description="What was changed after it was published, when and why. Nothing that was published is ever changed in silence.",
    blocks=[
        prose(
            "<p>A published wording is never changed. If it turns out to be wrong, a new edition takes its place, "
            "with the reason, and the old one stays at its own address.</p>"
            "<p>A claim that has to go is withdrawn: its address says so, with the day and the reason, and its words can be read nowhere.</p>"
            "<p>A slip that we mend in the wording of a source is no correction of ours: "
            'it stands with <a href="/sources/">the source</a> as an editorial note.</p>'
        ),
        block("CorrectionsPlugin", "What was corrected"),
        block("ContactPlugin", "Tell us of a mistake"),
    ],
)

CONTACT = Page("contact", "Contact", description="How to reach those who run this portal.", blocks=[block("ContactPlugin")])

PAGES = [
    HOME,
    Page(
        "organisations",
        "Organisations",
        description="The organisations whose words stand here, and how one follows another.",
        in_navigation=True,
        blocks=[block("OrganisationsPlugin"), block("LineagePlugin", "How they follow one another")],
        children=[DALLAIRE_PAGE, COALITION_PAGE, CSI_PAGE],
    ),
    Page(
        "impact",
        "Impact",
        description="What the organisations say they have brought about, each claim with how far the evidence goes.",
        in_navigation=True,
        blocks=[
            prose("<p>What the organisations say they have brought about, each with how far the evidence goes.</p>"),
            block("FiguresPlugin", "What they say, in numbers", where="impact"),
            block("ChartPlugin", chart="training"),
            block("HighlightsListPlugin", "Highlights across organisations", where="impact"),
            block("ChartPlugin", chart="claims"),
            prose(
                '<p><a href="/evidence/">Every claim stands in the register of evidence.</a></p>'
                '<p><a href="/impact/report/">The published record: every claim with its sources, to read or print</a></p>'
            ),
        ],
    ),
    Page(
        "evidence",
        "Evidence",
        description="The register of every published claim: who says it, how far the evidence goes, and the way to its sources.",
        in_navigation=True,
        blocks=[
            prose("<p>The register of every published claim. Follow a reference to its sources and to how far they go.</p>"),
            block("RegisterPlugin"),
        ],
    ),
    Page(
        "advocacy",
        "Advocacy",
        description="What the organisations ask of governments and other bodies, how far it has come, and the treaties and resolutions they speak of.",
        in_navigation=True,
        blocks=[
            block("AsksPlugin", "What is asked, and of whom"),
            block("InstrumentsPlugin", "Instruments the organisations speak of"),
        ],
    ),
    Page("timeline", "Timeline", description="What happened when in the history of the organisations, as precisely as the sources say.", in_navigation=True, blocks=[block("TimelinePlugin")]),
    Page(
        "publications",
        "Publications",
        description="Reports and other publications of the organisations, by year, with the text that names each.",
        in_navigation=True,
        blocks=[block("PublicationsPlugin"), block("ChartPlugin", chart="publications")],
    ),
    SUPPORT,
    PRESS,
    DATA,
    METHOD,
    CORRECTIONS,
    ABOUT,
    Page(
        "sources",
        "Sources",
        description="Every document that a sentence or a claim on this site rests on.",
        blocks=[
            prose("<p>Every document that a sentence or a claim on this site rests on.</p>"),
            block("SourcesPlugin"),
        ],
    ),
    ACCESSIBILITY,
    PRIVACY,
    SAFEGUARDING,
    CONTACT,
]
