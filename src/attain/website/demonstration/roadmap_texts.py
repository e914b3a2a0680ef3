"""What the people of the demonstration wrote of their goals, roadmaps and initiatives."""

GOALS = (
    ("Keep the customers we have", "4", "One in nine who leaves says that nobody solved it."),
    ("Cost of a contact", "3", "Clients compare us with others each year."),
    ("People who stay", "2", "A new agent costs two months of work before the first good one."),
    ("Nothing that a regulator would mind", "1", ""),
)
ROADMAP = "Poole: from adequate to superior"
PLAN, TIGHTER = "As budgeted", "With a third less money"
# The initiatives whose effect is looked at: by item, its metric, what was planned, what was found.
WORKED = (
    "intraday",
    "schedule-adherence",
    "0.02",
    "Adherence by weekday and hour of 26 weeks: half of what is lost is lost after breaks.",
    "Team leaders see the roster beside the floor; breaks are agreed a day ahead.",
)
DID_NOT = (
    "knowledge-upkeep",
    "first-contact-resolution",
    "0.03",
    "Of 400 repeated calls, 130 were answered from a page that was out of date.",
    "Owners are named on all pages. Resolution did not rise: the causes lie elsewhere.",
)
MILESTONES = (
    "Agreed with the teams whom it concerns",
    "Tried in one team for four weeks",
    "In use in all teams",
)
COMMENTS = (
    "The first team asks for it in the evening shift as well.",
    "Two people are still to be trained; both are back on Monday.",
)
CENTRAL = "One calibration of evaluators for all sites"
CENTRAL_AIM = (
    "All sites score the same contacts on the same day, as Galway does, and learn what they differ"
    " on. It takes the place of one project at each site."
)
CENTRAL_ITEM = "evaluator-calibration"
CENTRAL_STEPS = (
    "Form and guide agreed with the QA managers of the regions",
    "First session of all sites, with what they differed on",
    "Agreement at every site at or above 0.8, lower bound",
)
