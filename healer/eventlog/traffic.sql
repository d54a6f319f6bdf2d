-- How many events the log counted in the two weeks before a time, and since, where only releases that were
-- first seen after it count.
select coalesce((select sum(m.events) from eventlog.per_minute m
                  where m.minute between %(at)s - interval '14 days' and %(at)s), 0)::bigint as before,
       coalesce((select sum(m.events) from eventlog.per_minute m
                  where m.minute > %(at)s
                    and not exists (select 1 from eventlog.release r
                                     where r.release = m.release and r.first_seen <= %(at)s)), 0)::bigint as after;
