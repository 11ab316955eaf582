from cms.toolbar.items import ButtonList, TemplateItem
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from djangocms_versioning.cms_toolbars import VersioningToolbar, replace_toolbar
from djangocms_versioning.constants import DRAFT

from organisation.models import site_settings
from portal.pages.workflow import is_publishable_by


class ReviewToolbar(VersioningToolbar):
    """Puts one button over a draft, which leads to its review: to publish, submit or decide on it.

    What is typed into a text in its page, or into a window over it, is kept on the machine of who types it.
    Where one person alone publishes, it says so on every page, and leads to the desk, which says more.
    """

    class Media:
        js, css = ("js/autosave.js", "js/autosave-dialogs.js"), {"all": ("css/admin/autosave.css",)}

    def post_template_populate(self):
        super().post_template_populate()
        template, context = "admin/includes/autosave_template.html", {"user": self.request.user}
        self.toolbar.add_item(TemplateItem(template, context, side=self.toolbar.RIGHT))
        version = self._get_version() if self._is_versioned() else None
        if version and self.request.user.has_perm("cms.change_page"):
            address = reverse("admin:page-look", args=[version.pk])
            self.toolbar.add_button(_("How it looks"), address, side=self.toolbar.RIGHT)
        if site_settings().one_person_alone:
            desk = reverse("admin:index")
            self.toolbar.add_link_item(_("One person alone publishes here"), desk, side=self.toolbar.RIGHT)

    # djangocms-versioning shows the button to everybody and has no setting for it: its method is replaced.

    def _add_publish_button(self):
        version, user = (self._get_version() if self._is_versioned() else None), self.request.user
        if version is None or version.state != DRAFT or not self.toolbar.edit_mode_active:
            return
        if user.has_perm("cms.change_page"):
            may_publish = version.has_publish_permission(user) and is_publishable_by(version, user)
            item = ButtonList(side=self.toolbar.RIGHT)
            item.add_button(
                _("Publish") if may_publish else _("Submit or review"),
                url=reverse("admin:page-review", args=[version.pk]),
                extra_classes=["cms-btn-action"],
            )
            self.toolbar.add_item(item)


replace_toolbar(VersioningToolbar, ReviewToolbar)
