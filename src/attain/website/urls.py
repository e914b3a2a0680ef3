"""The addresses of the workplace. Everything of an organisation lies under `/o/<its key>/`."""

from django.urls import include, path

from attain.organisations.views.members import accept
from attain.organisations.views.preferences import preferences
from attain.organisations.views.sign_ins import end_others, end_sign_in, sign_in_list
from attain.website import providers, views
from attain.website.api.v1 import api, nothing_here
from attain.website.own_address import own_address

_PROVIDER = "accounts/oidc/<str:provider_id>"

urlpatterns = [
    path("", views.front_door, name="home"),
    path("accounts/email/", own_address, name="account_email"),
    path(f"{_PROVIDER}/login/", providers.login, name="openid_connect_login"),
    path(f"{_PROVIDER}/login/callback/", providers.callback, name="openid_connect_callback"),
    path("accounts/", include("allauth.urls")),
    path("invitation/<str:secret>", accept, name="invitation"),
    path("preferences", preferences, name="preferences"),
    path("preferences/sign-ins", sign_in_list, name="sign-ins"),
    path("preferences/sign-ins/end", end_others, name="sign-ins-end"),
    path("preferences/sign-ins/<uuid:sign_in>/end", end_sign_in, name="sign-in-end"),
    path("api/v1/", api.urls),
    path("api/<path:rest>", nothing_here),
    path("verify/", include("attain.certification.public_urls")),
    path("o/<slug:organisation>/", include("attain.website.workplace_urls")),
]

handler400 = "attain.website.refusals.bad_request"
handler403 = "attain.website.refusals.permission_denied"
handler404 = "attain.website.refusals.not_found"
handler500 = "attain.website.refusals.server_error"
