-- purpose: Everything of the same request, in order
-- binds: request_id, since, until
-- reading: One event a line, oldest first. What the failing request did last before the error is usually near the cause.
-- limit: 200
select time, service, level, message, duration, release, span_id, attributes->>'exception.type' as exception
from eventlog.event
where request_id = %(request_id)s
  and time between %(since)s::timestamptz and %(until)s::timestamptz
order by time, service, span_id, message
