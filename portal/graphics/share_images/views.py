from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control

from impact.views import with_edition
from organisation.models import Organisation

from . import image as picture

# An edition never changes, but its claim may be withdrawn: copies elsewhere are not to outlive that for long.
kept_an_hour = cache_control(public=True, max_age=3600)


@kept_an_hour
@with_edition
def edition_picture(request, edition):
    return png(picture.picture_of_edition(edition))


@kept_an_hour
def organisation_picture(request, slug):
    return png(picture.picture_of_organisation(get_object_or_404(Organisation.objects.profiled(), slug=slug)))


@kept_an_hour
def site_picture(request):
    return png(picture.picture_of_site())


def png(drawn):
    # Shown on other sites: that is what it is for.
    return HttpResponse(
        drawn, content_type="image/png", headers={"Cross-Origin-Resource-Policy": "cross-origin"}
    )
