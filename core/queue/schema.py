"""Procrastinate's jobs in SQLite: the table, and its queries in SQLite's words.

The table keeps Procrastinate's names. There is no table of workers, since they all live in the
one process that holds the file, and none of events, since jobs that are done are deleted.
"""

CREATE = (
    """
    CREATE TABLE IF NOT EXISTS procrastinate_jobs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        queue_name TEXT NOT NULL,
        task_name TEXT NOT NULL,
        priority INTEGER NOT NULL,
        lock TEXT,
        queueing_lock TEXT,
        args TEXT NOT NULL,
        status TEXT NOT NULL DEFAULT 'todo',
        scheduled_at TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        worker_id INTEGER
    )
    """,
    """
    CREATE INDEX IF NOT EXISTS procrastinate_jobs_due
        ON procrastinate_jobs (scheduled_at, id) WHERE status = 'todo'
    """,
    """
    CREATE INDEX IF NOT EXISTS procrastinate_jobs_lane
        ON procrastinate_jobs (lock, id) WHERE status = 'todo'
    """,
    """
    CREATE UNIQUE INDEX IF NOT EXISTS procrastinate_jobs_lane_taken
        ON procrastinate_jobs (lock) WHERE status = 'doing'
    """,
    """
    CREATE UNIQUE INDEX IF NOT EXISTS procrastinate_jobs_once
        ON procrastinate_jobs (queueing_lock) WHERE status = 'todo'
    """,
)
"""The table and its indexes."""

RESUME = (
    "UPDATE OR IGNORE procrastinate_jobs SET status = 'todo' WHERE status = 'doing'",
    "DELETE FROM procrastinate_jobs WHERE status = 'doing'",
)
"""Puts back what a process that is gone was doing; what cannot go back has its like waiting."""

DEFER = """
    INSERT INTO procrastinate_jobs
        (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
    VALUES
        (:queue_name, :task_name, :priority, :lock, :queueing_lock, :args, :scheduled_at)
    ON CONFLICT DO NOTHING
    RETURNING id
"""

FETCH = """
    UPDATE procrastinate_jobs SET status = 'doing', worker_id = :worker_id
    WHERE id = (
        SELECT waiting.id FROM procrastinate_jobs AS waiting
        WHERE waiting.status = 'todo' AND waiting.scheduled_at <= :now
          AND NOT EXISTS (
            SELECT 1 FROM procrastinate_jobs AS ahead
            WHERE ahead.lock = waiting.lock AND ahead.status = 'doing')
          AND NOT EXISTS (
            SELECT 1 FROM procrastinate_jobs AS ahead
            WHERE ahead.lock = waiting.lock AND ahead.status = 'todo' AND ahead.id < waiting.id)
        ORDER BY waiting.scheduled_at, waiting.id LIMIT 1)
    RETURNING *
"""

DELETE = """
    DELETE FROM procrastinate_jobs WHERE id = :job_id AND status IN ('todo', 'doing')
    RETURNING lock
"""

FINISH = """
    UPDATE procrastinate_jobs SET status = :status, attempts = attempts + 1
    WHERE id = :job_id AND status IN ('todo', 'doing')
    RETURNING lock
"""

RETRY = """
    UPDATE procrastinate_jobs
    SET status = 'todo', attempts = attempts + 1, scheduled_at = :retry_at,
        priority = coalesce(:new_priority, priority),
        queue_name = coalesce(:new_queue_name, queue_name),
        lock = coalesce(:new_lock, lock)
    WHERE id = :job_id AND status IN ('doing', 'failed')
    RETURNING lock
"""

LIST = """
    SELECT * FROM procrastinate_jobs
    WHERE (:id IS NULL OR id = :id)
      AND (:queue_name IS NULL OR queue_name = :queue_name)
      AND (:task_name IS NULL OR task_name = :task_name)
      AND (:status IS NULL OR status = :status)
      AND (:lock IS NULL OR lock = :lock)
      AND (:queueing_lock IS NULL OR queueing_lock = :queueing_lock)
      AND (:worker_id IS NULL OR worker_id = :worker_id)
    ORDER BY id
"""

DOING = "SELECT * FROM procrastinate_jobs WHERE status = 'doing'"
