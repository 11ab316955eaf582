"""Creates the CMS pages that `pages.json` describes.

A page that an editor has changed is left alone, unless told to overwrite.

The file is a tree: a page has a `key` (its id in the CMS for good, 40 characters at most), a `title`, a
`menu_title` and a `slug` where these differ from title and key, a `description` for search engines, `blocks`
and `children`. A block names its plugin and gives its values; records are named by slug or reference. The
body of a text block may be a list of lines. A page with `is_draft` is left to whoever begins to write it:
visitors do not find it.
"""

from dataclasses import dataclass, field

from cms.api import add_plugin, create_page
from cms.models import Page as CMSPage
from cms.models import PageContent
from cms.plugin_pool import plugin_pool
from django.conf import settings
from django.utils.translation import gettext as _
from djangocms_versioning.constants import DRAFT, PUBLISHED
from djangocms_versioning.models import Version

from portal.models import SeededPage
from portal.pages.rich_text import clean

from . import SeedError
from .fixtures import NamedRecordMissing, find_record, read_fixture

LANGUAGE = settings.LANGUAGE_CODE
SLOT = "content"


@dataclass(frozen=True)
class Block:
    plugin: str
    values: dict


@dataclass(frozen=True)
class Page:
    key: str
    title: str
    menu_title: str = ""
    slug: str = ""
    description: str = ""
    in_navigation: bool = False
    template: str = "pages/page.html"
    is_home: bool = False
    is_draft: bool = False
    blocks: list[Block] = field(default_factory=list)
    children: list["Page"] = field(default_factory=list)


def read_pages(folder=None):
    """Returns the top pages of the fixture, each with its children."""
    return [parse_page(values) for values in read_fixture("pages", folder)]


def parse_page(values):
    blocks = [parse_block(block) for block in values.get("blocks", [])]
    children = [parse_page(child) for child in values.get("children", [])]
    try:
        return Page(**values | {"blocks": blocks, "children": children})
    except TypeError as error:
        sentence = _("pages.json, %(page)s: %(error)s. Correct the names of its values. Nothing was changed.")
        raise SeedError(sentence % {"page": values.get("key") or values, "error": error}) from error


def parse_block(block):
    values = {name: value for name, value in block.items() if name != "plugin"}
    if "body" in values:
        values["body"] = clean("".join(values["body"]))
    else:
        # Every block but a text has a heading; one that is left out goes back to none.
        values.setdefault("heading", "")
    return Block(block["plugin"], values)


class PageSeeder:
    """Makes the tree of pages.

    `written` counts the pages made or changed; `skipped` lists those that are left as an editor has them.
    """

    def __init__(self, user, overwrite=False, folder=None):
        self.user = user
        self.overwrite = overwrite
        self.folder = folder
        self.written = 0
        self.skipped = []

    def load(self):
        for entry in read_pages(self.folder):
            self.load_page(entry, parent=None)

    def load_page(self, entry, parent):
        page = CMSPage.objects.filter(reverse_id=entry.key).first()
        if page is None and SeededPage.objects.filter(key=entry.key).exists() and not self.overwrite:
            self.skipped.append(entry.title)  # an editor has deleted it
            return
        if page is None:
            page = self.create(entry, parent)
            self.written += 1
        elif not self.overwrite and self.is_editors(page, entry):
            self.skipped.append(entry.title)
        elif not matches(page, entry):
            self.republish(page, entry)
            self.written += 1
        for child in entry.children:
            self.load_page(child, parent=page)

    def create(self, entry, parent):
        page = create_page(
            entry.title,
            entry.template,
            LANGUAGE,
            slug=entry.slug or entry.key,
            reverse_id=entry.key,
            parent=parent,
            in_navigation=entry.in_navigation,
            menu_title=entry.menu_title,
            meta_description=entry.description,
            created_by=self.user,
        )
        content = PageContent.admin_manager.get(page=page)
        add_blocks(content, entry)
        version = Version.objects.get_for_content(content)
        if entry.is_draft:
            unlock(version)
        else:
            version.publish(self.user)
        SeededPage.objects.get_or_create(key=entry.key)
        # Publishing has changed the page's row; the object of before would undo that.
        page = CMSPage.objects.get(pk=page.pk)
        if entry.is_home:
            page.set_as_homepage(self.user)
        return page

    def republish(self, page, entry):
        for version in versions_of(page).filter(state=DRAFT):
            version.archive(self.user)  # it stays among the page's versions, so that nobody's work is lost
        draft = versions_of(page).latest("pk").copy(self.user)
        content = draft.content
        content.title, content.menu_title = entry.title, entry.menu_title
        content.in_navigation, content.template = entry.in_navigation, entry.template
        content.meta_description = entry.description
        content.save()
        # From the last, so that no plugin has to move up when one before it goes.
        for plugin in content.get_placeholders().get(slot=SLOT).get_plugins(LANGUAGE).order_by("-position"):
            plugin.placeholder.delete_plugin(plugin)
        add_blocks(content, entry)
        draft.publish(self.user)

    def is_editors(self, page, entry):
        """True if staff made or took down its last version, or deleted a record that it shows."""
        latest = versions_of(page).latest("pk")
        if latest.created_by != self.user or latest.state != PUBLISHED:
            return True
        try:
            [block_values(block) for block in entry.blocks]
        except NamedRecordMissing:
            return True
        return False


def unlock(version):
    """Lets anybody go on with a draft; nobody can log in to the account that has made it."""
    version.locked_by = None
    version.save(update_fields=["locked_by"])


def versions_of(page):
    return Version.objects.filter_by_grouper(page)


def add_blocks(content, entry):
    placeholder = content.get_placeholders().get(slot=SLOT)
    for block in entry.blocks:
        values = block_values(block)
        # Many-to-many values can be set only when the plugin has its row.
        related = {name: values.pop(name) for name in list(values) if isinstance(values[name], list)}
        plugin = add_plugin(placeholder, block.plugin, LANGUAGE, **values)
        for name, records in related.items():
            getattr(plugin, name).set(records)


def block_values(block):
    """Returns a block's values, with records in place of the slugs and references that name them."""
    model = plugin_pool.get_plugin(block.plugin).model
    return {name: field_value(model, name, value) for name, value in block.values.items()}


def field_value(model, name, value):
    if isinstance(value, list):
        return [field_value(model, name, each) for each in value]
    return find_record(model, name, value)


def plugin_value(plugin, name, value):
    return set(getattr(plugin, name).all()) if isinstance(value, list) else getattr(plugin, name)


def matches(page, entry):
    """True if the published page is what the entry says."""
    content = PageContent.objects.filter(page=page, language=LANGUAGE).first()
    expected = (entry.title, entry.menu_title, entry.description, entry.in_navigation, entry.template)
    if content is None or expected != (
        content.title,
        content.menu_title or "",
        content.meta_description,
        content.in_navigation,
        content.template,
    ):
        return False
    plugins = [
        plugin.get_plugin_instance()[0]
        for plugin in content.get_placeholders().get(slot=SLOT).get_plugins(LANGUAGE)
    ]
    if [plugin.plugin_type for plugin in plugins] != [block.plugin for block in entry.blocks]:
        return False
    return all(
        plugin_value(plugin, name, value) == (set(value) if isinstance(value, list) else value)
        for plugin, block in zip(plugins, entry.blocks, strict=True)
        for name, value in block_values(block).items()
    )
