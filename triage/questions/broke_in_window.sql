-- purpose: What else broke around the error, by service
-- binds: since, until, environment
-- reading: Errors of each service in the window and in the hour before it, and the window's first error. A service that
--   broke earlier than ours is a likelier cause; many services at once point at something they share.
-- limit: 30
with counted as materialized (
    select service,
           coalesce(sum(events) filter (where minute >= date_bin('1 minute', %(since)s::timestamptz, timestamptz '2000-01-01 00:00:00Z')), 0)::bigint as events,
           coalesce(sum(errors) filter (where minute >= date_bin('1 minute', %(since)s::timestamptz, timestamptz '2000-01-01 00:00:00Z')), 0)::bigint as errors,
           coalesce(sum(errors) filter (where minute < date_bin('1 minute', %(since)s::timestamptz, timestamptz '2000-01-01 00:00:00Z')), 0)::bigint as errors_before
    from eventlog.per_minute
    where minute >= date_bin('1 minute', %(since)s::timestamptz, timestamptz '2000-01-01 00:00:00Z') - interval '1 hour'
      and minute <= %(until)s::timestamptz
      and %(environment)s::text in ('', environment)
    group by service
)
select counted.service, events, errors, errors_before, 60 as minutes_before,
       round(extract(epoch from %(until)s::timestamptz - %(since)s::timestamptz) / 60)::int as minutes,
       first.time as first_error, first.message, first.exception
from counted
left join lateral (
    select time, message, attributes->>'exception.type' as exception
    from eventlog.event
    where service = counted.service and level in ('error', 'fatal')
      and time between %(since)s::timestamptz and %(until)s::timestamptz
    order by time, message
    limit 1
) as first on true
where errors > 0
order by counted.errors desc, counted.service
limit 30
