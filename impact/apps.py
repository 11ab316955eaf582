from django.apps import AppConfig


class ImpactConfig(AppConfig):
    name = "impact"

    def ready(self):
        from organisation.models import Citation

        from .immutable import protect_published
        from .models import Claim, Edition, Figure, ReviewStep

        protect_published(Edition, Figure, Citation, ReviewStep)
        Citation.hidden_conditions += [Claim.citations_of_drafts, Claim.citations_of_withdrawn]
