from itertools import groupby

from cms.plugin_pool import plugin_pool
from django.utils.translation import gettext_lazy as _

from .block_plugins import BlockPlugin, FacetedPlugin, RecordsPlugin, SpokenPlugin
from .dates import partial_date_text
from .evidence_in_words import said_together
from .facets import organisation_facet, year_facet
from .history import history, successions_of
from .lineage import current_lineage, documents_of, profiled_organisations
from .models import (
    Affiliation,
    AffiliationsBlock,
    Citation,
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
    site_settings,
)
from .models.milestone import same_events
from .moments import moments_of
from .page_records import organisation_in_full, records_beside
from .standing import records_of_standings, standings_of_profiled
from .voice import are_ours, only_profiled

# Plugins that name the same object here share one query: see page_records.py.
STATEMENTS = Statement.objects.select_related("organisation").order_by("order", "pk")
MILESTONES = Milestone.objects.select_related("organisation").in_order()


@plugin_pool.register_plugin
class HeroPlugin(RecordsPlugin):
    name = _("Opening statement")
    model = StatementBlock
    autocomplete_fields = ["statement"]
    render_template = "organisation/plugins/hero.html"
    shows = "statements"
    records = STATEMENTS

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        page = context["request"].current_page
        # On the home page it stands where the name of the site would, with what that says of it.
        context["site"] = site_settings() if page and page.is_home else None
        return context


@plugin_pool.register_plugin
class StatementsPlugin(SpokenPlugin):
    name = _("Statements of one kind")
    model = StatementsBlock
    render_template = "organisation/plugins/statements.html"
    shows = "statements"
    records = STATEMENTS
    nothing_yet = _(
        "No such statement is on record yet. Add one under Statements, "
        "with the document and the passage that it stands in."
    )


@plugin_pool.register_plugin
class StatementPlugin(StatementsPlugin):
    name = _("One statement")
    model = StatementBlock
    autocomplete_fields = ["statement"]


@plugin_pool.register_plugin
class AimPlugin(StatementPlugin):
    name = _("Aim, in large letters")
    render_template = "organisation/plugins/aim.html"


@plugin_pool.register_plugin
class FactsPlugin(BlockPlugin):
    name = _("Facts about an organisation")
    model = OrganisationBlock
    render_template = "organisation/plugins/facts.html"
    shows = "organisation"
    lists = (Organisation,)
    nothing_yet = _(
        "No organisation is chosen, and not exactly one has a profile. "
        "Add yours under Organisations, and tick that it has a profile."
    )

    def shown(self, request, block):
        """Returns nothing without a profile or a public record that names it: one person changes it then.

        Where none was chosen, it is the only one with a profile.
        """
        pk = block.organisation_id or getattr(only_profiled(), "pk", None)
        organisation = organisation_in_full(request, pk=pk) if pk else None
        return organisation if organisation and (organisation.profiled or organisation.is_public) else None


class MilestonesPlugin(RecordsPlugin):
    """Shows milestones as moments: all that tell one event as one, if any of them is chosen."""

    shows = "milestones"
    records = MILESTONES

    @classmethod
    def condition_of(cls, block):
        return same_events(block.condition())

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        context["moments"] = moments_of(context["milestones"])
        return context


@plugin_pool.register_plugin
class HistoryPlugin(MilestonesPlugin, SpokenPlugin):
    name = _("History of an organisation")
    model = OrganisationBlock
    render_template = "organisation/plugins/history.html"
    lists = (Succession,)
    nothing_yet = _(
        "No moment of the history is on record yet. Add one under Milestones, "
        "as precisely as a document says when it was."
    )

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        context["moments"] = history(context["moments"], successions_of(instance.organisation_id))
        return context

    def has_something(self, context):
        return bool(context["moments"])


@plugin_pool.register_plugin
class MomentsPlugin(MilestonesPlugin):
    name = _("Chosen moments")
    model = MomentsBlock
    render_template = "organisation/plugins/moments.html"
    autocomplete_fields = ["milestones"]
    nothing_yet = _("No moment is chosen yet. Choose some among the milestones.")


@plugin_pool.register_plugin
class AffiliationsPlugin(SpokenPlugin):
    name = _("Members, links and partners")
    model = AffiliationsBlock
    render_template = "organisation/plugins/affiliations.html"
    shows = "affiliations"
    records = Affiliation.objects.select_related("organisation", "with_whom").order_by("order", "pk")
    nothing_yet = _("Nobody is on record in this role yet. Add somebody under Affiliations.")

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        context["runs"] = [list(run) for _key, run in groupby(context["affiliations"], key=said_together)]
        return context


@plugin_pool.register_plugin
class LineagePlugin(BlockPlugin):
    name = _("Lineage of the organisations")
    model = ListBlock
    render_template = "organisation/plugins/lineage.html"
    shows = "organisations"
    lists = (Organisation, Succession)
    nothing_yet = _(
        "There is nobody to come after anybody yet: fewer than two organisations have a profile. "
        "Add them under Organisations, and who came after whom under Successions."
    )

    @classmethod
    def records_with_evidence(cls, blocks, loaded):
        return [*profiled_organisations(), *current_lineage().successions]

    def shown(self, request, block):
        records_beside(request, block)  # fetches the evidence with that of the other blocks
        return profiled_organisations()

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        context["successions"] = current_lineage().with_evidence
        context["documents"] = documents_of(context["organisations"])
        return context

    def has_something(self, context):
        return len(context["organisations"]) > 1 or bool(context["successions"])


@plugin_pool.register_plugin
class OrganisationsPlugin(BlockPlugin):
    name = _("Directory of organisations")
    model = ListBlock
    render_template = "organisation/plugins/organisations.html"
    shows = "organisations"
    lists = (Organisation,)
    nothing_yet = _("No organisation with a profile is on record yet. Add one under Organisations.")

    def shown(self, request, block):
        return profiled_organisations()


@plugin_pool.register_plugin
class StandingPlugin(BlockPlugin):
    is_linked_to = True
    name = _("Who is still there")
    model = ListBlock
    render_template = "organisation/plugins/standing.html"
    shows = "standings"
    lists = (Organisation,)
    nothing_yet = OrganisationsPlugin.nothing_yet

    @classmethod
    def records_with_evidence(cls, blocks, loaded):
        return records_of_standings()

    def shown(self, request, block):
        """Returns the standing of those with a profile, first of those of which no end is on record."""
        records_beside(request, block)  # fetches the evidence with that of the other blocks
        return standings_of_profiled()


@plugin_pool.register_plugin
class PublicationsPlugin(FacetedPlugin):
    is_linked_to = True
    name = _("Publications")
    model = ListBlock
    render_template = "organisation/plugins/publications.html"
    shows = "publications"
    lists = (Source,)
    nothing_yet = _(
        "No report or other publication is on record yet. Drop one on the desk, "
        "and say under Sources that it is a report and who its author is."
    )

    def everything(self, block):
        return Source.objects.publications().with_evidence()

    @classmethod
    def every_record(cls):
        return (Source.objects.publications(),)

    def facets(self, records):
        return [organisation_facet(records, "author"), year_facet(records, "published")]

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        publications = context["publications"] = list(context["publications"])
        context["by_year"] = [
            (partial_date_text(year) if year else "", list(of_year))
            for year, of_year in groupby(publications, lambda each: each.published[:4])
        ]
        context["without_copy"] = sum(not each.has_copy for each in publications)
        return context


@plugin_pool.register_plugin
class NewestPublicationsPlugin(BlockPlugin):
    name = _("Newest publications")
    model = ListBlock
    render_template = "organisation/plugins/newest_publications.html"
    shows = "publications"
    lists = (Source,)
    nothing_yet = PublicationsPlugin.nothing_yet

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
    nothing_yet = _(
        "No document is on record yet. Drop one on the desk: it stands here once something public cites it."
    )

    def shown(self, request, block):
        return Source.objects.documents().with_distance().order_by("published", "title", "pk")

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        of_distance = {each: [] for each in Citation.Independence}
        for source in context["sources"]:
            of_distance[source.distance].append(source)
        context["own"], context["partners"], context["independent"] = of_distance.values()
        authors = (each.author or each.publisher for each in context["own"])
        context["ours"] = are_ours([each for each in authors if each])
        return context

    @classmethod
    def every_record(cls):
        return (Source.objects.documents(),)


@plugin_pool.register_plugin
class SourceNotesPlugin(BlockPlugin):
    name = _("Notes on an organisation's sources")
    model = OrganisationBlock
    render_template = "organisation/plugins/source_notes.html"
    shows = "notes"
    lists = (SourceNote,)
    nothing_yet = _("No note on a document is on record. Add one under Notes on sources.")

    def shown(self, request, block):
        chosen = {"author": block.organisation_id} if block.organisation_id else {"author__profiled": True}
        sources = Source.objects.public().filter(**chosen)
        return SourceNote.objects.filter(passage__source__in=sources).select_related(
            "passage__source__author"
        )
