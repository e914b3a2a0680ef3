"""The addresses of the room, under that of the organisation."""

from django.urls import path

from attain.organisations.views import audit, members, notices, people, places, tokens, webhooks

urlpatterns = [
    path("structure", places.structure, name="structure"),
    path("structure/regions/add", places.add_region, name="region-add"),
    path("structure/sites/add", places.add_site, name="site-add"),
    path("structure/sites/<slug:site>/change", places.change_site, name="site-change"),
    path("structure/sites/<slug:site>/teams/add", places.add_team, name="team-add"),
    path("structure/sites/<slug:site>/serve", places.serve_programme, name="programme-serve"),
    path("structure/programmes/add", places.add_programme, name="programme-add"),
    path("structure/upload", places.upload_structure, name="structure-upload"),
    path("structure/confirm", places.confirm_structure, name="structure-confirm"),
    path("people", people.people_list, name="people"),
    path("people/add", people.add_person, name="person-add"),
    path("people/<uuid:person>/change", people.change_person, name="person-change"),
    path("people/<uuid:person>/post", people.post_person, name="person-post"),
    path("people/<uuid:person>/leave", people.let_go, name="person-leave"),
    path("members", members.member_list, name="members"),
    path("members/roles", members.role_list, name="roles"),
    path("members/invite", members.invite, name="member-invite"),
    path("members/<uuid:member>/roles/give", members.give_role, name="role-give"),
    path("members/<uuid:member>/roles/<int:held>/take", members.take_role, name="role-take"),
    path("members/<uuid:member>/suspend", members.suspend, name="member-suspend"),
    path("members/<uuid:member>/reinstate", members.reinstate, name="member-reinstate"),
    path(
        "members/invitations/<uuid:invitation>/withdraw",
        members.withdraw_invitation,
        name="invitation-withdraw",
    ),
    path("notices", notices.notice_list, name="notices"),
    path("notices/read", notices.read_all, name="notices-read"),
    path("notices/mail", notices.preferences, name="notice-preferences"),
    path("tokens", tokens.token_list, name="tokens"),
    path("tokens/make", tokens.make_token, name="token-make"),
    path("tokens/<uuid:token>/revoke", tokens.revoke_token, name="token-revoke"),
    path("webhooks", webhooks.webhook_list, name="webhooks"),
    path("webhooks/register", webhooks.register, name="webhook-register"),
    path("webhooks/<uuid:webhook>", webhooks.deliveries, name="webhook-deliveries"),
    path("webhooks/<uuid:webhook>/stop", webhooks.stop, name="webhook-stop"),
    path("audit", audit.trail, name="audit"),
    path("audit.csv", audit.export, name="audit-export"),
]
