"""The library as a member reads it: models of attain's library, and the organisation's editions."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count
from django.utils.translation import get_language

from attain.assessments.models import LicensedTextsFile, ModelEdition
from attain.assessments.queries.editions import editions, loaded_from, model_of
from attain.assessments.queries.licensing import shared_text, texts_of
from attain.assessments.rules.drafting import with_status
from attain.organisations.errors import UnknownError
from attain.organisations.pages import Member
from attain.organisations.queries import demand, demand_somewhere
from attain.organisations.rules import Permission
from attain.standards.library import default_library
from attain.standards.maturity_model import MaturityModel

_READ = Permission.READ_ASSESSMENTS


@dataclass(frozen=True)
class ShelvedModel:
    """A model as it stands in the library: one of attain's as it ships, or an entered edition."""

    model: MaturityModel
    text: str
    status: str
    row: ModelEdition | None = None
    used: int = 0

    @property
    def is_of_attain(self) -> bool:
        """Whether attain wrote it."""
        return self.row is None or self.row.is_of_the_library

    @property
    def size(self) -> int:
        """How many items it has."""
        return len(self.model.items)

    @property
    def is_draft(self) -> bool:
        """Whether its text may be changed."""
        return self.row is not None and self.row.status == "draft"

    @property
    def language(self) -> str:
        """The language in which its texts are told to who reads; empty where nobody knows it."""
        if _language() in self.model.translations:
            return _language()
        return "en" if self.is_of_attain else ""

    @property
    def told(self) -> MaturityModel:
        """The model in the language of who reads, as far as it is translated."""
        return self.model.told_in(_language())

    @property
    def shared(self) -> str:
        """Its text as others may have it: items with licensed texts by their names alone."""
        return shared_text(self.row) if self.row else self.text

    @property
    def file(self) -> str:
        """Its text as a file, which says of itself what became of it."""
        return with_status(self.shared, self.status)

    @property
    def lacks_texts(self) -> bool:
        """Whether it has items that are structure only, and may be used for an assessment."""
        is_used = self.status == "published" and not self.licensed_texts
        return is_used and len(self.model.rated_items) < self.size

    @property
    def licensed_texts(self) -> LicensedTextsFile | None:
        """The licensed texts that it was made with; None where it has none."""
        return texts_of(self.row) if self.row else None


def _language() -> str:
    return (get_language() or "en").partition("-")[0]


def shelved(row: ModelEdition) -> ShelvedModel:
    """Return an edition as it stands in the library."""
    used = getattr(row, "used", None)
    counted = row.assessments.count() if used is None else used
    return ShelvedModel(model_of(row), row.text, row.status, row, counted)


def find_shipped(member: Member, key: str, permission: Permission = _READ) -> ShelvedModel:
    """Return a model of attain's library as it ships, for who may read models anywhere."""
    demand_somewhere(member, _READ)
    if key not in default_library().keys("model"):
        raise UnknownError
    if permission is not _READ:
        demand(member, permission)
    return _shipped(key)


def shelf(member: Member) -> list[ShelvedModel]:
    """Return every model that a member may read: each shipped one once, and every edition."""
    rows = editions(member).annotate(used=Count("assessments"))
    entered = [shelved(row) for row in rows]
    there = {(each.model.model, each.model.edition) for each in entered}
    missing = (each for each in _every_shipped() if _name(each) not in there)
    return sorted([*missing, *entered], key=lambda each: (each.model.title, each.model.edition))


def _name(shelved_model: ShelvedModel) -> tuple[str, str]:
    return shelved_model.model.model, shelved_model.model.edition


def _every_shipped() -> Iterator[ShelvedModel]:
    return (_shipped(key) for key in default_library().keys("model"))


@lru_cache(maxsize=32)
def _shipped(key: str) -> ShelvedModel:
    path = default_library().find("model", key)
    text = path.read_text(encoding="utf-8")
    model = loaded_from(text, path.name)
    return ShelvedModel(model, text, model.status)


def edition_before(row: ModelEdition) -> ModelEdition | None:
    """Return the edition that one follows; None where it follows none, or it is not entered."""
    follows = model_of(row).follows
    if follows is None:
        return None
    return ModelEdition.objects.filter(key=row.key, edition=follows.edition).first()


def other_editions(row: ModelEdition) -> list[ModelEdition]:
    """Return the other editions of a model, the latest first."""
    found = ModelEdition.objects.filter(key=row.key).exclude(pk=row.pk)
    return list(found.defer("text").order_by("-written_at", "-pk"))
