"""Blocks that show indicators: one with its readings behind it, or several as small drawings."""

from cms.plugin_pool import plugin_pool
from django.db.models import Exists, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisation.block_plugins import BlockPlugin
from organisation.models import OrganisationBlock

from .models import Indicator, IndicatorBlock
from .results import results_of

# As many periods as a small drawing has room for.
PERIODS = 24


class ResultsPlugin(BlockPlugin):
    module = _("Impact")

    def form_address(self, user, instance):
        return reverse("admin:impact_indicator_add") if user.has_perm("impact.add_indicator") else ""


@plugin_pool.register_plugin
class IndicatorPlugin(ResultsPlugin):
    """Shows what one indicator says, drawn, with its readings as a table behind it."""

    name = _("Result over time")
    model = IndicatorBlock
    render_template = "impact/plugins/indicator.html"
    shows = "results"
    lists = (Indicator,)
    nothing_yet = _("The indicator has no reading yet: enter one, and let somebody else publish it.")

    def shown(self, request, block):
        return results_of(Indicator.objects.select_related("organisation").filter(pk=block.indicator_id))[0]

    def has_something(self, context):
        return bool(context["results"].rows)

    @classmethod
    def blocks_showing(cls, claim_or_edition):
        return IndicatorBlock.objects.filter(indicator__in=indicators_of(claim_or_edition))


@plugin_pool.register_plugin
class IndicatorsPlugin(ResultsPlugin):
    """Shows the indicators of an organisation, or of all, each drawn small on a scale of its own."""

    is_linked_to = True
    name = _("Results over time")
    model = OrganisationBlock
    render_template = "impact/plugins/indicators.html"
    shows = "all_results"
    lists = (Indicator,)
    nothing_yet = _("No result over time is on record. Add an indicator, then its readings.")

    def shown(self, request, block):
        indicators = Indicator.objects.in_order()
        if block.organisation_id:
            indicators = indicators.filter(organisation=block.organisation_id)
        return results_of(indicators, limit=PERIODS)

    @classmethod
    def blocks_showing(cls, claim_or_edition):
        indicators = indicators_of(claim_or_edition)
        of_any = Q(organisation=None) & Q(Exists(indicators))
        return OrganisationBlock.objects.filter(
            of_any | Q(organisation__in=indicators.values("organisation")), plugin_type=cls.__name__
        )


def indicators_of(claim_or_edition):
    """Returns the indicators of which a claim or an edition gives a reading."""
    return Indicator.objects.filter(figures__in=claim_or_edition.figures.all()).distinct()
