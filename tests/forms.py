"""An admin form as a browser would send it back: every field as it stands, with some changed."""


def filled_in(response, **changes):
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {"seen": response.context["seen"]} if "seen" in response.context else {}
    for form in forms:
        for field in form:
            value = field.value()
            data[field.html_name] = "" if value is None or value is False else value
    return data | changes


def errors_in(response):
    """Every sentence of refusal on the form."""
    told = [response.context["adminform"].form.errors]
    for inline in response.context["inline_admin_formsets"]:
        told += [*inline.formset.errors, {"": inline.formset.non_form_errors()}]
    return [sentence for errors in told for sentences in errors.values() for sentence in sentences]
