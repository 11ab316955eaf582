from djangocms_versioning.cms_toolbars import VersioningToolbar, replace_toolbar


class ReviewToolbar(VersioningToolbar):
    """Puts the buttons over a page, without the one to publish for a user who may not publish it."""

    # djangocms-versioning shows the button to everybody and has no setting for it: its method is replaced.

    def _add_publish_button(self):
        version = self._get_version() if self._is_versioned() else None
        if version and version.has_publish_permission(self.request.user):
            super()._add_publish_button()


replace_toolbar(VersioningToolbar, ReviewToolbar)
