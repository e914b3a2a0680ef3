"""The workbook of a part goes out, comes back, is looked at, and is taken over or refused."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assessed import TEXT
from assessing import NOW, Assessed, hand_in, in_moderation, open_one, publish_model
from attain.assessments.actions.agreeing import agree_where_settled
from attain.assessments.actions.assessing import begin_moderation
from attain.assessments.actions.evidence import add_link
from attain.assessments.actions.rating import NEW, rate
from attain.assessments.models import AssessorPart, Rating
from attain.assessments.queries.ratings import entries_of
from attain.assessments.queries.result_sheets import result_sheets
from attain.assessments.queries.workbook import read_workbook, sent_part
from attain.assessments.rules.entries import Entry
from attain.assessments.rules.workbook import WorkbookIdentity
from attain.assessments.workbook_file import SentPart, SentRow, part_workbook
from attain.measurement.faults import RefusedError
from attain.organisations.models import AuditContent, AuditEntry, Member
from attain.organisations.rules import Role
from estate import Estate, make_account, make_estate, make_member

pytestmark = pytest.mark.django_db
FORMULA = '=HYPERLINK("http://evil.example")'


@pytest.fixture
def assessed(estate: Estate) -> Assessed:
    return open_one(estate)


@pytest.fixture
def part(assessed: Assessed) -> AssessorPart:
    found = AssessorPart.objects.select_related("assessor__account").get(pk=assessed.mine.pk)
    found.assessment = assessed.assessment
    return found


@pytest.fixture
def sign_in(time_machine: Any) -> Callable[[Member], Client]:
    time_machine.move_to(NOW)

    def as_member(member: Member) -> Client:
        client = Client()
        client.force_login(member.account, "django.contrib.auth.backends.ModelBackend")
        return client

    return as_member


@pytest.fixture
def assessor(part: AssessorPart, sign_in: Callable[[Member], Client]) -> Client:
    return sign_in(part.assessor)


def at(assessed: Assessed, rest: str) -> str:
    return f"/o/northwind/assessments/{assessed.assessment.uuid}/{rest}"


def edited(
    sent: SentPart, rows: Callable[[SentRow], SentRow | None] = lambda row: row, **identity: Any
) -> bytes:
    """Return the workbook of a part as somebody has edited it; a row may be left out."""
    kept = tuple(changed for row in sent.rows if (changed := rows(row)))
    return part_workbook(replace(sent, rows=kept, identity=replace(sent.identity, **identity)))


def saying(**entries: Entry) -> Callable[[SentRow], SentRow | None]:
    """Return an edit that enters something of some items."""
    return lambda row: replace(row, entry=entries.get(row.item.key, row.entry))


def file_of(content: bytes, name: str = "part.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def look(client: Client, assessed: Assessed, content: bytes, status: int = 200) -> str:
    answer = client.post(at(assessed, "workbook/import"), {"file": file_of(content)})
    assert answer.status_code == status, answer.content[:3000]
    return answer.content.decode()


def token_in(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found.group(1)


def enter(part: AssessorPart, seen: int = NEW, **entries: Entry) -> None:
    for item, entry in entries.items():
        rate(by=part.assessor, part=part, item=item, seen=seen, entry=entry, now=NOW)


def refusal(part: AssessorPart, content: bytes, name: str = "part.xlsx") -> str:
    with pytest.raises(RefusedError) as refused:
        read_workbook(file_of(content, name), part)
    return str(refused.value)


def test_a_part_goes_out_and_comes_back_as_it_was(part: AssessorPart) -> None:
    awkward = f"{FORMULA}\r\n_x0041_ 𝔘 <b>&\t\x01"
    enter(part, forecast=Entry(level=1, target=3, note=awkward, needed="+1"))
    enter(part, hiring=Entry(is_applicable=False, reason="@agency"))
    sent = sent_part(part)
    read = read_workbook(file_of(part_workbook(sent)), part)
    assert read.identity == sent.identity
    by_item = {row.cells["item"]: row.cells for row in read.rows}
    assert list(by_item) == ["forecast", "budget", "hiring"]
    assert by_item["forecast"]["note"] == awkward
    assert by_item["forecast"]["level"] == "1"
    assert (by_item["hiring"]["applies"], by_item["hiring"]["reason"]) == ("no", "@agency")


def test_no_text_of_a_workbook_is_a_formula(part: AssessorPart) -> None:
    enter(part, forecast=Entry(level=1, note=FORMULA))
    with zipfile.ZipFile(io.BytesIO(part_workbook(sent_part(part)))) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 3
        assert not any(b"<f>" in book.read(name) for name in sheets)
        assert b"dataValidation" in book.read(sheets[0])
        assert b'state="veryHidden"' in book.read("xl/workbook.xml")


def test_the_workbook_has_nothing_of_another_assessor(
    part: AssessorPart, assessed: Assessed, assessor: Client
) -> None:
    enter(assessed.theirs, forecast=Entry(level=2, note="theirs alone"))
    answer = assessor.get(at(assessed, "workbook"))
    assert answer["Content-Disposition"] == 'attachment; filename="ratings-small-centre.xlsx"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        assert not any(b"theirs alone" in book.read(name) for name in book.namelist())


def test_what_was_looked_at_is_taken_over_with_one_entry_of_the_trail(
    part: AssessorPart, assessed: Assessed, assessor: Client
) -> None:
    enter(part, forecast=Entry(level=1, target=3))
    sent = sent_part(part)
    content = edited(sent, saying(forecast=Entry(level=2, target=3), budget=Entry(level=0)))
    page = look(assessor, assessed, content)
    assert "1 Adequate" in page
    assert "2 Superior" in page
    assert entries_of(part) == {"forecast": Entry(level=1, target=3)}, "nothing is kept yet"
    answer = assessor.post(at(assessed, "workbook/confirm"), {"token": token_in(page)})
    assert answer.status_code == 302
    assert entries_of(part) == {
        "forecast": Entry(level=2, target=3),
        "budget": Entry(level=0),
    }
    [entry] = AuditEntry.objects.filter(action="assessments.import_workbook")
    told = AuditContent.objects.get(entry=entry).text
    assert '"changed": 2' in told
    assert '"sha256": "' in told
    assert AuditEntry.objects.filter(action="assessments.rate").count() == 1, "made by hand"


def test_the_same_confirmation_again_writes_nothing(
    part: AssessorPart, assessed: Assessed, assessor: Client
) -> None:
    page = look(assessor, assessed, edited(sent_part(part), saying(budget=Entry(level=1))))
    said = {"token": token_in(page)}
    assert assessor.post(at(assessed, "workbook/confirm"), said).status_code == 302
    assert assessor.post(at(assessed, "workbook/confirm"), said).status_code == 409
    assert Rating.objects.get(part=part).version == 1


@pytest.mark.parametrize(("side", "level"), [("attain", 3), ("workbook", 2)])
def test_a_conflict_is_shown_with_both_sides_and_stands_as_chosen(
    part: AssessorPart, assessed: Assessed, assessor: Client, side: str, level: int
) -> None:
    enter(part, forecast=Entry(level=1))
    sent = sent_part(part)
    enter(part, seen=1, forecast=Entry(level=3))
    page = look(assessor, assessed, edited(sent, saying(forecast=Entry(level=2))))
    assert "3 Leading" in page
    assert "2 Superior" in page
    said = {"token": token_in(page)}
    answer = assessor.post(at(assessed, "workbook/confirm"), said)
    assert answer.status_code == 422, "nothing is chosen beforehand"
    said["side-forecast"] = side
    assert assessor.post(at(assessed, "workbook/confirm"), said).status_code == 302
    assert entries_of(part)["forecast"].level == level


def test_what_is_changed_between_looking_and_confirming_is_shown_again(
    part: AssessorPart, assessed: Assessed, assessor: Client
) -> None:
    page = look(assessor, assessed, edited(sent_part(part), saying(forecast=Entry(level=2))))
    enter(part, forecast=Entry(level=3))
    answer = assessor.post(at(assessed, "workbook/confirm"), {"token": token_in(page)})
    assert answer.status_code == 409
    assert "changed in attain since you looked" in answer.content.decode()
    assert "Which one stands" in answer.content.decode()
    assert entries_of(part)["forecast"].level == 3


def test_refused_rows_are_listed_and_good_ones_wait_for_a_choice(
    part: AssessorPart, assessed: Assessed, assessor: Client
) -> None:
    wrong = saying(forecast=Entry(level=3, target=1), budget=Entry(level=2))
    page = look(assessor, assessed, edited(sent_part(part), wrong))
    assert "the level or a higher one" in page
    for mode in ("", "all"):
        said = {"token": token_in(page), "mode": mode}
        answer = assessor.post(at(assessed, "workbook/confirm"), said)
        assert answer.status_code == 422, mode
        assert not entries_of(part)
    said = {"token": token_in(page), "mode": "good"}
    assert assessor.post(at(assessed, "workbook/confirm"), said).status_code == 302
    assert entries_of(part) == {"budget": Entry(level=2)}


def test_an_item_that_is_left_out_is_named_and_stays(
    part: AssessorPart, assessed: Assessed, assessor: Client
) -> None:
    enter(part, forecast=Entry(level=1))
    content = edited(sent_part(part), lambda row: None if row.item.key == "forecast" else row)
    page = look(assessor, assessed, content)
    assert "These stay as they are in attain:" in page
    assert "there is nothing to take over" in page


def test_a_signed_upload_is_of_its_own_part_alone(
    part: AssessorPart, assessed: Assessed, assessor: Client, sign_in: Callable[[Member], Client]
) -> None:
    page = look(assessor, assessed, edited(sent_part(part), saying(forecast=Entry(level=2))))
    colleague = sign_in(assessed.theirs.assessor)
    for client, token in ((colleague, token_in(page)), (assessor, "made-up"), (assessor, "")):
        answer = client.post(at(assessed, "workbook/confirm"), {"token": token})
        assert answer.status_code == 422
    assert not Rating.objects.exists()


def test_once_handed_in_the_workbook_goes_out_and_does_not_come_back(
    part: AssessorPart, assessed: Assessed, assessor: Client
) -> None:
    content = part_workbook(sent_part(part))
    hand_in(assessed.mine)
    assert assessor.get(at(assessed, "workbook")).status_code == 200
    look(assessor, assessed, content, 422)
    assert assessor.post(at(assessed, "workbook/confirm")).status_code == 422


def test_a_colleague_is_refused_and_a_stranger_finds_nothing(
    estate: Estate, assessed: Assessed, sign_in: Callable[[Member], Client]
) -> None:
    account = make_account("poole@northwind.example", "Poole lead")
    elsewhere = make_member(estate.organisation, account, Role.SITE_LEAD, site=estate.poole)
    stranger = make_estate("southwind").member(Role.SITE_LEAD)
    for member, status in (
        (estate.member(Role.PROGRAMME_LEAD), 403), (estate.member(Role.AUDITOR), 403),
        (elsewhere, 404), (stranger, 404),
    ):  # fmt: skip
        client = sign_in(member)
        for rest in ("workbook", "workbook/import"):
            assert client.get(at(assessed, rest)).status_code == status, rest
        for rest in ("workbook/import", "workbook/confirm"):
            assert client.post(at(assessed, rest)).status_code == status, rest


@pytest.mark.parametrize(
    ("identity", "found"),
    [
        ({"assessment": "3fa85f64-5717-4562-b3fc-2c963f66afa6"}, "another assessment"),
        ({"part": "3fa85f64-5717-4562-b3fc-2c963f66afa6"}, "another assessor's part"),
        ({"sha256": "0" * 64, "model": "small-centre 2"}, "the workbook of small-centre 2"),
    ],
)
def test_the_workbook_of_something_else_is_refused(
    part: AssessorPart, identity: dict[str, Any], found: str
) -> None:
    said = refusal(part, edited(sent_part(part), **identity))
    assert "part.xlsx, sheet attain:" in said
    assert found in said
    assert "expected the workbook of your part of Autumn self-assessment" in said


def book(**sheets: list[list[str]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for y, row in enumerate(rows):
                for x, text in enumerate(row):
                    sheet.write_string(y, x, text)
    return file.getvalue()


def identity_rows(identity: WorkbookIdentity, **changed: str) -> list[list[str]]:
    head = {
        "form": "attain-part-1", "assessment": identity.assessment, "part": identity.part,
        "model": identity.model, "sha256": identity.sha256, "sheet": "Ratings", "head": "Key",
        "yes": "yes", "no": "no",
    }  # fmt: skip
    return [[name, text] for name, text in (head | changed).items() if text]


HEAD = ["item", "title", "level", "target", "applies", "reason", "note", "needed"]


def test_what_is_not_such_a_workbook_is_refused_by_what_it_is(part: AssessorPart) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(300_000_000))
    assert "300000000 bytes when inflated" in refusal(part, bomb.getvalue())
    assert "a text named .xlsx" in refusal(part, b"item,level\nforecast,2\n")
    assert "an empty file" in refusal(part, b"")
    assert "a file named .csv" in refusal(part, b"item,level\nforecast,2\n", "part.csv")
    assert "no sheet attain" in refusal(part, book(Ratings=[HEAD]))


def test_a_workbook_edited_beyond_recognition_says_where(part: AssessorPart) -> None:
    identity = sent_part(part).identity
    rows = identity_rows(identity)
    said = refusal(part, book(attain=rows, Ratings=[["Forecast", "2"]]))
    assert said.startswith("part.xlsx, sheet Ratings:1: item: found no column item")
    assert "download it anew" in said
    less = [name for name in HEAD if name != "needed"]
    assert "needed: found no column needed" in refusal(part, book(attain=rows, Ratings=[less]))
    twice = [*HEAD, "level"]
    assert "found 2 column level" in refusal(part, book(attain=rows, Ratings=[twice]))
    assert "no sheet Ratings" in refusal(part, book(attain=rows, Mine=[HEAD]))
    strange = [["telephony", "Telephony", "2"]]
    said = refusal(part, book(attain=rows, Ratings=[HEAD, *strange]))
    assert "no row of any item" in said
    assert "such as forecast" in said
    assert "found no part" in refusal(part, book(attain=identity_rows(identity, part="")))
    other = identity_rows(identity, form="attain-part-9")
    assert "found attain-part-9" in refusal(part, book(attain=other, Ratings=[HEAD]))


def test_a_cell_of_a_megabyte_and_thousands_of_rows_are_refused(
    part: AssessorPart, assessed: Assessed, assessor: Client
) -> None:
    content = edited(sent_part(part), saying(forecast=Entry(level=1, note="NOTE")))
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as after,
    ):
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b"NOTE", b"x" * 1_000_000))
    page = look(assessor, assessed, kept.getvalue())
    assert "over 4000 characters" in page
    assert "at most 4000" in page
    rows = [HEAD, *([f"item-{n}", "x"] for n in range(5_001))]
    identity = identity_rows(sent_part(part).identity)
    assert "more than 5000 rows" in refusal(part, book(attain=identity, Ratings=rows))


def test_a_refused_workbook_stands_on_the_page_with_its_place(
    assessed: Assessed, assessor: Client
) -> None:
    page = look(assessor, assessed, b"item,level\n", 422)
    assert "The workbook was refused; nothing was kept." in page
    assert "found a text named .xlsx, expected a real .xlsx file" in page
    assert look(assessor, assessed, b"", 422)


def test_a_model_with_sixty_nine_items_goes_out_and_comes_back(estate: Estate) -> None:
    items = "\n".join(
        f"      item-{n}: {{title: Item {n}, question: How?, levels: LEVELS}}" for n in range(69)
    ).replace("LEVELS", "[{level: 1, text: a}, {level: 2, text: b}, {level: 3, text: c}]")
    start, end = TEXT.index("      forecast:"), TEXT.index("  people:")
    text = TEXT[:start] + items + "\n" + TEXT[end:]
    part = open_one(estate, publish_model(estate, text)).mine
    sent = sent_part(part)
    read = read_workbook(file_of(part_workbook(sent)), part)
    assert len(read.rows) == len(sent.rows) == 70


def test_the_result_leaves_as_a_workbook_to_be_read(
    estate: Estate, sign_in: Callable[[Member], Client]
) -> None:
    assessed = in_moderation(estate, {"forecast": 2}, {"forecast": 2, "budget": 2})
    add_link(
        by=assessed.mine.assessor, assessment=assessed.assessment, item="forecast",
        link="https://wiki.example/plan", title=FORMULA, expires_on=None, now=NOW,
    )  # fmt: skip
    answer = sign_in(estate.member(Role.AUDITOR)).get(at(assessed, "result.xlsx"))
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="result-small-centre.xlsx"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as made:
        shared = made.read("xl/sharedStrings.xml").decode()
        named = made.read("xl/workbook.xml").decode()
        assert not any(
            b"<f>" in made.read(name) for name in made.namelist() if "worksheets" in name
        )
    for words in ("Items by gap", "Categories", "Evidence", "Denied by records"):
        assert words in named
    assert "https://wiki.example/plan" in shared
    assert "Autumn self-assessment" in shared


def test_a_level_that_records_deny_stands_in_the_result_with_what_they_show(
    estate: Estate, sign_in: Callable[[Member], Client]
) -> None:
    claim = (
        "{title: Hiring, question: Who hires?, evidenced_by: [{level: 1, title: Tracked, rule:"
        " {kind: structured_initiatives, count: one}}], levels:"
    )
    threshold = (
        "thresholds: {one: {title: One, unit: count, values:"
        " {2020-01-01: {value: 1, source: attain-library, clause: none}}}}\ncategories:"
    )
    text = TEXT.replace("categories:", threshold).replace(
        "sources: []", "sources: [attain-library]"
    )
    text = text.replace("{title: Hiring, question: Who hires?, levels:", claim)
    assessed, lead = open_one(estate, publish_model(estate, text)), Role.PROGRAMME_LEAD
    for part in (assessed.mine, assessed.theirs):
        hand_in(part)
    said: dict[str, Any] = {"by": estate.member(lead), "now": NOW}
    moved = begin_moderation(assessment=assessed.assessment, seen=1, **said)
    agree_where_settled(assessment=moved, **said)
    sheets = result_sheets(moved, NOW.date())
    [_heads, denied] = sheets["Denied by records"]
    assert denied[:4] == ("Hiring", 1, "Tracked", 1)
    assert denied[4]
    [hiring] = [row for row in sheets["Items by gap"] if row[1] == "hiring"]
    assert hiring[3:10] == (1, "Adequate", 3, 2, "Red", 2, "yes")


def test_who_exports_nothing_gets_no_result_file_and_nobody_before_moderation(
    estate: Estate, assessed: Assessed, sign_in: Callable[[Member], Client]
) -> None:
    leader = sign_in(estate.member(Role.TEAM_LEADER))
    assert leader.get(at(assessed, "result.xlsx")).status_code == 403
    analyst = sign_in(estate.member(Role.ANALYST))
    assert analyst.get(at(assessed, "result.xlsx")).status_code == 422
    stranger = sign_in(make_estate("southwind").member(Role.ANALYST))
    assert stranger.get(at(assessed, "result.xlsx")).status_code == 404
