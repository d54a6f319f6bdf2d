-- purpose: Users × transactions × calls of the request
-- binds: request_id, since, until
-- reading: What the request called, in order of first call: how often, how many failed, how many milliseconds in all and
--   at worst. Many equal calls are a loop over a query; more than one user in a request is a mix-up.
-- limit: 100
select user_id,
       coalesce(attributes->>'http.route', attributes->>'transaction', attributes->>'url.path', '') as transaction,
       service,
       coalesce(attributes->>'db.operation.name', attributes->>'rpc.method', attributes->>'messaging.operation.name',
                attributes->>'server.address', attributes->>'code.function.name', '') as call,
       count(*) as calls,
       count(*) filter (where level in ('error', 'fatal')) as errors,
       sum(duration) as total,
       max(duration) as slowest,
       min(time) as first
from eventlog.event
where request_id = %(request_id)s
  and time between %(since)s::timestamptz and %(until)s::timestamptz
group by user_id, transaction, service, call
order by first, service, call
limit 100
