"""The patterns by which English headings and sentences are taken for what they are."""

import re

from organisation.models import Statement

from ..column_kinds import ColumnKind
from ..sections import Section

Kind = Statement.Kind

# Headings. The first that fits decides: “Expected results” are plans, those “of the evaluation” are others’.
SECTIONS = [
    (re.compile(pattern, re.IGNORECASE), section)
    for pattern, section in (
        (r"^(?:table of )?contents$", Section.CONTENTS),
        (r"\b(?:end|foot)?notes$|^references$", Section.NOTES),
        (
            r"\bevaluat\w+|\b(?:external|independent) (?:review|assessment|study|look)\b|\breviewers?\b",
            Section.EVALUATION,
        ),
        (
            # Not “Meeting the challenges of the delta”, which tells of work.
            r"^(?!.*\b(?:meet|fac|tackl|reduc|manag|address|overcom|beat|solv)ing\b).*(?:\b(?:challenges?|risks"
            r"|limitations?|limits|constraints?|obstacles?|barriers|setbacks?|failures?|failings|shortcomings?"
            r"|difficulties|weaknesses|problems?|mistakes|concerns|threats|regrets|disappointments"
            r"|lessons(?: (?:we )?(?:\w+ )?(?:learn\w*|drawn))?|learnings)\b"
            r"(?! (?:club|cup|fund|award|prize)s?\b)|\brisk (?:register|analysis|assessment|matrix|factors)\b"
            r"|^(?:\d[\d.]* )?risk$"
            r"|\bwhat (?:did|has|have|does) ?(?:not|n[’']t)\b|\bwhat (?:didn|hasn|doesn)[’']t\b"
            r"|\bwhat (?:went wrong|held us back|stood in (?:our|the) way|was (?:hard|difficult|missed))\b"
            r"|\bwhat (?:we )?(?:would|could|should)(?: \w+){0,3} (?:better|differently)\b"
            r"|\bwhat we (?:have )?(?:missed|not|learn\w*)\b|\bwhat we did not\b"
            r"|\bwhere we (?:fell short|failed|struggled)\b|\b(?:areas|room|points) for improvement\b)",
            Section.CHALLENGES,
        ),
        (
            r"\b(?:targets?|plans?|planned|looking (?:ahead|forward)|the (?:year|years|road) ahead"
            r"|outlook|(?:our|the) future|(?:road|way|path) to (?:the )?\d{4}|roadmap"
            r"|(?:strategy|vision) \d{4}|what (?:we|is|it) (?:will|want|need|hope|aim|intend|still)|to come"
            r"|tomorrow|upcoming|forecasts?"
            r"|priorities|ambitions?|next (?:year|steps?)|expected results)\b|^(?:our |urgent )?needs$",
            Section.TARGETS,
        ),
        (r"\bpublications?\b|\bfurther reading\b|\bbibliography\b|\bour reports\b", Section.PUBLICATIONS),
        (
            r"\bcontacts?\b|\baddress(?:es)?\b|\bimprint\b|\b(?:find|reach|write to) us\b|\bget in touch\b",
            Section.CONTACT,
        ),
        (
            r"\bfinanc\w+|\baccounts\b|\bincome\b|\bexpenditure\b|\bbalance sheet\b|\bbudget\b|\bfunding\b",
            Section.FINANCES,
        ),
        (
            r"\bpartners?\b|\bdonors?\b|\bsupporters\b|\bfunders?\b|\bthanks\b|\backnowledge?ments?\b",
            Section.PARTNERS,
        ),
    )
]
RESULTS_HEADING = re.compile(
    r"\b(?:impact|achiev\w*|accomplish\w*|results?|success\w*|highlights?"
    r"|what we have done|milestones reached)\b",
    re.IGNORECASE,
)
MILESTONES_HEADING = re.compile(r"\b(?:milestones?|timeline|chronology|key dates|history)\b", re.IGNORECASE)
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
SUCCESS = re.compile(r"\b(?:(?:was|were) successful|succeeded in|resulted in|achieved|won(?![’']t))\b")
SHARE = re.compile(
    r"\b(?:the (?:vast )?majority of|most of the|one in (?:\d+|\w+)|half of|a third of|a quarter of)\b",
    re.IGNORECASE,
)
DEED = re.compile(
    r"(?<!who )(?<!that )(?<!which )\b(?:have|has) (?:also |already |since |now )?(?:been )?"
    r"(?!(?:been|included|learn\w*|lived|waited|hoped|wanted|wished|needed|happened|remained|seemed)\b)"
    r"(?:\w{2,}ed|built|brought|drawn|given|held|led|made|put|run|set up|taken|taught|written|won)\b"
    r"|^(?:We|In \d{4},? we|The teams?"
    r"|Our (?!partners?\b|donors?\b|supporters\b|friends\b)[\w-]+(?: [\w-]+){0,3}?) (?:also )?"
    r"(?:produced?|publish(?:ed)?|train(?:ed)?|deliver(?:ed)?|trained|launched|signed|founded|created|built"
    r"|organised|organized|held|led|opened|reopened|freed|released|reached|reunited|rebuilt|repaired|restored"
    r"|supported|helped|taught|vaccinated|fed|planted|enrolled|distributed|gave|dug|placed)\b"
)
# After the number of those to whom it was done: no work of whoever tells it.
HARM = re.compile(
    r"(?: [\w’'-]+){0,5}? (?:(?:were|was|are|is|have been|had been|remain(?:ed)?)(?: \w+ly)?(?: still| also)?"
    r" (?:killed|injured|wounded|maimed|abducted|kidnapped|detained|arrested|imprisoned|held|displaced"
    r"|orphaned|raped|tortured|missing|dead|hungry|homeless|out of school|beaten|trafficked|drowned)"
    r"|(?:have )?(?:died|drowned|dropped out|lost their (?:lives|homes|parents)|disappeared)"
    r"|(?:still )?waiting)\b"
    r"|(?:(?<=children)|(?<=girls)|(?<=boys)|(?<=minors)) (?:were|had been|have been|are)"
    r" (?:recruited|taken|used)\b",
    re.IGNORECASE,
)
HARM_BEFORE = re.compile(
    r"\b(?:lost|(?:groups?|forces?|army|militias?|soldiers|rebels|police|troops|gangs?) (?:\w+ )?"
    r"(?:recruited|abducted|killed|took|arrested|detained|captured|attacked|injured|displaced))"
    r" (?:\w+ ){0,2}$",
    re.IGNORECASE,
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

# What is planned, promised or aimed at is not done.
PLAN = re.compile(
    r"\b(?:will|shall|(?:plan(?:s|ned|ning)?|aim(?:s|ed|ing)?|intend(?:s|ed|ing)?|hop(?:es|ed|ing)"
    r"|expect(?:s|ing)?|seek(?:s|ing)?|wants?|pledged?|commits?|propose[sd]?|on track|scheduled"
    r"|had expected|due) to"
    r"|(?:is|are|was|were|be) (?:\w+ly )?(?:due|set|expected|supposed|meant|scheduled|planned|projected"
    r"|intended|slated) to"
    r"|(?:is|are) to be|committed (?:\w+ )?to(?= \w+ing\b)|should have|intends? for|working towards?"
    r"|(?:is|are) preparing to|aims? (?:at|for)\b|hop(?:e|es|ed|ing) that"
    r"|target(?:s|ed)?(?! (?:area|group|district|village|school|communit|population|countr|region)\w*)"
    r"|foresaw|foreseen|planned(?! (?:carefully|together|and \w+))"
    r"|next (?:year|month|term|season|quarter|phase)"
    r"|(?:coming|upcoming) (?:\w+ )?(?:years?|months?|weeks?|terms?|seasons?)"
    r"|(?:goal|aim|ambition|objective|hope|intention)s?(?: for [^,.:]{1,30})? ?"
    r"(?::|(?:is|are|was|were|remains?) (?:to|that|\d)))(?!\w)|[’']ll\b"
    r"|^(?:Proposed|Planned|Scheduled|Forecast|Projected|Upcoming|To do|Needed)\b|\((?:planned|projected)\)"
    r"|^(?!.*\b(?:we|was|were|has|have|had)\b).*\bto be \w+ed\b|\bhad hoped\b|\bwould (?:like|have)\b",
    re.IGNORECASE,
)
# A verb that tells what was, as “we trained”, “was opened”, “the fund gave 40 …”.
PAST = re.compile(
    r"\b(?:was|were|did|had|(?:has|have) (?:\w+ )?(?:been|\w{2,}ed|built|given|held|led|made|taught|won))\b"
    r"|\b(?:we|they|he|she|it|who|which|that) (?:\w+ly |also )?"
    r"(?:\w{2,}ed|built|brought|gave|held|led|made|met|ran|set|taught|took|won|fed|dug|saw)\b"
    r"|\b(?:\w{2,}ed|built|brought|gave|held|led|made|met|ran|taught|took|won|fed|dug|rose|fell|grew|came|went|saw)"
    r" (?:(?:to|back|by|over|about|around|nearly|almost|some|more than|at least|up to|all|only|home) ){0,2}"
    r"(?=\d|the\b|our\b|an?\b|all\b)",
    re.IGNORECASE,
)
# A comparison dates something else: “compared with 240 in 2023”.
COMPARED = re.compile(
    r"\b(?:than|compared (?:with|to)|up from|down from|against|versus|from|as in)\b[^,;]*$", re.IGNORECASE
)
# Somebody’s own words: what they say is no statement of the organisation.
SPEECH = re.compile(
    r"[“\"][^”\"]{12,}[”\"],? (?:\w+ ){0,6}?(?:said|says|told|claim(?:s|ed)|stat(?:es|ed)|explain\w*"
    r"|recall\w*|remember\w*|add(?:s|ed)|wrote|writes)\b"
    r"|\b(?:said|says|told|claim(?:s|ed)|stat(?:es|ed)|explain\w*|recall\w*|add(?:s|ed)|wrote)\b[^“\"]{0,40}[“\"]",
)
CONTACT_LINE = re.compile(
    r"@\w|\bwww\.|https?://|\b(?:telephone|tel|phone|fax|e-?mail)\b\.?:? ?[+(\d]"
    r"|\be-?mail:|\b(?:IBAN|BIC|SWIFT)\b|\bP\.? ?O\.? Box\b",
    re.IGNORECASE,
)
# What somebody who examined the work says of it.
FINDING = re.compile(
    r"\b(?:found|finds|saw|shows?|showed|agrees?|evidence|conclude[sd]?|confirm(?:s|ed)?|observe[sd]?|note[sd]|estimate[sd]?|verif(?:y"
    r"|ied)|assess(?:es|ed)|counted"
    r"|could not|criticis\w+|recommend\w*)\b",
    re.IGNORECASE,
)
# A figure of an earlier report, which this one corrects.
EARLIER_REPORT = re.compile(
    r"\b(?:last year[’']s|previous|earlier) (?:annual )?report\b|\bshould have read\b", re.IGNORECASE
)
# What a sentence says by the word of somebody else.
ATTRIBUTED = re.compile(
    r"\b[Aa]ccording to\b(?! our\b| us\b)|\b(?:estimates?|estimated|reports?|reported) that\b"
    r"|(?<!\b[Ww]e )(?<!\bI )\b(?:said|stated|states|says?|claim(?:s|ed)|announced|insist\w+|told us) that\b"
    r"|\b(?:Ministry|Government|Office)\b[^.]* (?:counted|estimates?)\b"
)
# “In 2025 …” dates what the sentence says; “since” and “until” say something else.
DATED = re.compile(
    r"\b(?<!than )(?<!as )(?:in|during|over|throughout|at the end of|by the end of|as of) "
    r"(?:the (?:course|year) (?:of )?)?$",
    re.IGNORECASE,
)
TOTAL = re.compile(r"\b(?:total|sum|altogether|all)\b", re.IGNORECASE)
# The kinds of columns of a table of figures, by the words over them or before a colon in a row's name.
COLUMN_KINDS = [
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"^(?:unit|unit of measure(?:ment)?|measure|measured in)\W*$", ColumnKind.UNIT),
        (r"^(?:no|nr|ref|reference|code|id|#|№|s/n|item no)\W*$|^#$", ColumnKind.REFERENCE),
        (
            r"\b(?:target(?:s|ed)?|plan(?:s|ned)?|goals?|expected|forecast|project(?:ed|ion)s?|budget(?:ed)?"
            r"|proposed|aims?|ambition|to be|milestone|required|needed|needs?|outlook|pledged|requested)\b",
            ColumnKind.TARGET,
        ),
        (r"\b(?:baselines?|base ?year|starting (?:point|value)|initial|before)\b", ColumnKind.BASELINE),
        (
            r"\b(?:change|difference|variance|variation|trend|growth|increase|decrease|progress|deviation|gap)\b"
            r"|^%|\+/-|±",
            ColumnKind.CHANGE,
        ),
        (r"\b(?:grand |sub-?)?total\b|\bsum\b|\bcumulative\b|\bto date\b|^all\b", ColumnKind.TOTAL),
        (
            r"\b(?:source|comments?|remarks?|notes?|means of verification|responsible|frequency|status)\b",
            ColumnKind.OTHER,
        ),
        (
            r"\b(?:results?|actuals?|achieved|reached|achievements?|realised|outcome|endline)\b",
            ColumnKind.RESULT,
        ),
    )
]
# A row of a table that is one of targets, whatever its columns are.
TARGET_TABLE = re.compile(
    r"\b(?:targets?|expected|forecasts?|projections?|projected|planned)\b", re.IGNORECASE
)
PLANNED_ROW = re.compile(
    r"\((?:targets?|planned|expected|forecast|goal|projected)\)|^(?:targets?|planned|expected|forecast|projected)\b"
    r"|\b(?:target|goal)$|\bto be \w+ed\b",
    re.IGNORECASE,
)
QUARTERS = re.compile(r"(?:Q(?P<quarter>[1-4])|(?P<half>H[12]))[ /-]?(?P<year>(?:19|20)\d\d)")

# Before a list of what was left undone, or what stood in the way.
UNDONE_STEM = re.compile(
    r"\b(?:because|due to|challenges?|obstacles?|difficult\w+|needs?|without|risks?|limit(?:ation)?s?"
    r"|constraints?|lessons|learned|learnt|setbacks?|failures?|shortcomings?|problems?|not work"
    r"|went wrong)$",
    re.IGNORECASE,
)
# A sentence that only introduces a list says nothing by itself.
LEAD_IN = re.compile(r":$|\bfollowing\b.{0,60}\b(?:guide|values|principles|areas)\b")
