from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from portal.accounts.lazy_view import lazy_view


class DeskSite(AdminSite):
    """The admin site with the desk as its first page."""

    @property
    def site_title(self):
        from organisation.models import site_settings

        return site_settings().title

    site_header = site_title
    index_title = _("Desk")

    def get_urls(self):
        # The views need models, which are not there yet when this module is imported.
        from impact.admin import new_claim

        from . import views

        pages = [
            path("search/", views.search, name="search"),
            path("log/", views.log, name="log"),
            path("completeness/", views.completeness, name="completeness"),
            path("unsourced/", views.unsourced, name="unsourced"),
            path("pages/drafts/", lazy_view("portal.staff.page_drafts.page_drafts"), name="page-drafts"),
            path(
                "pages/<int:pk>/review/",
                lazy_view("portal.staff.page_review.page_review"),
                name="page-review",
            ),
            path("pages/<int:pk>/look/", lazy_view("portal.staff.page_look.page_look"), name="page-look"),
            path(
                "pages/<int:pk>/look/<slug:way>/",
                lazy_view("portal.staff.page_look.framed_page"),
                name="page-look-frame",
            ),
            path(
                "takedowns/<int:pk>/",
                lazy_view("portal.staff.second_look.second_look"),
                name="second-look",
            ),
            path("undo/edition/<int:pk>/", views.undo_edition, name="undo-edition"),
            path("undo/withdrawal/<int:pk>/", views.undo_withdrawal, name="undo-withdrawal"),
            path("undo/<str:label>/<int:pk>/", views.undo_record, name="undo-record"),
            path("impact/claim/new/", new_claim.new_claim, name="new-claim"),
            path("impact/claim/new/similar/", new_claim.similar, name="similar-claims"),
            path("impact/claim/new/text/", new_claim.source_text, name="source-text"),
            path(
                "organisation/source/document/",
                lazy_view("portal.staff.document_import.views.new_document"),
                name="new-document",
            ),
            path(
                "organisation/source/<int:pk>/reading/",
                lazy_view("portal.staff.document_import.review_page.review_document"),
                name="reading",
            ),
            path(
                "organisation/source/<int:pk>/reading/held/",
                lazy_view("portal.staff.document_import.views.pending_records"),
                name="reading-held",
            ),
            path(
                "organisation/source/<int:pk>/kind/",
                lazy_view("portal.staff.document_import.publication.change_kind"),
                name="source-kind",
            ),
            path("tables/", lazy_view("portal.staff.table_import.views.tables"), name="tables"),
            path("tables/<slug:name>/", lazy_view("portal.staff.table_import.views.table"), name="table"),
            path(
                "tables/<slug:name>.<str:ending>",
                lazy_view("portal.staff.table_import.views.download"),
                name="table-file",
            ),
        ]
        for page in pages:
            page.callback = self.admin_view(page.callback)
        # Before the model admins, whose catch-all pattern would take these paths.
        return pages + super().get_urls()

    def login(self, request, extra_context=None):
        """Redirects to the site's own login, because Django's form asks for no second factor."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", request.path))

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def index(self, request, extra_context=None):
        from .context import desk_context

        return super().index(request, desk_context(request.user) | (extra_context or {}))
