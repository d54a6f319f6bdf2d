-- What models cost, and what policies decided. Cases are named by their natural key: <fingerprint, 12>-<episode>.

-- name: lock_spending
-- Until the transaction ends, nobody else holds.
select pg_advisory_xact_lock(hashtextextended('healer.spend', 0));

-- name: book_lost
-- Whoever made these requests is dead. Their providers have counted at least what was sent.
with lost as (delete from healer.hold where until < clock_timestamp() returning *)
insert into healer.spend (case_id, project, model, input_tokens, output_tokens, dollars, ticket, lost)
select (select c.id from healer.cases c
         where c.project = lost.project and c.fingerprint >= split_part(lost.case_key, '-', 1)
           and c.fingerprint < split_part(lost.case_key, '-', 1) || 'g'
           and c.episode::text = split_part(lost.case_key, '-', 2)
         order by c.id desc limit 1),
       lost.project, lost.model, lost.sent_tokens, 0, lost.sent_dollars, lost.id, true
  from lost
    on conflict (ticket) do nothing;

-- name: spent_today
-- Of the day in UTC: booked, and held for requests on their way.
with day as (
    select project, dollars, input_tokens + output_tokens as tokens, seconds from healer.spend
     where at >= date_trunc('day', clock_timestamp(), 'UTC')
     union all
    select project, dollars, tokens, seconds from healer.hold
), sums as (
    select project, sum(dollars) as dollars, sum(tokens) as tokens, count(*) as calls, sum(seconds) as seconds
      from day group by project
)
select coalesce(sum(dollars), 0) as dollars, coalesce(sum(tokens), 0) as tokens,
       coalesce(sum(calls), 0) as calls, coalesce(sum(seconds), 0) as seconds
  from sums where %(project)s = '' or project = %(project)s;

-- name: hold
insert into healer.hold (until, project, case_key, model, dollars, tokens, seconds, sent_dollars, sent_tokens)
values (clock_timestamp() + make_interval(secs => %(lease)s), %(project)s, %(case)s, %(model)s, %(dollars)s,
        %(tokens)s, %(seconds)s, %(sent_dollars)s, %(sent_tokens)s)
returning id;

-- name: release_hold
delete from healer.hold where id = %(ticket)s;

-- name: settle_hold
-- In place of the hold, once, also where it was given up for lost.
with held as (delete from healer.hold where id = %(ticket)s)
insert into healer.spend (case_id, project, model, input_tokens, cached_tokens, output_tokens, dollars, seconds, ticket)
values ((select id from healer.cases
          where project = %(project)s and fingerprint >= split_part(%(case)s, '-', 1)
            and fingerprint < split_part(%(case)s, '-', 1) || 'g'
            and episode::text = split_part(%(case)s, '-', 2)
          order by id desc limit 1),
        %(project)s, %(model)s, %(input)s, %(cached)s, %(output)s, %(dollars)s, %(seconds)s, %(ticket)s)
    on conflict (ticket) do update
   set input_tokens = excluded.input_tokens, cached_tokens = excluded.cached_tokens,
       output_tokens = excluded.output_tokens, dollars = excluded.dollars, seconds = excluded.seconds,
       lost = false;

-- name: record_decision
insert into healer.audit (case_id, actor, action, subject, decision, rule, code, detail)
values ((select id from healer.cases
          where project = %(project)s and fingerprint >= split_part(%(case)s, '-', 1)
            and fingerprint < split_part(%(case)s, '-', 1) || 'g'
            and episode::text = split_part(%(case)s, '-', 2)
          order by id desc limit 1),
        'policy', %(action)s, %(subject)s, %(decision)s, %(rule)s, %(code)s, %(detail)s::jsonb);
