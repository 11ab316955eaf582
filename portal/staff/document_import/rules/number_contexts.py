"""Says from the words around a number that it counts nothing reached, or that it leaves a question."""

import re

from impact.number_words import alternatives
from impact.numbers import folded

# Before a number that names or orders something.
DESIGNATIONS = (
    "resolution resolutions no no. nos. n° nº number numbers article articles art. chapter chapters "
    "section sections page pages p. pp. para. paragraph paragraphs annex appendix table tables "
    "figure figures box goal goals sdg sdgs target targets objective objectives indicator "
    "indicators output outputs outcome outcomes principle principles rule rules item items step "
    "steps phase phases part parts volume vol. issue version level levels grade grades class "
    "classes year years form forms group room rooms zone district camp ward block site unit day "
    "days week weeks month months quarter term line lines note notes cycle batch round cohort route "
    "highway road protocol convention tel tel. phone fax hotline helpline age ages aged street "
    "following every each last past next first chapitre chapitres paragraphe paragraphes annexe "
    "tableau objectif objectifs indicateur principe règle étape partie niveau classe année groupe "
    "salle quartier bloc jour semaine trimestre ligne numéro numéros vert verte âge âgé âgés âgée "
    "âgées dernier derniers dernière dernières prochain prochains prochaine prochaines premier "
    "premiers première premières chaque rue avenue school hospital building floor team flight "
    "channel radio station gate platform office model option case file order law act bill decree "
    "directive treaty amendment clause verse season episode match game type category tier stage "
    "band size top area sector region province department county lot flat suite code priority "
    "recommendation finding lesson module session exercise activity result école hôpital bâtiment "
    "étage équipe bureau loi décret traité catégorie taille région département".split()
)
# Before a number that was not reached: it is a whole, a limit, a rate, a wish, or somebody else's.
OTHERS = (
    "under|below|beneath|fewer than|less than|younger than|older than|rather than|other than|"
    "better than|worse than|than|instead of|compared to|compared with|against|per|for every|out of|"
    "half|half a|half an|quarter of a|second|latter|several|many|few|need|needs|needed|lack|lacks|"
    "lacked|not quite|just under|twice|double|times|demi|quelques|plusieurs|des|d'ici|tous les|"
    "toutes les|au lieu de|plutôt que|par rapport à|contre|par|moins de|moins d'|hors de|a|an|minus|"
    "fois|up to and including"
)
TIMES = (
    "in since until till by before after during from through throughout of year early late mid end "
    "spring summer autumn fall winter season fy for to the our its their this his and or en depuis "
    "dès avant après jusqu'en jusqu'à fin début courant l'an l'année année années été hiver printemps "
    "automne de le la les nos notre et ou".split()
)
DATES = (
    "january february march april may june july august september october november december jan feb "
    "mar apr jun jul aug sep sept oct nov dec janvier février mars avril mai juin juillet août "
    "septembre octobre novembre décembre monday tuesday wednesday thursday friday saturday sunday "
    "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
)
# After these comes what is wished, planned, refused or tried.
MAYBE = (
    "will|shall|would|should|could|might|must|if|unless|whether|suppose|supposing|provided that|as long as"
    "|in case|assuming|promis(?:es|ed)|pledg(?:es|ed)|propos(?:es|ed)|scheduled|subject to"
    "|aim(?:s|ed|ing) (?:at|for)"
    "|expect(?:s|ed|ing)?|hope[sd]? that|we hoped?|appealing for|appeals for|seeks|calls for|calling for"
    "|budget(?:ed|s)? for"
    "|(?:wants?|wanted|plan(?:s|ned)?|aim(?:s|ed)?|hope[sd]?|intend(?:s|ed)?|needs?|needed|promised?|pledged?"
    "|tried|attempted|agreed|decided|offered|decision|attempts?|plans? (?:is|was)|aim (?:is|was)|almost|yet"
    r"|(?:is|are|was|were)(?: asked| told| urged| invited| due| supposed| meant| planned| going| about)?)"
    r" to(?= [a-z]+\b)(?! (?:the|these|those|all|our|their|its|a|an|school|work)\b)"
    r"|(?:almost|nearly) \w+ed|stop(?:s|ped)? short of|(?:denie[sd]|refused) (?:having|leave|permission|to)"
    r"|(?:aims?|goals?|hopes?|prospects?|chances?|idea) of|let us|help us|accused of|blamed for"
    r"|rumou?rs?|alleg(?:ed|edly|ations?)|veut|veulent|voul(?:ons|ions|ait|aient|u)|prév(?:oit|oyons|oient|u|ue)"
    r"|vis(?:e|ent|ait|aient) (?:à|les?|\d)|vis(?:ons|ions)|souhait\w+|espér\w+|espèren?t?"
    r"|(?:dev|pour|au)r(?:ait|aient|ions)|allons|va|vont|doit|doivent|dev(?:ons|ions|ait|aient)|si"
    r"|(?:promis|promesse|tenté|essayé|refusé|décidé|projet|empêchée?s?|demandé) d[e']|engagée?s? à|failli"
    r"|objectif (?:est|était)|il reste"
)
NEGATIONS = (
    "not|never|no longer|cannot|fail to|fails to|failed to|nor|neither|nobody|no one|none|hardly|scarcely"
    "|unable|fell short|falls short|pas|jamais|aucun|aucune|ni|ne|personne|guère|faux que"
)

DESIGNATION = re.compile(rf"(?:^|[\s('])(?:{alternatives(map(re.escape, DESIGNATIONS))})[\s:]*$")
OTHER = re.compile(
    rf"\b(?:{OTHERS}) ?$|[+×#$/&<>=~≈±-] ?$|\b(?:c|ca|approx|env)\. ?$"
    r"|\b(?:of|from|among|half|all but|not all|in|than|de|parmi|sur)"
    r" (?:the|our|its|their|his|these|those|all|les|nos|leurs|ces|ses)(?: other| remaining)? $"
    r"|\b(?:from|of) (?:a|the) (?:total|pool|group|sample) of $|\b(?:twice|double|triple|times) the $"
    r"|\b(?:target|goal|aim|age|quota|need|lack|capacity|objectif|besoin|manque|cible|capacité)"
    r" (?:of|for|de|d') ?$"
    # “one in 1,000 children”, “one teacher for 40 pupils”, “one or two schools”
    r"|\b(?:one|1|une?)(?: \w+)? (?:in|out of|of|for|per|to|sur|pour|par)(?: every)? $"
    r"|\b(?:one|1|an?|une?)(?: (?:or|to|ou|à) | ?[–-] ?)$"
)
# “Of 1,000 children, 612 came back”: the first number is the whole.
WHOLE = re.compile(r"(?:^|[,;:] )(?:of|from|among|sur|parmi|des) $")
TIME = re.compile(rf"(?:\b(?:{alternatives(TIMES)})|[–—/-])[ -]?$")
DATE_BEFORE = re.compile(rf"\b(?:{alternatives(DATES)})\.? ?$")
DATE_AFTER = re.compile(rf" ?(?:{alternatives(DATES)})\b")
NEGATION = re.compile(rf"\b(?:{NEGATIONS})\b|n't\b|\bn'")
FUTURE = re.compile(rf"\b(?:{MAYBE})\b")
MAY = re.compile(r"\bmay\b")  # not the month
# “700 enfants devraient …”, “40 écoles ouvriront”, but not “40 children who will …”
OTHER_CLAUSE = r"(?:who|which|that|so|and|but|to|qui|que|dont|pour|et|mais)\b"
FUTURE_AFTER = re.compile(
    rf"(?: (?!{OTHER_CLAUSE})\w+){{0,4}} (?:(?:{MAYBE})\b|remain(?:ed)? to be\b"
    r"|\w+(?:er|ir|dr|aur|pourr)(?:ont|aient)\b|à \w+(?:er|ir|re)\W*$)"
)
# “12 schools were never opened”, “the decision … was reversed”
NEGATION_AFTER = re.compile(
    rf"(?: (?!{OTHER_CLAUSE})[\w-]+){{0,3}} (?:(?:is|are|was|were|has been|have been|has|have)(?: still)?"
    r"(?: not| never|n't| still not| refused| denied| reversed| cancelled| dropped| abandoned| wrong)\b"
    r"|(?:did|do|does|could|can|would) not\b|(?:did|do|does|could|ca|would)n't\b|cannot\b|(?:not|never) yet\b"
    r"|n'|(?:a|ont) été (?:abandonné|annulé|refusé))"
)
AVERAGE = re.compile(r"\b(?:average|averaging|averaged|mean|moyenne)\b")
EACH = re.compile(r"\b(?:each|every|per(?! ?cent\b)|chaque)\b")
AVERAGE_AFTER = re.compile(r"[^,;:\d]* (?:on average|en moyenne)\b")
# “rose by 12 %”, “12 % more”: no share.
CHANGE_BEFORE = re.compile(
    r"\b(?:by|up|down|(?:increase|rise|growth|drop|fall|decrease|decline|reduction) of"
    r"|(?:hausse|baisse|augmentation|diminution|recul|augmenté|diminué|baissé|progressé|reculé) de)\s$"
)
CHANGE_AFTER = re.compile(
    r" (?:more|less|higher|lower|fewer|increase|rise|growth|drop|decrease|reduction|de plus|de moins)\b"
)
# “from 61 per cent in 2023 to 78 per cent”: the first number is how it was.
FROM, TO = re.compile(r"\b(?:from|de|du) $"), re.compile(r"[^.;:]{0,60}?\b(?:to|à) (?:[a-z]+ ){0,2}\d")
# “20 more teachers than in 2023”
CHANGE_BY_COUNT = re.compile(r" (?:more|fewer|less|additional) [^,;:.]{2,60} than\b")
# “money to train 300 teachers”: what it is for, and not what was done.
PURPOSE = re.compile(
    r"\b(?:fund(?:s|ing)?|money|grants?|budget|licence|permission|permit|contract|agreement|secured|raised|approved"
    r"|signed|mandate|preparing|on track|ready|capacity|campaign|campaigning|appeal) (?:[\w'-]+ ){0,3}?to"
    r" (?!all\b|the\b|our\b|some\b|about\b|over\b|nearly\b|more\b|these\b|at\b|up\b)[a-z]+ (?:\w+ ){0,2}$"
)
# “spread over 12 islands”, “a report about 40 schools”: the word is no qualifier of the number.
NO_QUALIFIER = re.compile(
    r"\b(?:(?:spread|scattered|distributed|divided|shared|sailed|travell?ed|cross(?:ed)?|control) over"
    r"|(?:travell?ed|sailed|gathered|built|based|clustered) around"
    r"|(?:reports?|books?|story|stories|films?|study|studies|information|learn\w*|write|writes|wrote|written|talk\w*"
    r"|heard|know|knew|said|asked|speak|spoke|think|thought|care\w*) about)\s+$"
)
# The longest of these phrases is shorter.
CONTEXT = 40


def is_other_number(sentence, number):
    """Returns True for a number that orders, dates or limits something, or is somebody else's count."""
    text, shown = sentence.folded, sentence.shown
    before, match = text[: number.start][-CONTEXT:], number.match
    # “The Seven Sisters” is a name.
    if match["words"] and re.search(r"\w\W*$", before) and shown[match.start()].isupper():
        return True
    if re.search(r"\b[A-Z]{2,} $", shown[: number.start]) and not number.qualifier:
        return True
    if FROM.search(before) and TO.match(text, number.end):
        return True
    if DESIGNATION.search(before) or OTHER.search(before) or DATE_BEFORE.search(before):
        return True
    if WHOLE.search(before) and re.match(r"[^\d,;]{2,60},? [^,;]{0,40}\d", text[number.end :]):
        return True
    return bool(DATE_AFTER.match(text, match.end())) or is_year(text, number)


def may_be_year(number):
    is_plain = not (number.sign or number.match["scale"])
    return is_plain and bool(re.fullmatch(r"(?:1[89]|20)\d\d", number.match[0]))


def is_year(text, number):
    return may_be_year(number) and not number.qualifier and bool(TIME.search(text[: number.start][-CONTEXT:]))


def leaves_open(before):
    """Says by the words before something that it was not done, or may only be."""
    clause = re.split(r"[;:,(]", folded(before))[-1]
    return bool(NEGATION.search(clause) or FUTURE.search(clause))


def question_about(sentence, number):
    """Returns the name of the question that the words around a number leave open; empty if none."""
    text, shown = sentence.folded, sentence.shown
    before, match = text[: number.start], number.match
    clause = re.split(r"[;:,(]", before)[-1]
    if may_be_year(number) and number.qualifier in ("", "about", "up to"):
        return "year"
    if number.qualifier and NO_QUALIFIER.search(text[: match.start()]):
        return "qualifier"
    after = text[number.end :]
    if NEGATION.search(clause) or NEGATION_AFTER.match(after):
        return "negation"
    if PURPOSE.search(before) or CHANGE_BY_COUNT.match(after):
        return "future" if PURPOSE.search(before) else "change"
    part_start = max(before.rfind(";"), before.rfind(":"), 0)
    if FUTURE.search(before, part_start) or FUTURE_AFTER.match(after) or MAY.search(shown):
        return "future"
    if AVERAGE.search(before) or EACH.search(clause) or AVERAGE_AFTER.match(after):
        return "average"
    if number.sign and (CHANGE_BEFORE.search(before[-CONTEXT:]) or CHANGE_AFTER.match(after)):
        return "change"
    previous = re.search(r"(?<=\S )([^\W\d_][\w'’-]*) $", shown[: number.start])
    if previous and previous[1][0].isupper() and not number.qualifier and not number.is_share:
        return "name"
    return ""
