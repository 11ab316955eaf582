from django.apps import AppConfig


class ImpactConfig(AppConfig):
    name = "impact"

    def ready(self):
        from organisation.admin.proposals.awaited import awaited_in_apps
        from organisation.models import Citation, Source

        from .awaited import awaited_keys
        from .immutable import protect_published
        from .models import Claim, Edition, Figure, Indicator, Part, ReviewStep

        protect_published(Edition, Figure, Part, Citation, ReviewStep)
        Source.public_links.append((Indicator, "change_source"))
        Citation.hidden_conditions += [Claim.citations_of_drafts, Claim.citations_of_withdrawn]
        awaited_in_apps.append(awaited_keys)
