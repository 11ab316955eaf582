"""The editor of rich text: it offers what a text may have, and pastes what would be saved."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from djangocms_text.editors import DEFAULT_EDITOR, RTEConfig

TOOLBAR = [
    ["Undo", "Redo"],
    ["Paragraph", "-", *(f"Heading{level}" for level in range(2, 7))],
    ["Bold", "Italic", "Strike", "-", "Subscript", "Superscript", "-", "RemoveFormat"],
    ["Link", "Unlink"],
    ["BulletedList", "NumberedList"],
    ["Blockquote", "InlineQuote", "Table", "HorizontalRule"],
    ["WorkTitle", "Abbreviation", "Time", "TextLanguage"],
]


def text_input(name, label, placeholder):
    return {"type": "text", "name": name, "label": label, "placeholder": placeholder}


# The labels of what static/js/rich-text.js adds to the editor, and the fields that each asks for.
ADDED = {
    "WorkTitle": {"title": _("Title of a work")},
    "Abbreviation": {
        "title": _("Abbreviation"),
        "form": [text_input("title", _("It stands for"), _("nothing takes the mark away"))],
    },
    "Time": {
        "title": _("Date or time"),
        "form": [text_input("datetime", _("Date or time, such as 2019-05-31"), "2019-05-31")],
    },
    "TextLanguage": {
        "title": _("Language"),
        "form": [
            text_input("lang", _("Code of the language, such as fr or ar"), "fr"),
            {
                "type": "select",
                "name": "dir",
                "label": _("Direction"),
                "options": [
                    {"value": "", "label": _("as the language has it")},
                    {"value": "ltr", "label": _("left to right")},
                    {"value": "rtl", "label": _("right to left")},
                ],
            },
        ],
    },
}


class RichTextEditor(RTEConfig):
    def process_base_config(self, base_config):
        """Adds what a text may have to the labels of the toolbar, and takes away where a link opens."""
        link = base_config["Link"]
        fields = [field for field in link["form"] if field["type"] != "section"]
        return base_config | ADDED | {"Link": link | {"form": fields}}


EDITOR = RichTextEditor(
    name="EDITOR",
    config=DEFAULT_EDITOR.config,
    js=(*DEFAULT_EDITOR.js, "js/rich-text.js"),
    css=DEFAULT_EDITOR.css,
    inline_editing=True,
    configuration={"toolbar_CMS": TOOLBAR, "tableClasses": ""},
    additional_context={"pasted_url": reverse_lazy("admin:djangocms_text_textplugin_pasted")},
)
