"""The routes of campaigns."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from starlette.responses import Response

from fakes.kit.answers import empty_answer, json_answer
from fakes.kit.call import Call
from fakes.smsmode.auth import Caller, identify
from fakes.smsmode.campaigns import launch
from fakes.smsmode.campaigns.campaign import Campaign, Stage
from fakes.smsmode.campaigns.requests import read_blast
from fakes.smsmode.campaigns.resource import campaign_resource, stage_of
from fakes.smsmode.errors import Code, refused
from fakes.smsmode.paging import answer_page, read_span, sort
from fakes.smsmode.party import Party
from fakes.smsmode.scheduled import merged, require_scheduled


async def create(call: Call[Party]) -> Response:
    """Launch a campaign: 201 and its resource.

    Source: smsmode API docs, Campaigns. Assumed: 201, as for messages.
    """
    caller = identify(call)
    party = call.party
    blast = read_blast(
        await call.json(), party.now(), party.settings, party.settings.campaign_notice
    )
    campaign = await launch.launch(party, caller.channel, blast)
    return json_answer(campaign_resource(party, campaign), 201)


async def index(call: Call[Party]) -> Response:
    """Answer with a page of campaigns, the ongoing ones unless told otherwise.

    Source: official client (filters, and the default status).
    """
    caller = identify(call)
    party = call.party
    stage = call.query("searchBy[status]") or Stage.ONGOING
    if stage not in list(Stage):
        raise refused(Code.QUERY, f"searchBy[status] must be one of {', '.join(Stage)}")
    reference = call.query("searchBy[refClient]")
    span = read_span(call, timedelta(days=party.settings.list_days))
    found = [
        campaign
        for campaign in party.traffic.campaigns.values()
        if campaign.channel_id in caller.reach
        and span.holds(campaign.accepted_at)
        and reference in {None, campaign.ref_client}
        and _stage(party, campaign) == stage
    ]
    keys = {"refClient": lambda c: c.ref_client or "", "sentDate": lambda c: c.sent_date}
    sort(call, found, keys, usual="sentDate")
    return answer_page(call, found, partial(campaign_resource, party), span)


async def show(call: Call[Party]) -> Response:
    """Answer with one campaign."""
    return json_answer(campaign_resource(call.party, _of_path(identify(call))))


async def change(call: Call[Party]) -> Response:
    """Change a scheduled campaign, and all of its messages.

    Source: official client (written of RCS). Assumed: its recipients cannot be changed.
    """
    campaign = _of_path(identify(call))
    party = call.party
    require_scheduled(party, _stage(party, campaign), campaign.sent_date)
    changes = await call.json()
    if not isinstance(changes, Mapping):
        raise refused(Code.MALFORMED, "The changes are a JSON object")
    if "recipients" in changes:
        detail = "cancel the campaign, or add recipients with POST .../messages"
        raise refused(Code.FIELD, "recipients cannot be changed", detail)
    notice = party.settings.immediate_within
    blast = read_blast(merged(campaign.asked, changes), party.now(), party.settings, notice)
    if blast.sent_date is None:
        raise refused(Code.DATE, "sentDate cannot be removed", "cancel the campaign instead")
    changed = launch.change(party, campaign, blast)
    if party.settings.change_status == 204:  # noqa: PLR2004 - HTTP
        return empty_answer()
    return json_answer(campaign_resource(party, changed))


async def cancel(call: Call[Party]) -> Response:
    """Call a scheduled campaign off, with all of its messages."""
    campaign = _of_path(identify(call))
    party = call.party
    require_scheduled(party, _stage(party, campaign), campaign.sent_date)
    cancelled = launch.call_off(party, campaign)
    if party.settings.cancel_status == 204:  # noqa: PLR2004 - HTTP
        return empty_answer()
    return json_answer(campaign_resource(party, cancelled))


def _of_path(caller: Caller) -> Campaign:
    if caller.campaign is None:
        raise refused(Code.UNKNOWN, "No such campaign")
    return caller.campaign


def _stage(party: Party, campaign: Campaign) -> Stage:
    return stage_of(campaign, party.traffic.archive.of_campaign(campaign.campaign_id))
