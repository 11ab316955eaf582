"""The patterns by which headings and sentences are taken for claims, milestones or statements of a kind."""

import re

from organisation.models import Statement

Kind = Statement.Kind

# Headings.
RESULTS_HEADING = re.compile(
    r"\b(?:impact|achiev\w*|accomplish\w*|results?|success\w*|highlights?"
    r"|what we have done|milestones reached)\b",
    re.IGNORECASE,
)
STATEMENT_HEADINGS = [
    (re.compile(r"\bvision\b", re.IGNORECASE), Kind.VISION),
    (re.compile(r"\bmission\b", re.IGNORECASE), Kind.MISSION),
    (re.compile(r"\b(?:goals?|aims?|objectives?)\b", re.IGNORECASE), Kind.GOAL),
    (re.compile(r"\bbeliefs?|what we believe\b", re.IGNORECASE), Kind.BELIEF),
    (re.compile(r"\bpositions?\b", re.IGNORECASE), Kind.POSITION),
    (re.compile(r"\b(?:structure|governance|team|trustees|board)\b", re.IGNORECASE), Kind.STRUCTURE),
    (re.compile(r"\b(?:approach|how we (?:do it|work))\b", re.IGNORECASE), Kind.APPROACH),
]

# Sentences that say themselves which kind of statement they are; None leaves the kind to the matched text.
STATEMENT_SENTENCES = [
    (re.compile(r"\bwe believe\b", re.IGNORECASE), Kind.BELIEF),
    (re.compile(r"(?:\b(?:our|its)|[’']s) goals? (?:is|are)\b", re.IGNORECASE), Kind.GOAL),
    (
        re.compile(r"(?:\b(?:our|its|one clear)|[’']s) (?:mission|vision)\b(?= (?:is|-|–))", re.IGNORECASE),
        None,
    ),
    (
        re.compile(
            r"\bmust (?:be|not|have|end|stop|protect)\b|\bcampaigns for all\b|\bcalls? (?:up)?on\b",
            re.IGNORECASE,
        ),
        Kind.POSITION,
    ),
    (
        re.compile(
            r"\b(?:headquarters|governed by|steering committee|made up of|a team of|board of)\b",
            re.IGNORECASE,
        ),
        Kind.STRUCTURE,
    ),
    (re.compile(r"^(?:Help|Join|Support|Donate|Give|Sign)\b[^.]*$"), Kind.APPEAL),
]

# Sentences that claim something.
SUCCESS = re.compile(r"\b(?:(?:was|were) successful|succeeded in|resulted in|achieved|won)\b")
SHARE = re.compile(
    r"\b(?:the (?:vast )?majority of|most of the|one in (?:\d+|\w+)|half of|a third of|a quarter of)\b",
    re.IGNORECASE,
)
DEED = re.compile(
    r"(?<!who )(?<!that )(?<!which )\b(?:have|has) (?:also |already |since |now )?(?:been )?"
    r"(?!been\b|included\b)"
    r"(?:\w{2,}ed|built|brought|drawn|given|held|led|made|put|run|set up|taken|taught|written|won)\b"
    r"|^(?:We|In \d{4},? we) (?:also )?"
    r"(?:produced?|publish(?:ed)?|train(?:ed)?|deliver(?:ed)?|trained|launched|signed|founded|created|built"
    r"|organised|organized|held|led)\b"
)
PUBLICATION = re.compile(r"\bwe published\b", re.IGNORECASE)

# Sentences that tell of an event.
FORMER_NAME = re.compile(
    r"\b(?:formerly (?:known as|called|the)|previously known as|changed its name|renamed|merged with"
    r"|became independent)\b"
)
EVENT = re.compile(
    r"\b(?:found|form|establish|creat|launch|open|clos|start|incorporat|register|renam|adopt|merg)(?:e?d)\b"
    r"|\bentered into force\b|\b(?:Since|since) (?=\d)",
    re.IGNORECASE,
)
# An announcement is no event yet.
FUTURE = re.compile(r"\b(?:will|is due|are due|plans? to|next)\b", re.IGNORECASE)

# A sentence that only introduces a list says nothing by itself.
LEAD_IN = re.compile(r":$|\bfollowing\b.{0,60}\b(?:guide|values|principles|areas)\b")


def statement_kind(heading):
    """Returns the kind of statement that a heading announces; None for any other heading."""
    return next((kind for pattern, kind in STATEMENT_HEADINGS if pattern.search(heading)), None)
