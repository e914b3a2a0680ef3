"""The pages of the library: reading models, writing them, and what is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_scopes import scope

from assessed import TEXT
from assessing import NOW, publish_model
from attain.assessments.actions.editions import write_draft
from attain.assessments.models import ModelEdition
from attain.assessments.queries.editions import model_of
from attain.assessments.rules import drafting
from attain.organisations.models import Member
from attain.organisations.rules import Role
from estate import Estate, make_estate

pytestmark = pytest.mark.django_db
HERE = "/o/northwind/library"
Sign = Callable[[Member], Client]


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member.account, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def author(estate: Estate) -> Client:
    return client_of(estate.member(Role.PROGRAMME_LEAD))


@pytest.fixture
def draft(estate: Estate) -> ModelEdition:
    return write_draft(by=estate.member(Role.PROGRAMME_LEAD), text=TEXT, now=NOW)


def at(row: ModelEdition, rest: str = "") -> str:
    return f"{HERE}/{row.uuid}{rest}"


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def follow(row: ModelEdition, estate: Estate, **changes: str) -> ModelEdition:
    """Write a second edition in which some words are others."""
    data = drafting.cloned(
        drafting.data_of(row.text), key=row.key, title=row.title, edition="2", follows="1"
    )
    text = drafting.text_of(data)
    for old, new in changes.items():
        text = text.replace(old, new)
    return write_draft(by=estate.member(Role.PROGRAMME_LEAD), text=text, now=NOW)


def test_the_list_has_attains_models_and_own_ones_once_each(
    author: Client, draft: ModelEdition
) -> None:
    page = text_of(author.get(HERE))
    assert page.count("centre-performance</td>") == 1
    assert page.count("small-centre</td>") == 1
    assert "No model of your own yet" not in page


def test_the_list_says_what_to_do_first_where_there_is_no_own_model(author: Client) -> None:
    page = text_of(author.get(HERE))
    assert "No model of your own yet" in page
    assert f"{HERE}/template.yaml" in page


def test_the_list_is_filtered_sorted_and_exported(author: Client, draft: ModelEdition) -> None:
    own = text_of(author.get(HERE, {"origin": "own", "sort": "-items"}))
    assert "small-centre" in own
    assert "centre-performance" not in own
    answer = author.get(HERE, {"status": "draft", "export": "csv"})
    assert [line.split(",")[1] for line in text_of(answer).splitlines()[1:]] == ['"small-centre"']


def test_a_model_of_attain_is_read_with_its_levels_evidence_steps_and_conditions(
    author: Client,
) -> None:
    page = text_of(author.get(f"{HERE}/attain/centre-performance"))
    assert page.count('class="model-item"') == 69
    for told in ("What records must show", "effort", "Evidence", "Apache-2.0"):
        assert told in page


def test_an_item_that_is_structure_only_says_why(author: Client) -> None:
    page = text_of(author.get(f"{HERE}/attain/customer-focused-government"))
    assert page.count("Structure only: it is not rated.") == 1


def test_texts_are_told_in_the_language_of_who_reads(estate: Estate, author: Client) -> None:
    text = TEXT.replace(
        "title: Small centre", "title: Small centre\ntranslations: {de: {title: Kleines Zentrum}}"
    )
    row = write_draft(by=estate.member(Role.PROGRAMME_LEAD), text=text, now=NOW)
    answer = author.get(at(row), headers={"Accept-Language": "de"})
    assert '<span lang="de">Kleines Zentrum</span>' in text_of(answer)


def test_the_file_of_a_model_is_its_text_and_says_what_became_of_it(
    estate: Estate, author: Client
) -> None:
    row = publish_model(estate, TEXT.replace("status: published", "status: draft"))
    answer = author.get(at(row, "/file"))
    assert text_of(answer) == TEXT
    assert answer.headers["Content-Disposition"] == 'attachment; filename="small-centre.yaml"'


def test_the_template_can_be_downloaded_and_uploaded(author: Client) -> None:
    file = author.get(f"{HERE}/template.yaml").content
    answer = author.post(f"{HERE}/upload", {"file": SimpleUploadedFile("own.yaml", file)})
    assert answer.status_code == 302
    assert ModelEdition.objects.get(key="my-model").status == "draft"


def test_a_model_is_begun_from_the_template(author: Client) -> None:
    said = {"title": "Ours", "key": "ours", "licence": "Internal"}
    answer = author.post(f"{HERE}/new", said)
    row = ModelEdition.objects.get(key="ours")
    assert answer.headers["Location"] == at(row)
    assert len(model_of(row).items) == 4
    again = author.post(f"{HERE}/new", said)
    assert again.status_code == 422
    assert "There is an edition 1 of ours already." in text_of(again)


NO_IDS = TEXT.replace("forecast: {", "- {", 1)
BAD: dict[str, tuple[bytes, str]] = {
    "without-ids": (NO_IDS.encode(), "Line"),
    "duplicate-keys": (TEXT.replace("budget:", "forecast:").encode(), "forecast again"),
    "levels-missing": (TEXT.replace(", {level: 3, text: most}", "", 1).encode(), "1, 2, 3"),
    "alias": (b"a: &a [x]\nb: [*a, *a]\n", "the alias"),
    "bomb": (b"a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n", "the alias"),
    "tag": (b"a: !!python/object/apply:os.system [ls]\n", "the tag"),
    "no-yaml": (b"a: [", "expected"),
    "deep": (b"[" * 5000, "levels of nesting"),
    "not-utf-8": ("title: Qualität".encode("latin-1"), "is not UTF-8"),
    "large": (b"a: " + b"x" * 2_000_001, "at most 2,000,000"),
    "larger": (b"x" * 8_000_001, "at most 2,000,000"),
    "empty": (b"", "empty"),
    "long-title": (TEXT.replace("Small centre", "x" * 201).encode(), "at most 200 characters"),
    "long-edition": (TEXT.replace('"1"', '"' + "1" * 41 + '"').encode(), "at most 40"),
    "item-map-loses": (
        TEXT.replace(
            "status:", 'follows: {edition: "0", items: {a: {change: renamed, to: [b]}}}\nstatus:'
        ).encode(),
        "a to b",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_with_faults_is_refused_whole_and_says_where(author: Client, name: str) -> None:
    content, said = BAD[name]
    answer = author.post(f"{HERE}/upload", {"file": SimpleUploadedFile("m.yaml", content)})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not ModelEdition.objects.exists()


def test_a_text_with_faults_stands_in_the_page_with_each_of_them_and_nothing_is_kept(
    author: Client, draft: ModelEdition
) -> None:
    wrong = TEXT.replace("question: Who hires?", "quest: Who hires?").replace("edition:", "editon:")
    answer = author.post(at(draft, "/text"), {"version": draft.version, "text": wrong})
    page = text_of(answer)
    assert answer.status_code == 422
    assert "quest: Who hires?" in page
    line = wrong[: wrong.index("editon:")].count("\n") + 1
    assert f"Line {line}, column 1" in page
    assert page.count("data-line=") >= 3
    draft.refresh_from_db()
    assert (draft.text, draft.version) == (TEXT, 1)


def test_the_text_of_a_draft_is_kept_with_the_ends_of_lines_of_files(
    author: Client, draft: ModelEdition
) -> None:
    text = TEXT.replace("title: Hiring", "title: Recruiting")
    sent = {"version": draft.version, "text": text.replace("\n", "\r\n")}
    assert author.post(at(draft, "/text"), sent).status_code == 302
    draft.refresh_from_db()
    assert draft.text == text


def test_of_two_who_change_a_text_the_second_sees_both(author: Client, draft: ModelEdition) -> None:
    mine, theirs = (TEXT.replace("title: Hiring", f"title: {n}") for n in ("Mine", "Theirs"))
    author.post(at(draft, "/text"), {"version": 1, "text": theirs})
    answer = author.post(at(draft, "/text"), {"version": 1, "text": mine})
    page = text_of(answer)
    assert answer.status_code == 409
    assert "title: Mine" in page
    assert "title: Theirs" in page
    draft.refresh_from_db()
    assert "title: Theirs" in draft.text
    assert author.post(at(draft, "/text"), {"version": 2, "text": mine}).status_code == 302


def test_the_text_of_a_published_model_is_frozen(estate: Estate, author: Client) -> None:
    row = publish_model(estate)
    answer = author.post(at(row, "/text"), {"version": row.version, "text": TEXT + "\n"})
    assert answer.status_code == 422
    assert author.get(at(row, "/edit")).status_code == 422


def item_said(row: ModelEdition, **changes: str) -> dict[str, Any]:
    said = {"version": row.version, "spot": "planning", "title": "Forecast", "criticality": "key",
            "question": "How is it made?"}  # fmt: skip
    return {**said, **{f"level_{n}_text": f"level {n}" for n in (1, 2, 3)}, **changes}


def test_an_item_is_changed_by_form_and_goes_to_another_category(
    author: Client, draft: ModelEdition
) -> None:
    said = item_said(draft, spot="people", level_1_evidence="a list\n\na plan", level_2_effort="2",
                     level_2_gain="3", level_2_benefit="Fewer wait")  # fmt: skip
    assert author.get(at(draft, "/edit/items/forecast")).status_code == 200
    answer = author.post(at(draft, "/edit/items/forecast"), said)
    assert answer.status_code == 302, text_of(answer)
    draft.refresh_from_db()
    model = model_of(draft)
    assert [i.key for i in model.parts["people"].all_items] == ["hiring", "outside", "forecast"]
    changed = next(i for i in model.items if i.key == "forecast")
    assert changed.levels[0].evidence == ("a list", "a plan")
    assert changed.levels[1].step is not None
    assert changed.levels[1].step.effort == 2


def test_a_step_told_in_part_is_refused_with_what_was_typed(
    author: Client, draft: ModelEdition
) -> None:
    answer = author.post(at(draft, "/edit/items/forecast"), item_said(draft, level_2_gain="3"))
    assert answer.status_code == 422
    assert "A step has its effort, its gain and what gets better." in text_of(answer)


def test_an_item_without_one_of_its_levels_is_refused_in_words(
    author: Client, draft: ModelEdition
) -> None:
    answer = author.post(at(draft, "/edit/items/forecast"), item_said(draft, level_3_text=""))
    assert answer.status_code == 422
    assert "forecast with levels 1, 2 (1, 2, 3)" in text_of(answer)


def test_a_translation_of_a_text_that_changes_is_dropped(estate: Estate, author: Client) -> None:
    text = TEXT.replace(
        "title: Forecast,", "title: Forecast, translations: {de: {title: Prognose}},"
    )
    row = write_draft(by=estate.member(Role.PROGRAMME_LEAD), text=text, now=NOW)
    author.post(at(row, "/edit/items/forecast"), item_said(row))
    row.refresh_from_db()
    assert "Prognose" in row.text
    author.post(at(row, "/edit/items/forecast"), item_said(row, title="Prediction"))
    row.refresh_from_db()
    assert "Prognose" not in row.text


def test_of_two_who_change_an_item_the_second_sees_both_values(
    author: Client, draft: ModelEdition
) -> None:
    author.post(at(draft, "/edit/items/forecast"), item_said(draft, title="Theirs"))
    answer = author.post(at(draft, "/edit/items/forecast"), item_said(draft, title="Mine"))
    assert answer.status_code == 409
    assert "Theirs" in text_of(answer)
    assert "Mine" in text_of(answer)


def test_items_and_categories_are_added_moved_and_removed_by_form(
    author: Client, draft: ModelEdition
) -> None:
    def do(rest: str, **said: str) -> None:
        draft.refresh_from_db()
        answer = author.post(at(draft, f"/edit/{rest}"), {"version": draft.version, **said})
        assert answer.status_code == 302, text_of(answer)

    first = {"item_title": "Cost", "item_key": "cost"}
    do("categories", title="Money", key="money", **first)
    draft.refresh_from_db()
    do("categories/money/items", key="price", **item_said(draft, spot="money"))
    do("items/price/move", way="up")
    do("categories/money/move", way="up")
    do("categories/money", title="Finance")
    do("items/cost/remove")
    do("categories/people/remove")
    draft.refresh_from_db()
    model = model_of(draft)
    assert [(k, p.title, [i.key for i in p.all_items]) for k, p in model.parts.items()] == [
        ("planning", "Planning", ["forecast", "budget"]),
        ("money", "Finance", ["price"]),
    ]
    answer = author.post(at(draft, "/edit/items/price/remove"), {"version": draft.version})
    assert answer.status_code == 422
    assert "It is the last item there." in text_of(answer)


def head_said(row: ModelEdition, **changes: str) -> dict[str, Any]:
    levels = [("0", "Not yet", "nothing"), ("1", "A", ""), ("2", "B", ""), ("3", "C", "")]
    said = {"version": row.version, "title": "Small", "licence": "Internal", "rule": "mean",
            "by": "gap", "amber": "1", "red": "3"}  # fmt: skip
    for number, values in enumerate(levels):
        said |= dict(zip((f"scale_{number}_{n}" for n in ("number", "title", "text")), values,
                         strict=True))  # fmt: skip
    return {**said, **changes}


def test_the_head_of_a_model_is_changed_by_form(author: Client, draft: ModelEdition) -> None:
    answer = author.post(at(draft, "/edit/head"), head_said(draft))
    assert answer.status_code == 302, text_of(answer)
    draft.refresh_from_db()
    model = model_of(draft)
    assert (model.roll_up.rule, model.colours.red, model.title_of(2)) == ("mean", 3, "B")
    assert draft.title == "Small"


def test_colours_in_the_wrong_order_are_refused_in_words(
    author: Client, draft: ModelEdition
) -> None:
    answer = author.post(at(draft, "/edit/head"), head_said(draft, amber="3", red="1"))
    assert answer.status_code == 422
    assert "amber at 3, red at 1" in text_of(answer)


def test_a_clone_of_attains_model_as_the_next_edition_follows_it(author: Client) -> None:
    said = {"as_what": "edition", "edition": "2027-01", "title": "Centre performance"}
    answer = author.post(f"{HERE}/attain/centre-performance/clone", said)
    row = ModelEdition.objects.get(key="centre-performance", edition="2027-01")
    assert answer.headers["Location"] == at(row)
    follows = model_of(row).follows
    assert follows is not None
    entered = ModelEdition.objects.get(key="centre-performance", edition=follows.edition)
    assert (entered.is_of_the_library, row.is_of_the_library) == (True, False)
    assert "No item differs" in text_of(author.get(at(row, f"/differences/{entered.uuid}")))


def test_a_clone_as_a_model_of_its_own_needs_another_key(
    author: Client, draft: ModelEdition
) -> None:
    said = {"as_what": "model", "edition": "1", "title": "Ours"}
    assert author.post(at(draft, "/clone"), said).status_code == 422
    assert author.post(at(draft, "/clone"), said | {"key": "small-centre"}).status_code == 422
    assert author.post(at(draft, "/clone"), said | {"key": "ours"}).status_code == 302
    assert model_of(ModelEdition.objects.get(key="ours")).follows is None


def test_a_draft_has_no_next_edition(author: Client, draft: ModelEdition) -> None:
    said = {"as_what": "edition", "edition": "2", "title": "Small"}
    answer = author.post(at(draft, "/clone"), said)
    assert "A draft has no next edition." in text_of(answer)


def test_an_edition_that_loses_an_item_is_published_once_its_item_map_says_what_became_of_it(
    estate: Estate, author: Client
) -> None:
    row = follow(publish_model(estate), estate, forecast="prediction")
    page = text_of(author.get(at(row, "/publish")))
    assert "does not say yet what became of: forecast" in " ".join(page.split())
    refused = author.post(at(row, "/publish"), {"version": row.version})
    assert refused.status_code == 422
    said = {"version": row.version, "change_0": "renamed", "to_0": ["prediction"]}
    assert author.get(at(row, "/edit/item-map")).status_code == 200
    answer = author.post(at(row, "/edit/item-map"), said)
    assert answer.status_code == 302, text_of(answer)
    row.refresh_from_db()
    assert author.post(at(row, "/publish"), {"version": row.version}).status_code == 302
    row.refresh_from_db()
    assert row.status == "published"
    gone = author.post(at(row, "/withdraw"), {"version": row.version})
    assert gone.status_code == 302
    row.refresh_from_db()
    assert row.status == "withdrawn"


def test_a_dropped_item_needs_its_reason(estate: Estate, author: Client) -> None:
    row = follow(publish_model(estate), estate, forecast="prediction")
    answer = author.post(at(row, "/edit/item-map"), {"version": row.version, "change_0": "dropped"})
    assert answer.status_code == 422
    assert "dropped without a reason" in text_of(answer)


def test_what_two_editions_differ_by_stands_side_by_side(estate: Estate, author: Client) -> None:
    old = publish_model(estate)
    row = follow(old, estate, forecast="prediction", **{"Who keeps it?": "Who owns it?"})
    page = text_of(author.get(at(old, f"/differences/{row.uuid}")))
    assert "from edition 1 to edition 2" in page
    for told in ("Added (1)", "Removed (1)", "Changed (1)", "Who keeps it?", "Who owns it?"):
        assert told in page


def test_two_different_models_have_no_differences(
    estate: Estate, author: Client, draft: ModelEdition
) -> None:
    other = write_draft(
        by=estate.member(Role.PROGRAMME_LEAD),
        text=TEXT.replace("model: small-centre", "model: other"),
        now=NOW,
    )
    assert author.get(at(draft, f"/differences/{other.uuid}")).status_code == 404


READ = ("", "/file")
WRITE = ("/clone", "/text", "/publish", "/withdraw", "/edit", "/edit/head", "/edit/categories",
         "/edit/item-map", "/edit/categories/people", "/edit/items/forecast",
         "/edit/items/forecast/remove", "/edit/categories/people/remove",
         "/edit/categories/people/items")  # fmt: skip


@pytest.mark.parametrize("rest", READ)
def test_a_colleague_reads_a_model_and_a_stranger_does_not_learn_of_it(
    estate: Estate, draft: ModelEdition, rest: str
) -> None:
    assert client_of(estate.member(Role.ANALYST)).get(at(draft, rest)).status_code == 200
    assert client_of(estate.member(Role.AGENT)).get(at(draft, rest)).status_code == 403
    stranger = make_estate("elsewhere").member(Role.ADMINISTRATOR)
    assert client_of(stranger).get(at(draft, rest)).status_code == 404


@pytest.mark.parametrize("rest", WRITE)
def test_a_colleague_who_reads_models_may_not_write_them(
    estate: Estate, draft: ModelEdition, rest: str
) -> None:
    reader = client_of(estate.member(Role.SITE_LEAD))
    assert reader.get(at(draft, rest)).status_code == 403
    refused = (405,) if rest == "/edit" else (403,)
    assert reader.post(at(draft, rest), {"version": 1}).status_code in refused
    stranger = make_estate("elsewhere").member(Role.ADMINISTRATOR)
    assert client_of(stranger).post(at(draft, rest)).status_code == 404


def test_the_model_of_another_organisation_is_not_found(estate: Estate, author: Client) -> None:
    other = make_estate("elsewhere")
    with scope(organisation=other.organisation):
        theirs = publish_model(other)
    for rest in (*READ, *WRITE):
        assert author.get(at(theirs, rest)).status_code == 404
