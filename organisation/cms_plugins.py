from cms.plugin_base import CMSPluginBase
from cms.plugin_pool import plugin_pool
from django.utils.translation import gettext_lazy as _

from .facets import Facets, organisation_facet, year_facet
from .lineage import current_lineage
from .models import (
    Affiliation,
    AffiliationsBlock,
    ListBlock,
    Milestone,
    MomentsBlock,
    Organisation,
    OrganisationBlock,
    Source,
    SourceNote,
    Statement,
    StatementBlock,
    StatementsBlock,
    Succession,
)
from .page_records import organisation_in_full, records_of

# Plugins that name the same object here share one query: see page_records.py.
STATEMENTS = Statement.objects.select_related("organisation").order_by("order", "pk")


class BlockPlugin(CMSPluginBase):
    """Puts what `shown` returns into its template, under the name in `shows`.

    `lists` names the models of which it shows every public record, or every one of its organisation; of the
    records of a RecordsPlugin, its block decides. Where `is_linked_to`, others lead to the page that holds
    such a block: see block_pages.py.
    """

    module = _("Organisations")
    shows = ""
    lists = ()
    is_linked_to = False

    def shown(self, request, block):
        raise NotImplementedError

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        context.update({"block": instance, self.shows: self.shown(context["request"], instance)})
        return context


class RecordsPlugin(BlockPlugin):
    """Shows the records of a queryset that meet the block's condition, with their evidence."""

    records = None

    def shown(self, request, block):
        return records_of(request, block)


class FacetedPlugin(BlockPlugin):
    """Shows a list that its readers can narrow."""

    def everything(self, block):
        """Returns the queryset of the whole list."""
        raise NotImplementedError

    def facets(self, records):
        raise NotImplementedError

    def shown(self, request, block):
        return self.everything(block)

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        everything = self.everything(instance)
        facets = Facets(self.facets(everything), context["request"].GET, instance.anchor)
        count, counts = facets.facet_counts(everything)
        if facets.selected:
            context[self.shows] = facets.filter(everything)
        context.update({"facets": facets, "rows": facets.rows(counts), "count": count})
        return context


@plugin_pool.register_plugin
class HeroPlugin(RecordsPlugin):
    name = _("Opening statement")
    model = StatementBlock
    autocomplete_fields = ["statement"]
    render_template = "organisation/plugins/hero.html"
    shows = "statements"
    records = STATEMENTS


@plugin_pool.register_plugin
class StatementsPlugin(RecordsPlugin):
    name = _("Statements of one kind")
    model = StatementsBlock
    render_template = "organisation/plugins/statements.html"
    shows = "statements"
    records = STATEMENTS


@plugin_pool.register_plugin
class StatementPlugin(StatementsPlugin):
    name = _("One statement")
    model = StatementBlock
    autocomplete_fields = ["statement"]


@plugin_pool.register_plugin
class FactsPlugin(BlockPlugin):
    name = _("Facts about an organisation")
    model = OrganisationBlock
    render_template = "organisation/plugins/facts.html"
    shows = "organisation"
    lists = (Organisation,)

    def shown(self, request, block):
        """Returns nothing without a profile or a public record that names it: one person changes it then."""
        organisation = organisation_in_full(request, pk=block.organisation_id)
        return organisation if organisation.profiled or organisation.is_public else None


@plugin_pool.register_plugin
class HistoryPlugin(RecordsPlugin):
    name = _("History of an organisation")
    model = OrganisationBlock
    render_template = "organisation/plugins/history.html"
    shows = "milestones"
    lists = (Succession,)
    records = Milestone.objects.select_related("organisation").in_order()

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        context["moments"] = history(
            context["milestones"], current_lineage().naming(instance.organisation_id)
        )
        return context


def history(milestones, successions):
    """Returns milestones and successions by date, the undated last.

    A succession is left out if a milestone cites the same passage: it would be the same event twice.
    """
    cited = {each.passage_id for milestone in milestones for each in milestone.evidence} - {None}
    untold = [each for each in successions if not cited & {citation.passage_id for citation in each.evidence}]
    return sorted([*milestones, *untold], key=lambda record: (not record.date, record.date))


@plugin_pool.register_plugin
class MomentsPlugin(RecordsPlugin):
    name = _("Chosen moments")
    model = MomentsBlock
    render_template = "organisation/plugins/moments.html"
    shows = "milestones"
    records = HistoryPlugin.records
    autocomplete_fields = ["milestones"]


@plugin_pool.register_plugin
class AffiliationsPlugin(RecordsPlugin):
    name = _("Members, links and partners")
    model = AffiliationsBlock
    render_template = "organisation/plugins/affiliations.html"
    shows = "affiliations"
    records = Affiliation.objects.select_related("organisation", "with_whom").order_by("order", "pk")


@plugin_pool.register_plugin
class LineagePlugin(BlockPlugin):
    name = _("Lineage of the organisations")
    model = ListBlock
    render_template = "organisation/plugins/lineage.html"
    shows = "organisations"
    lists = (Organisation, Succession)

    def shown(self, request, block):
        return Organisation.objects.profiled()

    def render(self, context, instance, placeholder):
        context["successions"] = Succession.objects.select_related("earlier", "later").with_evidence()
        return super().render(context, instance, placeholder)


@plugin_pool.register_plugin
class OrganisationsPlugin(BlockPlugin):
    name = _("Directory of organisations")
    model = ListBlock
    render_template = "organisation/plugins/organisations.html"
    shows = "organisations"
    lists = (Organisation,)

    def shown(self, request, block):
        return Organisation.objects.profiled()


@plugin_pool.register_plugin
class StandingPlugin(BlockPlugin):
    is_linked_to = True
    name = _("Who is still there")
    model = ListBlock
    render_template = "organisation/plugins/standing.html"
    shows = "organisations"
    lists = (Organisation,)

    def shown(self, request, block):
        """Returns those with a profile, first those of which no end is on record."""
        return sorted(Organisation.objects.profiled().with_evidence(), key=lambda each: each.life.is_over)


@plugin_pool.register_plugin
class PublicationsPlugin(FacetedPlugin):
    is_linked_to = True
    name = _("Publications")
    model = ListBlock
    render_template = "organisation/plugins/publications.html"
    shows = "publications"
    lists = (Source,)

    def everything(self, block):
        return Source.objects.publications().with_evidence()

    def facets(self, records):
        return [organisation_facet(records, "author"), year_facet(records, "published")]


@plugin_pool.register_plugin
class NewestPublicationsPlugin(BlockPlugin):
    name = _("Newest publications")
    model = ListBlock
    render_template = "organisation/plugins/newest_publications.html"
    shows = "publications"
    lists = (Source,)

    def shown(self, request, block):
        return Source.objects.publications().exclude(published="").with_evidence()[:3]


@plugin_pool.register_plugin
class SourcesPlugin(BlockPlugin):
    is_linked_to = True
    name = _("Sources")
    model = ListBlock
    render_template = "organisation/plugins/sources.html"
    shows = "sources"
    lists = (Source,)

    def shown(self, request, block):
        return Source.objects.documents().order_by("published", "title", "pk")


@plugin_pool.register_plugin
class SourceNotesPlugin(BlockPlugin):
    name = _("Notes on an organisation's sources")
    model = OrganisationBlock
    render_template = "organisation/plugins/source_notes.html"
    shows = "notes"
    lists = (SourceNote,)

    def shown(self, request, block):
        sources = Source.objects.public().filter(author=block.organisation_id)
        return SourceNote.objects.filter(passage__source__in=sources).select_related(
            "passage__source__author"
        )
