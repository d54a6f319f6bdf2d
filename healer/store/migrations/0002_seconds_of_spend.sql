-- How long a request to a model took: days have a limit of seconds, too.
alter table healer.spend add column if not exists seconds double precision not null default 0;
