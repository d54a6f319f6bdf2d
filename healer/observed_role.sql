-- What the current role could do beyond reading what it was granted: one row per problem, none if all is well.
-- %(schemas)s: the schemas whose relations it may read.
with me as (
    select oid, rolname, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls
    from pg_roles where rolname = current_user
), relations as (
    select c.oid, n.nspname, c.relname, c.relkind, c.relowner
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'v', 'm', 'f', 'p', 'S')
      and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
)
select 'is ' || attribute as problem, 'alter role ' || quote_ident(rolname) || ' no' || attribute as remedy
from me
cross join lateral (values ('superuser', rolsuper), ('createdb', rolcreatedb), ('createrole', rolcreaterole),
                           ('replication', rolreplication), ('bypassrls', rolbypassrls)) as held (attribute, has)
where held.has
union all
select 'is a member of ' || r.rolname, format('revoke %%I from %%I', r.rolname, me.rolname)
from me, pg_roles r
where r.oid <> me.oid and pg_has_role(me.oid, r.oid, 'member') and not me.rolsuper
union all
select 'can create objects in database ' || current_database(),
       format('revoke create on database %%I from public, %%I', current_database(), me.rolname)
from me where has_database_privilege(current_database(), 'create')
union all
select 'can create temporary tables in database ' || current_database(),
       format('revoke temporary on database %%I from public, %%I', current_database(), me.rolname)
from me where has_database_privilege(current_database(), 'temporary')
union all
select 'can create objects in schema ' || nspname, format('revoke create on schema %%I from public, %%I', nspname, me.rolname)
from me, pg_namespace
where has_schema_privilege(pg_namespace.oid, 'create') and nspname !~ '^pg_(toast|temp)'
union all
select format('owns %%I.%%I', nspname, relname), format('alter table %%I.%%I owner to somebody_else', nspname, relname)
from me join relations on relowner = me.oid
union all
select format('can write %%I.%%I', nspname, relname),
       format('revoke insert, update, delete, truncate, references, trigger on %%I.%%I from public, %%I',
              nspname, relname, me.rolname)
from me, relations
where relkind <> 'S'
  and (has_table_privilege(relations.oid, 'insert, update, delete, truncate, references, trigger')
       or has_any_column_privilege(relations.oid, 'insert, update, references'))
union all
select format('can advance sequence %%I.%%I', nspname, relname),
       format('revoke usage, update on sequence %%I.%%I from public, %%I', nspname, relname, me.rolname)
from me, relations
where case relkind when 'S' then has_sequence_privilege(relations.oid, 'usage, update') end
union all
select format('can read %%I.%%I, outside the granted schemas', nspname, relname),
       format('revoke select on %%I.%%I from public, %%I', nspname, relname, me.rolname)
from me, relations
where nspname <> all (%(schemas)s::text[]) and relkind <> 'S'
  and has_schema_privilege(nspname, 'usage')
  and (has_table_privilege(relations.oid, 'select') or has_any_column_privilege(relations.oid, 'select'))
union all
select format('can act through function %%s', p.oid::regprocedure),
       format('revoke execute on function %%s from public, %%I', p.oid::regprocedure, me.rolname)
from me, pg_proc p
join pg_namespace n on n.oid = p.pronamespace
join pg_language l on l.oid = p.prolang
where n.nspname <> 'information_schema' and n.nspname <> 'pg_catalog'
  and has_schema_privilege(n.oid, 'usage') and has_function_privilege(p.oid, 'execute')
  and (p.prosecdef or p.proname ~ '^(dblink|http|pg_background)'
       or not l.lanpltrusted and l.lanname not in ('internal', 'c'))
union all
select 'can use server files or programs through ' || p.oid::regprocedure,
       format('revoke execute on function %%s from public, %%I', p.oid::regprocedure, me.rolname)
from me, pg_proc p
where p.pronamespace = 'pg_catalog'::regnamespace
  and p.proname in ('pg_read_file', 'pg_read_binary_file', 'pg_ls_dir', 'lo_import', 'lo_export',
                    'pg_reload_conf', 'pg_rotate_logfile')
  and has_function_privilege(p.oid, 'execute') and not me.rolsuper
union all
select setting_name || ' of the role is ' || case held when 0 then 'unlimited' else held || ' ms' end
           || ', more than the limit of ' || most || ' ms',
       format('alter role %%I set %%s = %%L', me.rolname, setting_name, most || 'ms')
from me
cross join lateral (
    select setting_name, most, setting::bigint as held
    from (values ('statement_timeout', %(statement_ms)s::bigint), ('lock_timeout', %(lock_ms)s::bigint),
                 ('idle_in_transaction_session_timeout', %(idle_ms)s::bigint)) as allowed (setting_name, most)
    join pg_settings on name = setting_name
    offset 0
) as timeouts
where held = 0 or held > most
