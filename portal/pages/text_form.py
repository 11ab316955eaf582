"""Takes rich text: the form of a text block, what is pasted into one, and every other way into the table."""

from django.core.exceptions import PermissionDenied
from django.db.models.signals import pre_save
from django.http import HttpResponse, HttpResponseBadRequest
from django.views.decorators.http import require_POST
from djangocms_text import html as stock_html
from djangocms_text.forms import TextForm
from djangocms_text.models import Text

from .allowed_markup import allow_list, sanitised
from .rich_text import check_size, clean, fault_of_size, for_editor


def keep_to_the_allow_list():
    """Sets what rich text may have, for whatever writes it; is called once the models are loaded."""
    stock_html.cms_parser = allow_list
    pre_save.connect(clean_text, sender=Text)


def clean_text(instance, **_signal):
    # The editor reads the body; its own notation of it could hold something else.
    instance.body, instance.json = clean(instance.body), None


class RichTextForm(TextForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Whatever wrote the row, the editor shows what it will save.
        self.initial["body"] = for_editor(sanitised(self.initial.get("body") or ""))

    def clean_body(self):
        body = self.cleaned_data["body"]
        check_size(body)
        return clean(body)


@require_POST
def pasted(request):
    """Answers what is on the clipboard as the text would be saved, so that the editor shows no other."""
    if not request.user.has_perm("djangocms_text.change_text"):
        raise PermissionDenied
    html = request.POST.get("html", "")
    if fault := fault_of_size(html):
        return HttpResponseBadRequest(fault)
    return HttpResponse(for_editor(clean(html)), content_type="text/plain; charset=utf-8")
