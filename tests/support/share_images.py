"""What is written on a share image, read from the same document set as a PDF."""

from dataclasses import dataclass
from io import BytesIO
from unittest.mock import patch

from PIL import Image
from pypdf import PdfReader

from portal.graphics.share_images.image import HEIGHT
from portal.graphics.typesetting import typeset


@dataclass(frozen=True)
class SetText:
    """Words that stand together: where their baseline begins, in pixels, their size, and the words."""

    x: int
    y: int
    size: int
    text: str


def share_image(client, path):
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png"), path
    image = Image.open(BytesIO(response.content))
    assert (image.format, image.size) == ("PNG", (1200, 630)) and len(response.content) < 200_000, path
    return image.convert("RGB")


def set_texts(client, path):
    """Returns every `SetText` on a share image, in the order in which they are set."""
    documents, texts = [], []

    def typeset_twice(template, data, **options):
        documents.append(typeset(template, data))
        return typeset(template, data, **options)

    with patch("portal.graphics.share_images.image.typeset", typeset_twice):
        share_image(client, path)
    [document] = documents

    def read(text, page_matrix, text_matrix, _font, size):
        if text.strip():
            x, y = page_matrix[4] + text_matrix[4], page_matrix[5] + text_matrix[5]
            texts.append(SetText(round(x), HEIGHT - round(y), round(size * text_matrix[0]), text.strip()))

    PdfReader(BytesIO(document)).pages[0].extract_text(visitor_text=read)
    return texts


def words_on(client, path):
    return " ".join(each.text for each in set_texts(client, path))
