"""Blocks that show claims. Each class also answers `blocks_showing`: which of its blocks show these words, of an edition or of a working copy."""

from functools import reduce
from operator import attrgetter, or_

from cms.plugin_base import CMSPluginBase
from cms.plugin_pool import plugin_pool
from django.db.models import Case, F, Q, When, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from organisation.cms_plugins import BlockPlugin, FacetedPlugin, beside
from organisation.facets import Facet, by_organisation, by_year
from organisation.models import Citation, ListBlock
from organisation.paging import page_of
from organisation.request_cache import cached_for_request

from .corrections import latest, log
from .grades import Grade
from .models import ClaimsBlock, ClaimText, Edition, HighlightsBlock, RegisterEntry
from .models.claim import claim_of

TYPES = Facet("type", _("Type"), F("type"), ClaimText.Type.choices)
THEMES = Facet("theme", _("Theme"), F("theme"), ClaimText.Theme.choices)
GRADES = Facet("grade", _("Grade"), F("grade"), Grade.choices)


def editions(request, block):
    """What a block of claims or of highlights shows, in its order: found at once for all that stand beside it."""

    def find():
        blocks = [each for each in beside(block) if isinstance(each, (ClaimsBlock, HighlightsBlock))]
        prefetch_related_objects([each for each in blocks if isinstance(each, ClaimsBlock)], "claims")
        fits = {each.pk: each.fits() for each in blocks}
        places = {f"place_{each.pk}": Case(When(fits[each.pk], then=each.place())) for each in blocks}
        found = list(
            Edition.objects.current().with_figures().filter(reduce(or_, fits.values())).annotate(**places)
        )
        return {key: in_place(found, f"place_{key}") for key in fits}

    return cached_for_request(request, ("editions", block.placeholder_id), find)[block.pk]


def in_place(editions, name):
    return sorted((each for each in editions if getattr(each, name) is not None), key=attrgetter(name))


class EditionsPlugin(BlockPlugin):
    module = _("Impact")
    render_template = "impact/plugins/claims.html"
    shows = "editions"
    shows_evidence = True

    def shown_on(self, request, block):
        return editions(request, block)


@plugin_pool.register_plugin
class ClaimsPlugin(EditionsPlugin):
    name = _("Claims")
    model = ClaimsBlock
    autocomplete_fields = ["source", "claims"]

    @classmethod
    def blocks_showing(cls, words):
        stated_in = words.citations.filter(relation=Citation.Relation.STATES).values("source")
        of_its_type = (
            Q(type=words.type) if words.type == ClaimText.Type.CONTEXT else Q(type__in=["", words.type])
        )
        return ClaimsBlock.objects.filter(
            Q(organisation=None) | Q(organisation=words.organisation_id),
            Q(source=None) | Q(source__in=stated_in),
            Q(claims=claim_of(words)) | Q(claims=None) & of_its_type,
        )


@plugin_pool.register_plugin
class HighlightsPlugin(EditionsPlugin):
    name = _("Highlights, as claims")
    model = HighlightsBlock

    @classmethod
    def blocks_showing(cls, words):
        return HighlightsBlock.objects.filter(where__in=claim_of(words).highlights.values("where"))


@plugin_pool.register_plugin
class FiguresPlugin(HighlightsPlugin):
    name = _("Highlights, as figures")
    render_template = "impact/plugins/figures.html"


@plugin_pool.register_plugin
class HighlightsListPlugin(FacetedPlugin, HighlightsPlugin):
    name = _("Highlights, as a list to narrow")
    render_template = "impact/plugins/highlights.html"

    def shown(self, block):
        return Edition.objects.highlighted(block.where).in_full()

    def facets(self, records):
        return [by_organisation(records, "organisation"), THEMES, GRADES, by_year(records, "as_of")]


@plugin_pool.register_plugin
class RegisterPlugin(FacetedPlugin):
    module = _("Impact")
    name = _("Register of every claim")
    model = ListBlock
    render_template = "impact/plugins/register.html"
    shows = "editions"

    def shown(self, block):
        return RegisterEntry.objects.select_related(
            "edition__claim__current_edition", "edition__organisation"
        )

    def facets(self, records):
        return [by_organisation(records, "organisation"), TYPES, THEMES, GRADES]

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        page = page_of(context["editions"], "number", context["request"].GET)
        previous, after = (each and context["facets"].address(**each) for each in (page.previous, page.next))
        context.update(
            {"editions": [entry.edition for entry in page.records], "previous": previous, "next": after}
        )
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
