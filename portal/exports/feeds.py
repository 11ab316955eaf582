"""What is new, as Atom feeds: the register of claims, the log of corrections, the publications."""

from dataclasses import dataclass
from datetime import datetime, timezone, UTC
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db.models import OuterRef, Q, Subquery
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from impact.corrections import log
from impact.models import Edition
from organisation.models import Source
from organisation.paging import cursor_number

from .tables.table import clean_text

NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)
# A register that is longer comes in pages that lead to one another (RFC 5005).
PAGE = 250
NEWEST = ("-published_at", "-pk")


@dataclass
class Entry:
    """`key` names it for good; `content` is HTML."""

    key: str
    title: str
    address: str
    at: datetime
    content: str
    published: datetime | None = None


class Feed(Atom1Feed):
    def latest_post_date(self):
        """A feed without entries has not changed either, whenever it is asked for."""
        return super().latest_post_date() if self.items else NOTHING_YET

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        for relation, address in self.feed["pages"].items():
            handler.addQuickElement("link", "", {"rel": relation, "href": address})

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


def feed_response(request, title, page, entries, following=""):
    """A feed of entries, newest first; `page` is where readers find the same, `following` what the address of the next page says."""
    address = request.build_absolute_uri(request.path)
    pages = (
        {"first": address, "next": f"{address}?{following}"}
        if following
        else {"first": address}
        if request.GET
        else {}
    )
    title = _("%(what)s: %(site)s") % {"what": title, "site": settings.SITE_NAME}
    page = request.build_absolute_uri(reverse("pages-details-by-slug", kwargs={"slug": page}))
    feed = Feed(
        title,
        page,
        "",
        get_language(),
        author_name=settings.SITE_NAME,
        feed_url=request.build_absolute_uri(),
        feed_guid=address,
        pages=pages,
    )
    for entry in entries:
        feed.add_item(
            title=clean_text(entry.title),
            link=request.build_absolute_uri(entry.address),
            description=None,
            # The same for good, and at whichever of its names the site is asked.
            unique_id=uuid5(NAMESPACE_URL, entry.key).urn,
            updateddate=entry.at,
            pubdate=entry.published,
            content=clean_text(entry.content),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def claims_feed(request):
    """Every claim as it is published now, the one that changed last first."""
    found = keys_after(cursor_number(request.GET, "after"))[: PAGE + 1]
    editions = (
        Edition.objects.filter(pk__in=list(found))
        .select_related("claim", "organisation")
        .prefetch_related("figures")
    )
    shown = list(editions.order_by(*NEWEST))[:PAGE]
    entries = [
        Entry(
            key=f"claim {edition.claim.reference}",
            title=_("%(reference)s: %(statement)s")
            % {"reference": edition.claim.reference, "statement": Truncator(edition.statement).chars(120)},
            address=edition.get_absolute_url(),
            at=edition.published_at,
            content=render_to_string("impact/claim_in_feed.html", {"edition": edition}),
        )
        for edition in shown
    ]
    return feed_response(
        request, _("Claims"), "evidence", entries, f"after={shown[-1].pk}" if len(found) > PAGE else ""
    )


def keys_after(key):
    """The keys of current editions, newest first, from after this one on; from the newest if there is none such. Whole rows would be slow to sort."""
    editions = Edition.objects.current().order_by(*NEWEST)
    at = Edition.objects.filter(pk=key).values_list("published_at", flat=True).first()
    editions = editions.filter(Q(published_at__lt=at) | Q(published_at=at, pk__lt=key)) if at else editions
    return editions.values_list("pk", flat=True)


def corrections_feed(request):
    page = log(request.GET.get("after", ""))
    entries = [
        Entry(
            key=f"{entry.key} {entry.reference} {entry.at.astimezone(UTC).isoformat()}",
            title=correction_title(entry),
            address=entry.address,
            at=entry.at,
            published=entry.at,
            content=render_to_string("impact/correction.html", {"entry": entry}),
        )
        for entry in page.entries
    ]
    return feed_response(
        request, _("Corrections"), "corrections", entries, page.older and f"after={page.older}"
    )


def correction_title(entry):
    if not entry.edition:
        return _("%(reference)s: withdrawn") % {"reference": entry.reference}
    return _("%(reference)s, edition %(number)d: %(change)s") % {
        "reference": entry.reference,
        "number": entry.edition.number,
        "change": entry.edition.get_change_display(),
    }


def publications_feed(request):
    """Every publication on record, the one whose record changed last first: the day it was published is often known as a year only."""
    changes = Source.history.filter(id=OuterRef("pk")).order_by("-history_date").values("history_date")
    publications = (
        Source.objects.publications()
        .defer("text")
        .annotate(changed=Subquery(changes[:1]))
        .order_by("-changed", "-pk")
    )
    entries = [
        Entry(
            key=f"publication {source.slug}",
            title=str(source),
            address=source.get_absolute_url(),
            at=source.changed or NOTHING_YET,
            content=render_to_string("organisation/publication_in_feed.html", {"source": source}),
        )
        for source in publications
    ]
    return feed_response(request, _("Publications"), "publications", entries)
