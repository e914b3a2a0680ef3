"""The addresses by which anybody verifies a certificate."""

from django.urls import path

from attain.certification.views import public

urlpatterns = [
    path("", public.ask, name="certification-verify-ask"),
    path("<str:number>", public.verify, name="certification-verify"),
    path("<str:number>/json", public.verify_json, name="certification-verify-json"),
]
