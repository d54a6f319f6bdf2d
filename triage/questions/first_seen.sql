-- purpose: When the log first saw this exception of this service, in the last 30 days
-- binds: service, exception, exception_path, lookback, until
-- reading: The oldest error with this exception type. `log_starts` is how far back the log goes: an exception as old as
--   the log may be older.
-- limit: 1
select time, service, release, environment, message,
       (select min(minute) from eventlog.per_minute) as log_starts
from (
    (select time, service, release, environment, message
     from eventlog.event
     where service = %(service)s and level in ('error', 'fatal') and attributes->>'exception.type' = %(exception)s
       and time between %(lookback)s::timestamptz and %(until)s::timestamptz
     order by time
     limit 1)
    union all
    (select time, service, release, environment, message
     from eventlog.event
     where service = %(service)s and level in ('error', 'fatal') and attributes->>'exception.type' = %(exception_path)s
       and time between %(lookback)s::timestamptz and %(until)s::timestamptz
     order by time
     limit 1)
) as seen
order by time
limit 1
