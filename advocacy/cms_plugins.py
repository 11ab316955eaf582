from collections import Counter

from cms.plugin_pool import plugin_pool
from django.utils.translation import gettext_lazy as _

from impact.models.claim import claim_of
from organisation.block_plugins import BlockPlugin, RecordsPlugin, SpokenPlugin
from organisation.models import ListBlock, OrganisationBlock, site_settings

from .models import Ask, Instrument, StoryBlock, StoryOfChange
from .models.ask import by_status
from .models.fold import folds_without_evidence, in_brief, records_of

MAX_SQUARES = 40


@plugin_pool.register_plugin
class AsksPlugin(SpokenPlugin):
    is_linked_to = True
    module = _("Advocacy")
    name = _("Tracker of every ask")
    model = ListBlock
    render_template = "advocacy/plugins/asks.html"
    shows = "asks"
    records = Ask.objects.in_order()
    nothing_yet = _("Nothing is asked yet. Add what you ask, and of whom, under Asks.")

    def names_speakers(self, block, records):
        """Tells whether each says who asks: in a list of all, on a site that speaks of several, always."""
        is_of_all = isinstance(block, ListBlock) and site_settings().several_organisations
        return is_of_all or super().names_speakers(block, records)

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        context["asks_by_status"] = by_status(context["asks"])
        return context

    @classmethod
    def every_record(cls):
        return (Ask.objects.all(),)


@plugin_pool.register_plugin
class OrganisationAsksPlugin(AsksPlugin):
    is_linked_to = False
    name = _("Asks of an organisation")
    model = OrganisationBlock

    @classmethod
    def every_record(cls):
        return ()


@plugin_pool.register_plugin
class AskSummaryPlugin(BlockPlugin):
    module = _("Advocacy")
    name = _("Asks by status")
    model = ListBlock
    render_template = "advocacy/plugins/ask_summary.html"
    shows = "statuses"
    lists = (Ask,)
    nothing_yet = AsksPlugin.nothing_yet

    def shown(self, request, block):
        """Returns triples of status, label and number of asks, in the order of the vocabulary."""
        counts = Counter(Ask.objects.values_list("status", flat=True))
        return [(status, status.label, counts[status]) for status in Ask.Status if counts[status]]

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        squares = [status for status, _label, count in context["statuses"] for _each in range(count)]
        # More than a row or two of squares says no more than their number.
        context["squares"] = squares if len(squares) <= MAX_SQUARES else []
        return context


@plugin_pool.register_plugin
class InstrumentsPlugin(BlockPlugin):
    is_linked_to = True
    module = _("Advocacy")
    name = _("Instruments")
    model = ListBlock
    render_template = "advocacy/plugins/instruments.html"
    shows = "instruments"
    lists = (Instrument,)
    nothing_yet = _(
        "No treaty, resolution or other instrument is on record yet. "
        "Add those you speak of under Instruments."
    )

    @classmethod
    def every_record(cls):
        return (Instrument.objects.all(),)

    def shown(self, request, block):
        return Instrument.objects.by_date()


@plugin_pool.register_plugin
class StoryOfChangePlugin(RecordsPlugin):
    module = _("Advocacy")
    name = _("Story of change")
    model = StoryBlock
    autocomplete_fields = ["story"]
    render_template = "advocacy/plugins/story.html"
    shows = "stories"
    records = StoryOfChange.objects.public()
    nothing_yet = _(
        "Nothing of this story is public yet. Give it a fold that points at a published claim, "
        "a milestone or an instrument."
    )

    @classmethod
    def records_with_evidence(cls, blocks, loaded):
        stories = {story for block in blocks for story in loaded[block.pk]}
        folds = folds_without_evidence(stories)
        for story in stories:
            story.told = folds[story.pk]
        return records_of(folds)

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        shown = in_brief if instance.is_brief else list
        context["told"] = [(story, shown(story.told)) for story in context["stories"]]
        return context

    @classmethod
    def blocks_showing(cls, claim_or_edition):
        """Returns the blocks of stories that point at a claim; see impact/usage.py."""
        return StoryBlock.objects.filter(story__folds__claim=claim_of(claim_or_edition)).distinct()

    @classmethod
    def records_beside(cls, block):
        """Returns the records that it shows besides its story: milestones and instruments."""
        folds = block.story.folds.select_related("milestone", "instrument")
        return {record for fold in folds for record in (fold.milestone, fold.instrument) if record}
