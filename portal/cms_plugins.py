import re
from collections import Counter

from cms.models import PageContent
from cms.plugin_pool import plugin_pool
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.urls import path
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from djangocms_text.cms_plugins import TextPlugin as StockTextPlugin

from advocacy.models import Instrument
from impact.cms_plugins import EditionsPlugin, FiguresPlugin, SheetPlugin
from impact.models.claim import claim_of
from impact.tally import tally_of
from impact.values import values_to_draw
from organisation.block_pages import page_with
from organisation.block_plugins import BlockPlugin, RecordsPlugin
from organisation.cms_plugins import HistoryPlugin
from organisation.facets import CappedCount, Facet, Facets
from organisation.lineage import current_lineage
from organisation.models import ListBlock, Milestone, Succession, site_settings
from organisation.page_records import records_beside, sibling_blocks, stands_beside
from organisation.request_cache import cached_for_request

from .exports.charts import chart_of
from .exports.report.factsheet import FORMER_PLUGIN, has_something_to_say
from .exports.tables import TABLES
from .exports.tables.data_package import licence
from .exports.timeline import events, events_of
from .exports.timeline_lanes import lanes_of
from .models import ChartBlock
from .pages.allowed_markup import sanitised
from .pages.prose import organisations_in
from .pages.questions import questions_of
from .pages.rich_text import for_editor
from .pages.search_words import SearchWordsForm
from .pages.text_form import RichTextForm, pasted
from .templatetags.profiles import organisation_of_page

plugin_pool.unregister_plugin(StockTextPlugin)

BEFORE_COLUMN = re.compile(r"(?=<h3\b)")


class RichTextPlugin(StockTextPlugin):
    """Rich text; on the page of the fact sheet its headings are questions where `asks` says so."""

    form = RichTextForm
    render_template = "portal/plugins/text.html"
    asks = False

    def revert_on_cancel(self, request):
        """Refuses to delete the blocks within a text: the stock view does so on a published page, too."""
        raise PermissionDenied

    def render(self, context, instance, placeholder):
        # Once more than when it was saved: whatever wrote the row, readers see nothing else.
        instance.body = sanitised(instance.body)
        context = super().render(context, instance, placeholder)
        # A link to a page that is not there has become something that no text may have.
        body = sanitised(context["body"])
        request = context.get("request")
        is_edited = self.inline_editing_active(request)
        context["body"] = mark_safe(for_editor(body) if is_edited else body)
        context["spoken_of"] = first_spoken_of(context, instance, body) if request and not is_edited else []
        if self.asks and request and not is_edited and is_beside_fact_sheet(request, instance):
            is_lead = "<h2" not in body and sibling_blocks(request, instance)[0].pk == instance.pk
            context["questions"] = [] if is_lead else questions_of(body)
        return context


def first_spoken_of(context, block, body):
    """Returns the organisations that are over of which a text is the first on its page to speak.

    The head of the pages of an organisation has told what became of it.
    """
    told = cached_for_request(context["request"], "prose that speaks of an organisation", dict)
    of_page = organisation_of_page(context)
    return [
        each
        for each in organisations_in(body)
        if each != of_page and told.setdefault(each.pk, block.pk) == block.pk
    ]


@plugin_pool.register_plugin
class TextPlugin(RichTextPlugin):
    """Rich text; its name is that of the plugin which it replaces, for stored blocks bear it."""

    asks = True

    def get_plugin_urls(self):
        return [*super().get_plugin_urls(), path("pasted/", pasted, name="djangocms_text_textplugin_pasted")]


@plugin_pool.register_plugin
class ColumnsPlugin(RichTextPlugin):
    """Rich text in columns: each third-level heading begins one."""

    name = _("Text in columns")
    render_template = "portal/plugins/columns.html"
    text_enabled = False

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        context["lead"], *context["columns"] = map(mark_safe, BEFORE_COLUMN.split(context["body"]))
        return context


@plugin_pool.register_plugin
class ButtonsPlugin(RichTextPlugin):
    """Rich text whose links are buttons."""

    name = _("Links as buttons")
    render_template = "portal/plugins/buttons.html"
    text_enabled = False


@plugin_pool.register_plugin
class TimelinePlugin(BlockPlugin):
    is_linked_to = True
    module = _("Portal")
    name = _("Timeline")
    model = ListBlock
    render_template = "portal/plugins/timeline.html"
    shows = "all_events"
    lists = (Instrument, Milestone, Succession)
    nothing_yet = HistoryPlugin.nothing_yet

    def shown(self, request, block):
        return events()

    @classmethod
    def every_record(cls):
        return tuple(model.objects.all() for model in cls.lists)

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        everything = context[self.shows]
        counts = Counter(each for event in everything for each in event.organisations)
        choices = [(each.slug, str(each)) for each in counts]
        # On a site of one organisation there is nothing to choose.
        if len(choices) == 1 and not site_settings().several_organisations:
            choices = []
        by_organisation = Facet("organisation", _("Organisation"), None, choices)
        facets = Facets([by_organisation], context["request"].GET, instance.anchor)
        chosen = facets.selected.get("organisation", "")
        context["rows"] = facets.rows(
            {("organisation", each.slug): CappedCount(count) for each, count in counts.items()}
        )
        context["events"] = events_of(everything, chosen)
        context["lanes"] = lanes_of(
            context["events"], current_lineage(), date_of=lambda event: event.happened
        )
        context["chosen"] = chosen
        return context


@plugin_pool.register_plugin
class ChartPlugin(RecordsPlugin):
    module = _("Portal")
    name = _("Chart")
    model = ChartBlock
    autocomplete_fields = ["claim"]
    render_template = "portal/plugins/chart.html"
    shows = "chart"
    records = EditionsPlugin.records  # of the claim whose figures are drawn

    def shown(self, request, block):
        editions = super().shown(request, block)
        if block.chart == ChartBlock.Chart.VALUES:
            drawn = [each for each in editions if each.claim_id == block.claim_id]
            return drawn and values_to_draw(drawn[0], editions)
        chart = chart_of(block, editions)
        if chart and block.heading:
            chart.title = block.heading
        return chart

    def get_render_template(self, context, instance, placeholder):
        is_of_values = instance.chart == ChartBlock.Chart.VALUES
        return "portal/plugins/values.html" if is_of_values else self.render_template

    @classmethod
    def blocks_showing(cls, claim_or_edition):
        """Returns the blocks whose charts count or draw a claim; see impact/usage.py."""
        kind, claim = ChartBlock.Chart, claim_of(claim_or_edition)
        return ChartBlock.objects.filter(
            Q(chart=kind.CLAIMS)
            | Q(claim=claim)
            | Q(chart=kind.VALUES, claim__subject=claim_or_edition.subject)
        )


@plugin_pool.register_plugin
class QuotablePlugin(FiguresPlugin):
    """Shows claims as sentences to copy, each with its date, its edition and its address."""

    module = _("Portal")
    name = _("Highlights, as sentences to quote")
    render_template = "portal/plugins/quotable.html"


@plugin_pool.register_plugin
class TallyPlugin(SheetPlugin):
    """Counts the claims by how far they are shown, in a line, and draws none of them."""

    module = _("Portal")
    name = _("Count of the claims")
    render_template = "impact/plugins/tally.html"

    def shown(self, request, block):
        return tally_of(block.organisation_id)

    @classmethod
    def blocks_showing(cls, claim_or_edition):
        return cls.model.objects.none()  # it names no claim


@plugin_pool.register_plugin
class OpenDataPlugin(BlockPlugin):
    is_linked_to = True
    module = _("Portal")
    name = _("Open data")
    model = ListBlock
    render_template = "portal/plugins/open_data.html"
    shows = "tables"

    def shown(self, request, block):
        return list(TABLES.values())

    def render(self, context, instance, placeholder):
        context["licence"] = licence()
        return super().render(context, instance, placeholder)


@plugin_pool.register_plugin
class ContactPlugin(BlockPlugin):
    module = _("Portal")
    name = _("Contact address")
    model = ListBlock
    render_template = "portal/plugins/contact.html"
    shows = "site"
    is_linked_to = True

    def shown(self, request, block):
        return site_settings()


@plugin_pool.register_plugin
class GivingPlugin(BlockPlugin):
    """Leads to where somebody can give or help; where no address is on record, only a giver is told so."""

    module = _("Portal")
    name = _("Where to give and help")
    model = ListBlock
    render_template = "portal/plugins/giving.html"
    shows = "site"

    def shown(self, request, block):
        return site_settings()

    def render(self, context, instance, placeholder):
        context["is_for_givers"] = is_beside_fact_sheet(context["request"], instance)
        context["letter_to"] = ", ".join(site_settings().postal_address.splitlines())
        return super().render(context, instance, placeholder)


@plugin_pool.register_plugin
class SearchWordsPlugin(BlockPlugin):
    """Lets the search find its page by what people call it; only staff read the words."""

    module = _("Portal")
    name = _("Words that find this page")
    model = ListBlock  # its heading holds the words
    form = SearchWordsForm
    render_template = "portal/plugins/search_words.html"
    shows = "words"

    def shown(self, request, block):
        return block.heading


@plugin_pool.register_plugin
class FactSheetPlugin(BlockPlugin):
    """Leads to its page on one sheet of paper; its blocks are questions. Of several the first is printed."""

    is_linked_to = True
    instead = FORMER_PLUGIN
    module = _("Portal")
    name = _("Fact sheet (PDF) of this page")
    model = ListBlock
    render_template = "portal/plugins/fact_sheet.html"
    shows = "is_printed"

    def shown(self, request, block):
        return is_on_fact_sheet(block) and has_something_to_say(
            sibling_blocks(request, block), records_beside(request, block)
        )


def is_on_fact_sheet(block):
    """Tells whether a block stands on the page that is printed as the fact sheet, or in a draft of it.

    Whoever reads a draft is shown it as visitors will be.
    """
    page, content = page_with("FactSheetPlugin"), block.placeholder.object_id
    if page is None or page.pk == content:
        return page is not None
    versions = PageContent.admin_manager.filter(page=page.page, language=page.language)
    return versions.filter(pk=content).exists()


def is_beside_fact_sheet(request, block):
    """Tells the same, without a query where no block beside it is that of the sheet."""
    return stands_beside(request, block, "FactSheetPlugin") and is_on_fact_sheet(block)
