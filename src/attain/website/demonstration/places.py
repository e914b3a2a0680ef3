"""The organisation of the demonstration: its regions, its 22 sites, its clients, their stories."""

from collections.abc import Mapping
from dataclasses import dataclass

from attain.standards.figures import Operation
from attain.website.demonstration.catalogue import HANDLE_TIME, RESOLVED
from attain.website.demonstration.opening import (
    EXTENDED,
    LONG,
    OFFICE,
    ROUND_THE_CLOCK,
    Opening,
)
from attain.website.demonstration.stories import (
    FAILING,
    WAVERING,
    Lapse,
    Restatement,
    Story,
)

ORGANISATION = "larkfield"
NAME = "Larkfield Services"
TIMEZONE = "Europe/London"
DOMAIN = "larkfield.example"

REGIONS: Mapping[str, str] = {
    "north": "North",
    "midlands": "Midlands and Wales",
    "south": "South",
    "ireland-and-europe": "Ireland and Europe",
    "overseas": "Overseas",
}
_ALL = ("phone", "email", "chat", "sms")
_NO_SMS = ("phone", "email", "chat")
_CLASSIC = ("phone", "email")


@dataclass(frozen=True)
class SitePlan:
    """A site of the demonstration, how large it is, and the story that it tells."""

    name: str
    region: str
    story: Story
    channels: tuple[str, ...] = _ALL
    size: float = 1.0
    openings: tuple[Opening, ...] = LONG
    timezone: str = TIMEZONE
    operation: Operation = Operation.INTERNAL
    kind: str = "contact_centre"
    teams: int = 5


@dataclass(frozen=True)
class ClientWork:
    """A client's programme at a site: the part of the site's contacts that is the client's."""

    key: str
    name: str
    client: str
    site: str
    story: Story
    share: float


_QUALITY = ("correspondence-quality", "chat-satisfaction")
_SERVED_BADLY = (HANDLE_TIME, RESOLVED, "cost-per-reply", "offers-accepted", *_QUALITY)
_STEADY = Story("steady on tier 3", unstructured=0)
_THIRD = Operation.THIRD_PARTY

PLACES: Mapping[str, SitePlan] = {
    "sunderland": SitePlan("Sunderland", "north", _STEADY, size=1.6, openings=EXTENDED, teams=8),
    "preston": SitePlan(
        "Preston",
        "north",
        Story(
            "lost tier 3 to a winter in which calls and chats were not answered",
            winters=("phone", "chat", "sms", HANDLE_TIME, "chat-satisfaction"),
            intervals=24,
        ),
        size=1.4,
        teams=7,
    ),
    "halifax": SitePlan(
        "Halifax",
        "north",
        Story(
            "lost tier 3 to a corrected figure",
            lapses=dict.fromkeys((HANDLE_TIME, *_QUALITY), WAVERING),
            strips={RESOLVED: "+" * 12 + "+-++-+-+-+++"},
            restated=Restatement(
                RESOLVED, 5, "Repeat calls within seven days from withheld numbers were left out."
            ),
        ),
        size=1.1,
    ),
    "dundee": SitePlan(
        "Dundee",
        "north",
        Story("improves without method: one structured initiative", initiatives=1, unstructured=3),
        _NO_SMS,
        0.8,
    ),
    "carlisle": SitePlan(
        "Carlisle",
        "north",
        Story("opened two months ago, too soon for a tier", months=2, initiatives=1),
        _CLASSIC,
        0.5,
        OFFICE,
        teams=4,
    ),
    "derby": SitePlan("Derby", "midlands", _STEADY, size=1.3, teams=6),
    "stoke": SitePlan(
        "Stoke-on-Trent",
        "midlands",
        Story(
            "has too few people on the telephone all year",
            strips={"phone": "-" * 24},
            lapses={"rostering": Lapse(1, 3)},
        ),
        _NO_SMS,
        1.2,
        operation=_THIRD,
        kind="bpo",
        teams=6,
    ),
    "corby": SitePlan(
        "Corby",
        "midlands",
        Story(
            "claims every practice, and its figures deny it",
            lapses=dict.fromkeys((*_QUALITY, "cost-per-reply", "schedule-adherence"), FAILING),
            strips={
                "phone": "--+---+-----",
                HANDLE_TIME: "-+---+------",
                RESOLVED: "--+----+----",
                "attrition": "--+--+------",
            },
            acts_on_misses=False,
            initiatives=1,
            unstructured=2,
        ),
        _ALL,
        0.9,
        kind="field_service",
    ),
    "wrexham": SitePlan(
        "Wrexham",
        "midlands",
        Story(
            "lacks three readings, and so cannot be told",
            strips={RESOLVED: "+++++++.++++", "forecast-accuracy": "++++++..++++"},
        ),
        _NO_SMS,
        0.7,
        teams=4,
    ),
    "telford": SitePlan(
        "Telford",
        "midlands",
        Story(
            "runs well and has not written down how",
            undocumented=("complaint-handling", "forecasting", "cost-per-contact"),
            initiatives=2,
        ),
        _CLASSIC,
        0.6,
        OFFICE,
        teams=4,
    ),
    "poole": SitePlan(
        "Poole",
        "south",
        Story(
            "answers quickly and not well: nine months from tier 3",
            strips={
                **dict.fromkeys(
                    (HANDLE_TIME, RESOLVED, "cost-per-reply", *_QUALITY), "++----------"
                ),
                # A year ago an initiative taught its teams to keep to their rosters.
                "schedule-adherence": "-" * 13 + "+" * 11,
            },
        ),
        _ALL,
        1.2,
        EXTENDED,
        teams=6,
    ),
    "exeter": SitePlan(
        "Exeter",
        "south",
        Story(
            "on tier 3, and one outage from losing it",
            lapses={"telephony": Lapse(1, 1)},
            unstructured=0,
        ),
        _NO_SMS,
        0.9,
    ),
    "chatham": SitePlan(
        "Chatham",
        "south",
        Story(
            "works with customer records that are often down",
            lapses={"customer-records": Lapse(6, 7), "rostering": Lapse(1, 2)},
            without_evidence=("contact-reasons", "coaching", "cost-per-contact"),
        ),
        _ALL,
        1.0,
    ),
    "swindon": SitePlan(
        "Swindon",
        "south",
        Story(
            "on tier 2: an outage that nobody priced, a purchase outside the plan",
            unpriced_incident=True,
            unplanned_change=True,
        ),
        _NO_SMS,
        1.0,
        EXTENDED,
    ),
    "hastings": SitePlan(
        "Hastings",
        "south",
        Story(
            "has a continuity plan without recovery",
            covers_recovery=False,
            without_evidence=("continuity", "accessibility", "coaching", "attendance"),
        ),
        _CLASSIC,
        0.6,
        teams=4,
    ),
    "galway": SitePlan(
        "Galway",
        "ireland-and-europe",
        Story("steady on tier 3, its certificate near its end", unstructured=0, intervals=24),
        _ALL,
        1.0,
        EXTENDED,
        "Europe/Dublin",
        kind="web_hosting",
    ),
    "belfast": SitePlan(
        "Belfast",
        "ireland-and-europe",
        Story(
            "on tier 2: two initiatives, and a year of ups and downs",
            lapses={
                **dict.fromkeys((HANDLE_TIME, RESOLVED, *_QUALITY), WAVERING),
                "message-platform": Lapse(1, 2),
            },
            initiatives=2,
        ),
        _ALL,
        1.1,
    ),
    "gdansk": SitePlan(
        "Gdańsk",
        "ireland-and-europe",
        Story(
            "on tier 2: last tried its continuity plan fourteen months ago", tested_months_ago=14
        ),
        _NO_SMS,
        0.9,
        LONG,
        "Europe/Warsaw",
        _THIRD,
        "bpo",
    ),
    "porto": SitePlan(
        "Porto",
        "ireland-and-europe",
        Story("has measured for five months", months=5, initiatives=2),
        _NO_SMS,
        0.7,
        OFFICE,
        "Europe/Lisbon",
        teams=4,
    ),
    "cebu": SitePlan(
        "Cebu",
        "overseas",
        Story(
            "paid by time and materials, so that its efficiency on calls is not judged",
            strips={HANDLE_TIME: "-" * 24},
            time_and_materials=("calls",),
            initiatives=2,
            dissatisfied=("staff",),
        ),
        _NO_SMS,
        1.5,
        ROUND_THE_CLOCK,
        "Asia/Manila",
        _THIRD,
        "bpo",
        8,
    ),
    "durban": SitePlan(
        "Durban",
        "overseas",
        Story(
            "loses people faster than it trains them",
            lapses=dict.fromkeys(
                ("attrition", "time-to-hire", "cost-per-hire", "schedule-adherence"), FAILING
            ),
        ),
        _NO_SMS,
        1.3,
        EXTENDED,
        "Africa/Johannesburg",
        _THIRD,
        "bpo",
        7,
    ),
    "pune": SitePlan(
        "Pune",
        "overseas",
        Story(
            "misses most of what its customers feel",
            lapses={**dict.fromkeys(_SERVED_BADLY, FAILING), "telephony": Lapse(2, 3)},
            without_evidence=("quality-monitoring", "service-level"),
        ),
        _ALL,
        1.2,
        ROUND_THE_CLOCK,
        "Asia/Kolkata",
        _THIRD,
        "bpo",
        7,
    ),
}

CLIENTS: tuple[ClientWork, ...] = (
    ClientWork(
        "harrow-travel",
        "Harrow Travel bookings",
        "Harrow Travel",
        "cebu",
        Story("a client's work on tier 3, at a site on tier 2", unstructured=0),
        0.62,
    ),
    ClientWork(
        "brightwater",
        "Brightwater household support",
        "Brightwater Energy",
        "durban",
        Story("a client's work on tier 2, at a site on tier 1", initiatives=2),
        0.57,
    ),
)
