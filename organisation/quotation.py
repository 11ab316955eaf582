"""The rule of quotation: words are a quotation where each of their paragraphs stands in a cited passage.

They stand there letter by letter, as the source has them or with the mends of the passage made. White space
and signs that nobody sees may differ, and nothing else; a part of a passage is enough.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .characters import WITHOUT_INVISIBLE
from .differences import Difference, marked
from .whole_words import END_SIGNS, find_whole


def folded(text):
    return " ".join(text.translate(WITHOUT_INVISIBLE).split())


def paragraphs(words):
    return [folded(each) for each in re.split(r"\n\s*\n", words) if each.strip()]


def texts_of(passages):
    """Returns the words of each passage, as found and with its mends."""
    return [text for passage in passages for text in {passage.words, passage.shown_words}]


def parted(words, passages):
    """Returns the paragraphs that stand in none of the passages."""
    return absent(words, texts_of(passages))


def absent(words, texts):
    """Returns the paragraphs that none of the texts has."""
    texts = [folded(text) for text in texts]
    return [each for each in paragraphs(words) if not any(find_whole(each, text) for text in texts)]


def is_quotation(words, passages):
    return bool(passages) and not parted(words, passages)


def is_mended(words, passages):
    """True for a quotation that the passages as they were found do not have."""
    return is_quotation(words, passages) and bool(absent(words, [each.words for each in passages]))


def partings(words, passages):
    """Returns a difference for each paragraph that no passage has: from the nearest passage to it."""
    return [nearest(paragraph, passages) for paragraph in parted(words, passages)] if passages else []


def nearest(paragraph, passages):
    """Returns the difference between the passage that has most of a paragraph, and the paragraph."""
    found, most = None, -1
    for passage in passages:
        text = folded(passage.shown_words)
        pieces = marked(text, paragraph)[0]
        same = sum(len(piece) for kind, piece in pieces if kind == "same")
        if same > most:
            found, most = Difference(str(passage.source), without_rest(pieces), paragraph), same
    return found


def without_rest(pieces):
    """Returns the text of pieces from the first to the last that is the same; all of it if none is."""
    kinds = [kind for kind, text in pieces if text.strip()]
    if "same" not in kinds:
        return "".join(text for _kind, text in pieces)
    pieces = [piece for piece in pieces if piece[1].strip()]
    first = kinds.index("same")
    last = len(kinds) - kinds[::-1].index("same")
    return "".join(text for _kind, text in pieces[first:last]).strip()


def refusal(differences):
    """Returns the sentences that say where words part from the passages, and the three ways out."""
    places = [
        _("“%(words)s” is not what the passage says: “%(passage)s”.")
        % {"words": each.new, "passage": each.old}
        for each in differences
    ]
    return " ".join([*places, ways_out()])


def ways_out():
    return _(
        "Mend the slip, at the passage with a reason if it is the source's; quote another passage; "
        "or tick “in our words”, which readers then see."
    )


def check_readable(words):
    """Raises ValidationError for words that were withdrawn for somebody's safety, wherever they stood.

    A paragraph that is a part of them is refused as well.
    """
    from .models import Takedown

    text, parts = folded(words), paragraphs(words)
    for withheld in map(folded, texts_of(Takedown.objects.withheld_passages())):
        if find_whole(withheld, text) or any(find_whole(each, withheld) for each in parts):
            raise withheld_error(withheld)


def check_unsaid(*texts):
    """Raises ValidationError if a text says words, whole, that were withdrawn for somebody's safety."""
    from .models import Takedown

    said = [folded(text) for text in texts if text]
    for words in texts_of(Takedown.objects.withheld_passages()) if said else ():
        if any(find_whole(folded(words).rstrip(END_SIGNS), text) for text in said):
            raise withheld_error(words)


def withheld_error(words):
    return ValidationError(
        _(
            "“%(words)s” is withheld from readers, because to show it could harm somebody: "
            "leave it out, or let a publisher put back first what was withdrawn."
        ),
        code="withheld",
        params={"words": folded(words)},
    )


def check_quotation(record, passages):
    """Raises ValidationError if the words of a record are withheld, or part from the passages unmarked."""
    check_readable(record.quoted_words)
    if not record.in_our_words and (differences := partings(record.quoted_words, passages)):
        raise ValidationError(refusal(differences), code="quotation")


def check_names(record, passages):
    """Raises ValidationError if a field that is in the words of the source stands in none of the passages."""
    texts = [folded(text) for text in texts_of(passages)]
    for name in record.named_fields if texts else ():
        words = folded(getattr(record, name))
        if words and not any(find_whole(words, text) for text in texts):
            raise ValidationError(
                _(
                    "“%(field)s”: no passage that is cited says “%(words)s”. Copy the words of the source, "
                    "or quote the passage that has them."
                ),
                code="quotation",
                params={"field": record._meta.get_field(name).verbose_name, "words": words},
            )
