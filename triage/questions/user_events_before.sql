-- purpose: The last events of the same user before the error
-- binds: user_id, at
-- reading: Newest first, at most a day back. Shows the way that led to the error, and whether the user met it before.
-- limit: 50
select time, service, level, message, request_id, duration, attributes->>'exception.type' as exception
from eventlog.event
where user_id = %(user_id)s
  and time > %(at)s::timestamptz - interval '1 day'
  and time <= %(at)s::timestamptz
order by time desc, service, request_id, message
limit 50
