from django.apps import AppConfig


class AdvocacyConfig(AppConfig):
    name = "advocacy"

    def ready(self):
        from impact.admin.public_with import shown_in_apps
        from organisation.admin.proposals.awaited import awaited_in_apps, seen_by_others
        from organisation.models import Source

        from .models import Ask, Fold, Instrument, StoryOfChange
        from .models.fold import awaited_stories, folds_with

        Source.public_links += [(Instrument, "source"), (Ask, "status_source")]
        shown_in_apps.append(folds_with)
        seen_by_others.extend([StoryOfChange, Fold])
        awaited_in_apps.append(awaited_stories)
