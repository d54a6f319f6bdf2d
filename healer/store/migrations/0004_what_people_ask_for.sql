-- What people ask for by button, and what a message said, so that it can be updated in place.
create table if not exists healer.request (
    id           bigint generated always as identity primary key,
    case_id      bigint not null references healer.cases on delete cascade,
    number       int not null,
    action       text not null,
    actor        text not null,
    text         text not null default '',
    until        timestamptz,
    delivery     text not null unique,
    at           timestamptz not null default now(),
    shown_at     timestamptz,
    done_at      timestamptz,
    outcome      text not null default '',
    unique (case_id, number)
);
create index if not exists request_open on healer.request (id) where done_at is null;
create index if not exists request_unshown on healer.request (id) where shown_at is null;
alter table healer.message add column if not exists project text not null default '';
alter table healer.message add column if not exists thread text not null default '';
alter table healer.message add column if not exists body jsonb;
