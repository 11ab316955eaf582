"""Tells which suggestions of a long document are worth deciding first."""

from organisation.models import Statement

from .suggestion import CLAIM, MILESTONE

MOST = 60  # for a document of forty pages an hour's work; nobody decides nine hundred
LEAST = 35
# Of 100: how likely it is that an officer records what the rule found.
SCORES = {
    "result": 80,
    "success": 80,
    "table": 85,
    "evaluation": 92,
    "attribution": 92,
    "value": 85,
    "publication list": 90,
    "number": 75,
    "share": 65,
    "former name": 75,
    "sentence": 70,
    "area": 70,
    "heading": 65,
    "first line": 60,
    "date": 62,
    "deed": 45,
    "superlative": 50,
    "item": 45,
    "label": 40,
    "organisation name": 36,
    "empty heading": 30,
    "prose": 5,
}
CORE = (Statement.Kind.VISION, Statement.Kind.MISSION, Statement.Kind.VALUE, Statement.Kind.GOAL)


def score(suggestion):
    """Returns how likely it is, of 100, that the suggestion goes on record."""
    points = SCORES[suggestion.rule]
    if suggestion.kind == CLAIM:
        points += 10 * bool(suggestion.figures) + 5 * bool(suggestion.values.get("date"))
    elif suggestion.kind == MILESTONE:
        points += 30 * bool(suggestion.values.get("is_event"))
    elif suggestion.rule in ("heading", "sentence"):
        points += 25 * (suggestion.values["kind"] in CORE)
    return points


def said_first(suggestions):
    """Returns the suggestions without those whose very words were suggested as the same kind before."""
    first = {}
    for each in suggestions:
        first.setdefault((each.kind, each.values.get("text") or each.key), each)
    return list(first.values())


def worth_deciding(suggestions):
    """Returns the keys of the suggestions that are decided first: the best, in no more than this number.

    The rows of tables are decided together, and do not count; what is said again is not decided first.
    """
    suggestions = said_first(suggestions)
    rows = [each for each in suggestions if each.rule == "table"]
    likely = [each for each in suggestions if each.rule != "table" and score(each) >= LEAST]
    best = sorted(likely, key=score, reverse=True)[:MOST]
    return {each.key for each in (*best, *rows)}
