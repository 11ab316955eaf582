"""Creates the CMS pages that `pages.json` describes. A page that an editor has changed is kept, unless told to overwrite.

The file is a tree: a page has a `key` (its id in the CMS for good, 40 characters at most), a `title`, a `slug` where that differs from
the key, a `description` for search engines, `blocks` and `children`. A block names its plugin and gives its values; records are named by
slug or reference. The body of a text block may be a list of lines.
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

from organisation.models import Milestone, Statement
from portal.models import SeededPage

from . import SeedError
from .records import NamedRecordMissing, find_record, read_fixture

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
    slug: str = ""
    description: str = ""
    in_navigation: bool = False
    template: str = "pages/page.html"
    is_home: bool = False
    blocks: list[Block] = field(default_factory=list)
    children: list["Page"] = field(default_factory=list)


def read_pages():
    """Returns the top pages of the fixture, each with its children."""
    return [page_of(entry) for entry in read_fixture("pages")]


def page_of(entry):
    blocks = [block_of(block) for block in entry.get("blocks", [])]
    children = [page_of(child) for child in entry.get("children", [])]
    try:
        return Page(**entry | {"blocks": blocks, "children": children})
    except TypeError as error:
        sentence = _("pages.json, %(page)s: %(error)s. Correct the names of its values. Nothing was changed.")
        raise SeedError(sentence % {"page": entry.get("key") or entry, "error": error}) from error


def block_of(entry):
    values = {name: value for name, value in entry.items() if name != "plugin"}
    if isinstance(values.get("body"), list):
        values["body"] = "".join(values["body"])
    elif "body" not in values:
        values.setdefault("heading", "")
    return Block(entry["plugin"], values)


class PageSeeder:
    """Makes the tree. `written` counts pages made or changed; `kept` lists those left as an editor has them."""

    def __init__(self, user, overwrite=False):
        self.user = user
        self.overwrite = overwrite
        self.written = 0
        self.kept = []

    def load(self):
        for page in read_pages():
            self.load_page(page, parent=None)

    def load_page(self, page, parent):
        made = CMSPage.objects.filter(reverse_id=page.key).first()
        if made is None and SeededPage.objects.filter(key=page.key).exists() and not self.overwrite:
            self.kept.append(page.title)
            return
        if made is None:
            made = self.make(page, parent)
            self.written += 1
        elif not self.overwrite and self.is_editors(made, page):
            self.kept.append(page.title)
        elif not matches(made, page):
            self.republish(made, page)
            self.written += 1
        for child in page.children:
            self.load_page(child, parent=made)

    def make(self, page, parent):
        made = create_page(
            page.title,
            page.template,
            LANGUAGE,
            slug=page.slug or page.key,
            reverse_id=page.key,
            parent=parent,
            in_navigation=page.in_navigation,
            meta_description=page.description,
            created_by=self.user,
        )
        content = PageContent.admin_manager.get(page=made)
        fill(content, page)
        Version.objects.get_for_content(content).publish(self.user)
        SeededPage.objects.get_or_create(key=page.key)
        made = CMSPage.objects.get(pk=made.pk)
        if page.is_home:
            made.set_as_homepage(self.user)
        return made

    def republish(self, made, page):
        for version in versions_of(made).filter(state=DRAFT):
            version.archive(self.user)  # kept among the page's versions, so that nobody's work is lost
        draft = versions_of(made).latest("pk").copy(self.user)
        content = draft.content
        content.title, content.in_navigation, content.template = page.title, page.in_navigation, page.template
        content.meta_description = page.description
        content.save()
        for plugin in content.get_placeholders().get(slot=SLOT).get_plugins(LANGUAGE).order_by("-position"):
            plugin.placeholder.delete_plugin(plugin)
        fill(content, page)
        draft.publish(self.user)

    def is_editors(self, made, page):
        """Whether staff made or took down its last version, or deleted a record that it shows."""
        latest = versions_of(made).latest("pk")
        if latest.created_by != self.user or latest.state != PUBLISHED:
            return True
        try:
            [values_of(block) for block in page.blocks]
        except NamedRecordMissing:
            return True
        return False


def versions_of(made):
    return Version.objects.filter_by_grouper(made)


def fill(content, page):
    placeholder = content.get_placeholders().get(slot=SLOT)
    for block in page.blocks:
        values = values_of(block)
        chosen = {name: values.pop(name) for name in list(values) if isinstance(values[name], list)}
        plugin = add_plugin(placeholder, block.plugin, LANGUAGE, **values)
        for name, records in chosen.items():
            getattr(plugin, name).set(records)


def values_of(block):
    """A block's values, with the records that it names by slug or reference found."""
    model = plugin_pool.get_plugin(block.plugin).model
    return {name: value_of(model, name, value) for name, value in block.values.items()}


def value_of(model, name, value):
    if isinstance(value, list):
        return [value_of(model, name, each) for each in value]
    related = model._meta.get_field(name).related_model
    if related not in (Statement, Milestone):
        return find_record(model, name, value)
    organisation, slug = value.split("/")
    record = related.objects.filter(organisation__slug=organisation, slug=slug).first()
    if record is None:
        raise NamedRecordMissing(related, (organisation, slug), value)
    return record


def value_in(plugin, name, value):
    return set(getattr(plugin, name).all()) if isinstance(value, list) else getattr(plugin, name)


def matches(made, page):
    """Whether the published page is what the tree says."""
    content = PageContent.objects.filter(page=made, language=LANGUAGE).first()
    wanted = (page.title, page.description, page.in_navigation, page.template)
    if (
        content is None
        or (content.title, content.meta_description, content.in_navigation, content.template) != wanted
    ):
        return False
    plugins = [
        plugin.get_plugin_instance()[0]
        for plugin in content.get_placeholders().get(slot=SLOT).get_plugins(LANGUAGE)
    ]
    if [plugin.plugin_type for plugin in plugins] != [block.plugin for block in page.blocks]:
        return False
    return all(
        value_in(plugin, name, value) == (set(value) if isinstance(value, list) else value)
        for plugin, block in zip(plugins, page.blocks)
        for name, value in values_of(block).items()
    )
