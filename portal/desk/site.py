from django.contrib.admin import AdminSite
from django.urls import path
from django.utils.translation import gettext_lazy as _


class DeskSite(AdminSite):
    """The admin, with the desk as its first page."""

    site_header = site_title = _("Margin")
    index_title = _("Desk")

    def get_urls(self):
        # The views need models, which are not there yet when this module is imported.
        from .. import new_claim

        pages = [
            path("impact/claim/new/", new_claim.new_claim, name="new-claim"),
            path("impact/claim/new/similar/", new_claim.similar, name="similar-claims"),
            path("impact/claim/new/text/", new_claim.source_text, name="source-text"),
        ]
        for page in pages:
            page.callback = self.admin_view(page.callback)
        return pages + super().get_urls()
