"""Finds names of organisations in a text by the nouns that such names are made of."""

import re

# Nouns that say what kind of body a name belongs to.
BODY_NOUNS = set(
    "Agency Alliance Association Authority Centre Center Charity Coalition Commission Committee "
    "Confederation Council Court Department Federation Forces Forum Foundation Fund Group "
    "Initiative Institute International League Ministry Movement Nations NGO Network Office Organisation "
    "Organization Parliament Service Services Society Tribunal Trust Union University Watch".split()
)
# A name goes on after these: “Office of the …”, “Committee on the …”.
NOUNS_WITH_COMPLEMENT = set(
    "Agency Association Centre Center Coalition Commission Committee Court Council Department Institute "
    "Ministry Office Organisation Organization Union University".split()
)
# A proper name follows these: “Federation Terre des Hommes”.
NOUNS_BEFORE_NAME = {"Federation", "Foundation", "Fund"}
ACRONYMS = set("ASEAN AU ECOWAS EU ICRC ILO NATO OAS OECD OSCE UN UNDP UNESCO UNHCR UNICEF WHO".split())

CAPITALISED = r"[A-ZÀ-Þ][\w’'-]*"
RUN = rf"{CAPITALISED}(?: (?:(?:des|de|du|la|le) )?{CAPITALISED})*"
CONNECTOR = r" (?:(?:of|on|for|to)(?: the)?|the) "
CANDIDATE = re.compile(rf"\b{RUN}(?:{CONNECTOR}{RUN})*")
# Words that are capitalised because they begin a sentence, and possessives: “Canada’s Department …”.
SENTENCE_OPENING = re.compile(
    r"(?:The|A|An|Our|Its|Their|This|In|At|By|With|Since|Over|As|For|We|\w+[’']+s)(?: the)? "
)


# “Ministère de la Protection de l’enfance”, “Union des mères de Koutolé”
FRENCH_NAME = re.compile(
    r"\b(?:Agence|Alliance|Association|Centre|Chambre|Coalition|Collectif|Comité|Commission|Commune|Confédération"
    r"|Conseil|Coopération|Croix|Fédération|Fondation|Fonds|Institut|Ligue|Ministère|Mission|Office"
    r"|Organisation|Réseau|Secours|Service|Société|Syndicat|Union|Université)"
    r"(?:(?: (?:de l|d|pour l)[’'](?=\w)| (?:de la|du|des|de|pour les?|et|-))? ?(?:[A-ZÀ-Þ][\w’'-]*)"
    r"|(?: (?:(?:de l|d)[’']|de la |du |des |de (?!l[’'])))[\w-]+)+"
)
# An item of a list of partners or donors is a name up to a sign that ends it.
LISTED_NAME = re.compile(
    r"[A-ZÀ-Þ][^,;:(–—\d£$€]{2,80}?(?=\s*(?:[,;:(]|\s[–—-]\s|$|\.$|\s[£$€]?\d|\s(?:gave|gives|has|have|donated|paid"
    r"|granted|contributed|provided|supported|funded|a|ont|avec|donne|verse|finance)\s))"
)
MAX_LISTED_WORDS = 9
# Hyphens and spaces that look like the usual ones.
PLAIN_SIGNS = str.maketrans("\u2010\u2011\u00a0\u202f", "--  ")


def find_organisation_names(text, start, end, language="en"):
    """Returns the span of each name between two offsets of a text in English or French."""
    words = text[start:end].translate(PLAIN_SIGNS)
    if language == "fr":
        spans = [match.span() for match in FRENCH_NAME.finditer(words)]
    else:
        spans = [
            (candidate.start() + span[0], candidate.start() + span[1])
            for candidate in CANDIDATE.finditer(words)
            if (span := name_span(candidate[0]))
        ]
    return [(start + first, start + last) for first, last in spans]


def listed_name(text, start, end):
    """Returns the span of the name that an item of a list of partners is; None for a longer item."""
    match = LISTED_NAME.match(text, start, end)
    is_name = (
        match and len(match[0].split()) <= MAX_LISTED_WORDS and len(re.findall(r"\b[A-ZÀ-Þ]", match[0])) > 1
    )
    return match.span() if is_name else None


def name_span(candidate):
    """Returns the span of the name within a candidate; None if it names no organisation.

    A candidate consists of runs of capitalised words with connectors between them.
    """
    opening = match.end() if (match := SENTENCE_OPENING.match(candidate)) else 0
    pieces = re.split(f"({CONNECTOR})", candidate[opening:])
    runs, connectors = pieces[::2], pieces[1::2]
    for index, run in enumerate(runs):
        if length := name_length(run):
            first = last = index
            # “Defence for Children International”, “International Save the Children Alliance”
            while first and connectors[first - 1] in (" for ", " the "):
                first -= 1
            if length == len(run) and run.split(" ")[-1] in NOUNS_WITH_COMPLEMENT:
                last = len(runs) - 1
            start = opening + len("".join(pieces[: 2 * first]))
            last_start = opening + len("".join(pieces[: 2 * last]))
            return start, last_start + (length if last == index else len(runs[last]))
    return None


def name_length(run):
    """Returns how much of a run is a name: up to the last noun that says what kind of body it is."""
    words = run.split(" ")
    if len(words) == 1:
        return len(run) if run in ACRONYMS else 0
    last = max(
        (index for index, word in enumerate(words) if re.split("[-’']", word)[0] in BODY_NOUNS), default=0
    )
    if not last:
        return 0
    if words[last] in NOUNS_BEFORE_NAME:
        return len(run)
    # “African Union-led”, “the Alliance’s”
    return len(re.sub(r"-[a-zà-þ]\w*$|[’']+s$", "", " ".join(words[: last + 1])))
