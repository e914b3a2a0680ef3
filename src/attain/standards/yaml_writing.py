"""Plain data as YAML that the strict reader takes for the very same data."""

from decimal import Decimal
from typing import Any

import yaml

from attain.standards.yaml_nodes import read_scalar

_WIDTH = 110
_ENDS_OF_LINES = frozenset("\r\x85\u2028\u2029\ufeff")


class _Writer(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        # The reader refuses aliases: what stands twice is written twice.
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def _text(writer: yaml.SafeDumper, value: str) -> yaml.Node:
    # A line may end by some of these, and only what is escaped is not folded there.
    is_itself = read_scalar(value, quoted=False) == value and not _ENDS_OF_LINES & set(value)
    return writer.represent_scalar("tag:yaml.org,2002:str", value, None if is_itself else '"')


def _exact(writer: yaml.SafeDumper, value: Decimal) -> yaml.Node:
    return writer.represent_scalar("tag:yaml.org,2002:float", f"{value:f}")


_Writer.add_representer(str, _text)
_Writer.add_representer(Decimal, _exact)


def write_yaml(data: Any) -> str:
    """Return plain data as YAML, in the order that it has."""
    written: str = yaml.dump(
        data, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=_WIDTH
    )
    return written
