from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from impact.views import with_edition
from organisation.models import Organisation

from . import image


@with_edition
def edition_image(request, edition):
    return png_response(image.edition_image(edition))


def organisation_image(request, slug):
    organisation = get_object_or_404(Organisation.objects.with_page(), slug=slug)
    return png_response(image.organisation_image(organisation))


def site_image(request):
    return png_response(image.site_image())


def png_response(png):
    # Other sites are meant to show these.
    return HttpResponse(
        png, content_type="image/png", headers={"Cross-Origin-Resource-Policy": "cross-origin"}
    )
