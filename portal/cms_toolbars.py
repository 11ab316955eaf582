from djangocms_versioning.cms_toolbars import VersioningToolbar, replace_toolbar


class ReviewToolbar(VersioningToolbar):
    """The buttons over a page, without one that its user may not press."""

    def _add_publish_button(self):
        version = self._get_version() if self._is_versioned() else None
        if version and version.has_publish_permission(self.request.user):
            super()._add_publish_button()


replace_toolbar(VersioningToolbar, ReviewToolbar)
