"""The patterns by which French headings and sentences are taken for what they are."""

import re

from organisation.models import Statement

from ..column_kinds import ColumnKind
from ..sections import Section

Kind = Statement.Kind

SECTIONS = [
    (re.compile(pattern, re.IGNORECASE), section)
    for pattern, section in (
        (r"^(?:table des matières|sommaire)$", Section.CONTENTS),
        (r"^notes\b|^références$", Section.NOTES),
        (
            r"\bévaluat\w+|\b(?:étude|revue|regard) (?:externe|indépendante?)\b|\bregard extérieur\b",
            Section.EVALUATION,
        ),
        (
            # Not “Relever les défis du delta”, which tells of work.
            r"^(?!.*\b(?:relever|surmonter|réduire|gérer|affronter|vaincre|face|gestion|réduction)\b)"
            r".*(?:\b(?:défis?|difficultés?|risques|limites?|contraintes?|obstacles?|échecs?|revers"
            r"|faiblesses|points faibles|insuffisances|problèmes?|erreurs|menaces|regrets|freins"
            r"|leçons(?: (?:apprises|tirées|retenues))?|enseignements)\b"
            r"|\bce qui (?:n[’']|nous a (?:manqué|freiné))"
            r"|\bce que nous (?:n[’']|ferions|aurions|avons appris)"
            r"|\b(?:points|pistes|axes) (?:à améliorer|d[’']amélioration)\b)",
            Section.CHALLENGES,
        ),
        (
            r"\b(?:objectifs? (?:pour|de l[’']année|\d{4})|cibles?|perspectives?|plans?|prévisions?"
            r"|priorités|avenir"
            r"|prochaines? (?:étapes?|année)|l[’']année (?:à venir|prochaine)|résultats attendus)\b",
            Section.TARGETS,
        ),
        (r"\bpublications?\b|\bbibliographie\b|\bpour en savoir plus\b", Section.PUBLICATIONS),
        (
            r"\bcontacts?\b|\badresses?\b|\bnous (?:joindre|écrire|trouver)\b"
            r"|\bcoordonnées\b",
            Section.CONTACT,
        ),
        (r"\bfinanc\w+|\bcomptes?\b|\brecettes\b|\bdépenses\b|\bbilan\b|\bbudget\b", Section.FINANCES),
        (
            r"\bpartenaires?\b|\bdonat(?:eurs?|rices?)\b|\bbailleurs?\b|\bsoutiens?\b|\bremerciements?\b",
            Section.PARTNERS,
        ),
    )
]
RESULTS_HEADING = re.compile(
    r"\b(?:impact|résultats?|réalisations?|réussites?|succès|acquis|ce que nous avons (?:fait"
    r"|accompli)|faits marquants"
    r"|en chiffres|chiffres[ -]clés)\b",
    re.IGNORECASE,
)
MILESTONES_HEADING = re.compile(r"\b(?:étapes|jalons|chronologie|dates clés|histoire)\b", re.IGNORECASE)
STATEMENT_HEADINGS = [
    (re.compile(r"\bvision\b", re.IGNORECASE), Kind.VISION),
    (re.compile(r"\bmission\b", re.IGNORECASE), Kind.MISSION),
    (re.compile(r"\b(?:buts?|objectifs?)\b", re.IGNORECASE), Kind.GOAL),
    (re.compile(r"\b(?:convictions?|ce (?:que|en quoi) nous croyons)\b", re.IGNORECASE), Kind.BELIEF),
    (re.compile(r"\b(?:prises? de )?positions?\b", re.IGNORECASE), Kind.POSITION),
    (
        re.compile(r"\b(?:structure|gouvernance|équipe|conseil d[’']administration)\b", re.IGNORECASE),
        Kind.STRUCTURE,
    ),
    (
        re.compile(r"\b(?:démarche|approche|méthodes?|comment nous travaillons)\b", re.IGNORECASE),
        Kind.APPROACH,
    ),
]
STATEMENT_SENTENCES = [
    (re.compile(r"\bnous croyons\b|\bnous sommes convaincus\b", re.IGNORECASE), Kind.BELIEF),
    (re.compile(r"\b(?:notre|son) (?:but|objectif) est\b", re.IGNORECASE), Kind.GOAL),
    (re.compile(r"\b(?:notre|sa) (?:mission|vision)\b(?= (?:est|:|-|–))", re.IGNORECASE), None),
    (
        re.compile(
            r"\bdoi(?:t|vent) (?:être|cesser|prendre fin|avoir|protéger)\b|\bappelle(?:nt|ons)? à\b",
            re.IGNORECASE,
        ),
        Kind.POSITION,
    ),
    (
        re.compile(
            r"\b(?:siège|dirigée? par|comité directeur|composée? de|conseil d[’']administration)\b",
            re.IGNORECASE,
        ),
        Kind.STRUCTURE,
    ),
    (re.compile(r"^(?:Aidez|Soutenez|Donnez|Rejoignez|Signez)\b[^.]*$"), Kind.APPEAL),
]
SUCCESS = re.compile(
    r"\b(?:a (?:été un succès|réussi|abouti|permis)|ont (?:réussi|abouti|permis)|avons (?:réussi|obtenu))\b"
)
SHARE = re.compile(
    r"\b(?:la (?:grande )?majorité d|la plupart d|une? \w+ sur (?:\d+|\w+)|la moitié d|le tiers d"
    r"|un tiers d|un quart d"
    r"|les deux tiers d)",
    re.IGNORECASE,
)
# To have learnt, seen or wished something is no deed.
NO_DEED = r"(?!(?:été|appris|vu|vécu|attendu|entendu|espéré|voulu|souhaité|pu|dû|su)\b)"
DEED = re.compile(
    rf"\b[Nn]ous avons (?:aussi |également |déjà |ainsi )?{NO_DEED}\w+(?:é|i|u|is|it|ert)e?s?\b"
    r"|\b(?:[Ll][’']équipe|[Ll]es équipes|(?:[Nn]otre|[Nn]os) (?!partenaires?\b|donat|bailleurs?\b)[\w’'-]+)"
    rf"(?: [\w’'-]+){{0,3}}? (?:a|ont) (?:aussi |également |déjà )?{NO_DEED}\w+(?:é|i|u|is|it|ert)e?s?\b"
    r"|\b(?:a|ont) été (?:\w+ment )?\w+(?:é|i|u|is|it|ert)e?s?\b(?=[^.]*\b(?:19|20)\d\d\b)"
)
# After the number of those to whom it was done.
HARM = re.compile(
    r"(?: [\w’'-]+){0,5}? (?:(?:sont|ont été|étaient|restent|demeurent)(?: encore| toujours| aussi)?"
    r" (?:tué|bless|mutilé|enlevé|détenu|arrêté|emprisonné|déplacé|violé|torturé|orphelin|portée?s disparu)"
    r"|sont morte?s|ont péri|ont disparu|ont perdu (?:la vie|leurs? \w+))",
    re.IGNORECASE,
)
HARM_BEFORE = re.compile(
    r"\b(?:perdu|(?:groupes? armés?|forces?|armée|milices?|soldats|rebelles|police) (?:\w+ )?"
    r"(?:a|ont) (?:recruté|enlevé|tué|pris|arrêté|détenu|blessé|déplacé)) (?:\w+ ){0,2}$",
    re.IGNORECASE,
)
PUBLICATION = re.compile(r"\bnous avons publié\b", re.IGNORECASE)
FORMER_NAME = re.compile(
    r"\b(?:anciennement|auparavant (?:appelée?|connue?)|a changé de nom|rebaptisée?|a fusionné avec"
    r"|est devenue? indépendante?)\b"
)
EVENT = re.compile(
    r"\b(?:fond|cré|lanc|enregistr|rebaptis|adopt|fusionn|inaugur|form)ée?s?\b|\bouvert(?:e|s"
    r"|es)?\b|\bferm(?:é|ée|és|ées)\b"
    r"|\best entrée? en vigueur\b|\bouvre\b|\bdepuis (?=\d)",
    re.IGNORECASE,
)
FUTURE = re.compile(
    r"\b(?:va|vont|allons|prévoi\w+|prochaine?s?|\w+(?:era|eront|erons|ira|iront|irons))\b", re.IGNORECASE
)
PLAN = re.compile(
    r"\b(?:(?:va|vont|allons) \w+(?:er|ir|re|oir)|prévo[iy]\w+|prévue?s?|prévision\w*|planifiée?s?"
    r"|programmée?s? pour|projet(?:te|ons|ent) d|l[’']intention de|l[’'](?:an|année) prochaine?"
    r"|prochainement|à venir|(?:dev|aur)rai(?:t|ent)|(?:devions|devait|devaient) \w+(?:er|ir|re|oir)"
    r"|comptions|espérions"
    r"|visions|visai(?:t|ent)|en bonne voie|nous engageons à|est engagée? à"
    r"|notre (?:but|ambition|objectif)|objectif de"
    r"|encore à \w+(?:er|ir|re)|voulons|veut|voudrai\w+|vis(?:e|ent|ons) à"
    r"|entend(?:ons|ent)? \w+|souhait\w+|espér\w+|comptons"
    r"|objectif (?:est|pour)|cible|d[’']ici (?:à )?(?:la fin )?(?:de )?20\d\d|\w{3,}(?:era|eront"
    r"|erons|ira|iront|irons)|sera|seront|aura|auront|fera|feront|ferons)\b",
    re.IGNORECASE,
)
# A verb that tells what was.
PAST = re.compile(
    r"\b(?:avons|avez|ont|a|sommes|sont|est|ai) (?:\w+ment |aussi |également |déjà |ainsi )?"
    r"(?:été|\w+(?:é|i|u|is|it|ert)e?s?)\b"
    r"|\b(?:était|étaient|fut|furent|avait|avaient)\b",
    re.IGNORECASE,
)
COMPARED = re.compile(
    r"\b(?:qu[e’']|contre|par rapport à|comparée?s? à|comme|au lieu de)(?:[^,;]*)$", re.IGNORECASE
)
SPEECH = re.compile(
    r"[«“\"][^»”\"]{12,}[»”\"],? (?:\w+ ){0,6}?(?:dit|a dit|raconte|explique|confie|ajoute"
    r"|se souvient|témoigne|écrit|affirme)\b"
    r"|\b(?:dit|raconte|explique|confie|ajoute|témoigne|affirme|écrit)\b[^«“\"]{0,40}[«“\"]",
    re.IGNORECASE,
)
CONTACT_LINE = re.compile(
    r"@\w|\bwww\.|https?://|\b(?:téléphone|tél|télécopie|courriel|e-?mail)\b\.? ?:? ?[+(\d]"
    r"|\b(?:IBAN|BIC)\b|\bB\.? ?P\.? \d",
    re.IGNORECASE,
)
FINDING = re.compile(
    r"\b(?:constat\w+|trouv\w+|montr\w+|preuve|conclu\w*|confirm\w+|observ\w+|relèv\w+|relev\w+|estim\w+|vérifi\w+"
    r"|compt(?:é\w*|ent)|n[’'](?:a|ont) pas pu"
    r"|recommand\w+|not(?:e|ent|é))\b",
    re.IGNORECASE,
)
EARLIER_REPORT = re.compile(
    r"\brapport (?:annuel )?(?:précédent|de l[’']an dernier)\b|\baurait dû\b", re.IGNORECASE
)
ATTRIBUTED = re.compile(
    r"^(?:Selon|D[’']après) (?:le|la|l[’']|les) ?(?:ministère|gouvernement|inspection"
    r"|direction|préfecture|autorités|office|Nations)"
    r"|\b(?:estime|rapporte|signale|affirme|déclare|annonce|prétend)(?:nt)? qu[e’']"
    r"|\b(?:a|ont) (?:dit|affirmé|déclaré|annoncé|prétendu|signalé|estimé) qu[e’']",
    re.IGNORECASE,
)
DATED = re.compile(r"\b(?:en|pendant|durant|au cours de|fin|à la fin de) (?:l[’']année )?$", re.IGNORECASE)
TOTAL = re.compile(r"\b(?:total|totaux|ensemble|somme)\b", re.IGNORECASE)
COLUMN_KINDS = [
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"^(?:unité|unité de mesure|mesure)s?\W*$", ColumnKind.UNIT),
        (r"^(?:n[°ºo]|réf|référence|code|id|#|№)\W*$|^#$", ColumnKind.REFERENCE),
        (
            r"\b(?:cibles?|prévu(?:es?|s)?|prévisions?|plan(?:s|ifiée?s?)?|objectifs?|attendu(?:es?|s)?|budgété\w*"
            r"|projections?|besoins?|demandée?s?|à atteindre)\b",
            ColumnKind.TARGET,
        ),
        (
            r"\b(?:(?:valeur|niveau|situation|données?|année) (?:de référence|de base|initiale?)|base"
            r"|départ|avant)\b",
            ColumnKind.BASELINE,
        ),
        (
            r"\b(?:évolution|variation|différence|écart|croissance|hausse|baisse|progression|tendance)\b|^%|\+/-|±",
            ColumnKind.CHANGE,
        ),
        (r"\b(?:sous-)?tota(?:l|ux)\b|\bsomme\b|\bcumul\w*|\bensemble\b", ColumnKind.TOTAL),
        (
            r"\b(?:sources?|commentaires?|remarques?|notes?|moyens de vérification|responsables?|fréquence"
            r"|statut)\b",
            ColumnKind.OTHER,
        ),
        (r"\b(?:résultats?|réel\w*|réalisée?s?|réalisations?|atteinte?s?|obtenue?s?)\b", ColumnKind.RESULT),
    )
]
TARGET_TABLE = re.compile(
    r"\b(?:cibles?|attendu(?:es?|s)?|prévisions?|projections?|prévu(?:es?|s)?|objectifs?)\b", re.IGNORECASE
)
PLANNED_ROW = re.compile(
    r"\((?:cibles?|prévue?s?|objectifs?|attendue?s?)\)|^(?:cibles?|prévisions?|objectifs?)\b|\b(?:prévue?s?|cible|objectif)$"
    r"|\bà \w+(?:er|ir|re)$",
    re.IGNORECASE,
)
QUARTERS = re.compile(r"(?:T(?P<quarter>[1-4])|(?P<half>S[12]))[ /-]?(?P<year>(?:19|20)\d\d)")
UNDONE_STEM = re.compile(
    r"\b(?:parce que|car|difficultés?|obstacles?|besoins?|sans|défis?|risques?|limites?|contraintes?|leçons"
    r"|apprises|enseignements|échecs?|problèmes?|pas (?:marché|fonctionné))$",
    re.IGNORECASE,
)
LEAD_IN = re.compile(r":$|\bsuivantes?\b.{0,60}\b(?:valeurs|principes|domaines)\b")
