"""What the people of the demonstration wrote: initiatives, actions, evidence, changes."""

from collections.abc import Mapping

from attain.standards.figures import Aspect

# An initiative, its process, its analysis and its outcome.
INITIATIVES = (
    (
        "Callbacks in the peak hours",
        "calls",
        "Waiting by quarter-hour of 13 weeks: two thirds of it between 09:30 and 11:30",
        "One call in nine is called back; the longest waits are a third shorter",
    ),
    (
        "Answers that need no second contact",
        "correspondence",
        "Causes of 600 repeated letters, ranked by the work that they make",
        "Four templates rewritten; 11 of 100 letters fewer come back",
    ),
    (
        "Rosters to the quarter-hour",
        "planning",
        "Over- and understaffed quarter-hours of a season, by weekday",
        "Two new shift patterns; understaffed quarter-hours down from 21 to 9 of 100",
    ),
)
UNSTRUCTURED = (
    ("Tidier knowledge pages", "training"),
    ("Team huddles each morning", "calls"),
    ("New wallboards", "planning"),
)
ACTIONS: Mapping[Aspect, tuple[str, ...]] = {
    Aspect.SERVICE: (
        "moved breaks out of the peak, overtime offered for the coming weeks",
        "forecast corrected by what the campaign brought, roster made anew",
        "agents of the back office put on calls until noon",
    ),
    Aspect.QUALITY: (
        "ten contacts of each agent heard, coaching on what came up",
        "answer rewritten with those who ask for it most",
        "calibration among the evaluators, then coaching",
    ),
    Aspect.EFFICIENCY: (
        "after-contact work shortened by a template",
        "agents with the longest calls coached in pairs",
        "adherence gone through with each team leader",
    ),
    Aspect.COST: (
        "agreed with the supplier on a lower rate from next month",
        "simple cases answered from the list of approved replies",
    ),
    Aspect.SATISFACTION: (
        "lowest scores of the month read by the team, two causes removed",
        "agents shown how to say what happens next",
    ),
    Aspect.REVENUE: ("offers matched to the reason of the call", "training on when not to offer"),
    Aspect.OTHER: (
        "cause found with those concerned, owner and date named",
        "talks with those who thought of leaving, shifts exchanged",
    ),
}
EVIDENCE: Mapping[str, str] = {
    "contact-reasons": "list of reasons 2.3; monthly review, minutes",
    "complaint-handling": "complaints procedure; log of the quarter",
    "satisfaction-survey": "sampling rule; results with numbers asked",
    "accessibility": "tests with users of text relay; published page",
    "induction-training": "programme of twelve days; test results of the last intake",
    "coaching": "coaching notes of two teams, drawn at random",
    "attendance": "absence by day and reason; return talks",
    "forecasting": "forecast of 26 weeks; error by quarter-hour",
    "scheduling": "required beside scheduled staff, published weekly",
    "quality-monitoring": "form 4; agreement of the last calibration",
    "change-communication": "notice board with readers; two changes followed up",
    "service-level": "targets by channel; weekly explanation of misses",
    "continuity": "continuity plan; report of the last test",
    "cost-per-contact": "method of calculation; last two quarters",
    "client-reporting": "monthly report with definitions; minutes of the review",
}
CHANGES = (
    ("Callback module of the queue", "purchase"),
    ("Search across customer records", "enhancement"),
    ("Rostering, version 11", "upgrade"),
)
