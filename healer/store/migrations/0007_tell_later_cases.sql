-- What later cases are told by, and how old an arrival is, so that the old ones can be forgotten.
alter table healer.cases add column if not exists exception text not null default '';
alter table healer.cases add column if not exists files text[] not null default '{}';
create index if not exists cases_by_exception on healer.cases (project, exception) where exception <> '';
create index if not exists cases_by_file on healer.cases using gin (files);
create index if not exists received_by_time on healer.received (at);
