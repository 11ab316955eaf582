"""The card of a claim, which any site may frame, and its oEmbed endpoint (https://oembed.com).

A card shows the current edition, without script or cookie.
"""

from functools import partial
from urllib.parse import urlencode, urlsplit

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
from organisation.models import site_settings
from portal.delivery.public_address import lasting_address, lasting_origin
from portal.graphics.share_images.image import HEIGHT as PICTURE_HEIGHT
from portal.graphics.share_images.image import WIDTH as PICTURE_WIDTH

from .citation_formats import one_line

# In pixels, but for the characters that a line of the statement holds at the full width.
WIDTH, LINE_HEIGHT, MAX_HEIGHT, CHARACTERS_PER_LINE = 560, 30, 640, 52
CLAIM_URL_NAMES = ("claim", "claim-short", "edition", "embed")


# The middleware that sets the security headers knows by this mark that any site may frame the card.
@xframe_options_exempt
def card(request, number):
    claim = get_object_or_404(Claim.objects.select_related("current_edition"), number=number)
    if not claim.current_edition:
        return withdrawn(request, claim, "impact/card_withdrawn.html")
    return render(
        request, "impact/card.html", {"edition": Edition.objects.in_full().get(pk=claim.current_edition_id)}
    )


def iframe_html(edition, absolute, width=WIDTH, height=0):
    """Returns the HTML that frames the card, by default as high as its text needs."""
    return format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" referrerpolicy="no-referrer" '
        'style="border:0;max-width:100%"></iframe>',
        absolute(card_url(edition)),
        width,
        height or card_height(edition, width),
        card_title(edition),
    )


def embedding(edition, request):
    """Returns what the page of a claim offers: the HTML that frames its card, and its oEmbed address."""
    absolute = partial(lasting_address, request)
    query = urlencode({"url": absolute(edition.claim.get_absolute_url()), "format": "json"})
    return {
        "card": card_url(edition),
        "code": iframe_html(edition, absolute),
        "title": card_title(edition),
        "oembed": absolute(f"{reverse('oembed')}?{query}"),
    }


def card_url(edition):
    return reverse("embed", kwargs={"number": edition.claim.number})


def card_title(edition):
    return one_line(
        _("%(reference)s: %(statement)s")
        % {"reference": edition.claim.reference, "statement": edition.statement}
    )


def card_height(edition, width):
    """Estimates the height of the card in pixels; a card that needs more scrolls.

    One line is added for the last, which may wrap.
    """
    figure = next(iter(edition.figures.all()), None)
    characters = len(edition.statement) + (len(figure.origin) if figure else 0)
    lines = characters * WIDTH // (CHARACTERS_PER_LINE * max(width, 160)) + 1
    frame = 190 if width > 420 else 225  # on a narrow card the line of details wraps
    return min(MAX_HEIGHT, frame + LINE_HEIGHT * lines + (90 if figure else 0))


class OembedError(Exception):
    """A refusal, with the status that the specification of oEmbed gives it and a sentence."""

    def __init__(self, status, message):
        self.status, self.message = status, message


def oembed(request):
    try:
        response = oembed_response(request)
    except OembedError as error:
        response = HttpResponse(
            f"{error.message}\n", status=error.status, content_type="text/plain; charset=utf-8"
        )
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def oembed_response(request):
    if request.GET.get("format", "json") != "json":
        raise OembedError(501, _("This format is not made here: ask for json."))
    max_width, max_height = (pixels(request, name) for name in ("maxwidth", "maxheight"))
    edition = edition_at(request, request.GET.get("url", ""))
    return JsonResponse(response_fields(edition, partial(lasting_address, request), max_width, max_height))


def pixels(request, name):
    """Returns a parameter as a number of pixels; None if it is missing or empty."""
    value = request.GET.get(name, "")
    # Nine digits are enough for any screen, and keep int() from digits without end.
    if value and not (value.isascii() and value.isdigit() and int(value[:9]) > 0):
        raise OembedError(400, _("“%(name)s” is a number of pixels, for example 400.") % {"name": name})
    return int(value[:9]) if value else None


def edition_at(request, address):
    """Returns the current edition of the claim at an address of this site, which may be any of its addresses.

    That of an older edition is refused, since a card shows the current wording alone.
    """
    if not address:
        raise OembedError(400, _("“url” is missing: give the address of a claim on this site."))
    not_found = OembedError(404, _("There is no claim to embed at this address."))
    try:
        parts = urlsplit(address)
        # Paths resolve only in their own language.
        with override(get_language_from_path(parts.path) or settings.LANGUAGE_CODE):
            match = resolve(parts.path)
    except (ValueError, Resolver404):
        raise not_found from None
    if (
        parts.scheme not in ("http", "https")
        or parts.netloc not in (request.get_host(), urlsplit(lasting_origin(request)).netloc)
        or match.url_name not in CLAIM_URL_NAMES
    ):
        raise not_found
    number = match.kwargs.get("edition")
    edition = (
        Edition.objects.current()
        .in_full()
        .filter(claim__number=match.kwargs["number"], **({"number": number} if number else {}))
        .first()
    )
    if edition is None:
        raise not_found
    return edition


def response_fields(edition, absolute, max_width, max_height):
    """Returns the response parameters of the type “rich”, as the specification of oEmbed names them."""
    width = min(WIDTH, max_width or WIDTH)
    height = min(card_height(edition, width), max_height or MAX_HEIGHT)
    fields = {
        "version": "1.0",
        "type": "rich",
        "title": card_title(edition),
        "author_name": one_line(edition.organisation.named),
        "provider_name": site_settings().title,
        "provider_url": absolute(reverse("pages-root")),
        "cache_age": 0,  # the claim may be withdrawn at any moment
        "html": iframe_html(edition, absolute, width, height),
        "width": width,
        "height": height,
    }
    if path := edition.organisation.get_absolute_url():
        fields["author_url"] = absolute(path)
    # The specification limits the thumbnail, too, to maxwidth and maxheight.
    if (max_width or PICTURE_WIDTH) >= PICTURE_WIDTH and (max_height or PICTURE_HEIGHT) >= PICTURE_HEIGHT:
        picture = reverse(
            "edition-picture", kwargs={"number": edition.claim.number, "edition": edition.number}
        )
        fields |= {
            "thumbnail_url": absolute(picture),
            "thumbnail_width": PICTURE_WIDTH,
            "thumbnail_height": PICTURE_HEIGHT,
        }
    return fields
