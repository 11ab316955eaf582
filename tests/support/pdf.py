"""PDFs as a reader's program finds them: their text, and their structure for screen readers."""

import re
from functools import cache, cached_property
from io import BytesIO

from pypdf import PdfReader


class PdfDocument:
    def __init__(self, file):
        self.reader = PdfReader(BytesIO(file))
        self.root = self.reader.trailer["/Root"]
        self.page_text = cache(lambda number: self.reader.pages[number].extract_text())
        self.compact_page_text = cache(lambda number: compact(self.page_text(number)))
        self.metadata = self.root["/Metadata"].get_data().decode()

    @cached_property
    def pages(self):
        return [self.page_text(number) for number in range(len(self.reader.pages))]

    @cached_property
    def text(self):
        return compact(" ".join(self.pages))

    @cached_property
    def body(self):
        return compact(" ".join(without_header_and_footer(page) for page in self.pages))

    @cached_property
    def elements(self):
        """Returns the elements of the structure tree in reading order."""
        return list(descendants(self.root["/StructTreeRoot"]))

    @property
    def tags(self):
        return [element["/S"] for element in self.elements]

    def says(self, text):
        """Tells if the document holds a text, which may run over from one page to the next."""
        text = compact(text)
        # Extracting the text of a page is slow: no page is read after the one that holds it.
        on_a_page = any(text in self.compact_page_text(number) for number in range(len(self.reader.pages)))
        return on_a_page or text in self.text or text in self.body


def descendants(node):
    """Yields every element of the structure under a node, in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        if hasattr(kid, "get") and "/S" in kid:
            yield kid
            yield from descendants(kid)


def without_header_and_footer(page):
    return re.sub(r"\nAs of .*Page \d+ of \d+$", "", page).removeprefix(page.split("\n")[0])


def compact(text):
    """Removes all white space, since a line may break anywhere."""
    return re.sub(r"\s", "", text)


def read_pdf(client, path):
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf"), path
    return PdfDocument(response.content)
