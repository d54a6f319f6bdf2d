-- The event log: what the services said, in time order. Safe to apply again.
-- `eventlog.event` is partitioned by UTC day; retention drops whole days.
-- docs/event-log.md explains every column.
create schema if not exists eventlog;

create table if not exists eventlog.event (
    time        timestamptz not null,
    level       text collate "C" not null default 'info',    -- trace | debug | info | warn | error | fatal
    service     text collate "C" not null default '',
    message     text not null default '',
    request_id  text collate "C",
    trace_id    text collate "C",                            -- 32 lower-case hex
    span_id     text collate "C",                            -- 16 lower-case hex
    user_id     text collate "C",
    release     text collate "C" not null default '',
    environment text collate "C" not null default '',
    duration    double precision,                            -- milliseconds
    attributes  jsonb not null default '{}'
) partition by range (time);

-- Ids are absent from many events, so their indexes are partial: what is not there costs nothing.
create index if not exists event_by_request on eventlog.event (request_id, time) where request_id is not null;
create index if not exists event_by_trace on eventlog.event (trace_id, time) where trace_id is not null;
create index if not exists event_by_user on eventlog.event (user_id, time) where user_id is not null;
create index if not exists event_by_service on eventlog.event (service, time);
create index if not exists event_by_time on eventlog.event using brin (time) with (pages_per_range = 32);
create index if not exists event_failed on eventlog.event (service, time) where level in ('error', 'fatal');
-- The slowest of each minute, so that the slowest of a window are read without reading the window.
create index if not exists event_slow
    on eventlog.event (date_bin('1 minute', time, timestamptz '2000-01-01 00:00:00Z'), duration)
    where duration >= 100;

-- Counts per minute, kept by whoever writes events, in the same transaction (trigger below):
-- a rate over a busy hour reads some thousand rows instead of millions.
create table if not exists eventlog.per_minute (
    minute      timestamptz not null,
    service     text collate "C" not null,
    environment text collate "C" not null,
    release     text collate "C" not null,
    events      bigint not null,
    errors      bigint not null,                             -- level error or fatal
    primary key (minute, service, environment, release)
) partition by range (minute);

-- Releases as the log saw them. Kept when their events are long dropped.
create table if not exists eventlog.release (
    release     text collate "C" not null,
    service     text collate "C" not null,
    environment text collate "C" not null,
    first_seen  timestamptz not null,
    primary key (release, service, environment)
);
create index if not exists release_by_time on eventlog.release (first_seen);

-- Kinds of errors as the log saw them. Kept likewise: "never seen before" reaches beyond the retention.
create table if not exists eventlog.failure (
    service     text collate "C" not null,
    exception   text collate "C" not null,                   -- attribute exception.type
    release     text collate "C" not null,
    environment text collate "C" not null,
    first_seen  timestamptz not null,
    primary key (service, exception, release, environment)
);

-- Requests of late, by the digest of their content and sender: one that is sent again, because its answer
-- was lost, is not stored again. Written in the transaction of its events, kept for half an hour.
create table if not exists eventlog.request (
    digest      bytea primary key,
    at          timestamptz not null default now()
);

-- Deployments as the team's pipeline told them.
create table if not exists eventlog.deployment (
    id          bigint generated always as identity primary key,
    at          timestamptz not null,
    release     text collate "C" not null,
    service     text collate "C" not null default '',
    environment text collate "C" not null default '',
    commit      text not null default '',
    url         text not null default '',
    unique (release, service, environment, at)
);
create index if not exists deployment_by_time on eventlog.deployment (at);

create or replace function eventlog.count_events() returns trigger language plpgsql as $$
begin
    -- Sorted, so that two writers never wait for each other in a circle.
    insert into eventlog.per_minute as kept
    select date_bin('1 minute', time, timestamptz '2000-01-01 00:00:00Z') as minute, service, environment, release,
           count(*), count(*) filter (where level in ('error', 'fatal'))
    from fresh
    group by minute, service, environment, release
    order by minute, service, environment, release
    on conflict (minute, service, environment, release) do update
        set events = kept.events + excluded.events, errors = kept.errors + excluded.errors;

    insert into eventlog.release as kept
    select release, service, environment, min(time)
    from fresh
    where release <> ''
    group by release, service, environment
    order by release, service, environment
    on conflict (release, service, environment) do update set first_seen = excluded.first_seen
        where excluded.first_seen < kept.first_seen;

    insert into eventlog.failure as kept
    select service, attributes->>'exception.type' as exception, release, environment, min(time)
    from fresh
    where level in ('error', 'fatal') and attributes->>'exception.type' <> ''
    group by service, exception, release, environment
    order by service, exception, release, environment
    on conflict (service, exception, release, environment) do update set first_seen = excluded.first_seen
        where excluded.first_seen < kept.first_seen;
    return null;
end $$;

create or replace trigger count_events after insert on eventlog.event
    referencing new table as fresh for each statement execute function eventlog.count_events();

-- The partitions of one UTC day. Made as plain tables and attached, because that
-- does not lock readers and writers of the other days out.
create or replace function eventlog.ensure_day(day date) returns void language plpgsql as $$
declare
    parent text;
    suffix text := to_char(day, 'YYYYMMDD');
    starts timestamptz := day::timestamp at time zone 'UTC';
    ends   timestamptz := (day + 1)::timestamp at time zone 'UTC';
begin
    if to_regclass('eventlog.event_' || suffix) is not null then return; end if;
    perform pg_advisory_xact_lock(hashtext('eventlog.ensure_day'));
    foreach parent in array array['event', 'per_minute'] loop
        continue when to_regclass(format('eventlog.%I', parent || '_' || suffix)) is not null;
        execute format('create table eventlog.%I (like eventlog.%I including all)', parent || '_' || suffix, parent);
        execute format('alter table eventlog.%I attach partition eventlog.%I for values from (%L) to (%L)',
                       parent, parent || '_' || suffix, starts, ends);
    end loop;
end $$;

-- Drops every day before `keep_from`; returns how many days of events went.
create or replace function eventlog.drop_before(keep_from date) returns int language plpgsql as $$
declare
    partition record;
    dropped int := 0;
begin
    for partition in
        select child.relname, parent.relname as parent
        from pg_inherits
        join pg_class child on child.oid = inhrelid
        join pg_class parent on parent.oid = inhparent
        where parent.oid in ('eventlog.event'::regclass, 'eventlog.per_minute'::regclass)
          and right(child.relname, 8) < to_char(keep_from, 'YYYYMMDD')
        order by child.relname
    loop
        execute format('drop table eventlog.%I', partition.relname);
        dropped := dropped + (partition.parent = 'event')::int;
    end loop;
    return dropped;
end $$;
