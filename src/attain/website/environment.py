"""The environment variables that attain reads, each with its meaning and what it is without one."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from platformdirs import user_data_path

from attain.measurement.faults import Fault, RefusedError


@dataclass(frozen=True)
class Variable:
    """An environment variable: its name, what it says, and its value where it is not set."""

    name: str
    meaning: str
    default: str

    def read(self) -> str:
        """Return its value."""
        return os.environ.get(self.name, "") or self.default


DATA = Variable(
    "ATTAIN_DATA",
    "the folder of the database, the lake, the evidence and the keys",
    str(user_data_path("attain", appauthor=False)),
)
PORT = Variable("ATTAIN_PORT", "the port on which `attain serve` and `attain demo` answer", "8000")
ADDRESS = Variable("ATTAIN_ADDRESS", "the address on which they answer", "127.0.0.1")
HOSTS = Variable(
    "ATTAIN_HOSTS",
    "the names by which browsers reach attain, joined by commas",
    "localhost,127.0.0.1,[::1]",
)
PUBLIC_URL = Variable(
    "ATTAIN_PUBLIC_URL", "how links in mails and on certificates begin", "http://localhost:8000"
)
DATABASE = Variable(
    "ATTAIN_DATABASE_URL",
    "the database, such as postgres://user@host/name",
    "a SQLite file in the data folder",
)
SECRET = Variable(
    "ATTAIN_SECRET_KEY",
    "what sessions and links are signed with",
    "a key of its own, made once in the data folder",
)
HTTPS = Variable("ATTAIN_HTTPS", "yes where browsers reach attain by https alone", "no")
MAIL = Variable(
    "ATTAIN_MAIL_URL",
    "where mail leaves, such as smtp://user:password@host:587",
    "mail is written into the data folder",
)
MAIL_FROM = Variable("ATTAIN_MAIL_FROM", "who sends the mails", "attain@localhost")
DEBUG = Variable("ATTAIN_DEBUG", "yes to see Django's own error pages; never in production", "no")
OIDC = Variable("ATTAIN_OIDC", "sign-in by OpenID Connect, as a JSON list of providers", "[]")
ENGINE = Variable("ATTAIN_ENGINE", "the engine of the lake: duckdb, or spark://host:port", "duckdb")
LIBRARY_PATHS = Variable(
    "ATTAIN_LIBRARY_PATHS",
    "folders with schemes and models of your own, joined by `:`",
    "the library that attain ships, alone",
)

VARIABLES = (
    DATA,
    PORT,
    ADDRESS,
    HOSTS,
    PUBLIC_URL,
    DATABASE,
    SECRET,
    HTTPS,
    MAIL,
    MAIL_FROM,
    DEBUG,
    OIDC,
    ENGINE,
    LIBRARY_PATHS,
)


def says_yes(variable: Variable) -> bool:
    """Return a variable that is yes or no; RefusedError where it is neither."""
    text = variable.read()
    if text not in ("yes", "no"):
        raise RefusedError([Fault("environment", 1, variable.name, text, "yes or no")])
    return text == "yes"


def oidc_providers() -> list[dict[str, Any]]:
    """Return the providers by which people sign in; RefusedError where one cannot be trusted."""
    text = OIDC.read()
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, list) or not all(_is_provider(one) for one in found):
        expected = (
            "a JSON list of providers, each with provider_id, name, client_id, secret and "
            "settings: {server_url: https://…}"
        )
        raise RefusedError([Fault("environment", 1, OIDC.name, "something else", expected)])
    return found


def _is_provider(said: object) -> bool:
    if not isinstance(said, dict) or not isinstance(said.get("settings"), dict):
        return False
    texts = [said.get(name) for name in ("provider_id", "name", "client_id", "secret")]
    address = urlsplit(str(said["settings"].get("server_url", "")))
    # What is not encrypted anybody on the way can answer; on this machine nobody is on the way.
    is_safe = address.scheme == "https" or address.hostname in ("localhost", "127.0.0.1", "::1")
    return all(isinstance(text, str) and text for text in texts) and is_safe


def data_folder() -> Path:
    """Return the data folder, made for its owner alone where there is none."""
    folder = Path(DATA.read()).expanduser().resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """Return the secret key of the environment, or the one that is kept in the data folder."""
    given = os.environ.get(SECRET.name)
    if given:
        return given
    path = folder / "keys" / "secret-key"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text("utf-8")
