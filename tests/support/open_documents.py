"""Writes OpenDocument texts in the few parts that the import reads."""

from .documents import package

NAMES = "office text table style drawing:draw svg-compatible:svg xsl-fo-compatible:fo".split()
NAMESPACES = " ".join(
    f'xmlns:{name.rpartition(":")[2]}="urn:oasis:names:tc:opendocument:xmlns:{name.partition(":")[0]}:1.0"'
    for name in NAMES
)


def element(name, content="", **attributes):
    """Returns an element; “table_style_name” is the attribute “table:style-name”."""
    written = "".join(
        f' {key.replace("_", ":", 1).replace("_", "-")}="{value}"' for key, value in attributes.items()
    )
    return f"<{name}{written}>{content}</{name}>"


def odt(body, *, automatic="", styles="", masters="", **parts):
    """Returns the bytes of an OpenDocument text; its styles are automatic ones, common ones and of pages."""
    content = (
        f"<office:document-content {NAMESPACES}>"
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    common = (
        f"<office:document-styles {NAMESPACES}><office:styles>{styles}</office:styles>"
        f"<office:master-styles>{masters}</office:master-styles></office:document-styles>"
    )
    mime_type = "application/vnd.oasis.opendocument.text"
    return package({"mimetype": mime_type, "content.xml": content, "styles.xml": common} | parts)
