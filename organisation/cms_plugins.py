from cms.plugin_base import CMSPluginBase
from cms.plugin_pool import plugin_pool
from cms.utils.plugins import downcast_plugins
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .facets import Facets, by_organisation, by_year
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
from .models.record import Cited, find_evidence
from .request_cache import cached_for_request


class BlockPlugin(CMSPluginBase):
    """A block that puts one thing, found by `shown`, under one name into its template: a record, records, or something else."""

    module = _("Organisations")
    shows = ""
    shows_evidence = False

    def shown(self, block):
        raise NotImplementedError

    def shown_on(self, request, block):
        """For a block whose page may hold others that need the same records: see once()."""
        return self.shown(block)

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        context.update(
            {"block": instance, self.shows: shown_with_evidence(context["request"], self, instance)}
        )
        return context


def shown_with_evidence(request, plugin, block):
    """What a block shows. The blocks beside it that show evidence find theirs together with it, so that one query gives them all their citations."""

    def find():
        found = {}
        for each in beside(block):
            its_plugin = plugin_pool.get_plugin(each.plugin_type)
            if getattr(its_plugin, "shows_evidence", False):
                shown = its_plugin().shown_on(request, each)
                found[each.pk] = shown if isinstance(shown, Cited) else list(shown)
        find_evidence(
            record for shown in found.values() for record in ([shown] if isinstance(shown, Cited) else shown)
        )
        return found

    if not plugin.shows_evidence:
        return plugin.shown_on(request, block)
    return cached_for_request(request, ("shown with evidence", block.placeholder_id), find)[block.pk]


class FacetedPlugin(BlockPlugin):
    """A block with a list that its readers can narrow."""

    def facets(self, records):
        raise NotImplementedError

    def render(self, context, instance, placeholder):
        context = super().render(context, instance, placeholder)
        everything = self.shown(instance)
        facets = Facets(self.facets(everything), context["request"].GET, instance.anchor)
        count, counts = facets.count(everything)
        if facets.chosen:
            context[self.shows] = facets.narrow(everything)
        context.update({"facets": facets, "rows": facets.rows(counts), "count": count})
        return context


def beside(block):
    """The blocks of a block's placeholder, itself among them: as the CMS loaded them to render a page, else from the database."""
    found = getattr(block.placeholder, "_all_plugins_cache", None)
    return found or list(downcast_plugins(block.placeholder.get_plugins(block.language)))


def statements(request, block):
    """What the blocks beside a block say, and it itself: found at once for all of them."""

    def find():
        chosen = StatementBlock.objects.filter(placeholder=block.placeholder_id).values("statement")
        whole = StatementsBlock.objects.filter(placeholder=block.placeholder_id).values("organisation")
        found = Statement.objects.filter(Q(pk__in=chosen) | Q(organisation__in=whole))
        return list(found.select_related("organisation").order_by("order"))

    return cached_for_request(request, ("statements", block.placeholder_id), find)


def chosen(request, block):
    return next(each for each in statements(request, block) if each.pk == block.statement_id)


@plugin_pool.register_plugin
class HeroPlugin(BlockPlugin):
    name = _("Opening statement")
    model = StatementBlock
    autocomplete_fields = ["statement"]
    render_template = "organisation/plugins/hero.html"
    shows = "statement"
    shows_evidence = True

    def shown_on(self, request, block):
        return chosen(request, block)


@plugin_pool.register_plugin
class StatementsPlugin(BlockPlugin):
    name = _("Statements of one kind")
    model = StatementsBlock
    render_template = "organisation/plugins/statements.html"
    shows = "statements"
    shows_evidence = True

    def shown_on(self, request, block):
        return [
            each
            for each in statements(request, block)
            if (each.organisation_id, each.kind) == (block.organisation_id, block.kind)
        ]


@plugin_pool.register_plugin
class StatementPlugin(BlockPlugin):
    name = _("One statement")
    model = StatementBlock
    autocomplete_fields = ["statement"]
    render_template = "organisation/plugins/statements.html"
    shows = "statements"
    shows_evidence = True

    def shown_on(self, request, block):
        return [chosen(request, block)]


@plugin_pool.register_plugin
class FactsPlugin(BlockPlugin):
    name = _("Facts about an organisation")
    model = OrganisationBlock
    render_template = "organisation/plugins/facts.html"
    shows = "organisation"

    def shown_on(self, request, block):
        return cached_for_request(
            request,
            ("organisation", block.organisation_id),
            lambda: Organisation.objects.with_evidence().with_names().get(pk=block.organisation_id),
        )


@plugin_pool.register_plugin
class HistoryPlugin(BlockPlugin):
    name = _("History of an organisation")
    model = OrganisationBlock
    render_template = "organisation/plugins/history.html"
    shows = "milestones"
    shows_evidence = True

    def shown(self, block):
        return Milestone.objects.filter(organisation=block.organisation_id).in_order()


@plugin_pool.register_plugin
class MomentsPlugin(BlockPlugin):
    name = _("Chosen moments")
    model = MomentsBlock
    render_template = "organisation/plugins/moments.html"
    autocomplete_fields = ["milestones"]
    shows = "milestones"
    shows_evidence = True

    def shown(self, block):
        return block.milestones.in_order().select_related("organisation")


def affiliations(request, block):
    """Of every organisation whose affiliations the page shows beside a block: found at once for all of them."""

    def find():
        whole = AffiliationsBlock.objects.filter(placeholder=block.placeholder_id).values("organisation")
        return list(
            Affiliation.objects.filter(organisation__in=whole).select_related("with_whom").order_by("order")
        )

    return cached_for_request(request, ("affiliations", block.placeholder_id), find)


@plugin_pool.register_plugin
class AffiliationsPlugin(BlockPlugin):
    name = _("Members, links and partners")
    model = AffiliationsBlock
    render_template = "organisation/plugins/affiliations.html"
    shows = "affiliations"
    shows_evidence = True

    def shown_on(self, request, block):
        return [
            each
            for each in affiliations(request, block)
            if (each.organisation_id, each.role) == (block.organisation_id, block.role)
        ]


@plugin_pool.register_plugin
class LineagePlugin(BlockPlugin):
    name = _("Lineage of the organisations")
    model = ListBlock
    render_template = "organisation/plugins/lineage.html"
    shows = "organisations"

    def shown(self, block):
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

    def shown(self, block):
        return Organisation.objects.profiled().with_names()


@plugin_pool.register_plugin
class PublicationsPlugin(FacetedPlugin):
    name = _("Publications")
    model = ListBlock
    render_template = "organisation/plugins/publications.html"
    shows = "publications"

    def shown(self, block):
        return Source.objects.publications().with_evidence()

    def facets(self, records):
        return [by_organisation(records, "author"), by_year(records, "published")]


@plugin_pool.register_plugin
class NewestPublicationsPlugin(BlockPlugin):
    name = _("Newest publications")
    model = ListBlock
    render_template = "organisation/plugins/newest_publications.html"
    shows = "publications"

    def shown(self, block):
        return Source.objects.publications().exclude(published="").with_evidence()[:3]


@plugin_pool.register_plugin
class SourcesPlugin(BlockPlugin):
    name = _("Sources")
    model = ListBlock
    render_template = "organisation/plugins/sources.html"
    shows = "sources"

    def shown(self, block):
        return Source.objects.documents().order_by("published", "title")


@plugin_pool.register_plugin
class SourceNotesPlugin(BlockPlugin):
    name = _("Notes on an organisation's sources")
    model = OrganisationBlock
    render_template = "organisation/plugins/source_notes.html"
    shows = "notes"

    def shown(self, block):
        return SourceNote.objects.filter(passage__source__author=block.organisation_id).select_related(
            "passage__source__author"
        )
