from collections import Counter

from cms.plugin_pool import plugin_pool
from django.utils.translation import gettext_lazy as _

from organisation.cms_plugins import BlockPlugin
from organisation.models import ListBlock, OrganisationBlock

from .models import Ask, Instrument


class AdvocacyPlugin(BlockPlugin):
    module = _("Advocacy")


@plugin_pool.register_plugin
class AsksPlugin(AdvocacyPlugin):
    name = _("Tracker of every ask")
    model = ListBlock
    render_template = "advocacy/plugins/asks.html"
    shows = "asks"
    shows_evidence = True

    def shown(self, block):
        return Ask.objects.in_order()


@plugin_pool.register_plugin
class OrganisationAsksPlugin(AdvocacyPlugin):
    name = _("Asks of an organisation")
    model = OrganisationBlock
    render_template = "advocacy/plugins/asks.html"
    shows = "asks"
    shows_evidence = True

    def shown(self, block):
        return Ask.objects.in_order().filter(organisation=block.organisation_id)


@plugin_pool.register_plugin
class AskSummaryPlugin(AdvocacyPlugin):
    name = _("Asks by status")
    model = ListBlock
    render_template = "advocacy/plugins/ask_summary.html"
    shows = "statuses"

    def shown(self, block):
        """(status, its word, how many asks have it), in the order of the vocabulary."""
        counts = Counter(Ask.objects.values_list("status", flat=True))
        return [(status, status.label, counts[status]) for status in Ask.Status if counts[status]]


@plugin_pool.register_plugin
class InstrumentsPlugin(AdvocacyPlugin):
    name = _("Instruments")
    model = ListBlock
    render_template = "advocacy/plugins/instruments.html"
    shows = "instruments"

    def shown(self, block):
        return Instrument.objects.by_date()
