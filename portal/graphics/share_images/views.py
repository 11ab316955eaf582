from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control

from impact.views import with_edition
from organisation.models import Organisation

from . import image

# An edition never changes, but its claim may be withdrawn: copies elsewhere must not outlive that for long.
cached_for_an_hour = cache_control(public=True, max_age=3600)


@cached_for_an_hour
@with_edition
def edition_image(request, edition):
    return png_response(image.edition_image(edition))


@cached_for_an_hour
def organisation_image(request, slug):
    organisation = get_object_or_404(Organisation.objects.profiled(), slug=slug)
    return png_response(image.organisation_image(organisation))


@cached_for_an_hour
def site_image(request):
    return png_response(image.site_image())


def png_response(png):
    # Other sites are meant to show these.
    return HttpResponse(
        png, content_type="image/png", headers={"Cross-Origin-Resource-Policy": "cross-origin"}
    )
