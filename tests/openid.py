"""An OpenID provider on this machine: discovery, keys, a code for a token, and a person."""

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "attain", "a secret of the client"


class Provider(ThreadingHTTPServer):
    """The provider: whom it lets in, and by which key it signs."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.published = self.key
        self.person: dict[str, Any] = {}
        # What a test makes other than it should be: of the id_token, or of the further claims.
        self.signed_instead: dict[str, Any] = {}
        self.told_instead: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.server_port}"

    def as_setting(self, **more: Any) -> dict[str, Any]:
        """Return the provider as ATTAIN_OIDC names it."""
        return {
            "provider_id": "corporate",
            "name": "Corporate",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": self.address, **more},
        }

    def id_token(self) -> str:
        """Sign who was let in."""
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300}
        said = claims | self.person | self.signed_instead
        return jwt.encode(said, self.key, algorithm="RS256", headers={"kid": "one"})


class _Answer(BaseHTTPRequestHandler):
    server: Provider

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer discovery, keys, the way to sign in, and who signed in."""
        asked, at = urlsplit(self.path), self.server.address
        self.server.asked.append(asked.path)
        if asked.path == "/authorize":
            self._let_in({name: values[0] for name, values in parse_qs(asked.query).items()})
        elif asked.path == "/jwks":
            told = json.loads(
                jwt.algorithms.RSAAlgorithm.to_jwk(self.server.published.public_key())
            )
            self._say({"keys": [told | {"kid": "one", "alg": "RS256", "use": "sig"}]})
        elif asked.path == "/userinfo":
            self._say(self.server.person | self.server.told_instead)
        elif asked.path == "/.well-known/openid-configuration":
            paths = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            ends = {f"{name}_endpoint": f"{at}/{path}" for name, path in paths.items()}
            self._say({"issuer": at, "jwks_uri": f"{at}/jwks", **ends})
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        """Give a token for a code, to the client that asked for it and proves it."""
        length = int(self.headers["Content-Length"])
        said = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
        begun = self.server.codes.pop(said.get("code", ""), None)
        digest = hashlib.sha256(said.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        is_client = (said.get("client_id"), said.get("client_secret")) == (CLIENT, SECRET)
        if begun is None or not is_client or proof != begun["code_challenge"]:
            self._say({"error": "invalid_grant"}, 400)
            return
        token = {"access_token": "a", "token_type": "Bearer", "id_token": self.server.id_token()}
        self._say(token)

    def _let_in(self, said: dict[str, str]) -> None:
        code = f"code-{len(self.server.asked)}"
        self.server.codes[code] = said
        back = urlencode({"code": code, "state": said["state"]})
        self.send_response(302)
        self.send_header("Location", f"{said['redirect_uri']}?{back}")
        self.end_headers()

    def _say(self, said: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def provider() -> Iterator[Provider]:
    """Let a provider answer, on loopback, until the end."""
    server = Provider()
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
