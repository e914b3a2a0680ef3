"""Programs open assessments, rate alone, moderate, close, and read what came of them."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_scopes import scopes_disabled

from attain.assessments.models import AgreedRating, Assessment, Rating
from attain.assessments.queries.finding import visible_assessments
from attain.organisations.models import AuditEntry, Member
from attain.organisations.rules import Permission, Role
from programs import Program, Told

pytestmark = pytest.mark.django_db
HERE = "/assessments"
ITEMS = ("forecast", "budget", "hiring")
DUE = "2027-03-31"


@pytest.fixture
def lead(told: Told) -> Program:
    return told.program(Role.PROGRAMME_LEAD)


def _done(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content
    return answer.json()


def _refused(answer: Any, status: int = 422) -> Any:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    return answer.json()


def _opened(lead: Program, told: Told) -> Any:
    given = {"title": "Spring", "kind": "self", "due_on": DUE, "centre": told.ids["centre"]}
    return _done(lead.ask("POST", HERE, given | {"edition": _edition(lead)}), 201)


def _edition(lead: Program) -> str:
    found = lead.get("/library/models?limit=500")["items"]
    return str(next(each["uuid"] for each in found if each["key"] == "assessed-centre"))


def _named(lead: Program, here: str, role: Role, told: Told) -> Any:
    with scopes_disabled():
        member = told.estate.member(role)
    said = {"assessor": str(member.uuid), "due_on": DUE}
    return _done(lead.ask("POST", f"{here}/parts", said), 201)


def _rated(assessor: Program, here: str, **levels: int) -> None:
    for item in ITEMS:
        said = {"version": 0, "level": levels.get(item, 1), "target": 3}
        _done(assessor.ask("PUT", f"{here}/ratings/{item}", said))


def _handed_in(lead: Program, told: Told, here: str, role: Role, **levels: int) -> None:
    part = _named(lead, here, role, told)
    assessor = told.program(role)
    _rated(assessor, here, **levels)
    _done(assessor.ask("POST", f"{here}/hand-in", {"version": part["version"]}))


def _in_moderation(lead: Program, told: Told) -> str:
    made = _opened(lead, told)
    here = f"{HERE}/{made['uuid']}"
    _handed_in(lead, told, here, Role.SITE_LEAD, forecast=2)
    _handed_in(lead, told, here, Role.QA_MANAGER, forecast=3)
    _done(lead.ask("POST", f"{here}/moderation/begin", {"version": made["version"]}))
    return here


def test_programs_take_an_assessment_from_its_opening_to_its_close(
    told: Told, lead: Program
) -> None:
    here = _in_moderation(lead, told)
    page = lead.get(f"{here}/moderation")
    first = page["items"][0]
    assert (page["count"], first["item"], first["apart"]) == (3, "forecast", 1)
    assert {each["level"] for each in first["said"]} == {2, 3}
    assert lead.get(f"{here}/agreed/forecast")["version"] == 0
    settled = _done(lead.ask("POST", f"{here}/moderation/settle"))
    assert settled == {"agreed": ["budget", "hiring"]}
    said = {"version": 0, "level": 2, "target": 3, "rationale": "We saw October"}
    agreed = _done(lead.ask("PUT", f"{here}/agreed/forecast", said))
    assert (agreed["level"], agreed["version"], agreed["rationale"]) == (2, 1, "We saw October")
    version = lead.get(here)["version"]
    closed = _done(lead.ask("POST", f"{here}/close", {"version": version}))
    assert (closed["state"], closed["step"], closed["agreed"]) == ("closed", "see_result", 3)
    result = lead.get(f"{here}/result")
    assert result["is_closed"] is True
    assert result["whole"]["value"] == "1"
    assert [(each["item"], each["gap"]) for each in result["items"]][-1] == ("forecast", 1)
    again = _done(lead.ask("POST", f"{here}/reopen", {"reason": "New facts", "due_on": DUE}), 201)
    assert (again["state"], again["number"], again["agreed"]) == ("moderation", 2, 3)
    assert again["reopens"] == closed["uuid"]


def test_nobody_sees_another_s_ratings_before_moderation(told: Told, lead: Program) -> None:
    here = f"{HERE}/{_opened(lead, told)['uuid']}"
    for role, level in ((Role.SITE_LEAD, 2), (Role.QA_MANAGER, 3)):
        _named(lead, here, role, told)
        said = {"version": 0, "level": level, "note": f"secret of {role}"}
        _done(told.program(role).ask("PUT", f"{here}/ratings/forecast", said))
    for path in ("moderation", "agreed/forecast", "result"):
        _refused(lead.ask("GET", f"{here}/{path}"))
    told_of = lead.get(here)
    assert [(part["rated"], part["items"]) for part in told_of["parts"]] == [(1, 3), (1, 3)]
    assert "secret" not in str(told_of)
    mine = told.program(Role.SITE_LEAD).get(f"{here}/ratings")
    assert [(each["item"], each["level"]) for each in mine["items"]] == [
        ("forecast", 2), ("budget", None), ("hiring", None),
    ]  # fmt: skip
    assert "secret of qa_manager" not in str(mine)
    # Who leads it and rates none of it has no ratings of their own.
    _refused(lead.ask("GET", f"{here}/ratings"), 403)


def test_a_conflict_tells_both_sides_and_keeps_what_stands(told: Told, lead: Program) -> None:
    here = f"{HERE}/{_opened(lead, told)['uuid']}"
    _named(lead, here, Role.SITE_LEAD, told)
    assessor, path = told.program(Role.SITE_LEAD), f"{here}/ratings/budget"
    first = _done(assessor.ask("PUT", path, {"version": 0, "level": 1, "note": "kept"}))
    assert first["version"] == 1
    late = _refused(assessor.ask("PUT", path, {"version": 0, "level": 3}), 409)
    sides = late["errors"][0]
    assert (sides["theirs"]["level"], sides["yours"]["level"]) == (1, 3)
    assert sides["theirs"]["note"] == "kept"
    assert assessor.get(path)["level"] == 1
    second = _done(assessor.ask("PUT", path, {"version": 1, "level": 3}))
    assert (second["version"], second["level"], second["note"]) == (2, 3, "")


def test_a_conflict_over_what_was_agreed_tells_both_sides(told: Told, lead: Program) -> None:
    path = f"{_in_moderation(lead, told)}/agreed/forecast"
    said = {"version": 0, "level": 2, "note": "of Ann", "rationale": "We saw October"}
    _done(lead.ask("PUT", path, said))
    late = _refused(lead.ask("PUT", path, said | {"level": 3}), 409)
    sides = late["errors"][0]
    assert (sides["theirs"]["level"], sides["yours"]["level"]) == (2, 3)
    assert sides["theirs"]["note"] == "of Ann"
    assert lead.get(path)["level"] == 2


@pytest.mark.parametrize(
    "said",
    [
        {"level": 4},
        {"level": 3, "target": 2},
        {"level": 1, "is_applicable": False, "reason": "None here"},
        {"is_applicable": False, "reason": "None here", "target": 2},
        {"is_applicable": False},
        {"note": "x" * 4001},
        {"level": "2"},
        {"level": 2, "levels": 2},
    ],
)
def test_an_entry_that_cannot_stand_is_refused(
    told: Told, lead: Program, said: dict[str, Any]
) -> None:
    here = f"{HERE}/{_opened(lead, told)['uuid']}"
    _named(lead, here, Role.SITE_LEAD, told)
    assessor = told.program(Role.SITE_LEAD)
    _refused(assessor.ask("PUT", f"{here}/ratings/budget", {"version": 0} | said))
    assert assessor.get(f"{here}/ratings/budget")["version"] == 0


def test_an_item_that_is_not_in_the_part_is_not_found(told: Told, lead: Program) -> None:
    here = f"{HERE}/{_opened(lead, told)['uuid']}"
    with scopes_disabled():
        assessor = told.estate.member(Role.SITE_LEAD)
    said = {"assessor": str(assessor.uuid), "categories": ["people"], "due_on": DUE}
    _done(lead.ask("POST", f"{here}/parts", said), 201)
    program = told.program(Role.SITE_LEAD)
    assert program.ask("GET", f"{here}/ratings/forecast").status_code == 404
    assert program.ask("PUT", f"{here}/ratings/none", {"version": 0}).status_code == 404
    assert [each["item"] for each in program.get(f"{here}/ratings")["items"]] == ["hiring"]
    left = lead.get(here)
    assert left["uncovered"] == ["Planning"]


def test_a_part_is_handed_on_with_what_was_rated(told: Told, lead: Program) -> None:
    here = f"{HERE}/{_opened(lead, told)['uuid']}"
    part = _named(lead, here, Role.SITE_LEAD, told)
    giver = told.program(Role.SITE_LEAD)
    _done(giver.ask("PUT", f"{here}/ratings/hiring", {"version": 0, "level": 2}))
    offered = lead.get(f"{here}/assessors?limit=500")["items"]
    with scopes_disabled():
        to = told.estate.member(Role.QA_MANAGER)
    assert str(to.uuid) in {each["uuid"] for each in offered}
    said = {"version": part["version"], "assessor": str(to.uuid)}
    moved = _done(giver.ask("POST", f"{here}/parts/{part['uuid']}/delegate", said))
    assert (moved["rated"], moved["is_mine"]) == (1, False)
    taker = told.program(Role.QA_MANAGER)
    assert taker.get(f"{here}/ratings/hiring")["level"] == 2
    # Who rates a part may hand on their own, and nobody else's.
    other = _named(lead, here, Role.TEAM_LEADER, told)
    said = {"version": 1, "assessor": str(to.uuid)}
    path = f"{here}/parts/{other['uuid']}/delegate"
    assert taker.ask("POST", path, said).status_code == 403
    _refused(lead.ask("POST", path, said))


def test_the_list_is_filtered_and_paged(told: Told, lead: Program) -> None:
    found = lead.get(f"{HERE}?model=assessed-centre")
    assert found["count"] == 3
    assert lead.get(f"{HERE}?state=closed")["count"] == 2
    assert lead.get(f"{HERE}?kind=mock")["count"] == 0
    assert lead.get(f"{HERE}?centre={told.ids['centre']}&limit=1&offset=1")["count"] == 3
    assert len(lead.get(f"{HERE}?limit=1")["items"]) == 1
    assert lead.get(f"{HERE}?centre=nowhere")["count"] == 0
    assert lead.ask("GET", f"{HERE}?state=open").status_code == 422
    one = next(each for each in found["items"] if each["uuid"] == told.ids["assessment"])
    assert (one["done"], one["of"], one["state"]) == (0, 3, "moderation")


def test_an_assessment_is_opened_by_a_model_of_attain_for_the_whole_organisation(
    told: Told, lead: Program
) -> None:
    said = {"title": "All", "kind": "mock", "due_on": DUE, "model": "centre-performance"}
    made = _done(lead.ask("POST", HERE, said), 201)
    assert (made["centre"], made["team"], made["items"]) == (None, None, 69)
    team = _done(lead.ask("POST", HERE, said | {"team": told.ids["team"]}), 201)
    assert team["team"] == told.ids["team"]
    for wrong in (
        {"centre": told.ids["centre"], "team": told.ids["team"]},
        {"edition": told.ids["model"]},
        {"model": None},
        {"model": "no-such-model"},
        # A draft.
        {"model": None, "edition": told.ids["model"]},
    ):
        _refused(lead.ask("POST", HERE, said | wrong))
    for missing in ({"centre": "nowhere"}, {"team": told.ids["part"]}):
        assert lead.ask("POST", HERE, said | missing).status_code == 404


def test_a_lead_of_one_site_opens_nothing_of_another(told: Told) -> None:
    neighbour = told.neighbour()
    said = {"title": "X", "kind": "self", "due_on": DUE, "model": "centre-performance"}
    answer = neighbour.ask("POST", HERE, said | {"centre": told.ids["centre"]})
    assert answer.status_code == 404
    assert neighbour.ask("POST", HERE, said).status_code == 403
    assert neighbour.ask("GET", f"{HERE}/{told.ids['assessment']}").status_code == 404
    assert neighbour.get(HERE)["count"] == 0


def test_who_moderates_sees_how_far_assessors_agree_and_who_reads_does_not(
    told: Told, lead: Program
) -> None:
    here = _in_moderation(lead, told)
    by_key = {each["key"]: each for each in lead.get(f"{here}/result")["categories"]}
    agreement = by_key["planning"]["agreement"]
    assert (agreement["units"], agreement["alpha"]) == (2, "5/6")
    assert agreement["low"] <= agreement["high"]
    assert by_key["people"]["agreement"]["alpha"] is None
    seen = told.program(Role.ANALYST).get(f"{here}/result")
    assert [each["agreement"] for each in seen["categories"]] == [None, None]
    _refused(told.program(Role.ANALYST).ask("GET", f"{here}/moderation"), 403)


def test_two_closed_assessments_are_compared(told: Told, lead: Program) -> None:
    path = f"{HERE}/{told.ids['closed']}/comparison/{told.ids['earlier']}"
    found = lead.get(path)
    assert (found["before"], found["after"]) == (told.ids["earlier"], told.ids["closed"])
    assert {each["movement"] for each in found["items"]} == {"rose"}
    open_one = told.ids["assessment"]
    _refused(lead.ask("GET", f"{HERE}/{open_one}/comparison/{told.ids['closed']}"))
    answer = lead.ask("GET", f"{HERE}/{told.ids['closed']}/comparison/{open_one}")
    assert answer.status_code == 404


def test_links_and_files_are_shown_for_an_item_and_withdrawn(told: Told, lead: Program) -> None:
    here = f"{HERE}/{told.ids['assessment']}/items/budget/evidence"
    said = {"link": "https://intranet.example/b", "title": "Budget", "expires_on": DUE}
    added = _done(lead.ask("POST", f"{here}/links", said), 201)
    assert (added["kind"], added["title"], added["version"]) == ("link", "Budget", 1)
    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 x")
    kept = _done(lead.hand_in(f"{here}/files", file=file, title="Plan"), 201)
    assert (kept["kind"], len(kept["sha256"])) == ("file", 64)
    path = f"{HERE}/{told.ids['assessment']}/evidence/{added['uuid']}/withdraw"
    gone = _done(lead.ask("POST", path, {"version": 1}))
    assert gone["withdrawn_at"] is not None
    _refused(lead.ask("POST", path, {"version": 2}))
    assert [each["kind"] for each in lead.get(here)["items"]] == ["link", "file"]
    wrong = said | {"link": "javascript:alert(1)"}
    _refused(lead.ask("POST", f"{here}/links", wrong))
    other = f"{HERE}/{told.ids['assessment']}/items/none/evidence"
    assert lead.ask("GET", other).status_code == 404


def test_a_metric_of_the_centre_is_shown_for_an_item(told: Told, lead: Program) -> None:
    here = f"{HERE}/{told.ids['assessment']}/items/budget/evidence"
    said = {"kind": "figure", "record": told.ids["metric"]}
    added = _done(lead.ask("POST", f"{here}/records", said), 201)
    assert (added["kind"], added["metric"]) == ("figure", told.ids["metric"])
    # A metric is no document, and that of another centre is not on record here.
    _refused(lead.ask("POST", f"{here}/records", said | {"kind": "document"}))
    _refused(lead.ask("POST", f"{here}/records", said | {"record": told.ids["part"]}))
    assert lead.get(here)["count"] == 1


def test_nothing_is_added_to_what_is_closed(told: Told, lead: Program) -> None:
    here = f"{HERE}/{told.ids['closed']}"
    said = {"link": "https://intranet.example/b"}
    _refused(lead.ask("POST", f"{here}/items/budget/evidence/links", said))
    _refused(lead.ask("PUT", f"{here}/agreed/budget", {"version": 1, "level": 3}))
    _refused(lead.ask("POST", f"{here}/moderation/settle"))
    version = lead.get(here)["version"]
    _refused(lead.ask("POST", f"{here}/withdraw", {"version": version, "reason": "Wrong"}))


def test_an_open_assessment_is_withdrawn_with_its_reason(told: Told, lead: Program) -> None:
    made = _opened(lead, told)
    here = f"{HERE}/{made['uuid']}"
    _refused(lead.ask("POST", f"{here}/withdraw", {"version": 7, "reason": "Twice"}), 409)
    gone = _done(lead.ask("POST", f"{here}/withdraw", {"version": 1, "reason": "Twice"}))
    assert (gone["state"], gone["reason"], gone["step"]) == ("withdrawn", "Twice", "nothing")


def test_a_write_that_is_repeated_with_its_key_is_done_once(told: Told, lead: Program) -> None:
    said = {"title": "Once", "kind": "self", "due_on": DUE, "model": "centre-performance"}
    key = {"Idempotency-Key": "open-once"}
    first = _done(lead.ask("POST", HERE, said, **key), 201)
    assert _done(lead.ask("POST", HERE, said, **key), 201) == first
    assert Assessment.objects.filter(title="Once").count() == 1
    entries = AuditEntry.objects.filter(action="assessments.open", object_key=first["uuid"])
    assert entries.count() == 1


def test_a_token_that_may_not_read_assessments_opens_none_of_who_rates_them(told: Told) -> None:
    with scopes_disabled():
        assessor = Member.objects.get(
            pk=Assessment.objects.get(uuid=told.ids["assessment"]).parts.get().assessor_id
        )
    path = f"{HERE}/{told.ids['assessment']}"
    limited = Program(assessor, [Permission.MANAGE_MEMBERS])
    assert limited.ask("GET", path).status_code == 403
    assert limited.ask("GET", f"{path}/ratings").status_code == 403
    assert Program(assessor, [Permission.READ_ASSESSMENTS]).get(path)["parts"][0]["is_mine"]


def test_a_list_for_a_token_without_the_right_has_nothing_of_who_rates(told: Told) -> None:
    with scopes_disabled():
        assessor = Assessment.objects.get(uuid=told.ids["assessment"]).parts.get().assessor
        assessor.limited_to = frozenset({Permission.READ_STRUCTURE})
        assert not visible_assessments(assessor)
        assessor.limited_to = frozenset({Permission.ASSESS})
        assert [str(each.uuid) for each in visible_assessments(assessor)] == [
            told.ids["assessment"]
        ]


def test_a_refused_agreement_keeps_nothing(told: Told, lead: Program) -> None:
    here = _in_moderation(lead, told)
    before = AgreedRating.objects.count(), Rating.objects.count()
    _refused(lead.ask("PUT", f"{here}/agreed/forecast", {"version": 0, "level": 2}))
    _refused(lead.ask("PUT", f"{here}/agreed/forecast", {"version": 0, "rationale": "Why"}))
    _refused(lead.ask("PUT", f"{here}/agreed/outside", {"version": 0, "level": 2}), 404)
    assert (AgreedRating.objects.count(), Rating.objects.count()) == before
