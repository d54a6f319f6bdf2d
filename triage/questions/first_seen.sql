-- purpose: When the log first saw this exception of this service, and in which release
-- binds: service, exception, exception_path
-- reading: Oldest release first. `log_starts` is how far back the log goes: an exception as old as the log may be older.
-- limit: 20
select first_seen as time, service, exception, release, environment,
       (select min(minute) from eventlog.per_minute) as log_starts
from eventlog.failure
where service = %(service)s and exception in (%(exception)s, %(exception_path)s)
order by first_seen, exception, release, environment
limit 20
