"""Makes published pages of the CMS with blocks on them."""

import re

from cms.api import add_plugin, create_page
from cms.models import PageContent
from django.contrib.redirects.models import Redirect
from django.contrib.sites.models import Site
from django.core.exceptions import ValidationError
from djangocms_versioning.models import Version

from portal.pages import workflow

from .people import alice, bob


def a_page(title, *blocks, parent=None, **values):
    """Returns the content of a page that Alice made and Bob published; blocks are (plugin, its values).

    `parent` is the content of the page above; a block of text alone may be its HTML. A value that is a list
    holds related records.
    """
    values = {"language": "en", "template": "pages/page.html"} | values
    page = create_page(title, parent=parent and parent.page, created_by=alice(), **values)
    content = PageContent.admin_manager.get(page=page)
    slot = content.get_placeholders().get(slot="content")
    for block in blocks:
        plugin, settings = ("TextPlugin", {"body": block}) if isinstance(block, str) else block
        related = {name: value for name, value in settings.items() if isinstance(value, list)}
        own = {name: value for name, value in settings.items() if name not in related}
        made = add_plugin(slot, plugin, "en", **own)
        for name, value in related.items():
            getattr(made, name).set(value)
    Version.objects.get_for_content(content).publish(bob())
    return content


def profile_of(organisation, *blocks):
    """Returns the content of an organisation's profile, which stands below the list of organisations."""
    above = PageContent.objects.get(page__urls__path="organisations")
    return a_page(str(organisation), *blocks, parent=above, slug=organisation.slug)


def change_pages(client, address, data=None, **options):
    """Sends a change of pages, and confirms it where the site asks first; returns the last answer."""
    data = data or {}
    answer = client.post(address, data, headers={"X-Requested-With": "nobody"}, **options)
    asked = re.search(r'name="confirmed" value="(\w+)"', answer.content.decode())
    return client.post(address, data | {"confirmed": asked[1]}, **options) if asked else answer


def publish(version, by):
    """Submits a draft as its author, unless it is submitted, and publishes it; returns the refusals."""
    try:
        if workflow.kind_of_last_step(version) not in workflow.PUBLISHABLE:
            workflow.submit(version, version.created_by)
        workflow.publish(version, by)
    except ValidationError as error:
        return error.messages
    return []


def version_of(content):
    return Version.objects.get_for_content(content)


def a_redirect(old, new):
    return Redirect.objects.create(site=Site.objects.get_current(), old_path=old, new_path=new)
