-- What Healer remembers of its cases, for the questions. Needs the schemas `healer` and `eventlog`
-- in one database; a view reads with its owner's rights, so the reader role needs none on `healer`.
create or replace view eventlog.past_case as
select cases.project, cases.fingerprint, cases.episode, cases.opened_at, cases.closed_at, cases.state,
       cases.code, cases.reason, incident.title, incident.events,
       proposal.state as proposal, proposal.url, proposal.merged_at, proposal.closed_why, proposal.soak
from healer.cases
left join healer.incident using (project, fingerprint)
left join healer.proposal on proposal.case_id = cases.id;
