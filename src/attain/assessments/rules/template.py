"""The small model that an author starts from: two categories of two items, and every part once."""

from attain.assessments.rules.drafting import Data, cloned, data_of

TEMPLATE = """\
# A maturity model of your own. Change the texts, add items, and upload the file, or edit it in
# attain. Keys are small letters, digits and hyphens; they stay the same while titles may change.
model: my-model
title: My model
edition: "1"
status: draft
licence: Internal
sources: []

# The levels by which every item is rated. A level with a text of its own, such as 0, is not
# described by the items again.
scale:
  - {level: 0, title: Not yet, text: Nothing of it is found.}
  - {level: 1, title: Begun}
  - {level: 2, title: Working}
  - {level: 3, title: Improving}
# lowest, mean, share_at_level or ladder.
roll_up: {rule: lowest}
# One level short of the target is amber, two are red.
colours: {by: gap, amber: 1, red: 2}

categories:
  complaints:
    title: Complaints
    items:
      complaint-record:
        title: Record of complaints
        question: Where would you find every complaint of last month, and what became of it?
        criticality: key
        process: complaints
        facing: end_user_facing
        levels:
          - level: 1
            text: Complaints are kept where they arrive; nobody can list those of last month.
            evidence: [The places in which complaints of last month were found]
          - level: 2
            text: Each complaint of last month is in one list with its date, its cause and its
              answer.
            evidence: [The list of last month]
            step: {effort: 2, gain: 3, benefit: A complaint that nobody answered is seen.}
          - level: 3
            text: The three most frequent causes of the last quarter each have an owner and a
              change that was made.
            evidence: [The causes by count, The changes and their dates]
            step: {effort: 3, gain: 4, benefit: The same complaint comes less often.}
      complaint-answer:
        title: Answering complaints
        question: How long did those who complained last month wait for an answer that settled it?
        criticality: moderate
        process: complaints
        facing: end_user_facing
        levels:
          - level: 1
            text: Complaints are answered; how long it took is not known.
          - level: 2
            text: The days to the answer are measured for each complaint, and there is a limit
              to them.
            evidence: [Days to the answer by complaint]
            step: {effort: 1, gain: 2, benefit: Complaints that wait are seen in time.}
          - level: 3
            text: In each of the last six months nine in ten complaints were answered within the
              limit.
            evidence: [The share within the limit by month]
            step: {effort: 3, gain: 3, benefit: Fewer people complain twice.}
  coaching:
    title: Coaching
    items:
      coaching-plan:
        title: Coaching plan
        question: Which agents were coached last month, and on what?
        criticality: moderate
        process: coaching
        facing: enabling
        levels:
          - level: 1
            text: Team leaders coach when they find the time; nothing is written down.
          - level: 2
            text: Every agent was coached at least once last month, and what was practised is on
              record.
            evidence: [Coaching records of last month]
            step: {effort: 2, gain: 3, benefit: Nobody is left out.}
          - level: 3
            text: What an agent is coached on follows from their own assessed contacts of the
              month before.
            evidence: [Coaching records beside the assessments that they name]
            step: {effort: 2, gain: 4, benefit: Coaching changes what customers meet.}
      induction:
        title: Induction
        structure_only: Its text belongs to the training partner and stands here by its name alone.
"""


def from_template(*, key: str, title: str, licence: str) -> Data:
    """Return the template as the first edition of a model."""
    return cloned(data_of(TEMPLATE), key=key, title=title, edition="1") | {"licence": licence}
