"""The hand of one core: which service does which kind of task of its later work."""

from collections.abc import Mapping
from datetime import timedelta

from core.ground import Ground
from core.ports import Fail, Handle, Outcome, Task
from core.services.campaigning import Campaigning
from core.services.clearing import Clearing
from core.services.desk import PUBLISH
from core.services.dispatching import CAMPAIGN
from core.services.publishing import Publishing
from core.services.reconciling import Reconciling
from core.services.replying import IDENTIFY
from core.services.sending import SEND, Sending
from core.services.turns import Turns
from core.services.watching import RECONCILE
from core.stores.limiter import Pace

_UNLIMITED = 1_000_000


def lend_hand(ground: Ground) -> Handle:
    """Return what does one task of a core's later work, whatever its kind."""
    handles = _handles(ground)

    async def handle(task: Task) -> Outcome:
        do = handles.get(task.kind)
        if do is None:
            return Fail(reason=f"nobody does {task.kind!r}")
        with ground.metrics.task(task.kind) as timed:
            outcome = await do(task)
            timed.outcome = type(outcome).__name__.lower()
        return outcome

    return handle


def _handles(ground: Ground) -> Mapping[str, Handle]:
    """Return what does a task of each kind."""
    database, clock, settings = ground.database, ground.clock, ground.settings
    hubspot, smsmode, installs = ground.hubspot, ground.smsmode, ground.installs
    following, reporting = ground.following, ground.reporting
    turns = _turns(ground)
    clearing = Clearing(database, clock, hubspot, installs, following, turns)
    sending = Sending(
        database,
        clock,
        smsmode,
        clearing,
        following,
        reporting,
        settings.public_url,
        settings.reporting_lag,
    )
    publishing = Publishing(
        database, clock, hubspot, ground.paths, ground.provisioning.template_id, ground.desk
    )
    campaigning = Campaigning(
        database,
        clock,
        smsmode,
        clearing,
        following,
        ground.dispatch,
        settings.public_url,
        settings.largest_campaign,
    )
    reconciling = Reconciling(
        database, clock, smsmode, installs, following, reporting, ground.watch, turns
    )
    return {
        SEND: sending.run,
        CAMPAIGN: campaigning.run,
        PUBLISH: publishing.run,
        IDENTIFY: ground.replying.identify,
        RECONCILE: reconciling.run,
    }


def _turns(ground: Ground) -> Turns:
    # Without a limit there are more turns than anybody takes, and a key that is held still rests.
    sends = ground.settings.smsmode_sends or _UNLIMITED
    pace = Pace(calls=sends, per=timedelta(seconds=1))
    return Turns(ground.database, ground.clock, pace, ground.settings.hours)
