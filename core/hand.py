"""The hand of one core: which service does which kind of task of its later work."""

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
    turns = _turns(ground)
    clearing = Clearing(
        ground.database,
        ground.clock,
        ground.hubspot,
        ground.installs,
        ground.following,
        turns,
    )
    sending = Sending(
        ground.database,
        ground.clock,
        ground.smsmode,
        clearing,
        ground.following,
        ground.reporting,
        ground.settings.public_url,
        ground.settings.reporting_lag,
    )
    publishing = Publishing(
        ground.database,
        ground.clock,
        ground.hubspot,
        ground.paths,
        ground.provisioning.template_id,
        ground.desk,
    )
    campaigning = Campaigning(
        ground.database,
        ground.clock,
        ground.smsmode,
        clearing,
        ground.following,
        ground.dispatch,
        ground.settings.public_url,
        ground.settings.largest_campaign,
    )
    reconciling = Reconciling(
        ground.database,
        ground.clock,
        ground.smsmode,
        ground.installs,
        ground.following,
        ground.reporting,
        ground.watch,
        turns,
    )
    handles = {
        SEND: sending.run,
        CAMPAIGN: campaigning.run,
        PUBLISH: publishing.run,
        IDENTIFY: ground.replying.identify,
        RECONCILE: reconciling.run,
    }

    async def handle(task: Task) -> Outcome:
        do = handles.get(task.kind)
        if do is None:
            return Fail(reason=f"nobody does {task.kind!r}")
        with ground.metrics.task(task.kind) as timed:
            outcome = await do(task)
            timed.outcome = type(outcome).__name__.lower()
        return outcome

    return handle


def _turns(ground: Ground) -> Turns:
    # Without a limit there are more turns than anybody takes, and a key that is held still rests.
    sends = ground.settings.smsmode_sends or _UNLIMITED
    pace = Pace(calls=sends, per=timedelta(seconds=1))
    return Turns(ground.database, ground.clock, pace, ground.settings.hours)
