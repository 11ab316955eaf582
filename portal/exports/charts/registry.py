from .claims import claims_chart
from .publications import publications_chart
from .training import TRAINING_CLAIM, training_chart

CHARTS = {"training": training_chart, "publications": publications_chart, "claims": claims_chart}


def charts_of_claim(claim):
    """Returns the slugs of the charts that change when a claim does."""
    return ["claims", "training"] if claim.number == TRAINING_CLAIM else ["claims"]
