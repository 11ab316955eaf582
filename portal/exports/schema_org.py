"""What a page says, for programs: records in the words of schema.org, of which only those are used that say no more than the record.

Succession has no word there but for products, so that a former name is an alternate name. No claim is ever given a ClaimReview: the
site reviews none of those it shows.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from organisation.models import Citation

TYPES = {"report": "Report", "web page": "WebPage", "news": "NewsArticle"}
DOWNLOADS = {"data-claims-csv": "text/csv", "data-claims-json": "application/json"}
# What a number behind this word is: the number itself, or the least or the most it may be; “about” says neither.
BOUNDS = {
    "": "value",
    "exactly": "value",
    "over": "minValue",
    "more than": "minValue",
    "at least": "minValue",
    "nearly": "maxValue",
    "up to": "maxValue",
}


class LinkedData:
    """Describes records for one site, whose whole addresses `absolute` makes."""

    def __init__(self, absolute):
        self.absolute = absolute

    def organisation(self, found):
        """Who it is, in short; what is only named here need not be an NGO."""
        if not found.profiled:
            return {"@type": "Organization", "name": found.official_name}
        address = self.absolute(found.get_absolute_url())
        return {"@type": "NGO", "@id": f"{address}#organisation", "name": found.official_name, "url": address}

    def profile(self, found):
        others = [*found.formerly, *found.later_known_as]
        names = [
            found.short_name,
            *found.other_names.splitlines(),
            *(other.official_name for other in others),
        ]
        return self.organisation(found) | filled(
            alternateName=list(dict.fromkeys(name.strip() for name in names if name.strip())),
            foundingDate=found.founded,
            dissolutionDate=found.closed,
            location=found.seat and {"@type": "Place", "name": found.seat},
            sameAs=[self.absolute(other.get_absolute_url()) for other in others if other.profiled],
        )

    def work(self, source):
        """A document. Its address is where it can be read, if that is on record, else its page here."""
        page = self.absolute(source.get_absolute_url())
        return filled(
            **{"@type": TYPES.get(source.kind, "CreativeWork"), "@id": page},
            name=source.title,
            description=source.subject,
            author=source.author and self.organisation(source.author),
            publisher=source.publisher and self.organisation(source.publisher),
            datePublished=source.published,
            spatialCoverage=source.region,
            url=source.address or page,
            archivedAt=source.archived,
            mainEntityOfPage=page,
        )

    def claim(self, edition):
        citations = edition.evidence
        sources = {citation.source_id: citation.source for citation in citations}
        said = {
            each.source_id: each.source
            for each in citations
            if each.relation in (Citation.Relation.STATES, Citation.Relation.REPEATS)
        }
        first, address = first_of(said.values()), self.absolute(edition.get_absolute_url())
        return filled(
            **{"@type": "Claim", "@id": address},
            identifier=edition.claim.reference,
            version=str(edition.number),
            text=edition.statement,
            inLanguage=settings.LANGUAGE_CODE,
            author=self.organisation(edition.organisation),
            datePublished=edition.published_at.isoformat(),
            temporalCoverage=edition.as_of,
            creativeWorkStatus=str(edition.state),
            url=self.absolute(edition.claim.get_absolute_url()) if edition.is_current else address,
            mentions=[self.figure(figure) for figure in edition.figures.all()],
            appearance=[{"@id": self.absolute(source.get_absolute_url())} for source in said.values()],
            firstAppearance=first and {"@id": self.absolute(first.get_absolute_url())},
            citation=[self.work(source) for source in sources.values()],
            isPartOf={"@id": self.register_id},
        )

    def figure(self, figure):
        number = (
            {BOUNDS[figure.qualifier]: f"{figure.value.normalize():f}"} if figure.qualifier in BOUNDS else {}
        )
        return (
            filled(
                **{"@type": "QuantitativeValue"},
                name=figure.label,
                description=figure.words,
                unitText=figure.unit,
            )
            | number
        )

    def instrument(self, found):
        page = self.absolute(found.get_absolute_url())
        return filled(
            **{"@type": "CreativeWork", "@id": page},
            name=found.title,
            alternateName=found.short_title,
            identifier=found.reference,
            sourceOrganization=found.body and self.organisation(found.body),
            datePublished=found.adopted,
            url=page,
        )

    @property
    def register_id(self):
        return f"{self.absolute(reverse('pages-details-by-slug', kwargs={'slug': 'evidence'}))}#register"

    def register(self, description):
        downloads = [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": self.absolute(reverse(name))}
            for name, kind in DOWNLOADS.items()
        ]
        return filled(
            **{"@type": "Dataset", "@id": self.register_id},
            name=_("Register of claims: %(site)s") % {"site": settings.SITE_NAME},
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
        return {
            "@type": "WebSite",
            "@id": f"{home}#site",
            "name": settings.SITE_NAME,
            "url": home,
            "inLanguage": get_language(),
            "potentialAction": search,
        }

    def trail(self, steps):
        """Of (title, address), from home to the page itself."""
        items = [
            {"@type": "ListItem", "position": position, "name": str(title), "item": self.absolute(address)}
            for position, (title, address) in enumerate(steps, 1)
        ]
        return {"@type": "BreadcrumbList", "itemListElement": items}


def filled(**values):
    """Without what is not on record."""
    return {name: value for name, value in values.items() if value}


def first_of(sources):
    """The document that said it first, if it can be told: the only one, or the one with the earliest of dates that are all known."""
    ordered = sorted(sources, key=lambda source: source.published)
    if len(ordered) < 2:
        return ordered[0] if ordered else None
    first, second = ordered[:2]
    return first if first.published and not second.published.startswith(first.published) else None
