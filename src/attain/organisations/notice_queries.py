"""What a member was told, and when they get mail about it."""

from django.db.models import QuerySet

from attain.organisations.actions.notices import NEEDED, SUBJECTS, Subject
from attain.organisations.models import Member, Notice, NoticePreference
from attain.organisations.queries import may_somewhere


def may_be_told(member: Member, subject: Subject) -> bool:
    """Say whether a member, or the token of their program, may see what a subject is about."""
    return may_somewhere(member, NEEDED[subject])


def own_notices(member: Member) -> QuerySet[Notice]:
    """Return what a member was told about what they may see, the latest first."""
    subjects = [subject for subject in Subject if may_be_told(member, subject)]
    return Notice.objects.filter(member=member, subject__in=subjects)


def mail_preferences(member: Member) -> dict[Subject, NoticePreference.Mail]:
    """Return when a member gets mail about each subject that they may see."""
    said = dict(NoticePreference.objects.filter(member=member).values_list("subject", "mail"))
    return {
        subject: NoticePreference.Mail(said.get(subject, NoticePreference.Mail.DIGEST))
        for subject in SUBJECTS
        if may_be_told(member, subject)
    }
