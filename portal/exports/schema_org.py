"""Records as JSON-LD in the vocabulary of schema.org, with terms that say no more than the record.

A claim has the date of the work that it quotes; when it was recorded here is the date of its description
(`sdDatePublished`). There is no term for the succession of organisations, so a former name is an alternate
name. No claim gets a ClaimReview: the site reviews none of those it shows.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from organisation.block_pages import address_with
from organisation.models import Citation, site_settings

WORK_TYPES = {"report": "Report", "web page": "WebPage", "news": "NewsArticle"}
DOWNLOAD_TYPES = {"data-claims-csv": "text/csv", "data-claims-json": "application/json"}
# The property for a number behind a qualifier: exact, lower or upper bound. “About” is none of them.
BOUND_PROPERTIES = {
    "": "value",
    "exactly": "value",
    "over": "minValue",
    "more than": "minValue",
    "at least": "minValue",
    "nearly": "maxValue",
    "up to": "maxValue",
}


class LinkedData:
    """Describes records; `absolute` makes addresses of the paths of the site."""

    def __init__(self, absolute):
        self.absolute = absolute

    def organisation(self, organisation):
        """Describes an organisation in short; one without a profile may be anything, such as a government."""
        name, path = organisation.official_name, organisation.get_absolute_url()
        closed = without_empty(dissolutionDate=organisation.life.closed_on)
        if not path:
            return {"@type": "NGO" if organisation.profiled else "Organization", "name": name} | closed
        address = self.absolute(path)
        return {"@type": "NGO", "@id": f"{address}#organisation", "name": name, "url": address} | closed

    def profile(self, organisation):
        life = organisation.life
        others = [*life.formerly, *life.later_known_as]
        names = [
            organisation.short_name,
            *organisation.other_names.splitlines(),
            *(other.official_name for other in others),
        ]
        return self.organisation(organisation) | without_empty(
            alternateName=list(dict.fromkeys(name.strip() for name in names if name.strip())),
            foundingDate=organisation.founded,
            description=life.text,
            location=organisation.seat and {"@type": "Place", "name": organisation.seat},
            sameAs=[self.absolute(path) for other in others if (path := other.get_absolute_url())],
        )

    def work(self, source):
        """Describes a document; its `url` is where it can be read, else its page here."""
        page = self.absolute(source.get_absolute_url())
        return without_empty(
            **{"@type": WORK_TYPES.get(source.kind, "CreativeWork"), "@id": page},
            name=source.for_readers["title"],
            description=source.for_readers["subject"],
            author=source.author and self.organisation(source.author),
            publisher=source.publisher and self.organisation(source.publisher),
            datePublished=source.published,
            spatialCoverage=source.for_readers["region"],
            url=source.address or page,
            archivedAt=source.archived,
            mainEntityOfPage=page,
        )

    def claim(self, edition):
        citations = edition.evidence
        sources = {citation.source_id: citation.source for citation in citations}
        # Only where the claim is made does it appear; a source that contradicts it is merely cited.
        appearances = {
            each.source_id: each.source
            for each in citations
            if each.relation in (Citation.Relation.STATES, Citation.Relation.REPEATS)
        }
        first, address = earliest(appearances.values()), self.absolute(edition.get_absolute_url())
        return without_empty(
            **{"@type": "Claim", "@id": address},
            identifier=edition.claim.reference,
            version=str(edition.number),
            text=edition.statement,
            disambiguatingDescription="" if edition.is_quotation else _("In our words"),
            inLanguage=settings.LANGUAGE_CODE,
            author=self.organisation(edition.organisation),
            datePublished=edition.stated_in and edition.stated_in.published,
            sdDatePublished=edition.published_at.isoformat(),
            temporalCoverage=edition.as_of,
            creativeWorkStatus=str(edition.state),
            url=self.absolute(edition.claim.get_absolute_url()) if edition.is_current else address,
            mentions=[self.figure(figure) for figure in edition.figures.all()],
            appearance=[{"@id": self.absolute(source.get_absolute_url())} for source in appearances.values()],
            firstAppearance=first and {"@id": self.absolute(first.get_absolute_url())},
            citation=[self.work(source) for source in sources.values()],
            isPartOf=self.register_id and {"@id": self.register_id},
        )

    def figure(self, figure):
        number = (
            {BOUND_PROPERTIES[figure.qualifier]: f"{figure.value.normalize():f}"}
            if figure.qualifier in BOUND_PROPERTIES and figure.is_counted
            else {}
        )
        return (
            without_empty(
                **{"@type": "QuantitativeValue"},
                name=figure.label,
                description=" – ".join(filter(None, [figure.text, figure.origin])),
                unitText=figure.unit,
            )
            | number
        )

    def instrument(self, instrument):
        page = self.absolute(instrument.get_absolute_url())
        return without_empty(
            **{"@type": "CreativeWork", "@id": page},
            name=instrument.title,
            alternateName=instrument.short_title,
            identifier=instrument.reference,
            sourceOrganization=instrument.body and self.organisation(instrument.body),
            datePublished=instrument.adopted,
            url=page,
        )

    @property
    def register_id(self):
        """Returns what identifies the register; empty where no public page holds it."""
        path = address_with("RegisterPlugin")
        return path and f"{self.absolute(path)}#register"

    def register(self, description):
        downloads = [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": self.absolute(reverse(name))}
            for name, kind in DOWNLOAD_TYPES.items()
        ]
        return without_empty(
            **{"@type": "Dataset", "@id": self.register_id},
            name=_("Register of claims: %(site)s") % {"site": site_settings().title},
            description=description,
            url=self.register_id.removesuffix("#register"),
            isAccessibleForFree=True,
            distribution=downloads,
        )

    def site(self):
        home = self.absolute(reverse("pages-root"))
        search = {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{self.absolute(reverse('search'))}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        }
        site = site_settings()
        return without_empty(
            **{"@type": "WebSite", "@id": f"{home}#site"},
            name=site.title,
            description=site.sentence,
            url=home,
            inLanguage=get_language(),
            publisher=site.publisher and {"@type": "Organization", "name": site.publisher},
            potentialAction=search,
        )

    def trail(self, steps):
        """Describes the breadcrumb: pairs of (title, path) from home to the page itself."""
        items = [
            {"@type": "ListItem", "position": position, "name": str(title), "item": self.absolute(address)}
            for position, (title, address) in enumerate(steps, 1)
        ]
        return {"@type": "BreadcrumbList", "itemListElement": items}


def without_empty(**values):
    """Leaves out the values that are not on record."""
    return {name: value for name, value in values.items() if value}


def earliest(sources):
    """Returns the only source, or the one with the earliest date; None if that cannot be told.

    Dates compare as text. An empty date sorts first, and a year tells nothing about one of its own months.
    """
    ordered = sorted(sources, key=lambda source: source.published)
    if len(ordered) < 2:
        return ordered[0] if ordered else None
    first, second = ordered[:2]
    return first if first.published and not second.published.startswith(first.published) else None
