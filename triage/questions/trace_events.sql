-- purpose: Everything of the same trace, over all services, in order
-- binds: trace_id, since, until
-- reading: One event a line, oldest first. An error of another service that comes earlier is a likelier cause than ours.
-- limit: 200
select time, service, level, message, duration, request_id, span_id, attributes->>'exception.type' as exception
from eventlog.event
where trace_id = %(trace_id)s
  and time between %(since)s::timestamptz and %(until)s::timestamptz
order by time, service, span_id, message
