"""Tells “1.5m meals” and “300k children” from measures, as “a 1.5 m fence”."""

import re

LETTER_SCALE = re.compile(r"\d(?P<space>[ -]?)(?P<letter>[kKmM])$")
# “5 m deep”, “12 m²”, “the 100m runners”
MEASURE_AFTER = re.compile(
    r"[²³]| (?:\w+[ -])?(?:deep|high|long|wide|tall|thick|away|apart|below|above|square|cubic|sea|sprint\w*"
    r"|dash|race\w*|runners?|hurdles|freestyle|relay|swim\w*|tracks?|de (?:haut|long|large|profond"
    r"|diamètre)\w*|sur \d|carrés?|cubes?|altitude)\b"
)
# What nobody measures in metres.
COUNTED = set(
    "people persons children girls boys women men adults adolescents youths families households pupils "
    "students learners teachers patients mothers fathers parents babies infants refugees migrants workers "
    "farmers users visitors visits followers views readers listeners viewers beneficiaries participants "
    "citizens residents survivors orphans volunteers members voters returnees villagers meals rations doses "
    "vaccines vaccinations books textbooks notebooks copies leaflets tablets pills condoms kits parcels "
    "packages blankets seedlings trees nets bednets mosquito litres liters tonnes tons dollars euros pounds "
    "francs messages calls hours consultations births deaths cases tests masks downloads signatures letters "
    "jobs lives personnes enfants filles garçons femmes hommes adultes familles ménages foyers élèves "
    "étudiants patients réfugiés habitants bénéficiaires repas rations doses vaccins livres manuels cahiers "
    "moustiquaires plants arbres litres tonnes dollars naissances consultations signatures écoliers mères "
    "pères bébés".split()
)


def is_measure(folded, match):
    """Says that a number with “m” or “k” behind it is a length: nothing else follows so."""
    return bool(MEASURE_AFTER.match(folded, match.end()))


def leaves_scale_open(written, counted):
    """Says that nobody can tell for sure that “m” or “k” stands for a million or a thousand.

    “1.5 m” may be metres. A capital, or no space, makes it a million of what is never measured so.
    """
    scale = LETTER_SCALE.search(written)
    if not scale:
        return False
    is_sure = scale["letter"] == "M" or not scale["space"]
    return not (is_sure and any(word.lower() in COUNTED for word in re.findall(r"[^\W\d_]+", counted)))
