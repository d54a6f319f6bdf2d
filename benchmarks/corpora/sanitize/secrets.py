"""Secrets in the places where production leaks them. Each sample is (kind, text, what must not be left)."""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Iterator
from urllib.parse import quote

from benchmarks.corpora.sanitize.make import (
    ALNUM,
    BASE64,
    LOWER_HEX,
    UPPER,
    URLSAFE,
    jwt,
    password,
    pem,
    run,
    uuid,
)

Sample = tuple[str, str, str]

# vendor -> (what comes before, alphabet, size, what comes after); prefixes are split so that no scanner sees a token
SEEN: tuple[tuple[str, str, str, int, str], ...] = (
    ("github", "ghp" + "_", ALNUM, 36, ""),
    ("github-server", "ghs" + "_", ALNUM, 36, ""),
    ("github-fine", "github" + "_pat_", ALNUM, 82, ""),
    ("gitlab", "glpat" + "-", URLSAFE, 20, ""),
    ("slack-bot", "xoxb" + "-1234567890-", ALNUM, 24, ""),
    ("slack-app", "xapp" + "-1-A012-", LOWER_HEX, 64, ""),
    ("stripe", "sk" + "_live_", ALNUM, 24, ""),
    ("stripe-restricted", "rk" + "_live_", ALNUM, 40, ""),
    ("stripe-webhook", "whsec" + "_", BASE64, 32, ""),
    ("aws-id", "AKIA", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16, ""),
    ("google", "AIza", URLSAFE, 35, ""),
    ("google-oauth", "ya29" + ".", URLSAFE, 60, ""),
    ("openai", "sk" + "-proj-", URLSAFE, 60, ""),
    ("anthropic", "sk" + "-ant-api03-", URLSAFE, 93, "AA"),
    ("sendgrid", "SG" + ".", ALNUM, 22, "." + "x7" * 21),
    ("twilio", "SK", LOWER_HEX, 32, ""),
    ("mailgun", "key" + "-", LOWER_HEX, 32, ""),
    ("npm", "npm" + "_", ALNUM, 36, ""),
    ("pypi", "pypi" + "-AgEIcHlwaS5vcmc", URLSAFE, 120, ""),
    ("docker", "dckr" + "_pat_", URLSAFE, 27, ""),
    ("huggingface", "hf" + "_", ALNUM, 34, ""),
    ("shopify", "shpat" + "_", LOWER_HEX, 32, ""),
    ("square", "sq0atp" + "-", URLSAFE, 22, ""),
    ("telegram", "123456789" + ":AA", URLSAFE, 33, ""),
    ("digitalocean", "dop" + "_v1_", LOWER_HEX, 64, ""),
    ("databricks", "dapi", LOWER_HEX, 32, ""),
    ("newrelic", "NRAK" + "-", UPPER, 27, ""),
    ("sentry", "sntrys" + "_", ALNUM, 60, ""),
    ("linear", "lin" + "_api_", ALNUM, 40, ""),
    ("notion", "ntn" + "_", ALNUM, 46, ""),
    ("atlassian", "ATATT3" + "xFfGF0", URLSAFE, 60, "=1A2B3C4D"),
    ("vault", "hvs" + ".", ALNUM, 90, ""),
    ("doppler", "dp" + ".pt.", ALNUM, 43, ""),
    ("postman", "PMAK" + "-", LOWER_HEX, 24, "-" + "0f" * 17),
    ("grafana", "glsa" + "_", ALNUM, 32, "_0a1b2c3d"),
)

UNSEEN: tuple[tuple[str, str, str, int, str], ...] = (
    ("gitlab-deploy", "gldt" + "-", URLSAFE, 20, ""),
    ("gitlab-runner", "glrt" + "-", URLSAFE, 22, ""),
    ("github-refresh", "ghr" + "_", ALNUM, 76, ""),
    ("slack-legacy", "xoxp" + "-123456789012-123456789012-123456789012-", LOWER_HEX, 32, ""),
    ("slack-config", "xoxe" + ".xoxp-1-", ALNUM, 160, ""),
    ("stripe-test", "sk" + "_test_", ALNUM, 99, ""),
    ("aws-temporary-id", "ASIA", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16, ""),
    ("google-client", "GOCSPX" + "-", URLSAFE, 28, ""),
    ("azure-ad", "abc" + "8Q~", ALNUM, 34, ""),
    ("cloudflare-origin", "v1.0" + "-", LOWER_HEX, 24, "-" + "9c" * 73),
    ("airtable", "pat" + "Abcdefgh123456.", LOWER_HEX, 64, ""),
    ("figma", "figd" + "_", URLSAFE, 40, ""),
    ("planetscale", "pscale" + "_tkn_", URLSAFE, 43, ""),
    ("supabase", "sbp" + "_", LOWER_HEX, 40, ""),
    ("rubygems", "rubygems" + "_", LOWER_HEX, 48, ""),
    ("mailchimp", "", LOWER_HEX, 32, "-us14"),
    ("brevo", "xkeysib" + "-", LOWER_HEX, 64, "-" + "aB3" * 5 + "c"),
    ("hubspot", "pat" + "-na1-", LOWER_HEX, 8, "-1a2b-3c4d-5e6f-0123456789ab"),
    ("dynatrace", "dt0c01" + ".", UPPER, 24, "." + "A7" * 32),
    ("terraform", "", ALNUM, 14, ".atlasv1." + "Zx9" * 21 + "abcd"),
    ("tailscale", "tskey" + "-auth-", ALNUM, 32, ""),
    ("pulumi", "pul" + "-", LOWER_HEX, 40, ""),
    ("groq", "gsk" + "_", ALNUM, 52, ""),
    ("replicate", "r8" + "_", ALNUM, 37, ""),
    ("razorpay", "rzp" + "_live_", ALNUM, 14, ""),
    ("discord-webhook", "https://discord.com/api/web" + "hooks/123456789012345678/", URLSAFE, 68, ""),
    ("slack-webhook", "https://hooks.sl" + "ack.com/services/T01ABCDEF/B01ABCDEF/", ALNUM, 24, ""),
    ("plaid", "access" + "-production-", LOWER_HEX, 8, "-1a2b-3c4d-5e6f-0123456789ab"),
    ("contentful", "CFPAT" + "-", URLSAFE, 43, ""),
    ("age", "AGE-SECRET" + "-KEY-1", UPPER, 58, ""),
)

PLACES_SEEN = (
    "invalid token {}", "401 for key={}", "using {} to connect", '{{"auth": "{}"}}', "GET /v1/items?apikey={}&page=2",
    "(token {})", "headers: {{'X-Api-Key': '{}'}}", "export TOKEN={}", "login failed [{}]", "{}",
)  # fmt: skip
PLACES_UNSEEN = (
    "Caused by: AuthError<{}>", "creds>>{}<<", "request rejected, caller presented {}.", "value='{}',type=str", "\t{}\n",
    "curl -H 'Authorization: Bearer {}' https://api.example.com", "- {} (revoked?)", "https://api.example.com/x?t={}#frag",
    'raise Denied("{}")', "key\\\":\\\"{}\\\"}}",
)  # fmt: skip


def vendors(rng: random.Random, unseen: bool) -> Iterator[Sample]:
    for kind, lead, alphabet, size, tail in UNSEEN if unseen else SEEN:
        for place in PLACES_UNSEEN if unseen else PLACES_SEEN:
            body = run(rng, alphabet, size)
            yield kind, place.format(lead + body + tail), body


NAMED_SEEN = (
    "password={}", "PASSWORD: {}", '"password": "{}"', "'passwd': '{}'", "db_password = '{}'", "dbPassword={}&x=1",
    '{{"user": {{"pwd": "{}"}}}}', "Password={};Server=db", "X-Api-Key: {}", "client_secret={}", '{{"clientSecret":"{}"}}',
    '"{{\\"password\\": \\"{}\\"}}"', "passwort: {}", "contraseña={}", "mot_de_passe={}", "пароль: {}", "密码：{}", "secret_key_base: {}",
    "password is {}", "<password>{}</password>", "--password {}", "('password', '{}')", "[[b'x-api-key', b'{}']]",
    "AWS_SECRET_ACCESS_KEY={}", "%22password%22%3A%22{}%22", "&quot;token&quot;:&quot;{}&quot;", "user[password]={}",
    "sessionid={}; path=/", "Set-Cookie: session={}; HttpOnly", "Cookie: theme=dark; sid={}", "csrf_token={}", "JWT_SECRET='{}'",
)  # fmt: skip
NAMED_UNSEEN = (
    "MYSQL_ROOT_PASSWORD={}", "spring.datasource.password={}", '{{"credentials": {{"apiToken": "{}"}}}}', "smtpPass: '{}'",
    "ENCRYPTION-KEY={}", "'HTTP_X_AUTH_TOKEN': '{}'", "redis_auth='{}'", "private_token={}", "PGPASSWORD={} psql -h db",
    "signing_secret: \"{}\"", "refresh_token%3D{}%26grant", "Identified by: IDENTIFIED BY '{}'", "{{:api_key=>\"{}\"}}",
    "wachtwoord={}", "senha: {}", "haslo={}", "parola={}", "パスワード：{}", "비밀번호: {}", "كلمة_المرور: {}", "access_token: {}, expires_in: 3600",
    "Config(user='app', password='{}', host='db')", "password => {}", "conf.set('db.password', '{}')", "ConsumerSecret \"{}\"",
    "PHPSESSID={}", "remember_token={}; domain=x", "X-Amz-Security-Token={}", "kms.masterKey = {}", "appSecret\\\":\\\"{}\\\"",
    "machine api.example.com login bob password {}", "\"pass\" : \"{}\"", "totp_secret={}", "Bearer token: {}",
)  # fmt: skip


def named(rng: random.Random, unseen: bool) -> Iterator[Sample]:
    values = [password(rng), run(rng, ALNUM, 20), run(rng, LOWER_HEX, 40), uuid(rng), run(rng, URLSAFE, 32)]
    for shape in NAMED_UNSEEN if unseen else NAMED_SEEN:
        for value in values:
            yield "named", shape.format(value), value


def placed(rng: random.Random, unseen: bool) -> Iterator[Sample]:
    """Secrets known by the place they stand in."""
    word, token = password(rng), run(rng, ALNUM, 40)
    pair = base64.b64encode(f"admin:{word}".encode()).decode()
    key = run(rng, BASE64, 43)
    if not unseen:
        yield "url", f"postgres://app:{word}@db.internal:5432/shop", word
        yield "url", f"could not connect to redis://:{word}@cache:6379/0", word
        yield "url", f"amqp://guest:{quote(word)}@mq//", quote(word)
        yield "dsn", f"https://{(public := run(rng, LOWER_HEX, 32))}@o1.ingest.sentry.io/42", public
        yield "authorization", f"Authorization: Basic {pair}", pair
        yield "authorization", f"authorization: Bearer {token}", token
        yield "authorization", f"'Authorization': 'token {token}'", token
        yield "jwt", f"jwt malformed: {(web := jwt(rng))}", web
        yield "pem", (block := pem(rng)), block[40:90]
        yield "pem", f"key={pem(rng, 'EC ', chr(92) + 'n')!r}", "PRIVATE KEY-----" + chr(92) + "n"
        sig = run(rng, LOWER_HEX, 64)
        yield (
            "sigv4",
            f"https://b.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature={sig}",
            sig,
        )
        yield "sas", f"https://a.blob.core.windows.net/c?sv=2022&sig={quote(key)}%3D&se=2030", quote(key)
        yield (
            "azure",
            f"DefaultEndpointsProtocol=https;AccountName=a;AccountKey={key}{key}==;EndpointSuffix=x",
            key,
        )
        yield (
            "sql",
            f"[SQL: INSERT INTO u (email, password) VALUES (%(e)s, %(password)s)]\n[parameters: {{'password': '{word}'}}]",
            word,
        )
        return
    yield "url", f"jdbc:mysql://db/shop?user=app&password={word}", word
    yield "url", f"mongodb+srv://svc:{word}@cluster0.example.net/?retryWrites=true", word
    yield "url", f"git clone https://oauth2:{token}@gitlab.example.com/a/b.git failed", token
    yield "url", f"proxy http://user:{word}@10.0.0.1:3128 refused", word
    yield "url", f"remote: https://x-access-token:{token}@github.com/a/b", token
    yield "authorization", f"> Authorization: ApiKey {token}", token
    yield "authorization", f"[b'authorization', b'Bearer {token}']", token
    yield "authorization", f'"Authorization":["Bearer {token}"]', token
    yield "authorization", f"Proxy-Authorization: Basic {pair}", pair
    yield "authorization", f"authorization: Digest username=a, response={(s := run(rng, LOWER_HEX, 32))}", s
    yield "jwt", f"id_token={(web := jwt(rng))}&state=x", web
    yield "jwt", f"[{jwt(rng)}]", "eyJhbGciOi"
    yield "pem", f'{{"private_key": "{pem(rng, "", chr(92) + "n")}"}}', "PRIVATE KEY-----" + chr(92) + "n"
    yield "pem", (block := pem(rng, "OPENSSH ")), block[50:100]
    yield "pem", (block := pem(rng, "", "\r\n")), block[50:100]
    yield (
        "sigv4",
        f"Authorization: AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature={(s := run(rng, LOWER_HEX, 64))}",
        s,
    )
    yield "gcs", f"X-Goog-Signature={(s := run(rng, LOWER_HEX, 128))}&X-Goog-Expires=900", s
    yield (
        "servicebus",
        f"Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey={key}=",
        key,
    )
    yield "conninfo", f"host=db user=app password={word} dbname=shop", word
    yield "odbc", f"Driver={{ODBC}};Server=x;Uid=sa;Pwd={word};", word
    yield "sql", f"[parameters: {{'token': '{token}', 'id': 3}}]", token
    yield "sql", f"ALTER USER app WITH PASSWORD '{word}'", word
    yield "curl", f"curl -u admin:{word} https://x.example.com", word
    yield "mysql", f"mysql -h db -u root -p{word} shop", word
    yield (
        "kubernetes",
        json.dumps({"kind": "Secret", "data": {"password": base64.b64encode(word.encode()).decode()}}),
        base64.b64encode(word.encode()).decode(),
    )
    yield "docker", json.dumps({"auths": {"ghcr.io": {"auth": pair}}}), pair
    yield (
        "wrapped",
        "payload "
        + base64.b64encode(json.dumps({"user": "bob", "password": word, "n": 1}).encode()).decode(),
        base64.b64encode(json.dumps({"user": "bob", "password": word, "n": 1}).encode()).decode()[8:],
    )


def samples(rng: random.Random, unseen: bool) -> list[Sample]:
    """Every sample once; `unseen` takes the formats and places that the rules were not written against."""
    return [
        *vendors(rng, unseen),
        *named(rng, unseen),
        *(sample for _ in range(5) for sample in placed(rng, unseen)),
    ]
