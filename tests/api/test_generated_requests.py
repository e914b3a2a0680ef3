"""Requests drawn from the description of the API: none meets a fault of attain.

`ATTAIN_API_CASES` says how many are drawn at least, together; 5000 take some minutes. Who asks for
a number is held to it, in one process: `-n 0`. `ATTAIN_API_SEED` draws others.
"""

import math
import os
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, assume, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.errors import InvalidSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from attain.website.api.v1 import api
from programs import Program, Told

pytestmark = pytest.mark.django_db
CASES = int(os.environ.get("ATTAIN_API_CASES", "0"))
SEED = int(os.environ.get("ATTAIN_API_SEED", "20261122"))
SCHEMA = schemathesis.openapi.from_dict(api.get_openapi_schema())
_ALL: Any = SCHEMA.get_all_operations()
FOUND: list[Any] = [found.ok() for found in _ALL]
OPERATIONS = {operation.label: operation for operation in FOUND}
OF_THINGS = [name for name in OPERATIONS if "{" in name]
CONFORMS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EACH = math.ceil(CASES / (2 * len(OPERATIONS) + len(OF_THINGS))) or 1
SENT: Counter[int] = Counter()


@pytest.fixture(scope="module")
def program(everything: Program) -> Iterator[Program]:
    """Return a program whose requests leave the connection to the database open."""
    SCHEMA.app = get_wsgi_application()
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield everything
    for signal in signals:
        signal.connect(close_old_connections)


Asking = Callable[..., None]


@pytest.fixture
def ask_all(program: Program, record_property: Callable[[str, object], None]) -> Iterator[Asking]:
    """Draw requests to an operation, and check each answer; what each wrote is taken back."""
    before = SENT.total()

    def ask_all(operation: Any, checks: list[Any], **drawing: Any) -> None:
        @seed(SEED)
        @settings(
            max_examples=EACH,
            database=None,
            derandomize=False,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(**drawing))
        def ask(case: Any) -> None:
            # An empty list or object is not sent, so that nothing would be wrong of the request.
            assume(not any(value in ([], {}) for value in dict(case.query).values()))
            with transaction.atomic():
                answer = case.call(headers=program.headers, app=SCHEMA.app, buffered=True)
                transaction.set_rollback(True)
            SENT[answer.status_code] += 1
            case.validate_response(answer, checks=checks)

        ask()

    yield ask_all
    record_property("generated_requests", SENT.total() - before)


def _known(operation: Any, told: Told) -> dict[str, str]:
    names = [parameter.name for parameter in operation.path_parameters]
    return {name: told.ids[name] for name in names}


@pytest.mark.parametrize("label", OPERATIONS)
def test_a_request_as_described_is_answered_as_described(label: str, ask_all: Asking) -> None:
    ask_all(OPERATIONS[label], CONFORMS)


@pytest.mark.parametrize("label", OF_THINGS)
def test_a_request_about_what_is_there_is_answered_as_described(
    label: str, ask_all: Asking, lasting: Told
) -> None:
    operation = OPERATIONS[label]
    ask_all(operation, CONFORMS, path_parameters=_known(operation, lasting))


@pytest.mark.parametrize("label", OPERATIONS)
def test_a_request_other_than_described_is_refused(label: str, ask_all: Asking) -> None:
    checks = [*CONFORMS, negative_data_rejection]
    try:
        ask_all(OPERATIONS[label], checks, generation_mode=GenerationMode.NEGATIVE)
    except (Unsatisfiable, InvalidSchema):
        pytest.skip("nothing of the operation can be said wrongly")


@pytest.mark.skipif(not CASES, reason="nobody asked for a number of requests")
def test_as_many_requests_were_sent_as_were_asked_for() -> None:
    assert SENT.total() >= CASES
