"""The tables of a dossier: each sentence of the contract that refuses, at its line."""

from pathlib import Path

import pytest

from dossiers import METRICS, PROCESSES, SYSTEMS, faults_with

READINGS = "metric,month,numerator,denominator\naht,2026-09,300,1\n"
INITIATIVES = "initiative,process,started,completed,structured,analysis,outcome\n"
DOCUMENTS = (
    "kind,title,dated,covers_backup_and_recovery,sets_acceptable_levels,communicated_on,tested_on\n"
)
INCIDENTS = "incident,system,opened,severity,responded_minutes,cost_impact\n"
CHANGES = "change,kind,on,business_requirement,annual_plan_reference\n"
ONE_OF_2026_10 = "a date such as 2026-10-31 (year-month-day)"
DIGITS = "(digits with a decimal point if need be, nothing else)"


@pytest.mark.parametrize(
    ("file", "content", "fault"),
    [
        # A missing column, an unknown one, a column twice, no header.
        ("readings.csv", "metric,month,numerator\naht,2026-09,300\n",
         "1: denominator: found no such column, expected the columns "
         "metric, month, numerator, denominator"),
        ("readings.csv", "metric,month,numerator,denominator,note\naht,2026-09,300,1,x\n",
         '1: note: found the column "note", expected only the columns '
         "metric, month, numerator, denominator"),
        ("readings.csv", "metric,month,numerator,denominator,\naht,2026-09,300,1,x\n",
         "1: header: found a column without a name, expected only the columns "
         "metric, month, numerator, denominator"),
        ("readings.csv", "metric,month,numerator,denominator,a:b\naht,2026-09,300,1,x\n",
         '1: header: found the column "a:b", expected only the columns '
         "metric, month, numerator, denominator"),
        ("readings.csv", "metric,month,numerator,denominator,month\naht,2026-09,300,1,x\n",
         "1: month: found the column 2 times, expected each column once"),
        ("readings.csv", "aht,2026-09,300,1\naht,2026-10,310,1\n",
         '1: header: found "aht,2026-09,300,1", expected a header of these names with commas '
         "between: metric, month, numerator, denominator"),
        ("readings.csv", "metric;month;numerator;denominator\naht;2026-09;300;1\n",
         '1: header: found "metric;month;numerator;denominator", expected a header of these names '
         "with commas between: metric, month, numerator, denominator"),
        ("readings.csv", "Metric,Month,Numerator,Denominator\n",
         '1: header: found "Metric,Month,Numerator,Denominator", expected a header of these names '
         "with commas between: metric, month, numerator, denominator"),
        ("readings.csv", "",
         "1: header: found no header, expected a header of these names with commas between: "
         "metric, month, numerator, denominator"),
        ("readings.csv", "\ufeff\n\r\n",
         "1: header: found no header, expected a header of these names with commas between: "
         "metric, month, numerator, denominator"),
        # A record with another number of fields, an unclosed quotation mark.
        ("readings.csv", READINGS + "aht,2026-10,300\n",
         "3: record: found 3 cells, expected the 4 of the header"),
        ("readings.csv", READINGS + "aht,2026-10,300,1,\n",
         "3: record: found 5 cells, expected the 4 of the header"),
        ("readings.csv", READINGS + " \n",
         "3: record: found 1 cell, expected the 4 of the header"),
        ("readings.csv", READINGS + '"aht,2026-10,300,1\naht,2026-08,1,1\n',
         "3: metric: found a quotation mark that is not closed by the end of the file, "
         'expected a closing quotation mark; one inside a cell is written ""'),
        # Booleans, months, dates, times.
        ("processes.csv", PROCESSES + "billing,enabling,true,no\n",
         '4: low_volume: found "true", expected yes or no'),
        ("processes.csv", PROCESSES + "billing,enabling,no,No\n",
         '4: time_and_materials: found "No", expected yes or no'),
        ("readings.csv", READINGS + "aht,10/2026,300,1\n",
         '3: month: found "10/2026", expected a month such as 2026-10 (year-month)'),
        ("targets.csv", "metric,from,target\naht,12/03/2026,300\n",
         f'2: from: found "12/03/2026", expected {ONE_OF_2026_10}'),
        ("incidents.csv", INCIDENTS + "I1,acd,2026-10-25T01:30,,,\n",
         '2: opened: found "2026-10-25T01:30", expected a time with its offset from UTC such as '
         "2026-10-31T09:15:00+01:00: the offset is missing; the clocks of Europe/London show that "
         "time twice, and only the offset tells which"),
        ("incidents.csv", INCIDENTS + "I1,acd,2026-03-29T01:30,,,\n",
         '2: opened: found "2026-03-29T01:30", expected a time with its offset from UTC such as '
         "2026-10-31T09:15:00+01:00: the offset is missing; the clocks of Europe/London skip that "
         "time"),
        # Numbers, and the least and the most that they may be.
        ("readings.csv", READINGS + "aht,2026-10,1.234.567,1\n",
         f'3: numerator: found "1.234.567", expected a number such as 12 or -0.5 {DIGITS}'),
        ("readings.csv", READINGS + "aht,2026-10,95 %,1\n",
         f'3: numerator: found "95 %", expected a number such as 12 or -0.5 {DIGITS}'),
        ("readings.csv", READINGS + "aht,2026-10,300,-1\n",
         f'3: denominator: found "-1", expected a number of 0 or more such as 12 or 0.5 {DIGITS}'),
        ("uptime.csv", "system,month,uptime,target\nacd,2026-10,99.9,0.99\n",
         '2: uptime: found "99.9", expected a share from 0 to 1 (95 % is written 0.95)'),
        ("uptime.csv", "system,month,uptime,target\nacd,2026-10,0.999,1.01\n",
         '2: target: found "1.01", expected a share from 0 to 1 (95 % is written 0.95)'),
        ("service_levels.csv", "channel,from,target,of\nphone,2026-01-01,80,offered\n",
         '2: target: found "80", expected a share from 0 to 1 (95 % is written 0.95)'),
        ("incidents.csv", INCIDENTS + "I1,acd,2026-10-25T01:30Z,,-5,\n",
         '2: responded_minutes: found "-5", expected a number of 0 or more such as 12 or 0.5 '
         f"{DIGITS}"),
        ("incidents.csv", INCIDENTS + "I1,acd,2026-10-25T01:30Z,,,-0.01\n",
         '2: cost_impact: found "-0.01", expected a number of 0 or more such as 12 or 0.5 '
         f"{DIGITS}"),
        # Closed sets, and keys in lower case.
        ("processes.csv", PROCESSES + "billing,back_office,no,no\n",
         '4: class: found "back_office", expected end_user_facing or enabling'),
        ("metrics.csv", METRICS + "fcr,answering,speed,,higher\n",
         '4: aspect: found "speed", expected service, quality, efficiency, cost, satisfaction, '
         "revenue or other"),
        ("metrics.csv", METRICS + "fcr,answering,service,,up\n",
         '4: better: found "up", expected higher or lower'),
        ("service_levels.csv", "channel,from,target,of\nphone,2026-01-01,0.8,all\n",
         '2: of: found "all", expected offered or answered'),
        ("service_levels.csv", "channel,from,target,of\nPhone,2026-01-01,0.8,offered\n",
         '2: channel: found "Phone", expected a channel such as phone or live_chat '
         "(a-z, 0-9 and _)"),
        ("systems.csv", SYSTEMS + "crm,shared\n",
         '3: class: found "shared", expected end_user_facing or enabling'),
        ("practices.csv", "item,documented,reason,evidence\np1,partly,,\n",
         '2: documented: found "partly", expected yes, no or not_applicable'),
        ("documents.csv", DOCUMENTS + "Annual plan,Plan,2026-01-01,no,no,,\n",
         '2: kind: found "Annual plan", expected a key such as business_continuity_plan '
         "(a-z, 0-9 and _)"),
        ("satisfaction.csv", "kind,month,value,target\ncustomer,2026-10,4,4\n",
         '2: kind: found "customer", expected end_user or staff'),
        ("technology_changes.csv", CHANGES + "C1,removal,2026-10-01,,\n",
         '2: kind: found "removal", expected purchase, enhancement or upgrade'),
        # A cell that may not be empty; a text of spaces only is empty.
        ("metrics.csv", METRICS + ",answering,service,,higher\n",
         "4: metric: found nothing, expected a text that is not empty"),
        ("metrics.csv", METRICS + "  ,answering,service,,higher\n",
         '4: metric: found "  ", expected a text that is not empty'),
        ("readings.csv", READINGS + "aht,2026-10,,\n",
         f"3: numerator: found nothing, expected a number such as 12 or -0.5 {DIGITS}"),
        ("initiatives.csv", INITIATIVES + "i1,answering,,,yes,,\n",
         f"2: started: found nothing, expected {ONE_OF_2026_10}"),
        ("improvement_actions.csv", "metric,month,action,taken_on\naht,2026-09, ,2026-10-01\n",
         '2: action: found " ", expected a text that is not empty'),
        # A repeated key, compared by value.
        ("processes.csv", PROCESSES + "hiring,enabling,no,no\n",
         '4: process: found "hiring" again, first on line 3, expected each process once'),
        ("readings.csv", READINGS + "csat,2026-09,4,1\naht,2026-09,310,1\n",
         '4: month: found "aht 2026-09" again, first on line 2, expected each metric and month '
         "once"),
        ("service_levels.csv",
         "channel,from,target,of\nphone,2026-01-01,0.8,offered\nphone,2026-01-01,0.8,offered\n",
         '3: from: found "phone 2026-01-01" again, first on line 2, expected each channel and from '
         "once"),
        ("improvement_actions.csv",
         "metric,month,action,taken_on\naht,2026-09,x,2026-10-01\naht,2026-09,y,2026-10-01\n"
         "aht,2026-09,x,2026-10-02\n",
         '4: action: found "aht 2026-09 x" again, first on line 2, expected each metric and month '
         "and action once"),
        ("documents.csv", DOCUMENTS + "plan,A,2026-01-01,no,no,,\nplan,A,2026-02-01,no,no,,\n",
         '3: title: found "plan A" again, first on line 2, expected each kind and title once'),
        # What is named in another file must be listed in its own.
        ("metrics.csv", METRICS + "fcr,selling,service,,higher\n",
         '4: process: found "selling", expected a process that is listed in processes.csv'),
        ("readings.csv", READINGS + "AHT,2026-10,300,1\n",
         '3: metric: found "AHT", expected a metric that is listed in metrics.csv'),
        ("readings.csv", READINGS + "aht ,2026-10,300,1\n",
         '3: metric: found "aht ", expected a metric that is listed in metrics.csv'),
        ("targets.csv", "metric,from,target\nfcr,2026-01-01,1\n",
         '2: metric: found "fcr", expected a metric that is listed in metrics.csv'),
        ("improvement_actions.csv", "metric,month,action,taken_on\nfcr,2026-09,x,2026-10-01\n",
         '2: metric: found "fcr", expected a metric that is listed in metrics.csv'),
        ("initiatives.csv", INITIATIVES + "i1,selling,2026-01-01,,yes,,\n",
         '2: process: found "selling", expected a process that is listed in processes.csv'),
        ("uptime.csv", "system,month,uptime,target\ncrm,2026-10,1,1\n",
         '2: system: found "crm", expected a system that is listed in systems.csv'),
        ("incidents.csv", INCIDENTS + "I1,crm,2026-10-25T01:30Z,,,\n",
         '2: system: found "crm", expected a system that is listed in systems.csv'),
    ],
)  # fmt: skip
def test_a_table_is_refused_at_the_line_and_column(
    tmp_path: Path, file: str, content: str, fault: str
) -> None:
    assert faults_with(tmp_path, {file: content.encode()}) == [f"{file}:{fault}"]


@pytest.mark.parametrize(
    ("file", "content"),
    [
        # Columns in any order, a byte order mark, CRLF and LF mixed, empty lines, no last line end.
        ("readings.csv", "denominator,numerator,month,metric\n1,300,2026-09,aht\n"),
        ("readings.csv", "\ufeff" + READINGS),
        ("readings.csv", READINGS.replace("1\n", "1\r\n")),
        ("readings.csv", "\n\r\n" + READINGS.replace("\n", "\n\n") + "aht,2026-10,1,1"),
        ("readings.csv",
         '"metric","month","numerator","denominator"\r\n"aht","2026-09","-3",""\r\n'),
        ("readings.csv", "metric,month,numerator,denominator\n"),
        ("readings.csv", READINGS + "aht,2026-10,-0.50,0\naht,1999-01,007,0.000\n"),
        # A channel needs no row in service_levels.csv, nor be among those of the header.
        ("service_levels.csv", "channel,from,target,of\nfax,2026-01-01,1.0,answered\n"),
        # Negative where the contract says so, empty where it says so, any key where it says so.
        ("targets.csv", "metric,from,target\naht,2026-01-01,-5\naht,2026-01-02,-5\n"),
        ("satisfaction.csv", "kind,month,value,target\nstaff,2026-10,-1,-2.5\n"),
        ("initiatives.csv", INITIATIVES + "i1,answering,2026-01-01,,no,,  \n"),
        ("incidents.csv",
         INCIDENTS + "I1,acd,2026-10-25T01:30+01,,,\nI2,acd,2026-10-25T01:30Z,1,0,0\n"),
        ("technology_changes.csv", CHANGES + "C1,purchase,2026-10-01,,\n"),
        ("practices.csv", "item,documented,reason,evidence\np,no,,\nP,yes,,\np ,yes,,\n"),
        ("documents.csv",
         DOCUMENTS + "annual_plan,A,2026-01-01,no,no,,\nx2_,A,2026-01-01,no,no,,\n"),
        ("documents.csv",
         DOCUMENTS + 'plan,"A\nB, ""C""",2026-01-01,no,no,2026-01-01,2026-01-02\n'),
    ],
)  # fmt: skip
def test_what_the_contract_allows_is_read(tmp_path: Path, file: str, content: str) -> None:
    assert faults_with(tmp_path, {file: content.encode()}) == []


def test_every_fault_of_every_file_comes_at_once_in_the_order_of_the_contract(
    tmp_path: Path,
) -> None:
    faults = faults_with(
        tmp_path,
        {
            "uptime.csv": "system,month,uptime,target\nacd,2026-10,2,x\ncrm,2026-10,1,1\n",
            "readings.csv": READINGS + "aht,x,y,z\nb,2026-10,1\n",
            "metrics.csv": METRICS + "b,answering,service,,sideways\nc,nobody,service,,higher\n",
            "dossier.yaml": "scope: 1\n",
            "other.csv": "a\n",
            "intervals.csv": "channel,start,offered,answered,within_threshold\nphone,x,1,2,3\n",
        },
    )
    assert [fault.split(" found")[0] for fault in faults] == [
        "dossier.yaml:1: as_of:",
        "dossier.yaml:1: timezone:",
        "dossier.yaml:1: channels:",
        "dossier.yaml:1: volume:",
        "dossier.yaml:1: scope:",
        "metrics.csv:4: better:",
        "metrics.csv:5: process:",
        "readings.csv:3: month:",
        "readings.csv:3: numerator:",
        "readings.csv:3: denominator:",
        "readings.csv:4: record:",
        "intervals.csv:2: start:",
        "intervals.csv:2: answered:",
        "intervals.csv:2: within_threshold:",
        "uptime.csv:2: uptime:",
        "uptime.csv:2: target:",
        "uptime.csv:3: system:",
        "other.csv:1: file:",
    ]


@pytest.mark.parametrize(
    "metrics",
    [
        METRICS + "b,answering,service,,sideways\n",
        METRICS + "b,answering,service,\n",
        METRICS + 'b,answering,"service" ,,higher\n',
        "\ufeff" + METRICS + "b,answering,service,,higher,\n",
        METRICS.replace("unit", "Unit") + "b,answering,service,,higher\n",
        METRICS.replace("metric", "name") + "b,answering,service,,higher\n",
        METRICS + 'x,"answering\nb,answering,service,,higher\n',
        METRICS.replace("csat", "zufriedenheit-\udce4"),
        "",
    ],
)
def test_a_name_whose_row_has_another_fault_is_not_refused_a_second_time(
    tmp_path: Path, metrics: str
) -> None:
    raw = metrics.encode(errors="surrogateescape")
    faults = faults_with(
        tmp_path,
        {"metrics.csv": raw or b"\n", "readings.csv": READINGS + "b,2026-09,1,1\n"},
    )
    assert faults
    assert not [fault for fault in faults if fault.startswith("readings")]


def test_a_repeated_key_is_named_though_its_row_has_another_fault(tmp_path: Path) -> None:
    faults = faults_with(tmp_path, {"readings.csv": READINGS + "aht,2026-09,x,1\n"})
    assert [fault.split(" found")[0] for fault in faults] == [
        "readings.csv:3: numerator:",
        "readings.csv:3: month:",
    ]


def test_columns_by_the_thousand_are_one_fault(tmp_path: Path) -> None:
    header = ",".join(["metric", *(f"c{n}" for n in range(9_999))])
    assert faults_with(tmp_path, {"readings.csv": f"{header}\n{',' * 9_999}\n"}) == [
        "readings.csv:1: header: found 10000 columns, "
        "expected the 4 columns metric, month, numerator, denominator"
    ]
