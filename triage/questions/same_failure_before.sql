-- purpose: The same failure in the last 30 days, and how it ended
-- binds: project, fingerprint, episode, lookback
-- asks: record
-- reading: Healer's own cases of this failure, newest first. A merged proposal after which it came back was not the fix.
-- limit: 20
select episode, opened_at, closed_at, state, code, reason, proposal, url, merged_at, closed_why, soak
from eventlog.past_case
where project = %(project)s and fingerprint = %(fingerprint)s
  and episode < %(episode)s::int
  and opened_at >= %(lookback)s::timestamptz
order by opened_at desc
limit 20
