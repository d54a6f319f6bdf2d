-- Compressing bodies was a third of what an event cost the database; a body is read a few times at most.
alter table healer.event alter column body set storage external;
