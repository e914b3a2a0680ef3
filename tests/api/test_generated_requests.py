"""Requests drawn from the description of the API: none meets a fault of attain.

`ATTAIN_API_EXAMPLES` says how many are drawn for each operation in each of three ways; with 20 they
are over 5,000, which takes some minutes.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
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

from attain.organisations.rules import Role
from attain.website.api.v1 import api
from programs import Program, Told

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("ATTAIN_API_EXAMPLES", "2"))
SCHEMA = schemathesis.openapi.from_dict(api.get_openapi_schema())
_ALL: Any = SCHEMA.get_all_operations()
FOUND: list[Any] = [found.ok() for found in _ALL]
OPERATIONS = {operation.label: operation for operation in FOUND}
CONFORMS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
COUNT = {"requests": 0}


@pytest.fixture(scope="module", autouse=True)
def _count() -> Any:
    yield
    print(f"\n{COUNT['requests']} requests to {len(OPERATIONS)} operations")


def _ask_all(operation: Any, program: Program, checks: list[Any], **drawing: Any) -> None:
    """Draw requests to an operation, and check each answer; what each wrote is taken back."""

    @seed(20261122)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        derandomize=False,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(**drawing))
    def ask(case: Any) -> None:
        COUNT["requests"] += 1
        with transaction.atomic():
            answer = case.call(headers=program.headers, app=SCHEMA.app, buffered=True)
            transaction.set_rollback(True)
        case.validate_response(answer, checks=checks)

    ask()


def _known(operation: Any, told: Told) -> dict[str, str]:
    names = [parameter.name for parameter in operation.path_parameters]
    return {name: told.ids[name] for name in names}


@pytest.fixture
def program(told: Told) -> Iterator[Program]:
    """Return a program whose requests stay in the transaction of the test."""
    SCHEMA.app = get_wsgi_application()
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield told.program(Role.PROGRAMME_LEAD)
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("label", OPERATIONS)
def test_a_request_as_described_is_answered_as_described(label: str, program: Program) -> None:
    _ask_all(OPERATIONS[label], program, CONFORMS)


@pytest.mark.parametrize("label", [name for name in OPERATIONS if "{" in name])
def test_a_request_about_what_is_there_is_answered_as_described(
    label: str, program: Program, told: Told
) -> None:
    operation = OPERATIONS[label]
    _ask_all(operation, program, CONFORMS, path_parameters=_known(operation, told))


@pytest.mark.parametrize("label", OPERATIONS)
def test_a_request_other_than_described_is_refused(
    label: str, program: Program, told: Told
) -> None:
    operation = OPERATIONS[label]
    checks = [*CONFORMS, negative_data_rejection]
    mode = GenerationMode.NEGATIVE
    try:
        _ask_all(operation, program, checks, generation_mode=mode)
    except (Unsatisfiable, InvalidSchema):
        pytest.skip("nothing of the operation can be said wrongly")
