-- purpose: Error rate of each service before and after the release was rolled out
-- binds: release, environment, at, until
-- reading: Errors in the hour before the roll-out, and in the latest hour since. Compare errors with events of the same
--   side: more traffic brings more errors. No line means that nothing is known of the release.
-- limit: 30
with rolled_out as materialized (
    select date_bin('1 minute', coalesce(
        (select max(at) from eventlog.deployment
         where release = %(release)s and at <= %(at)s::timestamptz
           and (environment = '' or %(environment)s::text in ('', environment))),
        (select min(first_seen) from eventlog.release
         where release = %(release)s and %(environment)s::text in ('', environment))
    ), timestamptz '2000-01-01 00:00:00Z') as at
), spans as materialized (
    select at, at - interval '1 hour' as before,
           greatest(at, %(until)s::timestamptz - interval '1 hour') as after,
           %(until)s::timestamptz as until
    from rolled_out
), counted as (
    select service, 'before' as side, events, errors
    from eventlog.per_minute
    where minute >= (select before from spans) and minute < (select at from spans)
      and %(environment)s::text in ('', environment)
    union all
    select service, 'after', events, errors
    from eventlog.per_minute
    where minute >= (select after from spans) and minute < (select until from spans)
      and %(environment)s::text in ('', environment)
)
select service, spans.at as rolled_out,
       coalesce(sum(events) filter (where side = 'before'), 0)::bigint as events_before,
       coalesce(sum(errors) filter (where side = 'before'), 0)::bigint as errors_before,
       60 as minutes_before,
       coalesce(sum(events) filter (where side = 'after'), 0)::bigint as events_after,
       coalesce(sum(errors) filter (where side = 'after'), 0)::bigint as errors_after,
       ceil(extract(epoch from spans.until - spans.after) / 60)::int as minutes_after
from counted, spans
group by service, spans.at, spans.until, spans.after
order by errors_after desc, events_after desc, service
limit 30
