"""The sentences that tell staff what a reader found in a file or left out."""

from django.utils.translation import gettext as _

from .readers import shape
from .rules.language import language_to_read


def document_notices(source):
    """Returns what staff have to know of a source before they use its words, most important first."""
    notices = source.document_import.notices if hasattr(source, "document_import") else []
    sentences = notice_sentences(notices)
    if not language_to_read(source.text):
        sentences.append(
            _(
                "The document is in neither English nor French: its headings, lists and tables are kept, "
                "and nothing is suggested of its sentences."
            )
        )
    return sentences


def notice_sentences(notices):
    """Returns a sentence for each notice, as `DocumentImport.notices` keeps them."""
    return [sentence(*notice) for notice in notices]


def sentence(code, words=""):
    if code == shape.FORBIDDEN:
        return _("The document says that it may not be published: “%(words)s”.") % {"words": words}
    if code == shape.LEFT_OUT:
        return left_out()[words]
    return {
        shape.TRACKED_CHANGES: _(
            "The document has tracked changes that nobody has accepted: what was added is kept, "
            "what was struck out is not."
        ),
        shape.STRUCK_OUT: _("Words that are struck out are not kept."),
        shape.HIDDEN: _("The document has hidden words: they are not kept."),
        shape.OPENABLE: _(
            "Parts of the page are hidden until a reader opens them, such as closed tabs: "
            "their words are kept."
        ),
    }[code]


def left_out():
    """Returns {kind of part: the sentence that tells that it was left out}."""
    return {
        shape.HEADERS: _("The headers and footers of the pages are not kept."),
        shape.COMMENTS: _("The comments are not kept."),
        shape.CONTROLS: _("The words of buttons and fields are not kept."),
        shape.NAVIGATION: _("The menus of the page are not kept."),
        shape.DIAGRAMS: _("The words of diagrams are not kept."),
        shape.NUMBERS: _("The numbers that the program sets before headings and items are not kept."),
        shape.CHARTS: _("Of charts only the titles are kept."),
        shape.JOINED: _(
            "Parts that the file joins from other documents are not kept: bring them in themselves."
        ),
        shape.SYMBOLS: _("Some symbols and formulas cannot be read as text: they are not kept."),
        shape.EMBEDDED: _(
            "Pictures with their descriptions, players and pages within the page are not kept."
        ),
        shape.METADATA: _("What the file says of itself besides its title is not kept."),
    }
