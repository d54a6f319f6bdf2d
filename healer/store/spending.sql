-- What models cost, and what policies decided. Cases are named by their natural key: <fingerprint, 12>-<episode>.

-- name: record_spend
insert into healer.spend (case_id, project, model, input_tokens, cached_tokens, output_tokens, dollars, seconds)
values ((select id from healer.cases
          where project = %(project)s and left(fingerprint, 12) || '-' || episode = %(case)s
          order by id desc limit 1),
        %(project)s, %(model)s, %(input)s, %(cached)s, %(output)s, %(dollars)s, %(seconds)s);

-- name: spent_since
select coalesce(sum(dollars), 0) as dollars, coalesce(sum(input_tokens + output_tokens), 0) as tokens,
       count(*) as calls, coalesce(sum(seconds), 0) as seconds
  from healer.spend
 where at >= %(since)s and (%(project)s = '' or project = %(project)s);

-- name: record_decision
insert into healer.audit (case_id, actor, action, subject, decision, rule, code, detail)
values ((select id from healer.cases
          where project = %(project)s and left(fingerprint, 12) || '-' || episode = %(case)s
          order by id desc limit 1),
        'policy', %(action)s, %(subject)s, %(decision)s, %(rule)s, %(code)s, %(detail)s::jsonb);
