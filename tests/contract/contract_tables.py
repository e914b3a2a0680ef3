"""The tables as the contract lists them: columns, keys, what may be empty, closed sets, a row."""

# Each table with its columns in the contract's order.
COLUMNS = {
    "processes": "process class low_volume time_and_materials",
    "metrics": "metric process aspect unit better",
    "targets": "metric from target",
    "readings": "metric month numerator denominator",
    "service_levels": "channel from target of",
    "intervals": "channel start offered answered within_threshold",
    "systems": "system class",
    "uptime": "system month uptime target",
    "initiatives": "initiative process started completed structured analysis outcome",
    "improvement_actions": "metric month action taken_on",
    "practices": "item documented reason evidence",
    "documents": "kind title dated covers_backup_and_recovery sets_acceptable_levels"
    " communicated_on tested_on",
    "satisfaction": "kind month value target",
    "incidents": "incident system opened severity responded_minutes cost_impact",
    "technology_changes": "change kind on business_requirement annual_plan_reference",
}
KEYS = {
    "processes": "process",
    "metrics": "metric",
    "targets": "metric from",
    "readings": "metric month",
    "service_levels": "channel from",
    "intervals": "channel start",
    "systems": "system",
    "uptime": "system month",
    "initiatives": "initiative",
    "improvement_actions": "metric month action",
    "practices": "item",
    "documents": "kind title",
    "satisfaction": "kind month",
    "incidents": "incident",
    "technology_changes": "change",
}
MAY_BE_EMPTY = (
    *("denominator", "unit", "completed", "analysis", "outcome", "reason", "evidence"),
    *("communicated_on", "tested_on", "severity", "responded_minutes", "cost_impact"),
    *("business_requirement", "annual_plan_reference"),
)
CLASSES = ("end_user_facing", "enabling")
FLAGS = ("yes", "no")
CLOSED = {
    ("processes", "class"): CLASSES,
    ("processes", "low_volume"): FLAGS,
    ("processes", "time_and_materials"): FLAGS,
    ("metrics", "aspect"): (
        *("service", "quality", "efficiency", "cost", "satisfaction", "revenue", "other"),
    ),
    ("metrics", "better"): ("higher", "lower"),
    ("service_levels", "of"): ("offered", "answered"),
    ("systems", "class"): CLASSES,
    ("initiatives", "structured"): FLAGS,
    ("practices", "documented"): ("yes", "no", "not_applicable"),
    ("documents", "covers_backup_and_recovery"): FLAGS,
    ("documents", "sets_acceptable_levels"): FLAGS,
    ("satisfaction", "kind"): ("end_user", "staff"),
    ("technology_changes", "kind"): ("purchase", "enhancement", "upgrade"),
}
# Columns that name what another file lists.
NAMED = {
    ("metrics", "process"),
    ("initiatives", "process"),
    ("targets", "metric"),
    ("readings", "metric"),
    ("improvement_actions", "metric"),
    ("uptime", "system"),
    ("incidents", "system"),
}
MONTHS = {(table, "month") for table in ("readings", "uptime", "improvement_actions")} | {
    ("satisfaction", "month")
}
DATES = {
    *(("targets", "from"), ("service_levels", "from"), ("initiatives", "started")),
    *(("initiatives", "completed"), ("improvement_actions", "taken_on"), ("documents", "dated")),
    *(("documents", "communicated_on"), ("documents", "tested_on"), ("technology_changes", "on")),
}
TIMES = {("intervals", "start"), ("incidents", "opened")}
ANY_NUMBERS = {
    *(("readings", "numerator"), ("targets", "target")),
    *(("satisfaction", "value"), ("satisfaction", "target")),
}
NUMBERS_FROM_0 = {
    *(("readings", "denominator"), ("incidents", "responded_minutes")),
    ("incidents", "cost_impact"),
}
SHARES = {("uptime", "uptime"), ("uptime", "target"), ("service_levels", "target")}
COUNTS = {("intervals", column) for column in ("offered", "answered", "within_threshold")}
KINDS_OF_KEY = {("service_levels", "channel"), ("intervals", "channel"), ("documents", "kind")}
# A row of each table that the sound dossier of the tests takes beside its own.
ROWS = {
    "processes": "billing,enabling,no,no",
    "metrics": "cost,answering,cost,euro,lower",
    "targets": "aht,2026-01-01,330",
    "readings": "aht,2026-10,1284500,4070",
    "service_levels": "phone,2025-11-01,0.8,offered",
    "intervals": "phone,2026-10-05T09:00:00+01:00,42,40,36",
    "systems": "crm,enabling",
    "uptime": "acd,2026-10,0.9991,0.999",
    "initiatives": "wrap-up,answering,2026-03-02,2026-08-28,yes,study,18 s less",
    "improvement_actions": "aht,2026-09,coaching,2026-10-12",
    "practices": "planning,yes,none,part 2",
    "documents": "business_continuity_plan,plan,2026-02-02,yes,yes,2026-02-16,2026-05-11",
    "satisfaction": "end_user,2026-09,4.3,4.2",
    "incidents": "INC-1,acd,2026-10-07T14:05:00+01:00,2,9,1250.50",
    "technology_changes": "CHG-1,upgrade,2026-06-20,BR-19,3.2",
}


def columns_of(table: str) -> list[str]:
    """Return the columns of a table."""
    return COLUMNS[table].split()


def row_of(table: str, **other: str) -> list[str]:
    """Return the row of a table with some cells replaced."""
    row = dict(zip(columns_of(table), ROWS[table].split(","), strict=True))
    return list({**row, **other}.values())


def text_of(header: list[str], *rows: list[str]) -> str:
    """Return a table as CSV, each cell in quotation marks."""
    lines = [header, *rows]
    return "".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in lines)


ALL_COLUMNS = [(table, column) for table in COLUMNS for column in columns_of(table)]
