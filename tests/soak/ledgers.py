"""The three ledgers: what HubSpot, smsmode and the integration each know of every SMS."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from core.stores.schema import messages, outgoing
from sandbox.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledgers:
    """What each party knows at the end.

    Args:
        executions: HubSpot's callback ids, with the state of each execution.
        accepted: smsmode's count of SMS by reference.
        reported: smsmode's last status of each, by reference.
        known: The integration's status of each, by reference.
        shown: The statuses on timelines, by reference, each as often as it was written anew.
        waiting: How much HubSpot was still to be told.
        buried: What HubSpot was not told and never will be.
    """

    executions: dict[str, str]
    accepted: Counter[str]
    reported: dict[str, str]
    known: dict[str, str]
    shown: dict[str, set[str]]
    waiting: int
    buried: list[str]


async def read_ledgers(world: World) -> Ledgers:
    """Return what is known in ``world``."""
    accepted: Counter[str] = Counter()
    reported: dict[str, str] = {}
    shown: defaultdict[str, set[str]] = defaultdict(set)
    executions: dict[str, str] = {}
    for entry in world.journal.entries():
        data: Any = entry.data
        match entry.party, entry.kind:
            case "smsmode", "message.accepted":
                accepted[data["refClient"]] += 1
                reported[data["refClient"]] = data["value"]
            case "smsmode", "message.status":
                # Some fates are reported in disorder: nothing follows a last status.
                if reported[data["refClient"]] not in STATUSES:
                    reported[data["refClient"]] = data["value"]
            case "hubspot", "timeline.written":
                reference, _, status = data["eventId"].rpartition("-")
                shown[reference].add(status)
            case "hubspot", "action.completed":
                executions[data["callbackId"]] = data["outputs"]["hs_execution_state"]
            case _:
                pass

    def read(tx: Connection) -> tuple[dict[str, str], int, list[str]]:
        known = {row.ref_client: row.status for row in tx.execute(messages.select())}
        rows = tx.execute(outgoing.select()).all()
        return known, len(rows), [f"{row.key}: {row.dead}" for row in rows if row.dead]

    known, waiting, buried = await world.parties.core.database.run(read)
    return Ledgers(
        executions=executions,
        accepted=accepted,
        reported=reported,
        known=known,
        shown=dict(shown),
        waiting=waiting,
        buried=buried,
    )


STATUSES = {
    "DELIVERED": "received",
    "UNDELIVERED": "temporary_error",
    "UNDELIVERABLE": "permanent_error",
}
"""smsmode's last words on an SMS, in the integration's."""


def check_agreement(ledgers: Ledgers, *, count: int) -> None:
    """Fail unless every SMS stands once in each ledger, with the same end.

    Raises:
        AssertionError: Something was lost, doubled, or told otherwise.
    """
    assert len(ledgers.accepted) == count, f"{len(ledgers.accepted)} of {count} were sent"
    doubled = {reference: n for reference, n in ledgers.accepted.items() if n > 1}
    assert not doubled, f"sent more than once: {doubled}"
    assert set(ledgers.known) == set(ledgers.accepted)
    expected = {r: STATUSES.get(value, "sent") for r, value in ledgers.reported.items()}
    differing = {r: (ledgers.known[r], e) for r, e in expected.items() if ledgers.known[r] != e}
    assert not differing, f"the integration and smsmode differ on {differing}"
    for reference, status in expected.items():
        assert ledgers.shown.get(reference, set()) >= {status}, f"{reference}: {status} not shown"
        assert ledgers.shown[reference] <= {status, "sent"}, f"{reference} shows too much"
        is_told = status != "received" or "sent" in ledgers.shown[reference]
        assert is_told, f"{reference} was received, and not shown as sent"
    assert ledgers.executions == dict.fromkeys(ledgers.accepted, "SUCCESS")
    assert (ledgers.waiting, ledgers.buried) == (0, [])
