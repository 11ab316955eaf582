"""Says, for each type of record, which records are public and what of them goes into the index."""

from collections.abc import Callable
from dataclasses import dataclass, field

from cms.models import PageContent
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.models import Ask, Instrument
from impact.models import Claim, Indicator
from organisation.models import Affiliation, Milestone, Organisation, Source, Statement
from organisation.models.organisation import SECTION, pages_of_profiles
from organisation.public_pages import public_contents
from portal.exports.timeline import Event

from .page_text import page_text, search_words
from .tokens import tokenize

PAGE = "page"


@dataclass
class Document:
    """The texts of one record: a reader is shown title and text; names and keywords only find it.

    `names` are what the record is called: a hit in one of them ranks before a hit in a text. `organisation`
    is an id.
    """

    title: str
    names: list = field(default_factory=list)
    text: str = ""
    keywords: list = field(default_factory=list)
    label: str = ""
    address: str = ""
    organisation: int | None = None
    language: str = settings.LANGUAGE_CODE


@dataclass(frozen=True)
class DocumentType:
    """One type of record in the index.

    `all_records` returns every record, `public_records` those that a reader may see, with what `document_of`
    needs of them; `document_of` turns a public record into a Document, or None.
    """

    key: str
    label: str
    plural: str
    all_records: Callable
    public_records: Callable
    document_of: Callable

    @cached_property
    def rank(self):
        """Orders hits that nothing else tells apart: a lower number comes first."""
        return list(DOCUMENT_TYPES).index(self.key) + 1


def public_organisations():
    """Returns the organisations whose profile is published: no other has a page that a hit could lead to."""
    return Organisation.objects.with_page()


def organisation_document(organisation):
    """Returns the document of an organisation with the text of its page; None if that is closed."""
    profile = profile_of(organisation)
    if profile is None:
        return None
    other_names = organisation.other_names.splitlines()
    names = [
        organisation.official_name,
        organisation.short_name,
        *other_names,
        acronym(organisation.official_name),
        *search_words(profile),
    ]
    also_called = [name for name in [organisation.short_name, *other_names] if name]
    lines = [gettext("Also called: %(names)s.") % {"names": ", ".join(also_called)}] if also_called else []
    life = organisation.life
    # Whoever looks for any former name of an organisation finds those that took its place.
    lines += map(str, [*life.sentences, *life.sentences_before])
    predecessors = dict.fromkeys(
        row.earlier for row in life.successions_before if row.earlier != organisation
    )
    lines += [*filter(None, map(other_names_of, predecessors)), page_text(profile)]
    acronyms = [acronym(each.official_name) for each in [*life.formerly, *life.later_known_as]]
    return Document(
        organisation.official_name,
        names,
        "\n".join(lines),
        # Whoever looks for its story need not know what its page calls it.
        [*acronyms, organisation.seat, gettext("history, story, what happened, what became of it")],
        address=organisation.get_absolute_url(),
        organisation=organisation.pk,
    )


def other_names_of(predecessor):
    names = filter(None, [predecessor.short_name, *predecessor.other_names.splitlines()])
    values = {"name": predecessor, "names": ", ".join(names)}
    return gettext("%(name)s was also called: %(names)s.") % values if values["names"] else ""


def acronym(name):
    """Returns “HAI” for Harbour Aid International; nothing for fewer than three capitalised words."""
    letters = [name[start] for start, _end, _word in tokenize(name) if name[start].isupper()]
    return "".join(letters) if len(letters) > 2 else ""


def profile_of(organisation):
    return pages_of_profiles().filter(url_path=organisation.page_path).first()


def public_claims():
    return (
        Claim.objects.filter(current_edition__isnull=False)
        .select_related("current_edition")
        .prefetch_related("current_edition__figures")
    )


def claim_document(claim):
    edition = claim.current_edition
    figures = [text for figure in edition.figures.all() for text in (figure.label, figure.unit)]
    return Document(
        edition.statement,
        [claim.reference, edition.subject],
        edition.limitations,
        [edition.get_theme_display(), edition.together_with, *figures],
        label=claim.reference,
        address=claim.get_absolute_url(),
        organisation=edition.organisation_id,
    )


def public_pages():
    return public_contents().select_related("page")


def page_document(content):
    """Returns a page's document; None for a profile, whose text is in the organisation's own document."""
    section, _slash, rest = content.url_path.partition("/")
    organisation = (
        Organisation.objects.profiled().filter(slug=rest.partition("/")[0]).first()
        if section == SECTION
        else None
    )
    if organisation and rest == organisation.slug and content.language == settings.LANGUAGE_CODE:
        return None
    return Document(
        content.title,
        [content.title, content.menu_title or "", *search_words(content)],
        page_text(content),
        organisation=organisation and organisation.pk,
        language=content.language,
    )


def public_statements():
    return Statement.objects.filter(organisation__profiled=True)


def statement_document(statement):
    title = statement.title or capfirst(statement.get_kind_display())
    names = [title, statement.get_kind_display()]
    return Document(title, names, statement.text, organisation=statement.organisation_id)


def public_milestones():
    return Milestone.objects.select_related("organisation")


def milestone_document(milestone):
    event = Event(milestone.date, milestone.title, milestone, milestone.organisation)
    return Document(
        milestone.title,
        [milestone.title],
        milestone.text,
        address=f"#{event.anchor}",  # behind the address of the timeline: see addresses.py
        organisation=milestone.organisation_id,
    )


def instrument_document(instrument):
    names = [instrument.title, instrument.short_title, instrument.reference, acronym(instrument.title)]
    return Document(
        instrument.title,
        names,
        instrument.reference,
        [instrument.short_title],
        address=instrument.get_absolute_url(),
        organisation=instrument.body_id,
    )


indicators = Indicator.objects.all  # all of them are public


def indicator_document(indicator):
    texts = [indicator.how_counted, indicator.double_counting, indicator.change]
    return Document(
        indicator.title,
        [indicator.reference, indicator.title],
        " ".join(filter(None, texts)),
        [indicator.unit],
        label=indicator.reference,
        address=indicator.get_absolute_url(),
        organisation=indicator.organisation_id,
    )


def ask_document(ask):
    keywords = [ask.addressees, ask.get_status_display()]
    return Document(ask.text, keywords=keywords, organisation=ask.organisation_id)


def public_affiliations():
    return Affiliation.objects.filter(organisation__profiled=True).select_related("organisation", "with_whom")


def affiliation_document(affiliation):
    other = affiliation.with_whom
    if other:
        names = [other.official_name, other.short_name, *other.other_names.splitlines()]
    else:
        names = [affiliation.region]
    role = capfirst(affiliation.get_role_display())
    return Document(affiliation.other, names, role, organisation=affiliation.organisation_id)


def public_sources():
    return Source.objects.public().select_related("author", "publisher")


def source_document(source):
    organisation = source.author or source.publisher
    read = source.for_readers
    text = source.public_text or (read["subject"] if read["title"] else "")
    # An organisation with a profile is found by itself; its name on each of its documents would drown it.
    without_profile = [
        each.official_name for each in (source.author, source.publisher) if each and not each.profiled
    ]
    keywords = [
        read["subject"],
        read["byline"],
        read["region"],
        source.get_kind_display(),
        source.published,
        *without_profile,
    ]
    return Document(
        str(source),
        [str(source)],
        text,
        keywords,
        address=source.get_absolute_url(),
        organisation=organisation and organisation.pk,
    )


DOCUMENT_TYPES = {
    key: DocumentType(key, label, plural, all_records, public_records, document_of)
    for key, label, plural, all_records, public_records, document_of in (
        (
            "organisation",
            _("Organisation"),
            _("Organisations"),
            Organisation.objects.all,
            public_organisations,
            organisation_document,
        ),
        ("claim", _("Claim"), _("Claims"), Claim.objects.all, public_claims, claim_document),
        (PAGE, _("Page"), _("Pages"), PageContent.admin_manager.all, public_pages, page_document),
        (
            "statement",
            _("Statement"),
            _("Statements"),
            Statement.objects.all,
            public_statements,
            statement_document,
        ),
        (
            "milestone",
            _("Milestone"),
            _("Milestones"),
            Milestone.objects.all,
            public_milestones,
            milestone_document,
        ),
        (
            "instrument",
            _("Instrument"),
            _("Instruments"),
            Instrument.objects.all,
            Instrument.objects.all,
            instrument_document,
        ),
        ("indicator", _("Indicator"), _("Indicators"), indicators, indicators, indicator_document),
        ("ask", _("Ask"), _("Asks"), Ask.objects.all, Ask.objects.all, ask_document),
        (
            "affiliation",
            _("Member or partner"),
            _("Members and partners"),
            Affiliation.objects.all,
            public_affiliations,
            affiliation_document,
        ),
        ("source", _("Source"), _("Sources"), Source.objects.all, public_sources, source_document),
    )
}
