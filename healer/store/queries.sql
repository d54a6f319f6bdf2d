-- Every statement on the record that is longer than a line, each under its name.
-- Parameters are psycopg's: %(name)s. Times are timestamptz.

-- name: known_content
select digest from healer.received where digest = any(%(digests)s);

-- name: save_received
insert into healer.received (digest, source, project, resource, action, disposition, reason)
select decode(digest, 'hex'), source, project, resource, action, disposition, reason
  from jsonb_to_recordset(%(rows)s::jsonb) as r (
       digest text, source text, project text, resource text, action text, disposition text, reason text)
 order by digest
    on conflict (digest) do nothing;

-- name: save_events
-- Returns only the rows that were not there before, whichever door they came through.
insert into healer.event (project, event_id, fingerprint, at, release, environment, user_key, body)
select project, event_id, fingerprint, at, release, environment, user_key, body
  from jsonb_to_recordset(convert_from(%(rows)b, 'UTF8')::jsonb) as r (
       project text, event_id text, fingerprint text, at timestamptz, release text, environment text,
       user_key text, body jsonb)
 order by project, event_id
    on conflict (project, event_id) do nothing
returning project, event_id;

-- name: count_incidents
-- One row per incident of the batch; locked in key order, so that two batches never wait for each other.
insert into healer.incident as i
       (project, fingerprint, title, culprit, issue_id, issue_url, first_seen, last_seen, events)
select project, fingerprint, title, culprit, issue_id, issue_url, first_seen, last_seen, events
  from jsonb_to_recordset(%(rows)s::jsonb) as r (
       project text, fingerprint text, title text, culprit text, issue_id text, issue_url text,
       first_seen timestamptz, last_seen timestamptz, events bigint)
 order by project, fingerprint
    on conflict (project, fingerprint) do update
   set events = i.events + excluded.events,
       first_seen = least(i.first_seen, excluded.first_seen),
       last_seen = greatest(i.last_seen, excluded.last_seen),
       issue_id = coalesce(nullif(excluded.issue_id, ''), i.issue_id),
       issue_url = coalesce(nullif(excluded.issue_url, ''), i.issue_url)
returning project, fingerprint, events, first_seen, last_seen;

-- name: latest_cases
-- The newest episode of each incident, with what became of it.
select distinct on (c.project, c.fingerprint)
       c.project, c.fingerprint, c.id, c.episode, c.state, c.closed_at, e.release,
       coalesce(p.state, '') as proposal, p.merged_at, p.closed_at as proposal_closed_at,
       array(select distinct s.release
               from healer.event s
              where s.project = c.project and s.fingerprint = c.fingerprint and s.release <> ''
                and s.received_at <= coalesce(p.merged_at, p.closed_at, c.closed_at)
              limit 50) as releases
  from healer.cases c
  join jsonb_to_recordset(%(rows)s::jsonb) as r (project text, fingerprint text)
 using (project, fingerprint)
  left join healer.event e on e.project = c.project and e.event_id = c.event_id
  left join healer.proposal p on p.case_id = c.id
 order by c.project, c.fingerprint, c.episode desc;

-- name: open_cases
insert into healer.cases (project, fingerprint, episode, event_id)
select project, fingerprint, episode, event_id
  from jsonb_to_recordset(%(rows)s::jsonb) as r (
       project text, fingerprint text, episode int, event_id text)
 order by project, fingerprint
    on conflict (project, fingerprint, episode) do nothing
returning id, project, fingerprint;

-- name: hold_incidents
-- Why an incident has no case yet; '' once it has one.
update healer.incident i
   set held = r.held
  from jsonb_to_recordset(%(rows)s::jsonb) as r (project text, fingerprint text, held text)
 where i.project = r.project and i.fingerprint = r.fingerprint and i.held <> r.held;

-- name: assign_tasks
update healer.cases c
   set task_id = r.task_id
  from jsonb_to_recordset(%(rows)s::jsonb) as r (id bigint, task_id text)
 where c.id = r.id;

-- name: load_case
select c.id, c.project, c.fingerprint, c.episode, c.state, e.body,
       i.events, i.first_seen, i.last_seen, i.short_id,
       (select count(distinct u.user_key)
          from healer.event u
         where u.project = c.project and u.fingerprint = c.fingerprint and u.user_key <> '') as users
  from healer.cases c
  join healer.incident i using (project, fingerprint)
  join healer.event e on e.project = c.project and e.event_id = c.event_id
 where c.id = %(case)s;

-- name: start_case
update healer.cases set state = 'working'
 where id = %(case)s and state in ('queued', 'working', 'waiting');

-- name: close_case
update healer.cases
   set state = %(state)s, code = %(code)s, reason = %(reason)s, closed_at = now()
 where id = %(case)s and closed_at is null;

-- name: save_step
insert into healer.step
       (case_id, name, started_at, seconds, dollars, input_tokens, output_tokens, model, prompt)
values (%(case)s, %(name)s, %(started_at)s, %(seconds)s, %(dollars)s,
        %(input_tokens)s, %(output_tokens)s, %(model)s, %(prompt)s)
    on conflict (case_id, name) do update
   set started_at = excluded.started_at, seconds = excluded.seconds, dollars = excluded.dollars,
       input_tokens = excluded.input_tokens, output_tokens = excluded.output_tokens,
       model = excluded.model, prompt = excluded.prompt;

-- name: list_cases
select c.id, c.project, c.fingerprint, c.episode, c.state, c.code, c.reason, c.priority,
       c.opened_at, c.closed_at, i.title, i.events, i.last_seen,
       coalesce(p.url, '') as url, coalesce(p.branch, '') as branch, coalesce(p.state, '') as proposal,
       coalesce(s.seconds, 0) as seconds, coalesce(s.dollars, 0) as dollars
  from healer.cases c
  join healer.incident i using (project, fingerprint)
  left join healer.proposal p on p.case_id = c.id
  left join lateral (select sum(seconds) as seconds, sum(dollars) as dollars
                       from healer.step where case_id = c.id) s on true
 where (%(project)s = '' or c.project = %(project)s)
   and (%(state)s = '' or c.state = %(state)s)
 order by c.opened_at desc, c.id desc
 limit %(limit)s;

-- name: list_incidents
-- Every incident, also those without a case, with the reason.
select i.project, i.fingerprint, i.title, i.culprit, i.issue_url, i.first_seen, i.last_seen, i.events, i.held,
       c.id as case_id, coalesce(c.state, '') as state
  from healer.incident i
  left join lateral (select id, state from healer.cases c
                      where c.project = i.project and c.fingerprint = i.fingerprint
                      order by episode desc limit 1) c on true
 where (%(project)s = '' or i.project = %(project)s)
 order by i.last_seen desc
 limit %(limit)s;
