"""Finds the lines of a cover and an imprint: titles, names, dates and rights."""

import re

from ..readers.shape import CAPTION, CONTENTS, HEADING, NOTE, PARAGRAPH, ROW
from .dates import DATE
from .figures import find_figures

# Wherever they stand; the numbers of a book only where no sentence is about it.
RIGHTS = re.compile(
    r"©|\(c\) ?(?:19|20)\d\d|^\W*copyright\b|\bcopyright (?:©|\(c\)|(?:19|20)\d\d)|\ball rights reserved\b"
    r"|\btous droits réservés\b|^\W*dépôt légal\b|^\W*achevé d[’']imprimer\b|^\W*(?:suggested"
    r"|recommended) citation\b|^\W*(?:citation suggérée|pour citer)\b|^(?:(?:it"
    r"|this \w+) was )?printed\b[^.]*\bcopies\b|^(?:il a été )?(?:imprimé|tiré)\b[^.]*\bexemplaires\b",
    re.IGNORECASE,
)
BOOK_NUMBER = re.compile(r"\bISBN\b|\bISSN\b|^\W*DOI\b|\bdoi\.org/", re.IGNORECASE)
# Before a name or a date.
LABEL = re.compile(
    r"\W*(?:(?:(?:prepared|written|compiled|commissioned|submitted|presented|addressed|edited|published"
    r"|printed|translated|designed|produced|funded|authored|drafted|reviewed|approved|rédigé|préparé|établi"
    r"|présenté|soumis|adressé|publié|imprimé|traduit|commandé|financé)e?s? (?:by|for|to|in|on|at|par|pour"
    r"|à|au|aux|en|le)\b|first (?:published|printed|edition)|(?:1st|2nd|3rd|first|second|third"
    r"|revised) edition|for the attention of|à l[’']attention d)|(?:authors?|editors?|written by|by|date"
    r"|version|status|client|donors?|commissioned by|to|from|for|addressee|recipients?|cc|subject"
    r"|ref(?:erence)?|title|project(?: title| number| no\.?)?|grant(?: number| no\.?| agreement)?"
    r"|contract(?: number| no\.?)?|country|period|reporting period|period covered|duration|design|layout"
    r"|photos?|photographs?|photo (?:on|of) the (?:front |back )?cover|(?:front |back )?cover(?: photo"
    r"| image| design)?|(?:total )?budget|montant|coût|printing|printer|publisher|translation|contact"
    r"|auteure?s?|auteurs? et autrices?|rédaction|destinataires?|objet|réf(?:érence)?|titre|projet"
    r"|convention|pays|période(?: couverte)?|durée|maquette|mise en page|crédits?(?: photos?)?|impression"
    r"|édition|éditeur|traduction|n[°º])\s?(?::|№|n[°º]|no\.))",
    re.IGNORECASE,
)
# What a title says that a document is.
WORK = re.compile(
    r"\b(?:report|evaluation|review|assessment|study|survey|audit|strategy|plan|proposal|brief(?:ing)?"
    r"|paper|draft|newsletter|bulletin|handbook|manual|toolkit|guidelines?|factsheet|fact sheet"
    r"|case stud(?:y|ies)|minutes|rapport|évaluation|revue|étude|enquête|stratégie|bilan|note|document"
    r"|lettre|manuel|guide|compte[ -]rendu)\b",
    re.IGNORECASE,
)
# “Port Sabel, 12 March 2031”
PLACE_AND_DATE = re.compile(
    rf"(?:[A-ZÀ-Þ][\w’'.-]*(?:[ -][\w’'.-]+){{0,3}}, ?)?(?:(?:le|the|on|in|en) )?(?:{DATE.pattern})\W*"
)
SENTENCE_END = re.compile(r"[.!?…][”’\"')\]»\s]*$")
FINITE = re.compile(
    r"\b(?:we|is|are|was|were|has|have|had|can|will|must|nous|est|sont|ont|avons|était|étaient|fut|peut"
    r"|doit|a \w+(?:é|i|u|it|is|ert)e?s?)\b",
    re.IGNORECASE,
)
LONGEST_LABEL, LONGEST_TITLE, LONGEST_IMPRINT = 160, 200, 600


def cover_indexes(text, blocks, patterns, title):
    """Returns the indexes of the lines of an imprint, and of a cover: it ends with a sentence or a list."""
    indexes, is_cover = set(), True
    for index, block in enumerate(blocks):
        if block.kind in (HEADING, CONTENTS, CAPTION, NOTE, ROW):
            continue
        has_figures = bool(find_figures(text, block.start, block.end))
        if (
            is_imprint(block.text, has_figures)
            or is_cover
            and block.kind == PARAGRAPH
            and is_cover_line(block.text, has_figures, patterns, title)
        ):
            indexes.add(index)
        else:
            is_cover &= block.kind == PARAGRAPH and not (has_figures or SENTENCE_END.search(block.text))
    return indexes


def is_imprint(words, has_figures):
    """Says that a line gives rights, a number of a book, a place with a date, or a name after what it is."""
    if PLACE_AND_DATE.fullmatch(words):
        return True
    if len(words) <= LONGEST_IMPRINT and RIGHTS.search(words):
        return True
    if has_figures or FINITE.search(words):
        return False
    is_label = len(words) <= LONGEST_LABEL and not SENTENCE_END.search(words) and LABEL.match(words)
    return bool(is_label or BOOK_NUMBER.search(words))


def is_cover_line(words, has_figures, patterns, title):
    """Says that a line is no sentence but a title, a name, or what stands below them."""
    if words == title:
        return True
    if len(words) > LONGEST_TITLE:
        return False
    is_sentence, is_finite = SENTENCE_END.search(words), FINITE.search(words)
    if not is_sentence and WORK.search(words) and not (has_figures and is_finite):
        return True
    tells = patterns.EVENT.search(words) or patterns.PAST.search(words) or patterns.DEED.search(words)
    # With a full stop it must at least end like a cover: with a date.
    may_be_line = not is_sentence or DATE.search(words)
    is_line = may_be_line and not (is_finite or has_figures or tells)
    label = LABEL.match(words)
    return bool(is_line or label and (label[0].endswith(":") or not has_figures))
