"""What the plugins of blocks have in common: a name, a template, and what stands in it."""

from cms.plugin_base import CMSPluginBase
from django.utils.translation import gettext_lazy as _

from .facets import Facets
from .models import site_settings
from .page_records import records_of, stands_beside

# The blocks that are rich text and no records: plain, in columns, and as buttons.
TEXT_PLUGINS = ("TextPlugin", "ColumnsPlugin", "ButtonsPlugin")
# The block whose words find its page, and of which readers see nothing.
SEARCH_WORDS = "SearchWordsPlugin"


class BlockPlugin(CMSPluginBase):
    """Puts what `shown` returns into its template, under the name in `shows`.

    `lists` names the models of which it shows every public record, or every one of its organisation; of the
    records of a RecordsPlugin, its block decides. Where `is_linked_to`, others lead to the page that holds
    such a block: see block_pages.py; where none does, one with a block of the plugin that `instead` names may
    stand for it.

    Where there is nothing to show, visitors see nothing of it, nor its heading, and staff read `nothing_yet`
    while they edit the page, with a link to the form that fills it where `form_address` gives one. A list
    that others lead to, and that has no heading, is what its page is there for: it says so to visitors, too.
    """

    module = _("Organisations")
    shows = ""
    nothing_yet = ""
    lists = ()
    is_linked_to = False
    instead = ""

    def shown(self, request, block):
        raise NotImplementedError

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        context.update({"block": instance, self.shows: self.shown(context["request"], instance)})
        return context

    def get_render_template(self, context, instance, placeholder):
        if not self.nothing_yet or self.has_something(context):
            return self.render_template
        context["nothing_yet"] = self.nothing_yet
        context["form_address"] = self.form_address(context["request"].user, instance)
        context["list_template"] = self.render_template if self.is_linked_to and not instance.heading else ""
        return "components/site/nothing_yet.html"

    def form_address(self, user, instance):
        """Returns the address of the form by which a user fills the block; empty if there is none."""
        return ""

    def has_something(self, context):
        """Tells from the context of its template whether the block has anything to show."""
        return bool(context[self.shows])

    @classmethod
    def records_with_evidence(cls, blocks, loaded):
        """Returns what its blocks show beside their `records`, whose evidence is read with that of others.

        `loaded` are those records, by the primary key of their block; see page_records.py.
        """
        return []

    @classmethod
    def every_record(cls):
        """Returns the querysets of all that a list shows wherever it stands; none for what shows a part."""
        return ()


class RecordsPlugin(BlockPlugin):
    """Shows the records of a queryset that meet the block's condition, with their evidence."""

    records = None

    def shown(self, request, block):
        return records_of(request, block)

    @classmethod
    def condition_of(cls, block):
        """Returns the Q of the records that a block of it shows."""
        return block.condition()


class SpokenPlugin(RecordsPlugin):
    """Shows what organisations say; each record says whose it is where that is not the block's to say."""

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        context["names_speakers"] = self.names_speakers(instance, context[self.shows]) or (
            # An answer of the fact sheet is read without the page of its organisation.
            site_settings().several_organisations
            and stands_beside(context["request"], instance, "FactSheetPlugin")
        )
        return context

    def names_speakers(self, block, records):
        """Tells whether the records are those of several, or could be on a site that speaks of several."""
        if len({getattr(each, "organisation_id", None) for each in records}) > 1:
            return True
        return getattr(block, "organisation_id", 0) is None and site_settings().several_organisations


class FacetedPlugin(BlockPlugin):
    """Shows a list that its readers can narrow."""

    def everything(self, block):
        """Returns the queryset of the whole list."""
        raise NotImplementedError

    def facets(self, records):
        raise NotImplementedError

    def kept(self, query):
        """Returns what of the query narrows nothing and stands in every link all the same."""
        return {}

    def shown(self, request, block):
        return self.everything(block)

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        everything = self.everything(instance)
        query = context["request"].GET
        facets = Facets(self.facets(everything), query, instance.anchor, self.kept(query))
        count, counts = facets.facet_counts(everything)
        if facets.selected:
            context[self.shows] = facets.filter(everything)
        context.update({"facets": facets, "rows": facets.rows(counts), "count": count, "counts": counts})
        return context

    def has_something(self, context):
        return bool(context["facets"].selected or context[self.shows])
