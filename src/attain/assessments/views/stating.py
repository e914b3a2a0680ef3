"""Taking over what an assessment states of practices, by whoever records the centre's figures."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy, ngettext

from attain.assessments.actions.stating import state_practices
from attain.assessments.queries.stating import find_to_state, practices_of
from attain.assessments.rules.stating import StatedPractice
from attain.assessments.views.common import about
from attain.organisations.pages import (
    MemberRequest,
    address,
    answer_form,
    get_or_post,
    now_and_today,
)
from attain.organisations.versions import VersionField
from attain.standards.figures import Documented

DOCUMENTED = {
    Documented.YES: gettext_lazy("Documented"),
    Documented.NO: gettext_lazy("Not documented"),
    Documented.NOT_APPLICABLE: gettext_lazy("Not applicable"),
}


_REVISION = "revision-"


class StatingForm(forms.Form):
    """Which practices are taken over."""

    items = forms.MultipleChoiceField(
        label=gettext_lazy("Practices"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, stated: list[StatedPractice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["items"]
        field.choices = [(each.item.key, each.item.title) for each in stated]
        for each in stated:
            # Each goes with the revision that stood beside it when it was ticked.
            name = f"{_REVISION}{each.item.key}"
            self.fields[name] = VersionField(required=False, initial=each.revision, least=0)

    @property
    def seen(self) -> dict[str, int]:
        """The items that are ticked, each with the revision of its record that was seen."""
        said = self.cleaned_data
        return {item: said[f"{_REVISION}{item}"] or 0 for item in said["items"]}


@get_or_post
def state(request: MemberRequest, assessment: UUID) -> HttpResponse:
    """Show what an assessment states and the records say otherwise; take over what is ticked."""
    found = find_to_state(request.member, assessment)
    now, _today = now_and_today(request)
    stated = practices_of(found)
    differing = [each for each in stated if each.differs]
    form = StatingForm(
        request.POST if request.method == "POST" else None,
        stated=differing,
        initial={"items": [each.item.key for each in differing]},
    )

    def act(_said: dict[str, Any]) -> str:
        n = state_practices(by=request.member, assessment=found, seen=form.seen, now=now)
        return ngettext("%d practice was recorded.", "%d practices were recorded.", n) % n

    ticked = form["items"].value() or []
    context = {
        **about(found),
        "rows": [_row(form, each, is_ticked=each.item.key in ticked) for each in differing],
        "unchanged": len(stated) - len(differing),
    }
    return answer_form(
        request,
        form,
        act,
        then=address(request, "assessments-result", assessment=found.uuid),
        context=context,
        template="assessments/stating.html",
    )


def _row(form: StatingForm, each: StatedPractice, *, is_ticked: bool) -> dict[str, Any]:
    there = each.recorded
    return {
        "item": each.item,
        "stated": DOCUMENTED[each.stated.documented],
        "because": each.stated.reason or each.stated.evidence or "",
        "recorded": DOCUMENTED[there.documented] if there else None,
        "is_ticked": is_ticked,
        "revision": form[f"{_REVISION}{each.item.key}"],
    }
