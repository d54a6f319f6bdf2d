-- purpose: The slowest calls around the error
-- binds: since, until
-- reading: Milliseconds, slowest first; calls under 100 ms are never listed, so no line means nothing was slow.
-- limit: 20
select slow.time, slow.service, slow.message, slow.duration, slow.request_id, slow.trace_id, slow.level
from generate_series(
    date_bin('1 minute', %(since)s::timestamptz, timestamptz '2000-01-01 00:00:00Z'),
    %(until)s::timestamptz, interval '1 minute'
) as minute
cross join lateral (
    select time, service, message, duration, request_id, trace_id, level
    from eventlog.event
    where date_bin('1 minute', time, timestamptz '2000-01-01 00:00:00Z') = minute
      and duration >= 100
      -- Whole days: they choose the partitions and leave the choice of rows to the minute.
      and time >= date_bin('1 day', %(since)s::timestamptz, timestamptz '2000-01-01 00:00:00Z')
      and time < date_bin('1 day', %(until)s::timestamptz, timestamptz '2000-01-01 00:00:00Z') + interval '1 day'
    order by duration desc, time, message
    limit 20
) as slow
order by duration desc, time, message
limit 20
