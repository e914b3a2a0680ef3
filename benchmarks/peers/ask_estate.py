"""Ask for the pages of an estate, and read the same rows bare; prints processor seconds as JSON.

In one process, so that what is compared ran under the same conditions; by turns, the first request
of each apart, since a process reads what was frozen once.
"""

import json
import sys
import time
from collections.abc import Callable
from statistics import median

from attain.website import starting

starting.ready()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django_scopes import scopes_disabled  # noqa: E402

from attain.assessments.models import Assessment  # noqa: E402
from attain.organisations.models import Member  # noqa: E402

HERE = "/o/measured/assessments/estate"
PAGES = {
    "heat map by category, rolled up": HERE,
    "with the peers of a site": f"{HERE}?peers=site-0005",
    "heat map of the largest category": f"{HERE}/categories/process",
    "shared gaps": f"{HERE}/items",
    "one item with its donors": f"{HERE}/items/annual-plan",
}


def bare() -> None:
    """Read what every assessment was frozen with, and dump the levels and targets as JSON."""
    with scopes_disabled():
        rows = Assessment.objects.filter(state="closed").values_list("centre__key", "closing")
        # Row by row, so that no more of it than is dumped is held at once.
        json.dumps({centre: closing["items"] for centre, closing in rows.iterator(chunk_size=1)})


def used(act: Callable[[], object]) -> float:
    """Return the processor seconds that something takes."""
    began = time.process_time()
    act()
    return time.process_time() - began


def main(runs: int) -> None:
    """Print the first and the median processor time of each page, its queries, and the peer's."""
    client = Client(SERVER_NAME="localhost")
    with scopes_disabled():
        client.force_login(
            Member.objects.get().account, "django.contrib.auth.backends.ModelBackend"
        )
    # Loads the templates and the model, which a server does once.
    client.get(f"{HERE}?as_of=2000-01-01")
    first = {name: used(lambda url=url: answered(client, url)) for name, url in PAGES.items()}  # type: ignore[misc]
    rounds: dict[str, list[float]] = {name: [] for name in (*PAGES, "bare")}
    for _ in range(runs):
        for name, url in PAGES.items():
            rounds[name].append(used(lambda url=url: answered(client, url)))  # type: ignore[misc]
        rounds["bare"].append(used(bare))
    told = {
        name: {
            "median": median(found),
            "first": first.get(name),
            "queries": queries(client, PAGES[name]) if name in PAGES else 1,
        }
        for name, found in rounds.items()
    }
    sys.stdout.write(json.dumps(told))


def answered(client: Client, url: str) -> None:
    """Ask for a page, which must answer."""
    answer = client.get(url)
    assert answer.status_code == 200, answer.content[:500]


def queries(client: Client, url: str) -> int:
    """Return how many queries a page asks, once the connection is open."""
    answered(client, url)
    with CaptureQueriesContext(connection) as asked:
        answered(client, url)
        return len(asked)


main(int(sys.argv[1]))
