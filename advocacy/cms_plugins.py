from collections import Counter

from cms.plugin_pool import plugin_pool
from django.utils.translation import gettext_lazy as _

from organisation.cms_plugins import BlockPlugin, RecordsPlugin
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


@plugin_pool.register_plugin
class OrganisationAsksPlugin(AsksPlugin):
    is_linked_to = False
    name = _("Asks of an organisation")
    model = OrganisationBlock


@plugin_pool.register_plugin
class AskSummaryPlugin(BlockPlugin):
    module = _("Advocacy")
    name = _("Asks by status")
    model = ListBlock
    render_template = "advocacy/plugins/ask_summary.html"
    shows = "statuses"
    lists = (Ask,)

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

    def shown(self, request, block):
        return Instrument.objects.by_date()
