from collections import Counter

from cms.plugin_pool import plugin_pool
from django.utils.translation import gettext_lazy as _

from organisation.block_plugins import BlockPlugin, RecordsPlugin
from organisation.models import ListBlock, OrganisationBlock

from .models import Ask, Instrument


@plugin_pool.register_plugin
class AsksPlugin(RecordsPlugin):
    is_linked_to = True
    module = _("Advocacy")
    name = _("Tracker of every ask")
    model = ListBlock
    render_template = "advocacy/plugins/asks.html"
    shows = "asks"
    records = Ask.objects.in_order()
    nothing_yet = _("Nothing is asked yet. Add what you ask, and of whom, under Asks.")

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
