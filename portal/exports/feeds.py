"""Atom feeds of what is new: the register of claims, the log of corrections, the publications."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from impact.corrections import log
from impact.models import Edition
from organisation.block_pages import address_with
from organisation.models import SiteSettings, Source, site_settings
from organisation.models.record import seen_history
from organisation.paging import Keyset, cursor_number, first_rows
from portal.delivery.public_address import lasting_address

from .tables.table import clean_text

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# A register that is longer comes in pages that link to one another (RFC 5005).
PAGE_SIZE = 250
NEWEST_FIRST = Keyset("-published_at", "-pk")


@dataclass
class Entry:
    """An entry of a feed; `key` identifies it for good, `content` is HTML."""

    key: str
    title: str
    address: str
    at: datetime
    content: str
    published: datetime | None = None


class Feed(Atom1Feed):
    def latest_post_date(self):
        """Returns the time at which the site was set up for a feed without entries, not of the request."""
        return super().latest_post_date() if self.items else set_up_at()

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        for relation, address in self.feed["pages"].items():
            handler.addQuickElement("link", "", {"rel": relation, "href": address})

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


def set_up_at():
    """Returns the time at which the settings of the site were first kept."""
    times = SiteSettings.history.order_by("history_date", "history_id").values_list("history_date", flat=True)
    return times.first() or EPOCH


def feed_response(request, title, plugin, entries, next_query=""):
    """Returns a feed of entries, newest first.

    A page with a block of `plugin` shows the same, where there is one; `next_query` is the query string of
    the next page.
    """
    address = lasting_address(request, request.path)
    pages = (
        {"first": address, "next": f"{address}?{next_query}"}
        if next_query
        else {"first": address}
        if request.GET
        else {}
    )
    feed = Feed(
        _("%(what)s: %(site)s") % {"what": title, "site": site_settings().title},
        lasting_address(request, address_with(plugin) or reverse("pages-root")),
        "",
        get_language(),
        author_name=site_settings().title,
        feed_url=lasting_address(request, request.get_full_path()),
        feed_guid=address,
        pages=pages,
    )
    for entry in entries:
        feed.add_item(
            title=clean_text(entry.title),
            link=lasting_address(request, entry.address),
            description=None,
            # From the key and not the address, which changes with the host that the site is asked at.
            unique_id=uuid5(NAMESPACE_URL, entry.key).urn,
            updateddate=entry.at,
            pubdate=entry.published,
            content=clean_text(entry.content),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def claims_feed(request):
    """Serves the current edition of every claim, the last published first."""
    keys, has_more = first_rows(edition_keys_after(cursor_number(request.GET, "after")), PAGE_SIZE)
    editions = list(
        Edition.objects.filter(pk__in=keys)
        .select_related("claim", "organisation")
        .prefetch_related("figures__indicator")
        .with_passages()
        .order_by(*NEWEST_FIRST.ordering)
    )
    entries = [
        Entry(
            key=f"claim {edition.claim.reference}",
            title=with_end(
                _("%(reference)s: %(statement)s")
                % {
                    "reference": edition.claim.reference,
                    "statement": Truncator(edition.statement).chars(120),
                },
                edition.organisation,
            ),
            address=edition.get_absolute_url(),
            at=edition.published_at,
            content=render_to_string("impact/claim_in_feed.html", {"edition": edition}),
        )
        for edition in editions
    ]
    next_query = f"after={keys[-1]}" if has_more else ""
    return feed_response(request, _("Claims"), "RegisterPlugin", entries, next_query)


def with_end(title, organisation):
    """Returns the title of an entry, with the name of an organisation that is over and what became of it."""
    if not organisation.life.is_over:
        return title
    return _("%(title)s – %(organisation)s") % {"title": title, "organisation": organisation.named}


def edition_keys_after(key):
    """Returns the primary keys of current editions, newest first, that follow the edition with this key.

    An unknown key means the first page. Only keys are sorted, since whole rows would be slow to sort.
    """
    position = NEWEST_FIRST.position_of_first(Edition.objects.filter(pk=key))
    return NEWEST_FIRST.after(position, Edition.objects.current()).values_list("pk", flat=True)


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
    next_query = page.older and f"after={page.older}"
    return feed_response(request, _("Corrections"), "CorrectionsPlugin", entries, next_query)


def correction_title(entry):
    if not entry.edition:
        return _("%(reference)s: withdrawn") % {"reference": entry.reference}
    return _("%(reference)s, edition %(number)d: %(change)s") % {
        "reference": entry.reference,
        "number": entry.edition.number,
        "change": entry.edition.get_change_display(),
    }


def publications_feed(request):
    """Serves every publication, the one whose record changed last first.

    The day of publication gives no order: it is often known as a year only.
    """
    history = seen_history(Source).filter(id=OuterRef("pk"))
    changes = history.order_by("-history_date", "-history_id").values("history_date")
    publications = (
        Source.objects.publications()
        .defer("text")
        .annotate(changed=Subquery(changes[:1]))
        .order_by("-changed", "-pk")
    )
    entries = [
        Entry(
            key=f"publication {source.slug}",
            title=with_end(str(source), source.author),
            address=source.get_absolute_url(),
            at=source.changed or EPOCH,
            content=render_to_string("organisation/publication_in_feed.html", {"source": source}),
        )
        for source in publications
    ]
    return feed_response(request, _("Publications"), "PublicationsPlugin", entries)
