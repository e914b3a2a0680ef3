"""What the result of a site is given of the other sites: its peers, and who has what it lacks."""

from typing import Any
from urllib.parse import urlencode

from attain.assessments.models import Assessment
from attain.assessments.queries.estate import EstateAsked, read_estate
from attain.assessments.queries.gaps import donors_by_item
from attain.assessments.queries.peers import peer_group
from attain.assessments.views.estate_common import FigureWords
from attain.assessments.views.peers import peer_context
from attain.organisations.pages import MemberRequest, now_and_today
from attain.organisations.queries import may_somewhere
from attain.organisations.rules import Permission


def beside_estate(request: MemberRequest, assessment: Assessment) -> dict[str, Any]:
    """Return the peers of a site and the donors of its gaps, as far as the member may read them.

    Nothing for an assessment that is not the latest closed one of its site: the others are read by
    theirs.
    """
    member, centre = request.member, assessment.centre
    if centre is None or not may_somewhere(member, Permission.READ_ASSESSMENTS):
        return {}
    _now, today = now_and_today(request)
    estate = read_estate(member, EstateAsked(today, model=assessment.edition.key)).estate
    results = {each.key: result for each, result in estate.assessed} if estate else {}
    if estate is None or centre.key not in results or results[centre.key].uuid != assessment.uuid:
        return {}
    group = peer_group(estate, centre.key)
    words = FigureWords(estate.model)
    return {
        "donors": {item: len(found) for item, found in donors_by_item(estate, centre.key).items()},
        "estate_query": urlencode({"model": estate.model.model}),
        **(peer_context(estate.model, group, words) if group else {}),
    }
