-- What wakes a case that waits, so that a slot that comes free is taken at once.
alter table healer.cases add column if not exists waits_for text not null default '';
create index if not exists cases_waiting on healer.cases (waits_for, opened_at) where state = 'waiting';
