"""Leaves to publishers what changes the public site at once: the place of a page, and its settings."""

# The settings of a page are whether it asks for a login, its application hook, its id and its template.
ACTIONS_OF_PUBLISHERS = ("change_page_advanced_settings", "change_page_permissions", "move_page")
# A redirect could lead visitors to any site, and an address of its own could be that of something else.
KEPT_FIELDS = {"overwrite_url", "redirect"}


def restrict_pages():
    """Changes what the CMS permits, and asks of a draft; is called once the models are loaded.

    The fields that leave the form keep what they hold.
    """
    from cms.admin.forms import ChangePageForm
    from cms.utils import page_permissions

    permissions = page_permissions._django_permissions_by_action
    for action in ACTIONS_OF_PUBLISHERS:
        permissions[action] = permissions["publish_page"]
    for name in KEPT_FIELDS:
        ChangePageForm.declared_fields[name].disabled = True
    ChangePageForm.fieldsets = [
        (title, options)
        for title, options in ChangePageForm.fieldsets
        if not KEPT_FIELDS & set(options["fields"])
    ]
