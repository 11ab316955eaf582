"""Writes documents as word processors do, in the few parts that the import reads."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = f"""<w:styles {NAMESPACE}>
<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:styleId="Aufzhlung"><w:name w:val="List Bullet"/></w:style>
</w:styles>"""


def run(text):
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text, style=""):
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{run(text)}</w:p>"


def docx(*body, **parts):
    """Returns the bytes of a Word document with these elements in its body, and further parts by name."""
    document = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f"<w:document {NAMESPACE}><w:body>{''.join(body)}</w:body></w:document>"
    )
    return package(
        {"[Content_Types].xml": "<Types/>", "word/document.xml": document, "word/styles.xml": STYLES} | parts
    )


def package(parts):
    """Returns the bytes of a ZIP archive of these parts, {name: content}."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


# A made-up document with what the rules of the import look for, in the order of a report.
REVIEW = [
    paragraph("Annual review", "berschrift1"),
    paragraph(
        "The Harbour Project is a charity in a harbour town. "
        "It was founded in March 2011 by a group of teachers."
    ),
    paragraph("What we achieved", "Mine"),
    paragraph("We taught over 1,240 pupils from 14 towns;", "Aufzhlung"),
    paragraph("We printed two readers.", "Aufzhlung"),
    paragraph("Our values", "berschrift1"),
    paragraph("Courage: We speak up for pupils even when it is hard."),
    paragraph("Care: We put the safety of each pupil before everything else."),
]
