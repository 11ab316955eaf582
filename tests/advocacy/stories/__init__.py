"""Stories of change: fold by fold, each in the words of one public record, and what is not on record."""

from advocacy.models import Fold

LEAD = "What was built, and on whose word."


def fold(story, **values):
    """Adds a fold to a story, as its form would."""
    record = Fold(story=story, **{"order": story.folds.count()} | values)
    record.full_clean()
    record.save()
    return record
