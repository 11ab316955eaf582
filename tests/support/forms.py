"""Forms of the admin as a browser sends them, and what the site objects to."""

from unittest.mock import patch

from django.template.response import SimpleTemplateResponse
from django.urls import reverse

from impact.admin.public_with import seen_value
from impact.models import Claim


def filled_in(response, **changes):
    """Returns the data of an admin form as a browser would send it back, with some fields changed."""
    context = response.context_data
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {"seen": context["seen"]} if "seen" in context else {}
    for form in forms:
        for field in form:
            value = field.value()
            data[field.html_name] = "" if value is None or value is False else value
    return data | changes


def unseen(client, address):
    """Returns the answer with a form that is filled in and read by nobody: its page is not set.

    To set it takes two thirds of the time.
    """
    with patch.object(SimpleTemplateResponse, "rendered_content", ""):
        return client.get(address)


def errors_in(response):
    """Returns every sentence of refusal on an admin form."""
    errors_of_forms = [response.context["adminform"].form.errors]
    for inline in response.context["inline_admin_formsets"]:
        errors_of_forms += [*inline.formset.errors, {"": inline.formset.non_form_errors()}]
    return [sentence for errors in errors_of_forms for sentences in errors.values() for sentence in sentences]


def review(claim):
    """Returns the address of a claim's review page."""
    return reverse("admin:impact_claim_review", args=[claim.pk])


def decision(client, claim, **changes):
    """Returns the data that a publisher who has seen every warning sends from the review page."""
    page = client.get(review(claim))
    form = page.context["forms"]["publish"]
    data = {
        "do": "publish",
        "publish-seen": page.context["fingerprint"],
        "publish-reason": "A newer count",
        "publish-change": "update",
    }
    return data | {tick.html_name: "on" for _sentence, tick in form.checklist} | changes


def press(client, claim, button, follow=False, **fields):
    """Presses a button of the review page as it stands now, with these fields of its form filled in."""
    data = {"do": button, f"{button}-seen": seen_value(Claim.objects.get(pk=claim.pk))}
    data |= {f"{button}-{name}": value for name, value in fields.items()}
    return client.post(review(claim), data, follow=follow)


def refusals_in(response):
    """Returns every sentence of refusal on the review page."""
    return [
        sentence
        for form in response.context["forms"].values()
        for sentences in form.errors.values()
        for sentence in sentences
    ]
