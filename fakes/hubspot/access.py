"""Who calls, and whether they may: bearer tokens, scopes, and the developer's key."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from fakes.hubspot.answering import HubCall, bearer_of, token_of
from fakes.hubspot.crm.records import Channel, Source
from fakes.hubspot.errors import Category, RefusedError
from fakes.hubspot.hub import Hub
from fakes.hubspot.oauth.records import AccessToken, Holder
from fakes.hubspot.shapes import number_of
from fakes.hubspot.state import App, Portal
from fakes.hubspot.times import iso

_PRIVATE_APP = Source(channel=Channel.API, label="Private app")
_SCOPES_PAGE = "https://developers.hubspot.com/scopes"
_FORMS = re.compile(r"[CD][\w-]{20,}|pat-\w+-[\w-]+")
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Caller(NamedTuple):
    """Who calls the API, for which account; a tuple, which is made fastest.

    Args:
        portal: The account.
        token: What they call with.
        trace_id: Their own mark of one write of a batch, its ``objectWriteTraceId``.
    """

    portal: Portal
    token: AccessToken
    trace_id: str | None = None

    @property
    def source(self) -> Source:
        """What the caller leaves in a property's history."""
        app_id = self.token.app_id
        if app_id is None:
            return replace(_PRIVATE_APP, trace_id=self.trace_id) if self.trace_id else _PRIVATE_APP
        return Source(
            channel=Channel.INTEGRATION, id=str(app_id), app_id=app_id, trace_id=self.trace_id
        )


def account(call: HubCall, *scopes: str) -> Caller:
    """Return who calls, for which account.

    Args:
        call: The request.
        scopes: Those of which the token must have one; none asks for any token.

    Raises:
        RefusedError: No token, a dead one (401), or one without the scope (403).
    """
    token = _bearer(call)
    if token.portal_id is None or token.portal_id not in call.party.state.portals:
        raise unauthenticated()
    if scopes and token.scopes.isdisjoint(scopes):
        raise _out_of_scope(scopes)
    return Caller(call.party.state.portals[token.portal_id], token)


def developer(call: HubCall, scope: str = "developers-write") -> App:
    """Return the app of the path, when its developer calls.

    Source: HubSpot developer docs, Custom workflow actions (docs: ``hapikey``; spec: bearer).

    Args:
        call: The request; its path names ``appId``.
        scope: What a developer's bearer token must have.

    Raises:
        RefusedError: Neither the developer's key nor a developer's token (401), or one without the
            scope (403).
    """
    app = call.party.state.apps.get(number_of(call.params["appId"]) or 0)
    key = call.query("hapikey")
    if key is not None and call.party.settings.takes_developer_key:
        if app is None or app.developer_key != key:
            raise unauthenticated()
        return app
    token = _bearer(call)
    if token.holder is not Holder.DEVELOPER or app is None or token.app_id != app.id:
        raise unauthenticated()
    if scope not in token.scopes:
        raise _out_of_scope((scope,))
    return app


def unauthenticated() -> RefusedError:
    """Return the 401 of a call without a token that HubSpot knows.

    Source: seen in many clients' logs.
    """
    return RefusedError(
        401,
        "Authentication credentials not found. This API supports OAuth 2.0 authentication and "
        "you can find more details at "
        "https://developers.hubspot.com/docs/methods/auth/oauth-overview",
        Category.AUTHENTICATION,
    )


def _bearer(call: HubCall) -> AccessToken:
    token = token_of(call)
    if token is None:
        raise _unknown(call.party, bearer_of(call))
    if token.expires_at is not None and call.party.now() >= token.expires_at:
        raise _expired(call.party, token.expires_at)
    return token


def _unknown(hub: Hub, given: str) -> RefusedError:
    """Return the 401 of a token that nobody holds; one that cannot be read expired in 1970.

    Source: seen in many clients' logs. Assumed: what HubSpot can read.
    """
    is_readable = not given or _FORMS.fullmatch(given)
    return unauthenticated() if is_readable else _expired(hub, _NEVER)


def _expired(hub: Hub, since: datetime) -> RefusedError:
    seconds = int((hub.now() - since).total_seconds())
    return RefusedError(
        401,
        f"The OAuth token used to make this call expired {seconds} second(s) ago.",
        Category.EXPIRED,
        context={"expire time": [iso(since)]},
    )


def _out_of_scope(scopes: Iterable[str]) -> RefusedError:
    return RefusedError(
        403,
        "This app hasn't been granted all required scopes to make this call. "
        f"Read more about required scopes here: {_SCOPES_PAGE}.",
        Category.SCOPES,
        errors=[
            {
                "message": "One or more of the following scopes are required.",
                "context": {"requiredGranularScopes": list(scopes)},
            }
        ],
        links={"scopes": _SCOPES_PAGE},
    )
