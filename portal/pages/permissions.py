"""Leaves to publishers what changes the public site at once: the place of a page, and its settings."""

from functools import wraps

from cms.models import PageContent
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from .blocks import drafts_of

# The settings of a page are whether it asks for a login, its application hook, its id and its template.
ACTIONS_OF_PUBLISHERS = ("change_page_advanced_settings", "change_page_permissions", "move_page")
# A redirect could lead visitors to any site, and an address of its own could be that of something else.
KEPT_FIELDS = {"overwrite_url", "redirect"}


def beside_no_draft(clean_cms_page):
    """Decorates the check of the page to which words in a language are added: none of a draft that is there.

    The CMS would archive that draft, though somebody else has locked it, or the clock is to publish it.
    """

    @wraps(clean_cms_page)
    def clean(form):
        page = clean_cms_page(form)
        contents = PageContent.admin_manager.filter(page=page, language=form._language) if page else ()
        if page and drafts_of(contents).exists():
            raise ValidationError(
                gettext(
                    "Somebody has begun a draft of this page in this language already: go on with that one."
                )
            )
        return page

    return clean


def restrict_pages():
    """Changes what the CMS permits, and asks of a draft; is called once the models are loaded.

    The fields that leave the form keep what they hold.
    """
    from cms.admin.forms import AddPageForm, ChangePageForm
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
    AddPageForm.clean_cms_page = beside_no_draft(AddPageForm.clean_cms_page)
