"""Columns whose values stay what was written: exact numbers, and months."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.measurement.numbers import LONGEST_NUMBER
from attain.measurement.periods import Month


class ExactField(models.Field[Any, Any]):
    """A decimal number kept as its text: SQLite would keep it as a float, and lose what it is.

    A column of this kind is never summed or compared by the database.
    """

    description = "An exact decimal number"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_NUMBER)
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        """Return the kind of column."""
        return "CharField"

    def from_db_value(self, value: str | None, *_: object) -> Decimal | None:
        """Return the value of a column."""
        return None if value is None else Decimal(value)

    def to_python(self, value: Any) -> Decimal | None:
        """Return the value that is meant; ValidationError where it is none."""
        if value is None or isinstance(value, Decimal):
            return value
        try:
            return Decimal(str(value))
        except InvalidOperation as error:
            raise ValidationError(
                _("“%(value)s” is no number."), params={"value": value}
            ) from error

    def get_prep_value(self, value: Any) -> str | None:
        """Return what the column keeps."""
        number = self.to_python(value)
        if number is None:
            return None
        if not number.is_finite():
            raise ValidationError(_("“%(value)s” is no number."), params={"value": value})
        return f"{number:f}"


class MonthField(models.Field[Any, Any]):
    """A calendar month, kept as the number of months since the year 0, so that months sort."""

    description = "A calendar month"

    def get_internal_type(self) -> str:
        """Return the kind of column."""
        return "IntegerField"

    def from_db_value(self, value: int | None, *_: object) -> Month | None:
        """Return the value of a column."""
        return None if value is None else Month(value)

    def to_python(self, value: Any) -> Month | None:
        """Return the value that is meant; ValidationError where it is none."""
        if value is None or isinstance(value, Month):
            return value
        return Month(value) if isinstance(value, int) else Month.parse(str(value))

    def get_prep_value(self, value: Any) -> int | None:
        """Return what the column keeps."""
        month = self.to_python(value)
        return None if month is None else month.index
