"""`attain certificate`: verify a sealed certificate without a network or a database."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from attain.commands.faults import refuse_option

app = typer.Typer(add_completion=False, help="Verify a sealed certificate.")


@app.callback()
def certificate() -> None:
    """Verify a sealed certificate."""


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="The sealed certificate, a file of JSON.")],
    key: Annotated[
        str | None,
        typer.Option(metavar="PUBLIC", help="The public key of who must have sealed it."),
    ] = None,
) -> None:
    """Verify that a certificate is as it was sealed, and show what it says.

    Exit status 0 where the seal holds, 2 where it does not. Whether the certificate was suspended
    or withdrawn since, its address of verification tells.
    """
    # Brings in cryptography.
    from attain.certification.rules.seals import BrokenSealError, fingerprint, open_seal

    try:
        statement, sealed_with = open_seal(file.read_bytes(), key)
    except OSError as error:
        raise refuse_option("FILE", file, error.strerror or "a file") from error
    except BrokenSealError as error:
        raise refuse_option("FILE", file, f"a sealed certificate: {error}") from error
    for name in sorted(statement):
        sys.stdout.write(f"{name}: {statement[name]}\n")
    sys.stdout.write(f"sealed with: {sealed_with} ({fingerprint(sealed_with)})\n")
    if key is None:
        sys.stdout.write(
            "The seal holds. Compare the key with that of the issuer, or give --key.\n"
        )
    else:
        sys.stdout.write("The seal holds, and is that of the key that was given.\n")
