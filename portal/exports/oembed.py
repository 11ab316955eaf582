"""A claim as a card in somebody else's page: without script or cookie, always as it stands, and how others ask for it (oEmbed)."""

from urllib.parse import urlencode, urlsplit
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from impact.models import Claim, Edition
from impact.views import withdrawn
from portal.graphics.share_images.image import HEIGHT as PICTURE_HEIGHT
from portal.graphics.share_images.image import WIDTH as PICTURE_WIDTH

from .citation_formats import one_line

# In pixels: how wide the card is unless told, how high one line of its words and how high at most; and the letters in a line.
WIDTH, LINE, HIGHEST, LETTERS = 560, 30, 640, 52
FORMATS = {"json": "application/json+oembed", "xml": "text/xml+oembed"}


# This mark of Django's is how a response says that any site may frame it, to whatever policy reads it on the way out.
@xframe_options_exempt
def card(request, number):
    """The current edition."""
    claim = get_object_or_404(Claim.objects.select_related("current_edition"), number=number)
    if not claim.current_edition:
        return withdrawn(request, claim, "impact/card_withdrawn.html")
    return render(
        request, "impact/card.html", {"edition": Edition.objects.in_full().get(pk=claim.current_edition_id)}
    )


def code(edition, absolute, width=WIDTH, height=0):
    """The HTML that shows the card; as high as its words need unless told."""
    return format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" referrerpolicy="no-referrer" style="border:0;max-width:100%"></iframe>',
        absolute(address_of(edition)),
        width,
        height or height_of(edition, width),
        title_of(edition),
    )


def embedding(edition, request):
    """What the page of a claim says of its card: the HTML that shows it, and where programs ask for that."""
    asked = urlencode({"url": request.build_absolute_uri(edition.claim.get_absolute_url())})
    return {
        "card": address_of(edition),
        "code": code(edition, request.build_absolute_uri),
        "title": title_of(edition),
        "oembed": [
            (kind, request.build_absolute_uri(f"{reverse('oembed')}?{asked}&format={form}"))
            for form, kind in FORMATS.items()
        ],
    }


def address_of(edition):
    return reverse("embed", kwargs={"number": edition.claim.number})


def title_of(edition):
    return one_line(
        _("%(reference)s: %(statement)s")
        % {"reference": edition.claim.reference, "statement": edition.statement}
    )


def height_of(edition, width):
    """About as high as the card is at a width, where its last line may become two; a card that is higher can be scrolled."""
    lines = len(edition.statement) * WIDTH // (LETTERS * max(width, 160)) + 1
    return min(HIGHEST, (190 if width > 420 else 225) + LINE * lines + (90 if edition.figures.all() else 0))


class Refused(Exception):
    """An answer that is not a card: the status that the specification of oEmbed gives it, and a sentence."""

    def __init__(self, status, sentence):
        self.status, self.sentence = status, sentence


def oembed(request):
    try:
        response = answer(request)
    except Refused as refused:
        response = HttpResponse(
            f"{refused.sentence}\n", status=refused.status, content_type="text/plain; charset=utf-8"
        )
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def answer(request):
    form = request.GET.get("format", "json")
    if form not in FORMATS:
        raise Refused(501, _("This format is not made here: ask for json or xml."))
    widest, highest = (limit(request, name) for name in ("maxwidth", "maxheight"))
    edition = edition_at(request, request.GET.get("url", ""))
    told = description(edition, request.build_absolute_uri, widest, highest)
    return JsonResponse(told) if form == "json" else xml(told)


def limit(request, name):
    """A number of pixels, or nothing."""
    given = request.GET.get(name, "")
    if given and not (given.isascii() and given.isdigit() and int(given[:9]) > 0):
        raise Refused(400, _("“%(name)s” is a number of pixels, for example 400.") % {"name": name})
    return int(given[:9]) if given else None


def edition_at(request, address):
    """The current edition of the claim at a whole address of this site; an older edition has no card, for a card shows what stands."""
    if not address:
        raise Refused(400, _("“url” is missing: give the address of a claim on this site."))
    nothing = Refused(404, _("There is no claim to embed at this address."))
    try:
        parts = urlsplit(address)
        with override(get_language_from_path(parts.path) or settings.LANGUAGE_CODE):
            match = resolve(parts.path)
    except (ValueError, Resolver404):
        raise nothing from None
    if (
        parts.scheme not in ("http", "https")
        or parts.netloc != request.get_host()
        or match.url_name not in ("claim", "claim-short", "edition", "embed")
    ):
        raise nothing
    number = match.kwargs.get("edition")
    found = (
        Edition.objects.current()
        .in_full()
        .filter(claim__number=match.kwargs["number"], **({"number": number} if number else {}))
        .first()
    )
    if found is None:
        raise nothing
    return found


def description(edition, absolute, widest, highest):
    width = min(WIDTH, widest or WIDTH)
    height = min(height_of(edition, width), highest or HIGHEST)
    told = {
        "version": "1.0",
        "type": "rich",
        "title": title_of(edition),
        "author_name": one_line(edition.organisation.official_name),
        "provider_name": settings.SITE_NAME,
        "provider_url": absolute(reverse("pages-root")),
        "cache_age": 3600,
        "html": code(edition, absolute, width, height),
        "width": width,
        "height": height,
    }
    if edition.organisation.profiled:
        told["author_url"] = absolute(edition.organisation.get_absolute_url())
    if (widest or PICTURE_WIDTH) >= PICTURE_WIDTH and (highest or PICTURE_HEIGHT) >= PICTURE_HEIGHT:
        picture = reverse(
            "edition-picture", kwargs={"number": edition.claim.number, "edition": edition.number}
        )
        told |= {
            "thumbnail_url": absolute(picture),
            "thumbnail_width": PICTURE_WIDTH,
            "thumbnail_height": PICTURE_HEIGHT,
        }
    return told


def xml(told):
    lines = [f"  <{name}>{escape(str(value))}</{name}>\n" for name, value in told.items()]
    text = f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>\n{"".join(lines)}</oembed>\n'
    return HttpResponse(text, content_type="text/xml; charset=utf-8")
