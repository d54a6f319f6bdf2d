alter table healer.proposal
    add column if not exists repository text not null default '',
    add column if not exists touches text[] not null default '{}';
create index if not exists proposal_by_repository on healer.proposal (repository, reserved_at);
create table if not exists healer.heard (
    case_id      bigint not null references healer.cases on delete cascade,
    id           text not null,
    who          text not null default '',
    kind         text not null default '',
    outcome      text not null default '',
    at           timestamptz not null default now(),
    primary key (case_id, id)
);
