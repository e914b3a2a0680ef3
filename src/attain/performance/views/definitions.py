"""Defining and changing what is measured: processes, metrics, systems, targets, coverage."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext as _

from attain.dossier.tables import TABLES
from attain.measurement.metrics import Direction
from attain.organisations.errors import UnknownError
from attain.organisations.pages import Centre, MemberRequest, answer_form, form_page, get_or_post
from attain.organisations.queries import find_centre
from attain.organisations.rules import Permission
from attain.performance import forms, library, models, queries
from attain.performance.actions import covering, defining
from attain.performance.views.common import address
from attain.standards.figures import Aspect, ProcessClass

Act = Callable[[dict[str, Any]], str]


def _find(request: MemberRequest, centre: str) -> Centre:
    return find_centre(request.member, centre, Permission.CHANGE_METRICS)


def _metrics(request: MemberRequest, centre: Centre) -> str:
    return address(request, "centre-metrics", centre=centre.key)


def _new(form: django_forms.Form) -> django_forms.Form:
    """Return a form that also asks for the key, first of all."""
    form.fields = {"key": forms.KeyField(), **form.fields}
    return form


@get_or_post
def add_process(request: MemberRequest, centre: str) -> HttpResponse:
    """Define a process."""
    found = _find(request, centre)

    def act(said: dict[str, Any]) -> str:
        facing = ProcessClass(said.pop("facing"))
        del said["seen"]
        made = defining.define_process(centre=found, facing=facing, by=request.member, **said)
        return _("%s was defined.") % made

    form = _new(forms.ProcessForm(request.POST or None))
    return form_page(request, form, act, then=_metrics(request, found), title=_("Define a process"))


@get_or_post
def change_process(request: MemberRequest, centre: str, process: str) -> HttpResponse:
    """Change a process, and what exempts its metrics."""
    found = _find(request, centre)
    changed = models.Process.objects.filter(centre=found, uuid=process, withdrawn=False).first()
    if changed is None:
        raise UnknownError
    names = ("name", "facing", "low_volume", "time_and_materials")

    def act(said: dict[str, Any]) -> str:
        seen = said.pop("seen") or 0
        defining.change_process(process=changed, seen=seen, by=request.member, **said)
        return _("%s was changed.") % str(said["name"])

    form = forms.ProcessForm(request.POST or None, initial=_initial(changed, names))
    title = _("Change %s") % changed
    return form_page(request, form, act, then=_metrics(request, found), title=title)


def _initial(record: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names} | {"seen": record.version}


@get_or_post
def add_system(request: MemberRequest, centre: str) -> HttpResponse:
    """Define a technology system."""
    found = _find(request, centre)

    def act(said: dict[str, Any]) -> str:
        facing = ProcessClass(said.pop("facing"))
        del said["seen"]
        made = defining.define_system(centre=found, facing=facing, by=request.member, **said)
        return _("%s was defined.") % made

    form = _new(forms.SystemForm(request.POST or None))
    then = address(request, "uptime", centre=found.key)
    return form_page(request, form, act, then=then, title=_("Add a system"))


@get_or_post
def add_metric(request: MemberRequest, centre: str) -> HttpResponse:
    """Define a metric: one of the library's, whose words are filled in, or one of their own."""
    found = _find(request, centre)
    there = models.Metric.objects.filter(centre=found, withdrawn=False)
    picked = forms.LibraryForm(request.GET, there=set(there.values_list("key", flat=True)))
    initial = _of_library(picked.chosen, found)
    form = _new(forms.MetricForm(request.POST or None, centre=found, initial=initial))
    del form.fields["retired_on"]

    def act(said: dict[str, Any]) -> str:
        del said["seen"]
        better, aspect = Direction(said.pop("better")), Aspect(said.pop("aspect"))
        made = defining.define_metric(better=better, aspect=aspect, by=request.member, **said)
        return _("%s was defined.") % made

    context = {"title": _("Define a metric"), "picked": picked, "centre": found}
    return answer_form(
        request,
        form,
        act,
        then=_metrics(request, found),
        context=context,
        template="performance/metric_form.html",
    )


def _of_library(key: str, centre: Centre) -> dict[str, Any]:
    """Return what a form says at first of a metric of the library; nothing of none."""
    if not key:
        return {}
    metric = library.metrics()[key]
    processes = models.Process.objects.filter(centre=centre, withdrawn=False)
    named = processes.filter(Q(name__iexact=metric.process) | Q(key__iexact=metric.process)).first()
    return {
        "key": key,
        "library_key": key,
        "name": metric.title,
        "process": named,
        "aspect": metric.aspect,
        "better": metric.better,
        "unit": metric.unit,
        "numerator_words": metric.numerator,
        "denominator_words": metric.denominator,
        "why": metric.why,
    }


_OF_A_METRIC = (
    "name", "aspect", "better", "unit", "numerator_words", "denominator_words", "why",
    "next_review", "retired_on", "library_key",
)  # fmt: skip


@get_or_post
def change_metric(request: MemberRequest, centre: str, metric: str) -> HttpResponse:
    """Change a metric, its owner or its next review, or retire it."""
    found = _find(request, centre)
    changed = queries.find_metric(found, metric)
    initial = _initial(changed, _OF_A_METRIC)
    initial |= {"process": changed.process_id, "owner": changed.owner_id}
    form = forms.MetricForm(request.POST or None, centre=found, initial=initial)

    def act(said: dict[str, Any]) -> str:
        seen = said.pop("seen") or 0
        defining.change_metric(metric=changed, seen=seen, by=request.member, **said)
        return _("%s was changed.") % str(said["name"])

    then = address(request, "metric", centre=found.key, metric=changed.uuid)
    return form_page(request, form, act, then=then, title=_("Change %s") % changed)


@get_or_post
def add_target(request: MemberRequest, centre: str, metric: str) -> HttpResponse:
    """Set the target of a metric from a date on."""
    found = _find(request, centre)
    measured = queries.find_metric(found, metric)
    form = forms.RowForm(
        request.POST or None,
        table=TABLES["targets"],
        centre=found,
        fixed={"metric": measured.key},
    )

    def act(said: dict[str, Any]) -> str:  # noqa: ARG001  the form holds the row that was read
        row = form.row
        defining.set_target(
            metric=measured, since=row["from"], target=row["target"], by=request.member
        )
        return _("The target was set.")

    then = address(request, "metric", centre=found.key, metric=measured.uuid)
    return form_page(request, form, act, then=then, title=_("Set a target of %s") % measured)


@get_or_post
def add_service_level(request: MemberRequest, centre: str) -> HttpResponse:
    """Set the service level of a channel from a date on."""
    found = _find(request, centre)
    form = forms.RowForm(request.POST or None, table=TABLES["service_levels"], centre=found)

    def act(said: dict[str, Any]) -> str:  # noqa: ARG001  the form holds the row that was read
        row = form.row
        defining.set_service_level(
            centre=found,
            channel=row["channel"],
            since=row["from"],
            share=row["target"],
            of=row["of"].value,
            by=request.member,
        )
        return _("The service level was set.")

    then = address(request, "service-level", centre=found.key)
    return form_page(request, form, act, then=then, title=_("Set a service level"))


@get_or_post
def add_coverage(request: MemberRequest, centre: str) -> HttpResponse:
    """Say how many contacts the site has, and how many of them are assessed."""
    found = find_centre(request.member, centre, Permission.RECORD_FIGURES)
    form = forms.CoverageForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        covering.set_coverage(centre=found, by=request.member, **said)
        return _("The coverage was recorded.")

    return form_page(request, form, act, then=_metrics(request, found), title=_("Coverage"))
