"""Blocks that show claims.

`blocks_showing` returns the blocks of a plugin that show an edition, or would show a working copy; usage.py
asks every plugin that has it.
"""

from cms.plugin_base import CMSPluginBase
from cms.plugin_pool import plugin_pool
from django.db.models import Exists, F, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from organisation.block_pages import address_with
from organisation.block_plugins import BlockPlugin, FacetedPlugin, RecordsPlugin
from organisation.facets import Facet, organisation_facet
from organisation.models import Citation, ListBlock, OrganisationBlock, Succession
from organisation.models.record import passages_through
from organisation.models.term import theme_choices
from organisation.page_records import organisation_in_full
from organisation.paging import cursor_number, keyset_page

from .contradictions import load_contradictions
from .corrections import latest, log
from .grades import FORMER_GRADES, Grade, Shown
from .indicator_plugins import IndicatorPlugin, IndicatorsPlugin
from .models import ClaimsBlock, ClaimText, Edition, HighlightsBlock, RegisterEntry
from .models.claim import claim_of
from .register_page import RegisterGroup, groups_of
from .sheets import sheet_of, sheet_of_names, sheet_table_of_themes
from .undated import dates_of, undated_note
from .values import doubtful_subjects, figures_that_differ

__all__ = ["IndicatorPlugin", "IndicatorsPlugin"]  # the CMS finds plugins by this module

NOTHING_CLAIMED = _(
    "Nothing is claimed yet. Drop your annual report on the desk, propose a claim from its words, "
    "and let somebody else publish it."
)
TYPES = Facet("type", _("Type"), F("type"), ClaimText.Type.choices)
SHOWN = Facet(
    "shown",
    _("How far shown"),
    F("grade"),
    Shown.choices,
    groups={shown.value: shown.grades for shown in Shown},
)
# “How far shown” asks the same in fewer words: this one answers the addresses that ask by grade.
GRADES = Facet("grade", _("Grade"), F("grade"), Grade.choices, FORMER_GRADES, is_offered=False)
BY_NUMBER = "number"  # the order of the register that is not by how far a claim is shown


def theme_facet():
    return Facet("theme", _("Theme"), F("theme"), theme_choices())


class EditionsPlugin(RecordsPlugin):
    module = _("Impact")
    render_template = "impact/plugins/claims.html"
    shows = "editions"
    records = Edition.objects.current().with_figures()
    nothing_yet = NOTHING_CLAIMED


@plugin_pool.register_plugin
class ClaimsPlugin(EditionsPlugin):
    name = _("Claims")
    model = ClaimsBlock
    autocomplete_fields = ["source", "claims"]

    @classmethod
    def blocks_showing(cls, claim_or_edition):
        stated_in = claim_or_edition.citations.filter(relation=Citation.Relation.STATES).values("source")
        types = [claim_or_edition.type]
        if claim_or_edition.type != ClaimText.Type.CONTEXT:
            types.append("")  # an empty choice shows every type but context: see ClaimsBlock.condition()
        return ClaimsBlock.objects.filter(
            Q(organisation=None) | Q(organisation=claim_or_edition.organisation_id),
            Q(source=None) | Q(source__in=stated_in),
            Q(claims=claim_of(claim_or_edition)) | Q(claims=None, type__in=types),
        )


@plugin_pool.register_plugin
class HighlightsPlugin(EditionsPlugin):
    name = _("Highlights, as claims")
    model = HighlightsBlock
    render_template = "impact/plugins/said_and_shown.html"
    nothing_yet = _(
        "No claim is put forward here yet. Choose published claims under Highlights, "
        "for the place of this block."
    )

    def form_address(self, user, instance):
        if not user.has_perm("impact.add_highlight"):
            return ""
        return f"{reverse('admin:impact_highlight_add')}?{urlencode({'where': instance.where})}"

    @classmethod
    def blocks_showing(cls, claim_or_edition):
        return HighlightsBlock.objects.filter(where__in=claim_of(claim_or_edition).highlights.values("where"))


@plugin_pool.register_plugin
class FiguresPlugin(HighlightsPlugin):
    name = _("Highlights, as figures")
    render_template = "impact/plugins/figures.html"
    nothing_yet = _(
        "No figure is put forward here yet. Choose published claims with figures under Highlights, "
        "for the place of this block."
    )

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        context["undated_note"] = undated_note(dates_of(context["editions"]))
        return context

    def has_something(self, context):
        return any(edition.figures.all() for edition in context["editions"])


@plugin_pool.register_plugin
class HighlightsListPlugin(HighlightsPlugin):
    is_linked_to = True
    name = _("Highlights, as rows")
    render_template = "impact/plugins/highlights.html"


@plugin_pool.register_plugin
class RegisterPlugin(FacetedPlugin):
    is_linked_to = True
    module = _("Impact")
    name = _("Register of every claim")
    model = ListBlock
    render_template = "impact/plugins/register.html"
    shows = "editions"
    nothing_yet = NOTHING_CLAIMED

    def everything(self, block):
        return RegisterEntry.objects.select_related(
            "edition__claim__current_edition", "edition__organisation"
        ).prefetch_related(passages_through("edition__citations"))

    def facets(self, records):
        return [SHOWN, organisation_facet(records, "organisation"), TYPES, theme_facet(), GRADES]

    def kept(self, query):
        return {"order": BY_NUMBER} if query.get("order") == BY_NUMBER else {}

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        facets, query, entries = context["facets"], context["request"].GET, context["editions"]
        shown = facets.selected.get(SHOWN.key, "")
        if shown or facets.kept or cursor_number(query, "after") or cursor_number(query, "before"):
            page = keyset_page(entries, "number", query)
            previous, after = (each and facets.address(**each) for each in (page.previous, page.next))
            editions = [entry.edition for entry in page.records]
            groups = [RegisterGroup(shown, editions)] if editions else []
            context.update({"previous": previous, "next": after})
        else:
            groups = groups_of(entries, SHOWN, context["counts"], facets)
        editions = [edition for group in groups for edition in group.editions]
        load_contradictions(editions)
        context.update(
            {
                "editions": editions,
                "groups": groups,
                "table_query": facets.address(order=""),
                "orders": None if shown else (facets.address(order=""), facets.address(order=BY_NUMBER)),
            }
        )
        return context

    def has_something(self, context):
        # Of a page beyond the last claim it is not true that nothing is claimed.
        return bool(context["facets"].selected or context["count"].number)

    @classmethod
    def every_record(cls):
        return (RegisterEntry.objects.all(),)

    @classmethod
    def blocks_showing(cls, claim_or_edition):
        return ListBlock.objects.all()


@plugin_pool.register_plugin
class SheetPlugin(BlockPlugin):
    """Shows a square for each claim, inked by how far it is shown, beside the block before it."""

    module = _("Impact")
    name = _("Sheet of the claims")
    model = OrganisationBlock
    render_template = "impact/plugins/sheet.html"
    shows = "sheet"
    lists = (Edition,)
    nothing_yet = NOTHING_CLAIMED

    def shown(self, request, block):
        entries, register = RegisterEntry.objects.all(), address_with("RegisterPlugin")
        if not block.organisation_id:
            return sheet_of(entries, register)
        organisation = organisation_in_full(request, pk=block.organisation_id)
        return sheet_of_names(entries, organisation.life.names, register)

    def has_something(self, context):
        return bool(context["sheet"].count)

    @classmethod
    def blocks_showing(cls, claim_or_edition):
        speaker, renamed = claim_or_edition.organisation_id, Succession.Kind.RENAMED
        names = Succession.objects.filter(kind=renamed)
        return OrganisationBlock.objects.filter(
            Q(organisation=None)
            | Q(organisation=speaker)
            | Q(organisation__in=names.filter(later=speaker).values("earlier"))
            | Q(organisation__in=names.filter(earlier=speaker).values("later")),
            plugin_type=cls.__name__,
        )


@plugin_pool.register_plugin
class SheetTablePlugin(BlockPlugin):
    """Shows the sheet as a table of themes; names, headings and cells lead to the claims that they count."""

    module = _("Impact")
    name = _("Sheet of the claims, by theme")
    model = ListBlock
    render_template = "impact/plugins/sheet_table.html"
    shows = "table"
    lists = (Edition,)
    nothing_yet = NOTHING_CLAIMED

    def shown(self, request, block):
        return sheet_table_of_themes(RegisterEntry.objects.all(), address_with("RegisterPlugin"))

    def has_something(self, context):
        return bool(context["table"].total.count)

    @classmethod
    def blocks_showing(cls, claim_or_edition):
        return ListBlock.objects.filter(plugin_type=cls.__name__)


@plugin_pool.register_plugin
class FiguresThatDifferPlugin(EditionsPlugin):
    """Shows the values on which texts do not agree, each figure on a scale of its own."""

    name = _("Figures on which texts differ")
    model = ListBlock
    render_template = "impact/plugins/figures_that_differ.html"
    shows = "figures"
    nothing_yet = _(
        "No text gives another figure than a claim. "
        "Where one does, say so on its citation, with the value that it gives."
    )
    MAX_DRAWN = 3

    @classmethod
    def condition_of(cls, block):
        return Q(subject__in=doubtful_subjects())

    def shown(self, request, block):
        return figures_that_differ(super().shown(request, block))

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        figures = context["figures"]
        context.update({"figures": figures[: self.MAX_DRAWN], "others": figures[self.MAX_DRAWN :]})
        return context

    @classmethod
    def blocks_showing(cls, claim_or_edition):
        on_its_subject = doubtful_subjects().filter(subject=claim_or_edition.subject)
        return ListBlock.objects.filter(Exists(on_its_subject), plugin_type=cls.__name__)


@plugin_pool.register_plugin
class CorrectionsPlugin(CMSPluginBase):
    is_linked_to = True
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

    def shown(self, request, block):
        return latest()
