"""Blocks that show claims. Each class also answers `blocks_showing`: which of its blocks show these words, of an edition or of a working copy."""

from cms.plugin_base import CMSPluginBase
from cms.plugin_pool import plugin_pool
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from organisation.cms_plugins import BlockPlugin, FacetedPlugin
from organisation.facets import Facet, by_organisation, by_year
from organisation.models import Citation, ListBlock
from organisation.paging import page_of

from .corrections import latest, log
from .grades import Grade
from .models import ClaimsBlock, ClaimText, Edition, HighlightsBlock
from .models.claim import claim_of

TYPES = Facet("type", _("Type"), F("type"), ClaimText.Type.choices)
THEMES = Facet("theme", _("Theme"), F("theme"), ClaimText.Theme.choices)
GRADES = Facet("grade", _("Grade"), F("grade"), Grade.choices)


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

    @classmethod
    def blocks_showing(cls, words):
        stated_in = words.citations.filter(relation=Citation.Relation.STATES).values("source")
        of_its_type = Q(type=words.type) if words.type == ClaimText.Type.CONTEXT else Q(type__in=["", words.type])
        return ClaimsBlock.objects.filter(
            Q(organisation=None) | Q(organisation=words.organisation_id),
            Q(source=None) | Q(source__in=stated_in),
            Q(claims=claim_of(words)) | Q(claims=None) & of_its_type,
        )


@plugin_pool.register_plugin
class HighlightsPlugin(BlockPlugin):
    module = _("Impact")
    name = _("Highlights, as claims")
    model = HighlightsBlock
    render_template = "impact/plugins/claims.html"
    shows = "editions"

    def shown(self, block):
        return Edition.objects.highlighted(block.where).in_full()

    @classmethod
    def blocks_showing(cls, words):
        return HighlightsBlock.objects.filter(where__in=claim_of(words).highlights.values("where"))


@plugin_pool.register_plugin
class FiguresPlugin(HighlightsPlugin):
    name = _("Highlights, as figures")
    render_template = "impact/plugins/figures.html"

    def shown(self, block):
        return Edition.objects.highlighted(block.where).select_related("claim__current_edition").prefetch_related("figures")


@plugin_pool.register_plugin
class HighlightsListPlugin(FacetedPlugin):
    module = _("Impact")
    name = _("Highlights, as a list to narrow")
    model = HighlightsBlock
    render_template = "impact/plugins/highlights.html"
    shows = "editions"

    def shown(self, block):
        return Edition.objects.highlighted(block.where).in_full()

    def facets(self, records):
        return [by_organisation(records, "organisation"), THEMES, GRADES, by_year(records, "as_of")]

    @classmethod
    def blocks_showing(cls, words):
        return HighlightsPlugin.blocks_showing(words)


@plugin_pool.register_plugin
class RegisterPlugin(FacetedPlugin):
    module = _("Impact")
    name = _("Register of every claim")
    model = ListBlock
    render_template = "impact/plugins/register.html"
    shows = "editions"

    def shown(self, block):
        return Edition.objects.current().select_related("claim__current_edition", "organisation")

    def facets(self, records):
        return [by_organisation(records, "organisation"), TYPES, THEMES, GRADES]

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        page = page_of(context["editions"], "claim__number", context["request"].GET)
        previous, after = (each and context["facets"].address(**each) for each in (page.previous, page.next))
        context.update({"editions": page.records, "previous": previous, "next": after})
        return context

    @classmethod
    def blocks_showing(cls, words):
        return ListBlock.objects.all()


@plugin_pool.register_plugin
class CorrectionsPlugin(CMSPluginBase):
    module = _("Impact")
    name = _("Log of corrections")
    model = ListBlock
    render_template = "impact/plugins/corrections.html"

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        after = context["request"].GET.get("after", "")
        context.update({"block": instance, "log": log(after), "after": after})
        return context


@plugin_pool.register_plugin
class LatestCorrectionPlugin(BlockPlugin):
    module = _("Impact")
    name = _("Latest correction")
    model = ListBlock
    render_template = "impact/plugins/latest_correction.html"
    shows = "correction"

    def shown(self, block):
        return latest()
