"""Imports: a person's own file, what was taken of it, and what was refused."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.performance.models.processes import KEY
from attain.performance.models.revisions import CentreRow, one_of


class ImportMode(models.TextChoices):
    """What happens to the sound rows where others are refused."""

    ALL_OR_NOTHING = "all_or_nothing", _("All rows or none")
    GOOD_ROWS_ONLY = "good_rows_only", _("Good rows only")


class ImportState(models.TextChoices):
    """How far an import is."""

    DONE = "done", _("Imported")
    UNDONE = "undone", _("Undone")


class Import(CentreRow):
    """A file that was imported into a table of a centre, and what became of it.

    `counts` says how many rows were read, added, revised, unchanged and refused; `header` is the
    header of the file, and `months` those that its rows are about.
    """

    table = models.CharField(_("table"), max_length=40)
    file_name = models.CharField(_("file"), max_length=KEY)
    sha256 = models.CharField(max_length=64)
    mapping = models.TextField(_("mapping"), blank=True)
    mapping_sha256 = models.CharField(max_length=64)
    mode = models.CharField(_("mode"), max_length=20, choices=ImportMode)
    state = models.CharField(_("state"), max_length=20, choices=ImportState)
    counts = models.JSONField(default=dict)
    header = models.JSONField(default=list)
    months = models.JSONField(default=list)
    by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        "organisations.Member", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("centre", "table", "sha256", "mapping_sha256"),
                condition=models.Q(state="done"),
                name="a_file_is_imported_once",
            ),
            one_of("mode", ImportMode, "import_has_a_mode"),
            one_of("state", ImportState, "import_has_a_state"),
        )
        ordering = ("-at",)

    def __str__(self) -> str:
        return self.file_name


class ImportFault(CentreRow):
    """A row that an import refused, kept as it was written until it is mended."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="faults")
    line = models.PositiveIntegerField(_("line"))
    column = models.CharField(_("column"), max_length=KEY)
    found = models.TextField(_("found"))
    expected = models.TextField(_("expected"))
    raw = models.JSONField(_("row"))

    class Meta:
        ordering = ("line",)


class SavedMapping(CentreRow):
    """How a centre's own files become a table, kept for the next month."""

    table = models.CharField(_("table"), max_length=40)
    mapping = models.TextField(_("mapping"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("centre", "table"), name="one_mapping_a_table"),
        )
