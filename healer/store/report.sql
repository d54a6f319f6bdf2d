-- A week, computed from the record. Bounds are instants: [since, until); `starts` and `ends` are those of
-- the weeks before and of the week itself, oldest first. project '' means: all.

-- name: weeks
with w as (select n, since, until
             from unnest(%(starts)s::timestamptz[], %(ends)s::timestamptz[]) with ordinality as t(since, until, n))
select w.n, w.since,
       (select count(*) from healer.event e
         where e.at >= w.since and e.at < w.until and (%(project)s = '' or e.project = %(project)s)) as events,
       (select count(*) from healer.incident i
         where i.first_seen >= w.since and i.first_seen < w.until
           and (%(project)s = '' or i.project = %(project)s)) as new,
       c.taken, c.regressed, p.proposed, p.merged, p.closed
  from w
 cross join lateral (
       select count(*) as taken, count(*) filter (where episode > 1) as regressed
         from healer.cases c
        where c.opened_at >= w.since and c.opened_at < w.until
          and (%(project)s = '' or c.project = %(project)s)) c
 cross join lateral (
       select count(*) filter (where p.opened_at >= w.since and p.opened_at < w.until) as proposed,
              count(*) filter (where p.merged_at >= w.since and p.merged_at < w.until) as merged,
              count(*) filter (where p.closed_at >= w.since and p.closed_at < w.until
                                 and p.merged_at is null and p.state <> 'stale') as closed
         from healer.proposal p
        where %(project)s = '' or p.project = %(project)s) p
 order by w.n;

-- name: touched
-- Users are counted by placeholder; events without one do not say who they touched.
select count(*) as events, count(*) filter (where user_key = '') as nameless,
       count(distinct (project, fingerprint)) as incidents,
       count(distinct (project, user_key)) filter (where user_key <> '') as users,
       count(*) filter (where jsonb_array_length(coalesce(body -> 'flags', '[]')) > 0) as injections,
       count(distinct (project, fingerprint))
           filter (where jsonb_array_length(coalesce(body -> 'flags', '[]')) > 0) as injected
  from healer.event
 where at >= %(since)s and at < %(until)s and (%(project)s = '' or project = %(project)s);

-- name: broke
-- What had the most events in the week, and what became of it.
with most as (
    select project, fingerprint, count(*) as events, count(distinct nullif(user_key, '')) as users
      from healer.event
     where at >= %(since)s and at < %(until)s and (%(project)s = '' or project = %(project)s)
     group by project, fingerprint
     order by events desc, project, fingerprint
     limit %(limit)s)
select m.project, m.fingerprint, m.events, m.users, coalesce(i.title, m.fingerprint) as title,
       coalesce(i.first_seen >= %(since)s, false) as new, coalesce(i.held, '') as held,
       coalesce(i.issue_url, '') as url, coalesce(c.state, '') as state, coalesce(c.code, '') as code,
       coalesce(c.episode, 0) > 1 and c.opened_at >= %(since)s as regressed,
       coalesce(p.state, '') as proposal
  from most m
  left join healer.incident i using (project, fingerprint)
  left join lateral (select id, state, code, episode, opened_at from healer.cases c
                      where c.project = m.project and c.fingerprint = m.fingerprint and c.opened_at < %(until)s
                      order by episode desc limit 1) c on true
  left join healer.proposal p on p.case_id = c.id
 order by m.events desc, m.project, m.fingerprint;

-- name: leads
-- How long it took, in seconds: of the week (recent) and of the weeks before it, taken together.
with spans as (
    select 'case to proposal' as name, p.opened_at as at, p.opened_at - c.opened_at as took
      from healer.proposal p join healer.cases c on c.id = p.case_id
     where p.opened_at >= %(before)s and p.opened_at < %(until)s
       and (%(project)s = '' or p.project = %(project)s)
    union all
    select 'proposal to merge', p.merged_at, p.merged_at - p.opened_at
      from healer.proposal p
     where p.merged_at >= %(before)s and p.merged_at < %(until)s and p.opened_at is not null
       and (%(project)s = '' or p.project = %(project)s)
    union all
    select 'case to merge', p.merged_at, p.merged_at - c.opened_at
      from healer.proposal p join healer.cases c on c.id = p.case_id
     where p.merged_at >= %(before)s and p.merged_at < %(until)s
       and (%(project)s = '' or p.project = %(project)s))
select name, at >= %(since)s as recent, count(*) as n,
       percentile_cont(0.5) within group (order by extract(epoch from took)) as median,
       percentile_cont(0.9) within group (order by extract(epoch from took)) as p90
  from spans
 group by name, recent;

-- name: classes
-- Cases closed since `long_before`, by crash class.
select coalesce(nullif(i.crash_class, ''), 'unclassified') as category, count(*) as cases,
       count(*) filter (where p.opened_at < %(until)s) as proposed,
       count(*) filter (where p.merged_at < %(until)s) as merged
  from healer.cases c
  left join healer.incident i using (project, fingerprint)
  left join healer.proposal p on p.case_id = c.id
 where c.closed_at >= %(long_before)s and c.closed_at < %(until)s
   and (%(project)s = '' or c.project = %(project)s)
 group by category
 order by cases desc, category;

-- name: persons
select coalesce(nullif(code, ''), state) as code, count(*) as cases, min(reason) as reason
  from healer.cases
 where state in ('declined', 'failed') and closed_at >= %(since)s and closed_at < %(until)s
   and (%(project)s = '' or project = %(project)s)
 group by 1
 order by cases desc, 1;

-- name: asked
select r.action, count(*) as n
  from healer.request r join healer.cases c on c.id = r.case_id
 where r.at >= %(since)s and r.at < %(until)s and (%(project)s = '' or c.project = %(project)s)
 group by r.action
 order by r.action;

-- name: silent
-- Open for a week or longer at the end of the week, without an answer; and closed in it for want of one.
select coalesce(nullif(p.title, ''), p.branch) as title, p.url, p.project, extract(epoch from %(until)s - p.opened_at) as age,
       count(*) over () as n
  from healer.proposal p
 where p.opened_at < %(until)s::timestamptz - interval '7 days'
   and (p.merged_at is null or p.merged_at >= %(until)s)
   and (p.closed_at is null or p.closed_at >= %(until)s or p.state = 'stale' and p.closed_at >= %(since)s)
   and p.state in ('draft', 'ready', 'merged', 'closed', 'stale')
   and (%(project)s = '' or p.project = %(project)s)
   and not exists (select from healer.request r
                    where r.case_id = p.case_id and r.action = 'snooze' and r.until > %(until)s)
 order by p.opened_at
 limit 5;

-- name: returned
-- A new episode, opened in the week, of what a merged proposal had claimed to mend.
select i.title, c.project, count(*) over () as n
  from healer.cases c
  join healer.cases o on o.project = c.project and o.fingerprint = c.fingerprint and o.episode = c.episode - 1
  join healer.proposal p on p.case_id = o.id and p.merged_at < c.opened_at
  join healer.incident i on i.project = c.project and i.fingerprint = c.fingerprint
 where c.opened_at >= %(since)s and c.opened_at < %(until)s
   and (%(project)s = '' or c.project = %(project)s)
 order by c.opened_at
 limit 5;

-- name: soaked
-- What became of the proposals merged in the four weeks up to the end of the week, as known now.
select coalesce(nullif(soak, ''), 'unknown') as verdict, count(*) as n
  from healer.proposal
 where merged_at >= %(until)s::timestamptz - interval '28 days' and merged_at < %(until)s
   and (%(project)s = '' or project = %(project)s)
 group by 1;

-- name: costs
select coalesce(sum(dollars), 0) as dollars, coalesce(sum(input_tokens), 0)::bigint as input_tokens,
       coalesce(sum(output_tokens), 0)::bigint as output_tokens, count(*) as calls
  from healer.spend
 where at >= %(since)s and at < %(until)s and (%(project)s = '' or project = %(project)s);

-- name: redactions
select r.key as kind, sum(r.value::numeric)::bigint as n
  from healer.event e
 cross join lateral jsonb_each_text(e.body -> 'redactions') r
 where e.at >= %(since)s and e.at < %(until)s and (%(project)s = '' or e.project = %(project)s)
 group by r.key
 order by n desc, r.key;

-- name: denials
select a.action, coalesce(nullif(a.rule, ''), a.code) as rule, count(*) as n
  from healer.audit a
  left join healer.cases c on c.id = a.case_id
 where a.decision = 'deny' and a.at >= %(since)s and a.at < %(until)s
   and (%(project)s = '' or c.project = %(project)s)
 group by 1, 2
 order by n desc, 1, 2;

-- name: began
select min(applied_at) as at from healer.version;
