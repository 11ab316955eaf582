"""What each kind of record puts into the index, and which of its records are public."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape

from cms.models import CMSPlugin, PageContent, PageUrl
from cms.utils.plugins import downcast_plugins
from django.conf import settings
from django.db import models
from django.db.models.functions import Concat
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from djangocms_text.models import Text

from advocacy.models import Ask, Instrument
from impact.models import Claim
from organisation.models import (
    Affiliation,
    Block,
    Milestone,
    Organisation,
    Source,
    Statement,
    Succession,
)
from portal.exports.timeline import Event

from .tokens import WORD

PAGE = "page"


@dataclass
class Words:
    """What a record says: `names` are what it is called, `also` finds it without being shown."""

    title: str
    names: list = field(default_factory=list)
    text: str = ""
    also: list = field(default_factory=list)
    label: str = ""
    address: str = ""
    organisation: int | None = None
    language: str = settings.LANGUAGE_CODE


@dataclass(frozen=True)
class Kind:
    """`rows` are all there are, `public` those that readers may see, with what `read` needs of them."""

    key: str
    label: str
    plural: str
    rows: Callable
    public: Callable
    read: Callable

    @cached_property
    def place(self):
        """What a hit's kind counts where nothing else tells two hits apart: a lower number comes first."""
        return list(DOCUMENTS).index(self.key) + 1


def organisations():
    """Those with a profile that is published: any other has no page that a hit could lead to."""
    address = Concat(models.Value("organisations/"), models.OuterRef("slug"))
    page = PageUrl.objects.filter(path=address, language=settings.LANGUAGE_CODE)
    renamed = Succession.objects.filter(kind=Succession.Kind.RENAMED).select_related("earlier", "later")
    return (
        Organisation.objects.profiled()
        .filter(models.Exists(page))
        .prefetch_related(models.Prefetch("predecessors", renamed), models.Prefetch("successors", renamed))
    )


def organisation(record):
    others = record.other_names.splitlines()
    names = [record.official_name, record.short_name, *others, initials(record.official_name)]
    called = [name for name in [record.short_name, *others] if name]
    told = [gettext("Also called: %(names)s.") % {"names": ", ".join(called)}] if called else []
    told += [gettext("Formerly: %(name)s.") % {"name": each} for each in record.formerly if each]
    told += [gettext("Later known as: %(name)s.") % {"name": each} for each in record.later_known_as if each]
    also = [initials(each.official_name) for each in [*record.formerly, *record.later_known_as] if each]
    told.append(prose(profile_of(record)))
    return Words(
        record.official_name,
        names,
        "\n".join(told),
        [*also, record.seat],
        address=record.get_absolute_url(),
        organisation=record.pk,
    )


def initials(name):
    """“CSI” for a name of three words or more that say something."""
    letters = [word[0] for word in WORD.findall(name) if word[0].isupper()]
    return "".join(letters) if len(letters) > 2 else ""


def profile_of(record):
    language = settings.LANGUAGE_CODE
    return PageContent.objects.get(
        language=language, page__urls__language=language, page__urls__path=f"organisations/{record.slug}"
    )


def claims():
    return (
        Claim.objects.filter(current_edition__isnull=False)
        .select_related("current_edition")
        .prefetch_related("current_edition__figures")
    )


def claim(record):
    edition = record.current_edition
    figures = [word for figure in edition.figures.all() for word in (figure.label, figure.unit)]
    return Words(
        edition.statement,
        [record.reference, edition.subject],
        edition.limitations,
        [edition.theme, edition.together_with, *figures],
        label=record.reference,
        address=record.get_absolute_url(),
        organisation=edition.organisation_id,
    )


def pages():
    return PageContent.objects.select_related("page")


def page(content):
    """A page's words; nothing for an organisation's profile, whose words are in the organisation's entry."""
    path = content.page.urls.filter(language=content.language).values_list("path", flat=True).first() or ""
    section, _slash, rest = path.partition("/")
    whose = (
        Organisation.objects.profiled().filter(slug=rest.partition("/")[0]).first()
        if section == "organisations"
        else None
    )
    if whose and rest == whose.slug and content.language == settings.LANGUAGE_CODE:
        return None
    return Words(
        content.title,
        [content.title, content.menu_title or ""],
        prose(content),
        organisation=whose and whose.pk,
        language=content.language,
    )


def prose(content):
    """A page's own prose and headings. The records that its blocks show have entries of their own."""
    texts = [content.meta_description or ""]
    plugins = CMSPlugin.objects.filter(
        placeholder__in=content.get_placeholders(), language=content.language
    ).order_by("placeholder", "position")
    for plugin in downcast_plugins(plugins):
        if isinstance(plugin, Text):
            texts.append(plain(plugin.body))
        elif isinstance(plugin, Block):
            texts.append(plugin.heading)
    return "\n".join(filter(None, texts))


def plain(html):
    """The words of rich text: a block's end is a line's end, so that no two words run together."""
    return unescape(strip_tags(html.replace("</", " </").replace("<br", " <br"))).strip()


def statements():
    return Statement.objects.filter(organisation__profiled=True)


def statement(record):
    title = record.title or capfirst(record.get_kind_display())
    return Words(title, [title, record.get_kind_display()], record.text, organisation=record.organisation_id)


def milestone(record):
    event = Event(record.date, record.title, record, record.organisation)
    return Words(
        record.title, [record.title], record.text, address=event.address, organisation=record.organisation_id
    )


def instrument(record):
    names = [record.title, record.short_title, record.reference, initials(record.title)]
    return Words(
        record.title,
        names,
        record.reference,
        [record.short_title],
        address=record.get_absolute_url(),
        organisation=record.body_id,
    )


def ask(record):
    return Words(
        record.text,
        [],
        "",
        [record.addressees, record.get_status_display()],
        organisation=record.organisation_id,
    )


def affiliations():
    return Affiliation.objects.filter(organisation__profiled=True).select_related("organisation", "with_whom")


def affiliation(record):
    other = record.with_whom
    names = (
        [other.official_name, other.short_name, *other.other_names.splitlines()] if other else [record.region]
    )
    return Words(
        record.other, names, capfirst(record.get_role_display()), organisation=record.organisation_id
    )


def source(record):
    whose = record.author or record.publisher
    text = record.text or (record.subject if record.title else "")
    # An organisation with a profile is found by itself; its name on each of its documents would drown it.
    others = [each.official_name for each in (record.author, record.publisher) if each and not each.profiled]
    also = [
        record.subject,
        record.byline,
        record.region,
        record.get_kind_display(),
        record.published,
        *others,
    ]
    return Words(
        str(record),
        [str(record)],
        text,
        also,
        address=record.get_absolute_url(),
        organisation=whose and whose.pk,
    )


DOCUMENTS = {
    kind.key: kind
    for kind in (
        Kind(
            "organisation",
            _("Organisation"),
            _("Organisations"),
            Organisation.objects.all,
            organisations,
            organisation,
        ),
        Kind("claim", _("Claim"), _("Claims"), Claim.objects.all, claims, claim),
        Kind(PAGE, _("Page"), _("Pages"), PageContent.admin_manager.all, pages, page),
        Kind("statement", _("Statement"), _("Statements"), Statement.objects.all, statements, statement),
        Kind(
            "milestone",
            _("Milestone"),
            _("Milestones"),
            Milestone.objects.all,
            lambda: Milestone.objects.select_related("organisation"),
            milestone,
        ),
        Kind(
            "instrument",
            _("Instrument"),
            _("Instruments"),
            Instrument.objects.all,
            Instrument.objects.all,
            instrument,
        ),
        Kind("ask", _("Ask"), _("Asks"), Ask.objects.all, Ask.objects.all, ask),
        Kind(
            "affiliation",
            _("Member or partner"),
            _("Members and partners"),
            Affiliation.objects.all,
            affiliations,
            affiliation,
        ),
        Kind(
            "source",
            _("Source"),
            _("Sources"),
            Source.objects.all,
            lambda: Source.objects.public().select_related("author", "publisher"),
            source,
        ),
    )
}
