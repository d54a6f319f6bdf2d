-- Requests on their way: what they can cost at most is held, so that no two of them pass a limit together.
create table if not exists healer.hold (
    id           bigint generated always as identity primary key,
    until        timestamptz not null,
    project      text not null,
    case_key     text not null default '',
    model        text not null default '',
    dollars      double precision not null,
    tokens       bigint not null,
    seconds      double precision not null default 0,
    sent_dollars double precision not null default 0,
    sent_tokens  bigint not null default 0
);
alter table healer.spend add column if not exists ticket bigint unique;
alter table healer.spend add column if not exists lost boolean not null default false;
