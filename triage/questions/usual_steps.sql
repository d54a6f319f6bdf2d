-- purpose: What such a request usually does, and what this one did of it
-- binds: request_id, since, at
-- reading: The steps of up to twelve earlier requests that began alike, in their usual order. A step that nearly all of
--   them took before a point this request reached, and this request did not take, is a missing event. Steps after the
--   error are missing of course. Numbers and ids in messages read #.
-- limit: 60
with mine as materialized (
    select time, service, attributes->>'http.route' as route,
           regexp_replace(left(message, 200), '[0-9a-fA-F-]{8,}|[0-9]+', '#', 'g') as step
    from eventlog.event
    where request_id = %(request_id)s
      and time between %(since)s::timestamptz and %(at)s::timestamptz
    order by time
    limit 500
), opening as materialized (
    select service, route, step from mine order by time limit 1
), recent as materialized (
    select request_id, message, attributes->>'http.route' as route
    from eventlog.event
    where service = (select service from opening)
      and time between %(since)s::timestamptz and %(at)s::timestamptz
    order by time desc
    limit 500
), peers as materialized (
    select distinct request_id
    from recent
    where request_id is not null and request_id <> %(request_id)s
      and route is not distinct from (select route from opening)
      and regexp_replace(left(message, 200), '[0-9a-fA-F-]{8,}|[0-9]+', '#', 'g') = (select step from opening)
    order by request_id
    limit 12
), steps as (
    select taken.service, taken.step, peers.request_id, min(taken.place) as place
    from peers
    cross join lateral (
        select service, regexp_replace(left(message, 200), '[0-9a-fA-F-]{8,}|[0-9]+', '#', 'g') as step,
               row_number() over (order by time) as place
        from eventlog.event
        where request_id = peers.request_id
          and time between %(since)s::timestamptz and %(at)s::timestamptz
        limit 100
    ) as taken
    group by taken.service, taken.step, peers.request_id
)
select steps.service, steps.step, count(*) as taken_by, (select count(*) from peers) as requests,
       round(avg(place), 1)::float8 as place,
       exists (select from mine where mine.service = steps.service and mine.step = steps.step) as taken_here
from steps
group by steps.service, steps.step
order by place, steps.service, steps.step
limit 60
