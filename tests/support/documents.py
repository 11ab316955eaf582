"""Documents as word processors and spreadsheets write them, in the few parts that count."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = f"""<w:styles {NAMESPACE}>
<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:styleId="Aufzhlung"><w:name w:val="List Bullet"/></w:style>
</w:styles>"""


def run(words):
    return f'<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def paragraph(words, style=""):
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run(words)}</w:p>'
        if style
        else f"<w:p>{run(words)}</w:p>"
    )


def docx(*body, **parts):
    """A Word document with these elements in its body, and further parts by name."""
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {NAMESPACE}><w:body>{"".join(body)}</w:body></w:document>'
    return package(
        {"[Content_Types].xml": "<Types/>", "word/document.xml": document, "word/styles.xml": STYLES} | parts
    )


def package(parts):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


# A document that nobody published: what the rules look for, in the order of a report.
REVIEW = [
    paragraph("Annual review", "berschrift1"),
    paragraph(
        "The Harbour Project is a charity in a harbour town. It was founded in March 2011 by a group of teachers."
    ),
    paragraph("What we achieved", "Mine"),
    paragraph("We taught over 1,240 pupils from 14 towns;", "Aufzhlung"),
    paragraph("We printed two readers.", "Aufzhlung"),
    paragraph("Our values", "berschrift1"),
    paragraph("Courage: We speak up for pupils even when it is hard."),
    paragraph("Care: We put the safety of each pupil before everything else."),
]
