"""The operations of /api/v1/: a page of each table, one row by its name, and any edition of a claim.

The views have no docstrings, because Ninja would publish them as descriptions.
"""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from impact.models import Claim
from organisation.models import site_settings
from portal.delivery.public_address import lasting_origin

from ..tables.problem_details import PROBLEM_TYPE, Problem, invalid_parameters
from ..tables.query import page_query_model, parameter_errors
from ..tables.registry import TABLES
from .schemas import ProblemDetails, Tables, page_model, row_model

ROW_MODELS = {name: row_model(table) for name, table in TABLES.items()}
CLAIM_PROBLEMS = {404: ProblemDetails, 410: ProblemDetails, 422: ProblemDetails}


class Renderer(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False}


class Api(NinjaAPI):
    def get_openapi_schema(self, **options):
        """Adds what Ninja does not know: the name of the site, the media type of problem details, and 304."""
        schema = super().get_openapi_schema(**options)
        schema["info"]["title"] = site_settings().title
        for path in schema["paths"].values():
            responses = path["get"]["responses"]
            for status in [status for status in responses if status >= 400]:
                responses[status]["content"] = {
                    PROBLEM_TYPE: responses[status]["content"].pop("application/json")
                }
            responses[304] = {"description": "Not Modified"}
        return schema


api = Api(
    version="1.1",
    description=_(
        "Every published record, read-only and without registration. "
        "Values are text where they must not be rounded; an empty value is not on record. "
        "New in this version: a source may support a claim in part. The grade “supported in part” was "
        "added, and “stated” was divided into “partner supports”, “partner in part” and “organisation only”; "
        "“?grade=stated” finds all three."
    ),
    docs_url=None,
    urls_namespace="api",
    renderer=Renderer(),
)


@api.exception_handler(Problem)
def problem_response(request, problem):
    return problem.response()


@api.exception_handler(ValidationError)
def validation_error_response(request, error):
    return invalid_parameters(parameter_errors(error.errors, [])).response()


def refuse_unknown_parameters(request, allowed):
    # Ninja ignores them, and the answer would be to another question than the program asked.
    unknown = [{"type": "extra_forbidden", "loc": [name]} for name in request.GET if name not in allowed]
    if unknown:
        raise invalid_parameters(parameter_errors(unknown, allowed))


@api.get(
    "/",
    response={200: Tables, 422: ProblemDetails},
    summary=_("Every table"),
    operation_id="tables",
    url_name="tables",
)
def tables(request):
    refuse_unknown_parameters(request, [])
    base = lasting_origin(request)
    return {
        "tables": [
            {
                "name": name,
                "title": str(table.title),
                "holds": str(table.description),
                "address": base + reverse(f"api:rows-of-{name}"),
            }
            for name, table in TABLES.items()
        ],
        "openapi": base + reverse("api:openapi-json"),
        "documentation": base + reverse("api-docs"),
    }


def add_list_operation(table):
    query_model, row = page_query_model(table), ROW_MODELS[table.name]

    @api.get(
        f"/{table.name}",
        response={200: page_model(table, row), 422: ProblemDetails},
        summary=table.title,
        description=table.description,
        operation_id=table.name,
        url_name=f"rows-of-{table.name}",
        tags=[table.name],
    )
    def rows(request, response: HttpResponse, query: Query[query_model]):
        refuse_unknown_parameters(request, list(query_model.model_fields))
        parameters = query.model_dump(exclude_none=True)
        values = {name: value for name, value in parameters.items() if name not in ("after", "limit")}
        after, limit = parameters.get("after", ""), parameters["limit"]
        page, cursor = table.page(values, lasting_origin(request), after, limit)
        next_url = cursor and request.build_absolute_uri(
            f"{request.path}?{urlencode(parameters | {'after': cursor})}"
        )
        if next_url:
            response["Link"] = f'<{next_url}>; rel="next"'
        return {table.name: page, "next": next_url or None}


def add_detail_operation(table, summary):
    @api.get(
        f"/{table.name}/{{slug}}",
        response={200: ROW_MODELS[table.name], 404: ProblemDetails, 422: ProblemDetails},
        summary=summary,
        operation_id=f"one-of-{table.name}",
        url_name=f"one-of-{table.name}",
        tags=[table.name],
    )
    def one(request, slug: str = Path(description=_("Its name in addresses."))):
        refuse_unknown_parameters(request, [])
        # PostgreSQL refuses a query with a null character.
        return table.get(slug.replace("\x00", ""), lasting_origin(request)) or raise_not_found(slug)


for each in TABLES.values():
    add_list_operation(each)


@api.get(
    "/claims/{reference}",
    response={200: ROW_MODELS["claims"]} | CLAIM_PROBLEMS,
    summary=_("One claim, as it is published now"),
    operation_id="one-of-claims",
    url_name="one-of-claims",
    tags=["claims"],
)
def claim(request, reference: str = Path(description=_("Its reference."), example="E1")):
    refuse_unknown_parameters(request, [])
    number = published_claim(reference).number
    return TABLES["claims"].get(number, lasting_origin(request)) or raise_not_found(reference)


@api.get(
    "/claims/{reference}/editions/{number}",
    response={200: ROW_MODELS["editions"]} | CLAIM_PROBLEMS,
    summary=_("One edition of a claim"),
    operation_id="one-of-editions",
    url_name="one-of-editions",
    tags=["editions"],
)
def edition(
    request,
    reference: str = Path(description=_("The claim's reference."), example="E1"),
    number: int = Path(
        description=_("The number of the edition, counted from one."), example=1, ge=1, le=2**31 - 1
    ),
):
    refuse_unknown_parameters(request, [])
    table, its_claim = TABLES["editions"], published_claim(reference)
    record = table.published().filter(claim=its_claim, number=number).first()
    if record is None:
        raise_not_found(f"{its_claim.reference}, {number}")
    return table.row(record, lasting_origin(request))


def published_claim(reference):
    """Returns a published claim; raises the problem 410 if it was withdrawn, and 404 if it never was one."""
    claim = Claim.objects.by_reference(reference).first()
    if claim is None:
        raise_not_found(reference)
    if claim.current_edition_id is None:
        withdrawal = claim.withdrawal or raise_not_found(reference)
        message = gettext("%(reference)s was withdrawn on %(day)s: %(reason)s")
        raise Problem(
            410,
            message
            % {
                "reference": claim.reference,
                "day": f"{withdrawal.at:%Y-%m-%d}",
                "reason": withdrawal.note,
            },
        )
    return claim


def raise_not_found(name):
    raise Problem(404, gettext("Nothing published is called “%(name)s”.") % {"name": name})


# After the claims, whose operations come first in the documentation.
add_detail_operation(TABLES["organisations"], _("One organisation"))
add_detail_operation(TABLES["publications"], _("One publication"))
add_detail_operation(TABLES["instruments"], _("One instrument"))
