-- What people's assistants may read of the record. Every statement runs in a read-only transaction.

-- name: one_case
select c.id, c.project, c.fingerprint, c.episode, c.state, c.code, c.reason, c.priority, c.opened_at, c.closed_at,
       i.title, i.culprit, i.crash_class, i.events, i.users, i.first_seen, i.last_seen, i.issue_url,
       p.branch, p.url, p.state as proposal, p.agent, p.files
  from healer.cases c
  join healer.incident i using (project, fingerprint)
  left join healer.proposal p on p.case_id = c.id
 where c.id = %(case)s;

-- name: likeness_of_case
select exception, files from healer.cases where id = %(case)s;

-- name: steps_of_case
select name, started_at, seconds, dollars, input_tokens, output_tokens, model, prompt
  from healer.step where case_id = %(case)s order by started_at limit 100;

-- name: findings_of_case
select kind, text from healer.finding where case_id = %(case)s limit 100;

-- name: denials_of_case
select at, actor, action, subject, rule, code
  from healer.audit where case_id = %(case)s and decision = 'deny' order by id limit 100;

-- name: evidence_of_case
select answer_id, question, body from healer.evidence where case_id = %(case)s
 order by length(answer_id), answer_id limit 100;

-- name: proof_of_case
select proof from healer.proposal where case_id = %(case)s and proof is not null;
