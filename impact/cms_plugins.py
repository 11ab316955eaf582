from cms.plugin_pool import plugin_pool
from django.utils.translation import gettext_lazy as _
from organisation.cms_plugins import BlockPlugin
from organisation.models import ListBlock

from .models import ClaimsBlock, ClaimText, Edition, HighlightsBlock


@plugin_pool.register_plugin
class ClaimsPlugin(BlockPlugin):
    module = _("Impact")
    name = _("Claims")
    model = ClaimsBlock
    render_template = "impact/plugins/claims.html"
    shows = "editions"
    autocomplete_fields = ["source", "claims"]

    def shown(self, block):
        editions = Edition.objects.current().in_full()
        if block.organisation_id:
            editions = editions.filter(organisation=block.organisation_id)
        if block.source_id:
            editions = editions.stated_by(block.source_id)
        if chosen := block.claims.all():
            return editions.filter(claim__in=chosen)
        if block.type:
            return editions.filter(type=block.type)
        return editions.exclude(type=ClaimText.Type.CONTEXT)


@plugin_pool.register_plugin
class HighlightsPlugin(BlockPlugin):
    module = _("Impact")
    name = _("Highlights, as claims")
    model = HighlightsBlock
    render_template = "impact/plugins/claims.html"
    shows = "editions"

    def shown(self, block):
        return Edition.objects.highlighted(block.where).in_full()


@plugin_pool.register_plugin
class FiguresPlugin(HighlightsPlugin):
    name = _("Highlights, as figures")
    render_template = "impact/plugins/figures.html"


@plugin_pool.register_plugin
class RegisterPlugin(BlockPlugin):
    module = _("Impact")
    name = _("Register of every claim")
    model = ListBlock
    render_template = "impact/plugins/register.html"
    shows = "editions"

    def shown(self, block):
        return Edition.objects.current().in_full()
