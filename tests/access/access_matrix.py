"""The matrix of access as it stands in `matrix.txt`, and the addresses that attain really has."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from django.urls import URLPattern, URLResolver, get_resolver

from attain.organisations.rules import Role

MATRIX = Path(__file__).parent / "matrix.txt"
Relation = Literal["organisation", "region", "site", "team", "other-site", "other-region", "none"]
RELATIONS: tuple[Relation, ...] = get_args(Relation)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
OPEN = "yes"


@dataclass(frozen=True)
class Line:
    """A line of the matrix: an address, a method, and what each role gets there."""

    name: str
    variant: str
    method: str
    reach: str
    answers: Mapping[Role, str]

    @property
    def title(self) -> str:
        """How the line is called in a report."""
        return f"{self.method} {self.name}{'/' if self.variant else ''}{self.variant}"


@dataclass(frozen=True)
class PublicLine:
    """A line of an address that belongs to no organisation."""

    name: str
    method: str
    anonymous: str
    signed_in: str
    method_is_any: bool


@dataclass(frozen=True)
class Matrix:
    """What `matrix.txt` declares."""

    reaches: Mapping[str, Mapping[Relation, str]]
    lines: tuple[Line, ...]
    public: tuple[PublicLine, ...]

    def expected(self, line: Line, role: Role | None, relation: Relation) -> str:
        """Return what somebody gets at a line: `yes`, 403 or 404."""
        answer = self.reaches[line.reach][relation]
        if answer != "role":
            return answer
        assert role, "only a role can be asked for what a role gets"
        return line.answers[role]


def read_matrix() -> Matrix:
    """Read the matrix; whatever is out of place in it fails."""
    parts: dict[str, list[list[str]]] = {"reaches": [], "addresses": [], "public": []}
    current: list[list[str]] = []
    for text in MATRIX.read_text("utf-8").splitlines():
        words = text.partition("#")[0].split()
        if words and words[0].startswith("["):
            current = parts[words[0].strip("[]")]
        elif words:
            current.append(words)
    return Matrix(
        {name: _reach(cells) for name, *cells in parts["reaches"]},
        tuple(line for words in parts["addresses"] for line in _lines(*words)),
        tuple(line for words in parts["public"] for line in _public(*words)),
    )


def _reach(cells: list[str]) -> Mapping[Relation, str]:
    assert set(cells) <= {"role", OPEN, "403", "404"}, cells
    return dict(zip(RELATIONS, cells, strict=True))


def _lines(name: str, methods: str, reach: str, *cells: str) -> Iterator[Line]:
    assert set(cells) <= {OPEN, "403", "404"}, (name, cells)
    answers = dict(zip(Role, cells, strict=True)) if cells else {}
    address, _slash, variant = name.partition("/")
    for method in methods.split(","):
        assert method in METHODS, (name, method)
        yield Line(address, variant, method, reach, answers)


def _public(name: str, methods: str, anonymous: str, signed_in: str) -> Iterator[PublicLine]:
    for method in METHODS if methods == "*" else methods.split(","):
        assert method in METHODS, (name, method)
        yield PublicLine(name, method, anonymous, signed_in, methods == "*")


@dataclass(frozen=True)
class Address:
    """An address that the resolver knows: its name, and what stands in it."""

    name: str
    route: str
    arguments: frozenset[str]
    pattern: URLPattern

    @property
    def is_of_an_organisation(self) -> bool:
        """Say whether it lies under an organisation."""
        return "organisation" in self.arguments

    @property
    def is_of_the_api(self) -> bool:
        """Say whether programs ask for it, and not people."""
        return self.route.startswith("api/")


def addresses() -> list[Address]:
    """Return every address; those of the API by their name space, what has no name by route."""
    return list(_walk(get_resolver(), "", "", frozenset()))


def _walk(
    resolver: URLResolver, route: str, space: str, above: frozenset[str]
) -> Iterator[Address]:
    for each in resolver.url_patterns:
        whole = route + str(each.pattern)
        names = above | frozenset(each.pattern.regex.groupindex)
        if isinstance(each, URLResolver):
            yield from _walk(each, whole, each.namespace or space, names)
        else:
            name = f"{space}:{each.name}" if space else each.name
            yield Address(name or whole, whole, names, each)
