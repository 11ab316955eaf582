"""Lets the old addresses of pages lead on, and keeps pages off the addresses of other things.

The CMS writes the addresses of pages without signals, and one move may change many. So all of them are
compared before and after, inside the transaction that changes pages.
"""

from contextlib import contextmanager

from cms.models import PageContent, PageUrl
from django.contrib.redirects.models import Redirect
from django.contrib.sites.models import Site
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseGone, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext, override
from django.views.defaults import page_not_found

VIEWS_OF_PAGES = ("pages-root", "pages-details-by-slug")
MAX_LENGTH = Redirect._meta.get_field("old_path").max_length


class OldAddressMiddleware:
    """Leads from the old address of a page to the one that it has now; 410 where it was taken down."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        # Where no home page is, the CMS leads everybody to the list of pages, and so to the login of staff.
        if is_list_of_pages(response) and not request.user.is_staff:
            raise Http404
        if response.status_code != 404 or len(request.path) > MAX_LENGTH:
            return response
        path = request.path if request.path.endswith("/") else f"{request.path}/"
        redirect = Redirect.objects.filter(old_path=path).first()
        if redirect and redirect.new_path:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(redirect.new_path + (f"?{query}" if query else ""))
        if redirect:
            page = page_not_found(request, None, "410.html")
            return HttpResponseGone(page.content, headers=dict(response.items()))
        return response


def is_list_of_pages(response):
    return response.status_code == 302 and response["Location"] == reverse("admin:cms_pagecontent_changelist")


@contextmanager
def old_addresses_lead_on():
    """Writes redirects for the addresses of published pages that change inside it.

    Yields a dictionary that holds these at its end: {(page, language): (old address, new one or "")}. Raises
    ValidationError where a page would get an address at which nobody finds it.
    """
    before, moved = public_addresses(), {}
    yield moved
    after = public_addresses()
    moved |= {
        key: (address, after.get(key, "")) for key, address in before.items() if after.get(key) != address
    }
    for (page, language), address in after.items():
        if before.get((page, language)) != address:
            check_address(address)
            check_languages(PageUrl.objects.get(page=page, language=language).path, page, language)
    write_redirects({address: after.get(key, "") for key, address in before.items()}, set(after.values()))


def public_addresses():
    """Returns {(page, language): address} of what visitors can read."""
    urls = PageUrl.objects.filter(path__isnull=False, page__in=PageContent.objects.values("page"))
    return {
        (page, language): address_of(path, language)
        for page, language, path in urls.values_list("page", "language", "path")
    }


def address_of(path, language):
    """Returns the address of a path of the CMS: without slashes at its ends, empty for the home page."""
    with override(language):
        return reverse("pages-details-by-slug", args=[path]) if path else reverse("pages-root")


def write_redirects(targets, answering):
    """Stores a redirect for each address that does not answer any more.

    `targets` is {old address: new address, or "" if the page is gone}. A redirect that led to an old address
    leads to the new one, so that it never takes two steps; one from an address that answers goes.
    """
    site = Site.objects.get_current()
    moved = {old: new for old, new in targets.items() if old != new and old not in answering}
    redirects = Redirect.objects.filter(site=site)
    for redirect in redirects.filter(new_path__in=moved):
        redirect.new_path = moved[redirect.new_path]
        redirect.save(update_fields=["new_path"])
    for old, new in moved.items():
        redirects.update_or_create(site=site, old_path=old, defaults={"new_path": new})
    redirects.filter(old_path__in=answering).delete()


def check_address(address):
    """Raises ValidationError if something else than a page answers at an address, or if it is too long."""
    if len(address) > MAX_LENGTH:
        raise ValidationError(
            gettext(
                "The address of a page has %(limit)d characters at most, and this one would have %(count)d: "
                "choose a shorter short name, or a higher place."
            )
            % {"limit": MAX_LENGTH, "count": len(address)},
            code="length",
        )
    try:
        name = resolve(address).url_name
    except Resolver404:
        name = None
    if name not in VIEWS_OF_PAGES:
        raise ValidationError(
            gettext(
                "Nobody would find this page: “%(address)s” is the address of something else. "
                "Choose another short name, or another place."
            )
            % {"address": address},
            code="address",
        )


def check_languages(path, page, language):
    """Raises ValidationError if another page has a path in another language.

    The CMS looks for a page by its path alone, and shows visitors of both addresses one and the same.
    """
    others = PageUrl.objects.filter(path=path).exclude(language=language).exclude(page=page)
    if other := others.order_by("pk").first():
        raise ValidationError(
            gettext(
                "Nobody would find this page: “%(other)s” is another page, in another language. "
                "Choose another short name, or another place."
            )
            % {"other": address_of(other.path, other.language)},
            code="address",
        )


def check_addresses(path, language, page=None):
    """Checks the address that a path gives a page, and what becomes of those of the pages below."""
    check_address(address_of(path, language))
    if page:  # words in another language may take the short name that their page has
        check_languages(path, page, language)
    old = page.get_path(language) if page else None
    if old:
        below = PageUrl.objects.filter(language=language, path__startswith=f"{old}/")
        for each in below.values_list("path", flat=True):
            check_address(address_of(path + each[len(old) :], language))


def check_place(page, above):
    """Raises ValidationError if a page would stand below itself, as a tree that is not fresh may ask for."""
    if above and above.path.startswith(page.path):
        raise ValidationError(
            gettext(
                "A page cannot stand below itself or a page below it. Somebody else may have moved them: "
                "reload the list of pages."
            ),
            code="place",
        )


def check_addresses_in_forms():
    """Lets the forms of pages check addresses, too; is called once the models are loaded."""
    from cms.admin import forms

    is_unique = forms.validate_url_uniqueness
    is_unique_after_move = forms.MovePageForm._validate_url_uniqueness

    def validate_url_uniqueness(site, path, language, user_language=None, exclude_page=None):
        is_unique(site, path, language, user_language, exclude_page)
        check_addresses(path, language, exclude_page)

    def validate_move(form, path, language):
        check_place(form.page, form.cleaned_data.get("target"))
        if form.page.get_slug(language) is None:
            return  # nothing of it is published: it has no address, and gets one with its first publication
        # First, since the CMS says the same of every fault that it finds here.
        check_addresses(path, language, form.page)
        is_unique_after_move(form, path, language)

    forms.validate_url_uniqueness = validate_url_uniqueness
    forms.MovePageForm._validate_url_uniqueness = validate_move
