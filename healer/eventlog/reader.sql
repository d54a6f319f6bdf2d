-- The role that Healer asks questions with. Run as the owner of the database, as often as you like:
--
--     psql -v ON_ERROR_STOP=1 -f readonly_role.sql "$DATABASE"
--     psql -c "alter role healer_reader password '…'" "$DATABASE"    -- or let pg_hba.conf identify it
--
-- It reads the schema `eventlog` and nothing else, cannot write or create anything anywhere, and no statement
-- of its runs longer than three seconds. To show Healer your own tables, make views of them in `eventlog`
-- (a view reads with its owner's rights). Healer checks all this at start and refuses a role that can do more.
create schema if not exists eventlog;

do $$
begin
    if not exists (select from pg_roles where rolname = 'healer_reader') then
        create role healer_reader login;
    end if;
    -- PUBLIC has these by default; every role that needs them can be granted them by name.
    execute format('revoke create, temporary on database %I from public, healer_reader', current_database());
    execute format('grant connect on database %I to healer_reader', current_database());
    begin
        alter role healer_reader set temp_file_limit = '256MB';
    exception when insufficient_privilege then
        raise notice 'temp_file_limit of healer_reader can be set by a superuser only; left as it is';
    end;
end $$;

alter role healer_reader connection limit 8;
alter role healer_reader set default_transaction_read_only = on;
alter role healer_reader set statement_timeout = '3s';
alter role healer_reader set lock_timeout = '500ms';
alter role healer_reader set idle_in_transaction_session_timeout = '10s';

revoke create on schema public from public;
revoke all on schema eventlog from public;
revoke all on all tables in schema eventlog from healer_reader;
grant usage on schema eventlog to healer_reader;
grant select on all tables in schema eventlog to healer_reader;
alter default privileges in schema eventlog grant select on tables to healer_reader;
