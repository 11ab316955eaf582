"""The words of the passages that a claim cites, as found and as mended."""


def citations_of(claim):
    return claim.citations.select_related("source__author", "passage")


def cited_texts(claim):
    """Returns the words of each passage that a claim cites, as found and with its mends."""
    passages = [citation.passage for citation in citations_of(claim) if citation.passage]
    return [text for passage in passages for text in (passage.words, passage.shown_words)]
