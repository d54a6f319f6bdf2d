-- The record. Every number in a proposal or a report is computed from here.
-- Text columns hold sanitized text only. Times are timestamptz, UTC.
create schema if not exists healer;

-- What came in through a door, and what became of it: one row per distinct content.
create table if not exists healer.received (
    digest       bytea primary key,                -- sha256 of what makes the content distinct
    source       text not null,                    -- hook | envelope | poll | file
    project      text not null,
    resource     text not null default '',
    action       text not null default '',
    disposition  text not null,                    -- queued | counted | ignored | below_floor
    reason       text not null default '',
    at           timestamptz not null default now()
);

create index if not exists received_by_time on healer.received (at);

create table if not exists healer.incident (
    project      text not null,
    fingerprint  text not null,
    title        text not null,
    culprit      text not null default '',
    crash_class  text not null default '',
    issue_id     text not null default '',         -- Sentry's group
    issue_url    text not null default '',
    short_id     text not null default '',
    first_seen   timestamptz not null,
    last_seen    timestamptz not null,
    events       bigint not null default 0,
    users        bigint not null default 0,
    held         text not null default '',         -- why it has no case yet: below the floor, and how
    primary key (project, fingerprint)
);
create index if not exists incident_last_seen on healer.incident (last_seen);

create table if not exists healer.event (
    project      text not null,
    event_id     text not null,
    fingerprint  text not null,
    at           timestamptz not null,
    release      text not null default '',
    environment  text not null default '',
    user_key     text not null default '',         -- placeholder, never the user
    body         jsonb not null,                   -- triage.incident.Event
    received_at  timestamptz not null default now(),
    primary key (project, event_id)
);
alter table healer.event alter column body set storage external;  -- to compress it costs more than to keep it
create index if not exists event_by_incident on healer.event (project, fingerprint, at);
create index if not exists event_by_time on healer.event (at);

-- Issues of Sentry that a hook named without their event: to be fetched.
create table if not exists healer.wanted (
    project      text not null,
    issue_id     text not null,
    asked_at     timestamptz not null default now(),
    not_before   timestamptz not null default now(),
    tries        int not null default 0,
    primary key (project, issue_id)
);

-- How far the back-fill of each project has come.
create table if not exists healer.polled (
    project      text primary key,
    seen_until   timestamptz not null
);

-- An incident under treatment.
create table if not exists healer.cases (
    id           bigint generated always as identity primary key,
    project      text not null,
    fingerprint  text not null,
    episode      int not null default 1,
    event_id     text not null,
    state        text not null default 'queued',   -- queued | working | waiting | proposed | healed | declined | failed
    code         text not null default '',         -- of the verdict or the refusal
    reason       text not null default '',
    priority     real not null default 0.5,
    task_id      text not null default '',
    waits_for    text not null default '',         -- of one that waits: slot:<repository>, or nothing that wakes
    opened_at    timestamptz not null default now(),
    closed_at    timestamptz,
    exception    text not null default '',         -- of the diagnosis; with files, what later cases are told by
    files        text[] not null default '{}',
    unique (project, fingerprint, episode)
);
create index if not exists cases_by_state on healer.cases (state, opened_at);
create index if not exists cases_by_exception on healer.cases (project, exception) where exception <> '';
create index if not exists cases_by_file on healer.cases using gin (files);
create index if not exists cases_waiting on healer.cases (waits_for, opened_at) where state = 'waiting';

-- One row per finished step of a case: what it took and what it cost.
create table if not exists healer.step (
    case_id      bigint not null references healer.cases on delete cascade,
    name         text not null,
    started_at   timestamptz not null,
    seconds      double precision not null,
    dollars      double precision not null default 0,
    input_tokens bigint not null default 0,
    output_tokens bigint not null default 0,
    model        text not null default '',
    prompt       text not null default '',
    note         text not null default '',
    primary key (case_id, name)
);

create table if not exists healer.evidence (
    case_id      bigint not null references healer.cases on delete cascade,
    answer_id    text not null,                    -- E1, E2 …
    question     text not null,
    body         jsonb not null,                   -- triage.incident.Answer
    primary key (case_id, answer_id)
);

create table if not exists healer.finding (
    case_id      bigint not null references healer.cases on delete cascade,
    kind         text not null,
    text         text not null,
    body         jsonb not null
);

create table if not exists healer.proposal (
    case_id      bigint primary key references healer.cases on delete cascade,
    key          text not null,                    -- <fingerprint>-<episode>
    project      text not null,
    branch       text not null,
    base         text not null,
    commit       text not null default '',
    number       bigint not null default 0,
    url          text not null default '',
    title        text not null default '',
    body         text not null default '',
    state        text not null,                    -- reserved | draft | ready | merged | closed | stale
    agent        text not null default '',
    template     text not null default '',
    files        text[] not null default '{}',
    proof        jsonb,                            -- the proof as published
    reserved_at  timestamptz not null default now(),
    opened_at    timestamptz,
    merged_at    timestamptz,
    closed_at    timestamptz,
    closed_by    text not null default '',
    closed_why   text not null default '',
    soak         text not null default '',         -- '' | watching | fixed | quiet_unknown | came_back
    amendments   int not null default 0,
    repository   text not null default '',         -- caps are per repository, which projects may share
    touches      text[] not null default '{}',     -- places it changes or mends: two that share one overlap
    unique (project, key)
);
create index if not exists proposal_open on healer.proposal (project, state);
create index if not exists proposal_by_repository on healer.proposal (repository, reserved_at);

-- What people said about a proposal, and what became of it: nothing is obeyed or answered twice.
create table if not exists healer.heard (
    case_id      bigint not null references healer.cases on delete cascade,
    id           text not null,                    -- of the remark at the forge
    who          text not null default '',
    kind         text not null default '',         -- changes | approved | comment | merged | closed …
    outcome      text not null default '',
    at           timestamptz not null default now(),
    primary key (case_id, id)
);

create table if not exists healer.message (
    key          text primary key,                 -- case/step: the same key is never sent twice
    channel      text not null default '',
    reference    text not null default '',         -- '' means: intended, not confirmed
    at           timestamptz not null default now(),
    project      text not null default '',
    thread       text not null default '',         -- the case's key, where it belongs to one
    body         jsonb                             -- healer.protocols.Message, to update it in place
);

-- What a person asked for, by a button. Whoever follows proposals carries it out and sets `done_at`.
create table if not exists healer.request (
    id           bigint generated always as identity primary key,
    case_id      bigint not null references healer.cases on delete cascade,
    number       int not null,                     -- 1, 2 … within the case
    action       text not null,                    -- approve | changes | reject | person | snooze
    actor        text not null,                    -- slack:U0ADA
    text         text not null default '',         -- the hint or the reason
    until        timestamptz,                      -- of a snooze
    delivery     text not null unique,             -- which click it was: a replay is no second request
    at           timestamptz not null default now(),
    shown_at     timestamptz,                      -- when the message said so
    done_at      timestamptz,                      -- when it was carried out
    outcome      text not null default '',
    unique (case_id, number)
);
create index if not exists request_open on healer.request (id) where done_at is null;
create index if not exists request_unshown on healer.request (id) where shown_at is null;

-- Every decision, by whomever: policy, person, rule.
create table if not exists healer.audit (
    id           bigint generated always as identity primary key,
    at           timestamptz not null default now(),
    case_id      bigint,
    actor        text not null,
    action       text not null,
    subject      text not null default '',
    decision     text not null,                    -- allow | deny | note
    rule         text not null default '',
    code         text not null default '',
    detail       jsonb not null default '{}'
);
create index if not exists audit_by_case on healer.audit (case_id, id);
create index if not exists audit_by_time on healer.audit (at);

create table if not exists healer.lesson (
    id           bigint generated always as identity primary key,
    at           timestamptz not null default now(),
    case_id      bigint,
    project      text not null,
    fingerprint  text not null default '',
    exception    text not null default '',
    files        text[] not null default '{}',
    outcome      text not null,                    -- merged | rejected
    text         text not null
);

create table if not exists healer.spend (
    id           bigint generated always as identity primary key,
    at           timestamptz not null default now(),
    case_id      bigint,
    project      text not null,
    model        text not null,
    input_tokens bigint not null,
    cached_tokens bigint not null default 0,
    output_tokens bigint not null,
    dollars      double precision not null,
    seconds      double precision not null default 0,
    ticket       bigint unique,                    -- of the hold it was made under: booked once
    lost         boolean not null default false    -- nobody came back: what was surely sent
);
create index if not exists spend_by_time on healer.spend (at);

-- Requests to models on their way. What they can cost at most is held, so that no two pass a limit together.
create table if not exists healer.hold (
    id           bigint generated always as identity primary key,
    until        timestamptz not null,             -- then its sender is taken for dead
    project      text not null,
    case_key     text not null default '',         -- <fingerprint, 12>-<episode>
    model        text not null default '',
    dollars      double precision not null,        -- at most
    tokens       bigint not null,
    seconds      double precision not null default 0,
    sent_dollars double precision not null default 0,  -- at least
    sent_tokens  bigint not null default 0
);
