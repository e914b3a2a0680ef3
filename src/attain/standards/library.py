"""The library: where definitions are kept, how one is found, and everything that it names."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import RootModel

from attain.measurement.faults import Fault
from attain.standards.definition import Definition, Key
from attain.standards.loader import load, read_definition, refuse
from attain.standards.maturity_model import MaturityModel
from attain.standards.references import models_named, unresolved_names
from attain.standards.scheme import Scheme

Kind: TypeAlias = Literal["scheme", "model"]
_FOLDERS: dict[Kind, str] = {"scheme": "schemes", "model": "models"}


class SourceText(Definition):
    """A document that a definition rests on."""

    title: str
    """The title of the document."""
    publisher: str
    """Who published it."""
    published: str
    """When, as far as it is known."""
    licence: str
    """Under which licence, and what of it is used."""


class Sources(RootModel[Mapping[Key, SourceText]]):
    """The library's sources by key."""


@dataclass(frozen=True)
class Library:
    """Folders of definitions, searched in order: `schemes`, `models` and `sources.yaml`."""

    roots: tuple[Path, ...]

    def find(self, kind: Kind, key: str) -> Path:
        """Return the file of a definition; KeyError naming those that there are."""
        for root in self.roots:
            path = root / _FOLDERS[kind] / f"{key}.yaml"
            if _is_plain(key) and path.is_file():
                return path
        raise KeyError(f"a {kind} of the library: {', '.join(self.keys(kind))}")

    def keys(self, kind: Kind) -> list[str]:
        """Return the keys of every definition of a kind."""
        return sorted({path.stem for path in self.paths(kind)})

    def paths(self, kind: Kind) -> Iterator[Path]:
        """Yield the files of a kind, without the golden cases beside them."""
        for root in self.roots:
            for path in sorted((root / _FOLDERS[kind]).glob("*.yaml")):
                if not path.stem.endswith(".cases"):
                    yield path

    def source_keys(self) -> set[str]:
        """Return the keys of the sources of every folder."""
        found: set[str] = set()
        for root in self.roots:
            path = root / "sources.yaml"
            if path.is_file():
                found |= load(read_definition(path), Sources).root.keys()
        return found

    def model(self, key: str) -> MaturityModel:
        """Return a maturity model; RefusedError with its faults, KeyError where there is none."""
        return self.load_model(self.find("model", key))

    def load_model(self, path: Path) -> MaturityModel:
        """Return the maturity model of a file; RefusedError with its faults."""
        document = read_definition(path)
        model = load(document, MaturityModel)
        refuse(_misnamed(model.model, path))
        refuse(unresolved_names(model, document, self.source_keys(), {}))
        return model

    def scheme(self, key: str) -> Scheme:
        """Return a scheme; RefusedError with its faults, KeyError where there is none."""
        return self.load_scheme(self.find("scheme", key))

    def load_scheme(self, path: Path) -> Scheme:
        """Return the scheme of a file; RefusedError with its faults."""
        document = read_definition(path)
        scheme = load(document, Scheme)
        refuse(_misnamed(scheme.scheme, path))
        models = self.models_of(scheme)
        refuse(unresolved_names(scheme, document, self.source_keys(), models))
        return scheme

    def models_of(self, scheme: Scheme) -> dict[str, MaturityModel]:
        """Return the models whose practices a scheme judges, those that the library has."""
        there = set(self.keys("model"))
        return {key: self.model(key) for key in sorted(models_named(scheme) & there)}


def default_library() -> Library:
    """Return the shipped library, after the folders that ATTAIN_LIBRARY_PATHS names."""
    own = os.environ.get("ATTAIN_LIBRARY_PATHS", "")
    roots = [Path(part) for part in own.split(os.pathsep) if part]
    return Library((*roots, Path(str(files("attain.library")))))


def _is_plain(key: str) -> bool:
    return key.replace("-", "").replace("_", "").isalnum()


def _misnamed(key: str, path: Path) -> Iterator[Fault]:
    if key != path.stem:
        yield Fault(path.name, 1, "1", f"the key {key}", f"the name of the file, {path.stem}")
