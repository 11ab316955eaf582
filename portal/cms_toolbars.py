from cms.toolbar.items import ButtonList
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from djangocms_versioning.cms_toolbars import VersioningToolbar, replace_toolbar
from djangocms_versioning.constants import DRAFT

from portal.pages.review import is_confirmed, is_own_change


class ReviewToolbar(VersioningToolbar):
    """Puts one button over a draft: to publish it, for who may; else to submit it or to decide on it.

    Where one person alone publishes, it says so on every page, and leads to the desk, which says more.
    """

    def post_template_populate(self):
        super().post_template_populate()
        if settings.PORTAL_SINGLE_EDITOR:
            desk = reverse("admin:index")
            self.toolbar.add_link_item(_("One person alone publishes here"), desk, side=self.toolbar.RIGHT)

    # djangocms-versioning shows the button to everybody and has no setting for it: its method is replaced.

    def _add_publish_button(self):
        version, user = (self._get_version() if self._is_versioned() else None), self.request.user
        if version is None or version.state != DRAFT:
            return
        may_publish = version.has_publish_permission(user)
        if may_publish and (not is_own_change(version, user) or is_confirmed(version)):
            super()._add_publish_button()
        elif self.toolbar.edit_mode_active and user.has_perm("cms.change_page"):
            item = ButtonList(side=self.toolbar.RIGHT)
            url = reverse("admin:page-review", args=[version.pk])
            item.add_button(_("Submit or review"), url=url, extra_classes=["cms-btn-action"])
            self.toolbar.add_item(item)


replace_toolbar(VersioningToolbar, ReviewToolbar)
