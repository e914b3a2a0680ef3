"""The page by which anybody verifies a certificate, without signing in."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from attain.certification.forms import VerifyForm
from attain.certification.keys import public_key
from attain.certification.queries.certificates import find_public
from attain.certification.queries.verdicts import title_of
from attain.certification.rules.certificates import read_number
from attain.certification.rules.seals import fingerprint


@require_GET
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the number of a certificate."""
    form = VerifyForm(request.GET or None)
    if form.is_valid():
        number = read_number(form.cleaned_data["number"])
        if number:
            return redirect("certification-verify", number=number)
        return _show(request, form.cleaned_data["number"])
    return render(request, "certification/verify_ask.html", {"form": form})


@never_cache
@require_GET
def verify(request: HttpRequest, number: str) -> HttpResponse:
    """Show what a certificate is worth at this instant."""
    return _show(request, number)


def _show(request: HttpRequest, number: str) -> HttpResponse:
    found = find_public(number, datetime.now(UTC))
    key = public_key()
    context = {"found": found, "asked": number, "key": key, "fingerprint": fingerprint(key)}
    if found:
        title, told_in = title_of(found.scheme)
        context |= {"scheme_title": title, "titles_in": told_in}
    status = 200 if found else 404
    return render(request, "certification/verify.html", context, status=status)


@never_cache
@require_GET
def verify_json(request: HttpRequest, number: str) -> HttpResponse:  # noqa: ARG001
    """Answer the same to another program."""
    found = find_public(number, datetime.now(UTC))
    if found is None:
        return JsonResponse({"number": number, "state": "unknown"}, status=404)
    return JsonResponse({**found.as_json(), "public_key": public_key()})
