-- purpose: What was deployed in the day before the error
-- binds: at, until, environment
-- reading: Newest first. `told` came from the delivery pipeline, `seen` is the first event a release wrote.
-- limit: 50
select at, release, service, environment, commit, url, 'told' as known
from eventlog.deployment
where at between %(at)s::timestamptz - interval '1 day' and %(until)s::timestamptz
  and (environment = '' or %(environment)s::text in ('', environment))
union all
select first_seen, release, service, environment, '', '', 'seen'
from eventlog.release as seen
where first_seen between %(at)s::timestamptz - interval '1 day' and %(until)s::timestamptz
  and %(environment)s::text in ('', environment)
  and not exists (select from eventlog.deployment as told
                  where told.release = seen.release and told.service in ('', seen.service)
                    and told.environment in ('', seen.environment))
order by at desc, release, service
limit 50
