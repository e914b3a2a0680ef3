"""Programs read, write, publish and compare maturity models."""

from typing import Any

import pytest

from assessed import TEXT
from attain.organisations.rules import Role
from programs import Program, Told

pytestmark = pytest.mark.django_db
HERE = "/library/models"


@pytest.fixture
def author(told: Told) -> Program:
    return told.program(Role.PROGRAMME_LEAD)


def _written(author: Program, text: str) -> Any:
    answer = author.ask("POST", HERE, {"text": text})
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_a_program_reads_a_model_as_json_and_as_its_file(told: Told, author: Program) -> None:
    found = author.get(f"{HERE}/{told.ids['model']}")
    assert [part["key"] for part in found["model"]["categories"]] == ["planning", "people"]
    assert (found["status"], found["model"]["status"]) == ("draft", "draft")
    file = author.ask("GET", f"{HERE}/{told.ids['model']}/file").content.decode()
    assert file == TEXT.replace("status: published", "status: draft")
    shipped = author.get("/library/attain/centre-performance")
    assert (shipped["items"], shipped["uuid"], shipped["of_attain"]) == (69, None, True)


def test_the_list_has_every_model_once(author: Program) -> None:
    items = author.get(f"{HERE}?limit=500")["items"]
    names = [(each["key"], each["edition"]) for each in items]
    assert len(set(names)) == len(names)
    assert {("small-centre", "1"), ("small-centre", "2")} <= set(names)


def test_faults_of_a_draft_come_by_line_and_column_and_nothing_is_kept(author: Program) -> None:
    before = author.get(HERE)["count"]
    text = TEXT.replace("model: small", "model: other").replace("title: Hiring", "titel: Hiring")
    answer = author.ask("POST", HERE, {"text": text})
    assert answer.status_code == 422
    line = text[: text.index("titel")].count("\n") + 1
    assert {"found": "the unknown key titel", "line": line} in [
        {"found": each["found"], "line": each["line"]} for each in answer.json()["errors"]
    ]
    assert author.get(HERE)["count"] == before


def test_a_draft_is_changed_published_cloned_and_compared(author: Program) -> None:
    made = _written(author, TEXT.replace("model: small-centre", "model: api-made"))
    here = f"{HERE}/{made['uuid']}"
    text = TEXT.replace("model: small-centre", "model: api-made").replace("Hiring", "Recruiting")
    changed = author.ask("PUT", f"{here}/text", {"text": text, "version": 1})
    assert changed.json()["version"] == 2
    late = author.ask("PUT", f"{here}/text", {"text": TEXT, "version": 1})
    assert late.status_code == 422, "a draft keeps its key"
    late = author.ask("PUT", f"{here}/text", {"text": text + "\n", "version": 1})
    assert late.status_code == 409
    assert late.json()["errors"][0]["theirs"]["text"] == text
    published = author.ask("POST", f"{here}/publish", {"version": 2})
    assert published.json()["status"] == "published"
    cloned = author.ask("POST", f"{here}/clone", {"edition": "2", "title": "Again"}).json()
    assert (cloned["key"], cloned["edition"], cloned["status"]) == ("api-made", "2", "draft")
    next_text = text.replace('edition: "1"', 'edition: "2"').replace("Recruiting", "Hiring")
    author.ask("PUT", f"{HERE}/{cloned['uuid']}/text", {"text": next_text, "version": 1})
    found = author.get(f"{HERE}/{cloned['uuid']}/differences/{made['uuid']}")
    assert (found["old"], found["new"]) == ("1", "2")
    assert found["items"] == [
        {
            "item": "hiring",
            "difference": "changed",
            "texts": [{"name": "title", "old": "Recruiting", "new": "Hiring"}],
        }
    ]
    gone = author.ask("POST", f"{here}/withdraw", {"version": 3})
    assert gone.json()["status"] == "withdrawn"


def test_a_clone_with_a_key_is_a_model_of_its_own(author: Program) -> None:
    said = {"edition": "1", "title": "Ours", "key": "our-own"}
    made = author.ask("POST", "/library/attain/service-essentials/clone", said).json()
    assert (made["key"], made["of_attain"]) == ("our-own", False)


def test_two_models_are_not_compared(told: Told, author: Program) -> None:
    other = _written(author, TEXT.replace("model: small-centre", "model: api-made"))
    answer = author.ask("GET", f"{HERE}/{told.ids['model']}/differences/{other['uuid']}")
    assert answer.status_code == 404


def test_licensed_texts_are_loaded_listed_and_never_handed_out(author: Program) -> None:
    made = _written(author, TEXT.replace("model: small-centre", "model: api-licensed"))
    here = f"{HERE}/{made['uuid']}"
    texts = """
texts_for: api-licensed
edition: "1"
licence: Contract 12
items:
  outside:
    question: Who checks the outsourcer?
    levels: [{level: 1, text: nobody}, {level: 2, text: some}, {level: 3, text: all do}]
"""
    assert author.ask("POST", f"{here}/texts", {"text": texts}).status_code == 422, "a draft"
    author.ask("POST", f"{here}/publish", {"version": 1})
    answer = author.ask("POST", f"{here}/texts", {"text": texts.replace("outside", "inside")})
    assert answer.status_code == 422
    assert [(e["line"], e["found"]) for e in answer.json()["errors"]] == [(6, "no item inside")]
    answer = author.ask("POST", f"{here}/texts", {"text": texts})
    assert answer.status_code == 201, answer.content
    licensed = answer.json()
    assert (licensed["edition"], licensed["status"]) == ("1+licensed-1", "published")
    [listed] = author.get(f"{here}/texts")["items"]
    assert (listed["made"], listed["licence"]) == (licensed["uuid"], "Contract 12")
    assert "text" not in listed
    file = author.ask("GET", f"{HERE}/{licensed['uuid']}/file").content.decode()
    assert "Who checks" not in file
    shipped = author.ask(
        "POST", "/library/attain/customer-focused-government/texts", {"text": texts}
    )
    assert shipped.status_code == 422


def test_licensed_texts_are_loaded_by_who_writes_models_alone(told: Told) -> None:
    analyst = told.program(Role.ANALYST)
    for path in ("/library/attain/service-essentials/texts", f"{HERE}/{told.ids['model']}/texts"):
        assert analyst.ask("POST", path, {"text": "texts_for: a"}).status_code == 403, path
    assert analyst.ask("GET", f"{HERE}/{told.ids['model']}/texts").status_code == 403
