"""What can be asked at /api/v1/: a page of each table, one row by its name, and any edition of a claim."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from impact.models import Claim

from ..tables.problem_details import PROBLEM_TYPE, Problem, refusal
from ..tables.query import page_of, wrongs
from ..tables.registry import TABLES
from .schemas import ProblemDetails, Tables, page_of_rows, row_of

ROWS = {name: row_of(table) for name, table in TABLES.items()}


class Renderer(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False}


class Api(NinjaAPI):
    def get_openapi_schema(self, **options):
        """With the media type of problems, and the answer to who has the newest already."""
        schema = super().get_openapi_schema(**options)
        for path in schema["paths"].values():
            answers = path["get"]["responses"]
            for status in [status for status in answers if status >= 400]:
                answers[status]["content"] = {
                    PROBLEM_TYPE: answers[status]["content"].pop("application/json")
                }
            answers[304] = {"description": "Not Modified"}
        return schema


api = Api(
    title=settings.SITE_NAME,
    version="1",
    description=_(
        "Every published record, read-only and without registration. Values are text where they must not be rounded; an empty value is not on record."
    ),
    docs_url=None,
    urls_namespace="api",
    renderer=Renderer(),
)


@api.exception_handler(Problem)
def tell(request, problem):
    return problem.response()


@api.exception_handler(ValidationError)
def refuse(request, error):
    return refusal(wrongs(error.errors, [])).response()


def refuse_unknown(request, names):
    """A key that nobody knows would be left out in silence, and the answer would be to another question."""
    unknown = [{"type": "extra_forbidden", "loc": [name]} for name in request.GET if name not in names]
    if unknown:
        raise refusal(wrongs(unknown, names))


def site_of(request):
    return request.build_absolute_uri("/")[:-1]


@api.get(
    "/",
    response={200: Tables, 422: ProblemDetails},
    summary=_("Every table"),
    operation_id="tables",
    url_name="tables",
)
def tables(request):
    refuse_unknown(request, [])
    site = site_of(request)
    return {
        "tables": [
            {
                "name": name,
                "title": str(table.title),
                "holds": str(table.holds),
                "address": site + reverse(f"api:rows-of-{name}"),
            }
            for name, table in TABLES.items()
        ],
        "openapi": site + reverse("api:openapi-json"),
        "documentation": site + reverse("api-docs"),
    }


def offer_rows(table):
    asked, row = page_of(table), ROWS[table.name]

    @api.get(
        f"/{table.name}",
        response={200: page_of_rows(table, row), 422: ProblemDetails},
        summary=table.title,
        description=table.holds,
        operation_id=table.name,
        url_name=f"rows-of-{table.name}",
        tags=[table.name],
    )
    def rows(request, response: HttpResponse, query: Query[asked]):
        refuse_unknown(request, list(asked.model_fields))
        given = query.model_dump(exclude_none=True)
        chosen = {name: value for name, value in given.items() if name not in ("after", "limit")}
        found, following = table.page(chosen, site_of(request), given.get("after", ""), given["limit"])
        after = following and request.build_absolute_uri(
            f"{request.path}?{urlencode(given | {'after': following})}"
        )
        if after:
            response["Link"] = f'<{after}>; rel="next"'
        return {table.name: found, "next": after or None}


def offer_one(table, summary):
    @api.get(
        f"/{table.name}/{{slug}}",
        response={200: ROWS[table.name], 404: ProblemDetails, 422: ProblemDetails},
        summary=summary,
        operation_id=f"one-of-{table.name}",
        url_name=f"one-of-{table.name}",
        tags=[table.name],
    )
    def one(request, slug: str = Path(description=_("Its name in addresses."))):
        refuse_unknown(request, [])
        return table.one(slug.replace("\x00", ""), site_of(request)) or nothing_called(slug)


for each in TABLES.values():
    offer_rows(each)

CLAIM_ANSWERS = {404: ProblemDetails, 410: ProblemDetails, 422: ProblemDetails}


@api.get(
    "/claims/{reference}",
    response={200: ROWS["claims"]} | CLAIM_ANSWERS,
    summary=_("One claim, as it is published now"),
    operation_id="one-of-claims",
    url_name="one-of-claims",
    tags=["claims"],
)
def claim(request, reference: str = Path(description=_("Its reference."), example="E10")):
    refuse_unknown(request, [])
    found = published_claim(reference)
    return TABLES["claims"].one(found.number, site_of(request)) or nothing_called(reference)


@api.get(
    "/claims/{reference}/editions/{number}",
    response={200: ROWS["editions"]} | CLAIM_ANSWERS,
    summary=_("One edition of a claim"),
    operation_id="one-of-editions",
    url_name="one-of-editions",
    tags=["editions"],
)
def edition(
    request,
    reference: str = Path(description=_("The claim's reference."), example="E10"),
    number: int = Path(
        description=_("The number of the edition, counted from one."), example=1, ge=1, le=2**31 - 1
    ),
):
    refuse_unknown(request, [])
    table, found = TABLES["editions"], published_claim(reference)
    wanted = table.published().filter(claim=found, number=number).first()
    return table.row(wanted, site_of(request)) if wanted else nothing_called(f"{found.reference}, {number}")


def published_claim(reference):
    """The claim; a problem if there is none that readers may see, and another if there was one."""
    found = Claim.objects.called(reference).first()
    if found is None:
        nothing_called(reference)
    if found.current_edition_id is None:
        step = found.withdrawal or nothing_called(reference)
        told = {"reference": found.reference, "day": f"{step.at:%Y-%m-%d}", "reason": step.note}
        raise Problem(410, gettext("%(reference)s was withdrawn on %(day)s: %(reason)s") % told)
    return found


def nothing_called(name):
    raise Problem(404, gettext("Nothing published is called “%(name)s”.") % {"name": name})


offer_one(TABLES["organisations"], _("One organisation"))
offer_one(TABLES["publications"], _("One publication"))
offer_one(TABLES["instruments"], _("One instrument"))
