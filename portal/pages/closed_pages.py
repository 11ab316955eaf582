from cms.models import Page
from django.contrib.auth.views import redirect_to_login
from django.http import Http404

from organisation.public_pages import is_open

from .addresses import VIEWS_OF_PAGES
from .menu_entries import entries


class ClosedPageMiddleware:
    """Closes a page with the pages above it: the CMS looks at the page alone.

    Below one that asks for a login visitors are asked, too; below one that is not published nothing is found.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        page = request.current_page if request.resolver_match.url_name in VIEWS_OF_PAGES else None
        if not page or page.depth == 1 or is_named_with_pages_above(request, page) or is_open(page):
            return None
        if not Page.objects.filter(path__in=page.get_ancestor_paths(), login_required=True).exists():
            # The page itself may ask for a login: then the CMS sees to that.
            if page.login_required:
                return None
            raise Http404
        return None if request.user.is_authenticated else redirect_to_login(request.get_full_path())


def is_named_with_pages_above(request, page):
    """True if the menus of the page name all pages above it, which they do of open ones.

    They are read for the page anyway: so it costs no query more.
    """
    named = {entry.tree_path for entry in entries(request)}
    return named.issuperset(page.get_ancestor_paths())
