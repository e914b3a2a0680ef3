"""Every component in a real browser: wide and narrow, light and dark, without a barrier."""

import pytest
from pytest_django.live_server_helper import LiveServer

from attain.organisations.rules import Role
from browser import DESKTOP, PHONE, visitor
from estate import make_estate

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_gallery_has_no_barrier(live_server: LiveServer, scheme: str, width: int) -> None:
    member = make_estate().member(Role.AGENT)
    with visitor(live_server, member, scheme) as agent:
        agent.open("/o/northwind/components", width)
        agent.keep(f"components-{scheme}")
        agent.must_be_sound()
