"""What is asked of the jobs, in words that SQLite and PostgreSQL both understand.

Jobs are served by priority, then by turn. A job's turn follows the last one of its account that
waits, or is level with the head of the queue when none does: accounts are served in rounds, one
job each, however many one of them has waiting. A job that is tried again keeps its turn.
"""

DEFER = """
    INSERT INTO procrastinate_jobs
        (queue_name, task_name, priority, turn, lock, queueing_lock, args, status, scheduled_at,
         attempts)
    VALUES
        (%(queue_name)s, %(task_name)s, %(priority)s,
         coalesce(
            (SELECT own.turn + 1 FROM procrastinate_jobs AS own
             WHERE own.status = 'todo' AND own.queue_name = %(queue_name)s
               AND own.priority = %(priority)s AND own.scheduled_at <= %(now)s
             ORDER BY own.turn DESC LIMIT 1),
            (SELECT head.turn FROM procrastinate_jobs AS head
             WHERE head.status = 'todo' AND head.priority = %(priority)s
               AND head.scheduled_at <= %(now)s
             ORDER BY head.turn LIMIT 1),
            0),
         %(lock)s, %(queueing_lock)s, %(args)s, 'todo', %(scheduled_at)s, 0)
"""
"""Adds a job; what happens when its like waits is said by each database."""

_MAY_START = """
    waiting.status = 'todo'
    AND (waiting.lock IS NULL OR (
        NOT EXISTS (
            SELECT 1 FROM procrastinate_jobs AS ahead
            WHERE ahead.lock = waiting.lock AND ahead.status = 'doing')
        AND NOT EXISTS (
            SELECT 1 FROM procrastinate_jobs AS ahead
            WHERE ahead.lock = waiting.lock AND ahead.status = 'todo' AND ahead.id < waiting.id)))
"""


def fetch(locking: str = "") -> str:
    """Return what begins the next job and returns it; ``locking`` keeps others from it."""
    return f"""
        UPDATE procrastinate_jobs SET status = 'doing', worker_id = %(worker_id)s
        WHERE id = (
            SELECT waiting.id FROM procrastinate_jobs AS waiting
            WHERE {_MAY_START} AND waiting.scheduled_at <= %(now)s
            ORDER BY waiting.priority DESC, waiting.turn, waiting.scheduled_at, waiting.id
            LIMIT 1 {locking})
        RETURNING *
    """  # noqa: S608 - both parts are constants of ours


NEXT_DUE = f"""
    SELECT waiting.scheduled_at FROM procrastinate_jobs AS waiting
    WHERE {_MAY_START}
    ORDER BY waiting.scheduled_at LIMIT 1
"""  # noqa: S608 - a constant of ours
"""When the first job is due that no other of its lane holds up."""

DELETE = """
    DELETE FROM procrastinate_jobs WHERE id = %(job_id)s AND status IN ('todo', 'doing')
    RETURNING lock
"""

FINISH = """
    UPDATE procrastinate_jobs SET status = %(status)s, attempts = attempts + 1
    WHERE id = %(job_id)s AND status IN ('todo', 'doing')
    RETURNING lock
"""

RETRY = """
    UPDATE procrastinate_jobs
    SET status = 'todo', attempts = attempts + 1, scheduled_at = %(retry_at)s,
        priority = coalesce(%(new_priority)s, priority),
        queue_name = coalesce(%(new_queue_name)s, queue_name),
        lock = coalesce(%(new_lock)s, lock),
        reason = NULL, failed_at = NULL
    WHERE id = %(job_id)s AND status IN ('doing', 'failed')
    RETURNING lock
"""

PUT_BACK = """
    UPDATE procrastinate_jobs SET status = 'todo', worker_id = NULL, reason = NULL
    WHERE id = %(job_id)s AND status = 'doing' AND worker_id = %(worker_id)s
    RETURNING lock
"""
"""Puts back a job whose worker died, unless somebody else has done so meanwhile."""

FAILED = "SELECT * FROM procrastinate_jobs WHERE status = 'failed' ORDER BY failed_at, id"
"""The jobs that were given up."""

DOING = "SELECT * FROM procrastinate_jobs WHERE status = 'doing'"

REWRITE = "UPDATE procrastinate_jobs SET args = %(args)s WHERE id = %(job_id)s"
"""Changes what a job says."""

CONDEMN = """
    UPDATE procrastinate_jobs SET reason = %(reason)s, failed_at = %(failed_at)s
    WHERE id = %(job_id)s
"""
"""Writes down why a job is about to be given up."""

DROP = "DELETE FROM procrastinate_jobs WHERE id = %(job_id)s"
"""Forgets a job, whatever its state."""

PLAIN = (NEXT_DUE, FAILED, REWRITE, CONDEMN, DROP)
"""What is asked as it stands, and answered with rows."""
