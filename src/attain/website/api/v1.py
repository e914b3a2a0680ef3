"""The API put together: each room's router, and how refusals are answered."""

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig, ValidationError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as InputError
from ninja.openapi.schema import OpenAPISchema
from ninja.security import HttpBearer

from attain.assessments.api import routers as assessments
from attain.certification.api import routers as certification
from attain.improvement.api import routers as improvement
from attain.measurement.faults import RefusedError
from attain.organisations.api import router as structure
from attain.organisations.api_audit import router as audit
from attain.organisations.api_members import router as members
from attain.organisations.api_own import router as own
from attain.organisations.api_people import router as people
from attain.organisations.api_structure import router as spreadsheet
from attain.organisations.api_webhooks import router as webhooks
from attain.organisations.errors import (
    ChangedMeanwhileError,
    ForbiddenError,
    RefusedActionError,
    UnknownError,
)
from attain.organisations.jobs.api import router as jobs
from attain.performance.api import routers as performance
from attain.performance.rules import RowRefusedError
from attain.website.api.finding import router as finding

PROBLEM = "application/problem+json"


class Token(HttpBearer):
    """A token in the header `Authorization: Bearer …`; the middleware looked it up already.

    A browser's session opens nothing here, so that no page elsewhere can use it.
    """

    def authenticate(self, request: HttpRequest, token: str) -> Any:  # noqa: ARG002
        """Return the member for whom the program acts, None where there is none."""
        return getattr(request, "member", None)


class WholeApi(NinjaAPI):
    """The API, whose description says of each refusal that it is a problem."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """Return the description of the API."""
        schema = super().get_openapi_schema(**kwargs)
        for operations in schema["paths"].values():
            for operation in operations.values():
                _say_problems(operation["responses"])
        return schema


def _say_problems(responses: dict[int, Any]) -> None:
    for status, response in responses.items():
        if int(status) >= 400 and "application/json" in response.get("content", {}):
            response["content"] = {PROBLEM: response["content"]["application/json"]}


api = WholeApi(
    title="attain",
    version="1",
    description="What the pages of attain can do, for programs.",
    auth=Token(),
    urls_namespace="api-v1",
)
_ORGANISATIONS = (own, members, structure, spreadsheet, people, audit, webhooks, jobs)
for router in (*_ORGANISATIONS, *performance, *certification, *assessments, *improvement, finding):
    api.add_router("", router)


def problem(status: int, title: str, detail: str = "", errors: Any = ()) -> HttpResponse:
    """Answer with a problem (RFC 9457)."""
    told = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    body = json.dumps({**told, "errors": list(errors)}, default=str)
    return HttpResponse(body, status=status, content_type=PROBLEM)


@api.exception_handler(UnknownError)
def _unknown(_request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(404, "There is no such thing, or none that you may see", str(error))


@api.exception_handler(ForbiddenError)
def _forbidden(_request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(403, "You may not do this", f"It takes a role that may: {error}.")


@api.exception_handler(AuthenticationError)
def _unauthenticated(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(401, "No token that holds", "Send Authorization: Bearer and a token.")


@api.exception_handler(ChangedMeanwhileError)
def _changed(_request: HttpRequest, error: ChangedMeanwhileError) -> HttpResponse:
    errors = [{"theirs": error.theirs, "yours": error.yours}]
    return problem(409, "Somebody changed it meanwhile", str(error), errors)


@api.exception_handler(RefusedActionError)
def _refused(_request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(422, "It cannot be done as things stand", str(error))


@api.exception_handler(RefusedError)
def _faults(_request: HttpRequest, error: RefusedError) -> HttpResponse:
    errors = [fault.__dict__ for fault in error.faults]
    return problem(422, "The input has faults", "", errors)


@api.exception_handler(RowRefusedError)
def _row(_request: HttpRequest, error: RowRefusedError) -> HttpResponse:
    return problem(422, "The row has faults", "", [fault.__dict__ for fault in error.faults])


@api.exception_handler(ValidationError)
def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    errors = [{"field": name, "messages": messages} for name, messages in fields.items()]
    return problem(422, "The input has faults", "", errors)


@api.exception_handler(InputError)
def _malformed(_request: HttpRequest, error: InputError) -> HttpResponse:
    errors = [{"field": ".".join(map(str, e["loc"])), "messages": [e["msg"]]} for e in error.errors]
    return problem(422, "The input has faults", "", errors)


@api.exception_handler(RequestDataTooBig)
def _too_large(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(413, "Too large", "A request has at most 2.5 MB, apart from its files.")


@api.exception_handler(HttpError)
def _http(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error))


@csrf_exempt
def nothing_here(_request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer an address of the API that leads nowhere."""
    return problem(404, "There is no such address", f"Nothing lies at {rest}.")
