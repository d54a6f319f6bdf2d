"""Secrets that their vendors gave a recognisable form. One line per format, from the vendors' own documentation.

Anchors are lower-case; patterns are case-sensitive RE2. A lower-case `b64` stands for base64url text.
"""

from __future__ import annotations

from triage.sanitize.rule import LONG, Found, Rule
from triage.sanitize.validators import random_looking, stands_alone

W = r"[A-Za-z0-9_\-]"
A = r"[A-Za-z0-9]"
HEX = r"[0-9a-f]"
UUID = rf"{HEX}{{8}}-{HEX}{{4}}-{HEX}{{4}}-{HEX}{{4}}-{HEX}{{12}}"


def _starts_word(found: Found) -> bool:
    before = found.before()
    return not (before.isalnum() or before == b"_")


def _random_word(found: Found) -> bool:
    return _starts_word(found) and random_looking(found)


def _no_digest(found: Found) -> bool:
    return b"sha" not in found.before(12).lower()


def _random_but_no_part(found: Found) -> bool:
    """A part of a file is numbered and named by a UUID: `part-00017-40a33c7f-…`."""
    return found.value.count(b"-") < 5 and _random_alone(found)


def _random_alone(found: Found) -> bool:
    return stands_alone(found) and random_looking(found)


VENDORS: tuple[Rule, ...] = (
    Rule("zoho-token", ("1000.",), r"\b1000\.[0-9a-f]{32}\.[0-9a-f]{32}\b"),
    Rule("neon-password", ("npg_",), rf"npg_{A}{{10,40}}", _starts_word),
    Rule("deepl-key", (":fx",), rf"{UUID}:fx\b"),
    Rule(
        "pagerduty-key",
        ("routing_key ", "routing key "),
        r"(?i)routing[_ ]key [\"'(]?([a-z0-9]{32})\b",
        _random_alone,
    ),
    # forges and CI
    Rule("github-token", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), rf"gh[pousr]_{A}{{20,255}}"),
    Rule("github-token", ("github_pat_",), r"github_pat_[A-Za-z0-9_]{22,255}"),
    Rule(
        "gitlab-token",
        (
            "glpat-",
            "gldt-",
            "glrt-",
            "glcbt-",
            "glptt-",
            "glft-",
            "glsoat-",
            "glagent-",
            "glimt-",
            "gloas-",
            "glrtr-",
            "glffct-",
        ),
        rf"gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|imt|oas|rtr|ffct)-{W}{{20,}}(?:\.{W}+)*",
    ),
    Rule("gitlab-token", ("gr1348941",), rf"GR1348941{W}{{20,}}"),
    Rule(
        "bitbucket-token",
        ("atbb", "atctt3"),
        rf"(?:ATBB{A}{{24,}}|ATCTT3xFfG{W}{{20,}}(?:={HEX}+)?)",
        _starts_word,
    ),
    Rule("atlassian-token", ("atatt3", "atsta"), rf"(?:ATATT3|ATSTA){W}{{20,}}={{0,2}}{A}*", _starts_word),
    Rule("circleci-token", ("ccipat_", "cciprj_"), rf"cci(?:pat|prj)_{W}{{20,}}"),
    Rule("buildkite-token", ("bkua_", "bkaj_", "bkpt_"), rf"bk(?:ua|aj|pt)_{A}{{20,}}"),
    Rule("travis-token", ("travis_",), rf"travis_{A}{{22}}"),
    Rule("sonar-token", ("sqp_", "squ_", "sqa_"), rf"sq[pua]_{HEX}{{40}}"),
    Rule("sourcegraph-token", ("sgp_", "slk_"), rf"(?:sgp_(?:{A}+_)?{HEX}{{40}}|slk_{HEX}{{64}})"),
    Rule("snyk-token", ("snyk_",), rf"snyk_(?:uat|sat|pat)\.{W}{{8}}\.{W}{{20,}}(?:\.{W}+)*"),
    Rule("codecov-token", ("codecov_token",), rf"(?i)codecov_token\W{{1,5}}({UUID})"),
    # chat
    Rule(
        "slack-token",
        ("xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxo-", "xoxe", "xoxc-", "xoxd-", "xapp-"),
        r"(?:xox[abceoprsd](?:\.xox[bp])?|xapp)-[A-Za-z0-9%_\-]{10,}",
    ),
    Rule(
        "slack-webhook",
        ("hooks.slack.com", "hooks.slack-gov.com"),
        r"hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/([A-Za-z0-9+/_\-]{10,})",
    ),
    Rule(
        "chat-webhook",
        ("open.feishu.cn", "open.larksuite.com"),
        r"open\.(?:feishu\.cn|larksuite\.com)/open-apis/bot/(?:v2/)?hook/([0-9A-Za-z\-]{16,64})",
    ),
    Rule(
        "chat-webhook",
        (
            "qyapi.weixin",
            "chat.googleapis.com",
            "webhook.office.com",
            "api.telegram.org/bot",
            "mattermost",
            "rocket",
        ),
        r"(?:qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=|/hooks/)([0-9A-Za-z/\-]{20,80})",
    ),
    Rule("discord-webhook", ("/api/webhooks/",), rf"/api/webhooks/([0-9]{{15,20}}/{W}{{30,}})"),
    Rule("discord-token", LONG, rf"[MNO]{W}{{22,27}}\.{W}{{6}}\.{W}{{27,45}}", stands_alone),
    Rule("discord-token", ("mfa.",), rf"mfa\.{W}{{84}}"),
    Rule("telegram-token", (":aa",), rf"[0-9]{{8,10}}:AA{W}{{32,34}}"),
    Rule(
        "teams-webhook",
        ("webhook.office.com", "outlook.office"),
        r"(?:webhook\.office\.com|outlook\.office(?:365)?\.com)/webhook(?:b2)?/([A-Za-z0-9@\-]+/IncomingWebhook/[A-Za-z0-9\-/]+)",
    ),
    Rule("zoom-jwt", ("eyjhbgci",), rf"eyJhbGci{W}+\.{W}+\.{W}*"),
    # clouds
    Rule(
        "aws-access-key-id",
        ("akia", "asia", "abia", "acca", "aroa", "aida", "agpa", "anpa", "anva", "apka", "asca"),
        r"(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA|AGPA|ANPA|ANVA|APKA|ASCA)[A-Z0-9]{16}",
        stands_alone,
    ),
    Rule(
        "aws-bedrock-key",
        ("absk", "bedrock-api-key-"),
        rf"(?:ABSK[A-Za-z0-9+/]{{80,}}={{0,2}}|bedrock-api-key-{W}{{20,}})",
        _starts_word,
    ),
    Rule("aws-mws-token", ("amzn.mws.",), rf"amzn\.mws\.{UUID}"),
    Rule(
        "node-key",
        (
            "infura.io/",
            "alchemy",
            "quiknode.pro/",
            "ankr.com/",
            "getblock.io/",
            "chainstack.com/",
            "blastapi.io/",
        ),
        rf"(?:infura\.io/(?:ws/)?v3|alchemy(?:api)?\.(?:com|io)/v2|quiknode\.pro|ankr\.com/[a-z_]{{2,24}}|getblock\.io|chainstack\.com|blastapi\.io)/({W}{{20,}})",
    ),
    Rule("google-api-key", ("aiza",), rf"AIza{W}{{35}}", _starts_word),
    Rule("google-oauth-secret", ("gocspx-",), rf"GOCSPX-{W}{{20,}}"),
    Rule("google-oauth-token", ("ya29.",), r"ya29\.[A-Za-z0-9_\-.]{20,}"),
    Rule(
        "signed-value", (":1",), rf"{W}{{6,}}:1[A-Za-z0-9]{{5}}:(?:{W}{{43}}|{W}{{27}})\b", _starts_word
    ),  # Django
    Rule("google-authorization-code", ("4/0a",), rf"4/0A{W}{{40,}}", _starts_word),
    Rule("google-refresh-token", ("1//0",), rf"1//0{W}{{40,}}", _starts_word),
    Rule(
        "gcp-service-account",
        ("apps.googleusercontent.com",),
        r"([0-9]{6,}-[a-z0-9]{20,})\.apps\.googleusercontent\.com",
    ),
    Rule("firebase-token", (":apa91b",), rf"{W}{{11,}}:APA91b{W}{{100,}}"),
    Rule("azure-ad-secret", ("q~",), r"[A-Za-z0-9_~.\-]{3}[0-9]Q~[A-Za-z0-9_~.\-]{31,34}", _starts_word),
    Rule("azure-storage-key", ("accountkey",), r"(?i)AccountKey\s*=\s*([A-Za-z0-9+/%]{40,}={0,2})"),
    Rule("azure-service-bus-key", ("sharedaccesskey=",), r"(?i)SharedAccessKey=([A-Za-z0-9+/%]{20,}={0,2})"),
    Rule("azure-devops-pat", ("azdo",), rf"{A}{{76}}AZDO{A}{{4}}", stands_alone),
    Rule("azure-apim-key", ("jqqj99",), rf"{A}{{52}}JQQJ99{A}{{26}}", stands_alone),
    Rule("digitalocean-token", ("dop_v1_", "doo_v1_", "dor_v1_"), rf"do[opr]_v1_{HEX}{{64}}"),
    Rule("heroku-key", ("hrku-",), rf"HRKU-{W}{{36,}}"),
    Rule(
        "fly-token",
        ("fo1_", "fm1_", "fm1r_", "fm2_"),
        r"(?:fo1_[A-Za-z0-9_\-]{43}|fm(?:1|1r|2)_[A-Za-z0-9+/]{60,}={0,3})",
    ),
    Rule("alibaba-key-id", ("ltai",), rf"LTAI{A}{{12,24}}", _random_word),
    Rule("tencent-key-id", ("akid",), rf"AKID{A}{{28,36}}", _random_word),
    Rule(
        "yandex-key",
        ("aqvn", "ajei", "t1.9eu"),
        rf"(?:AQVN{W}{{35,38}}|t1\.9eu{W}{{50,}}(?:\.{W}+)?)",
        _starts_word,
    ),
    Rule("scaleway-key", ("scw",), r"SCW[A-Z0-9]{17}", stands_alone),
    Rule("ovh-key", ("ovh_",), rf"(?i)OVH_[A-Z_]*(?:KEY|SECRET)\W{{1,4}}({A}{{16,32}})"),
    Rule("cloudflare-key", ("v1.0-",), rf"v1\.0-{HEX}{{24}}-{HEX}{{100,}}"),
    Rule("cloudflare-token", ("cfut_", "cfat_", "cfk_"), rf"(?:cfut|cfat|cfk)_{W}{{30,}}"),
    Rule("fastly-token", ("fastly",), rf"(?i)fastly[a-z_\- ]{{0,20}}(?:token|key)\W{{1,5}}({W}{{32}})"),
    Rule("netlify-token", ("nfp_", "nfo_", "nfc_", "nfu_"), rf"nf[pocu]_{A}{{36,}}"),
    Rule(
        "vercel-token",
        ("vcp_", "vca_", "vci_", "vcr_", "vck_", "vercel_blob_rw_"),
        rf"(?:vc[pairk]_{A}{{24,}}|vercel_blob_rw_[A-Za-z0-9_]{{30,}})",
    ),
    Rule("supabase-key", ("sbp_", "sb_secret_"), rf"(?:sbp_(?:v0_)?{HEX}{{40}}|sb_secret_{W}{{20,}})"),
    Rule("planetscale-token", ("pscale_",), rf"pscale_(?:tkn|pw|oauth)_{W}{{30,}}"),
    Rule("neon-key", ("napi_",), r"napi_[a-z0-9]{40,}"),
    Rule("railway-token", ("railway_token",), rf"(?i)railway_token\W{{1,4}}({UUID})"),
    Rule("render-key", ("rnd_",), rf"rnd_{A}{{24,}}", _random_word),
    Rule("aspnet-cookie", ("cfdj8",), rf"CfDJ8{W}{{40,}}", _starts_word),
    # models
    Rule("anthropic-key", ("sk-ant-",), rf"sk-ant-{W}{{20,}}"),
    Rule(
        "openai-key",
        ("sk-proj-", "sk-svcacct-", "sk-admin-", "sk-none-", "t3blbkfj"),
        rf"sk-(?:proj|svcacct|admin|None)-{W}{{20,}}|sk-{A}{{20}}T3BlbkFJ{A}{{20}}",
        _starts_word,
    ),
    Rule("openrouter-key", ("sk-or-v1-",), rf"sk-or-v1-{HEX}{{40,}}"),
    Rule("langsmith-key", ("lsv2_", "ls__"), rf"(?:lsv2_(?:pt|sk)_{HEX}{{32}}_{HEX}{{10}}|ls__{HEX}{{32}})"),
    Rule("langfuse-key", ("sk-lf-", "pk-lf-"), rf"[sp]k-lf-{UUID}"),
    Rule("api-key", ("sk-", "sk_"), rf"sk[\-_]{W}{{24,}}", _random_word),
    Rule("huggingface-token", ("hf_", "api_org_"), rf"(?:hf_|api_org_){A}{{30,}}", _starts_word),
    Rule("replicate-token", ("r8_",), rf"r8_{A}{{37,40}}", _starts_word),
    Rule("groq-key", ("gsk_",), rf"gsk_{A}{{40,}}", _starts_word),
    Rule("twitch-token", ("oauth:",), r"\boauth:([a-z0-9]{30})\b"),
    Rule("firecrawl-key", ("fc-",), rf"fc-{HEX}{{32}}", _starts_word),
    Rule("aws-secret", ("akia", "asia"), r"(?:AKIA|ASIA)[A-Z0-9]{16}[\"',:;\s]{1,6}([A-Za-z0-9/+]{40})\b"),
    Rule("azure-storage-key", LONG, r"[=:\s\"']([A-Za-z0-9+/]{86}==)", _no_digest),
    Rule("ghost-key", LONG, rf"\b{HEX}{{24}}:{HEX}{{64}}\b", stands_alone),
    Rule("xai-key", ("xai-",), rf"xai-{A}{{60,}}", _starts_word),
    Rule("perplexity-key", ("pplx-",), rf"pplx-{A}{{32,}}"),
    Rule("fireworks-key", ("fw_",), rf"fw_{A}{{20,}}", _random_word),
    Rule("pinecone-key", ("pcsk_",), r"pcsk_[A-Za-z0-9_]{30,}"),
    Rule("nvidia-key", ("nvapi-",), rf"nvapi-{W}{{40,}}"),
    Rule("tavily-key", ("tvly-",), rf"tvly-{W}{{20,}}"),
    Rule("cerebras-key", ("csk-",), rf"csk-{A}{{40,}}", _starts_word),
    Rule("wandb-key", ("wandb",), rf"(?i)wandb[a-z_\- ]{{0,12}}\W{{1,4}}({HEX}{{40}})"),
    # money
    Rule(
        "stripe-key",
        ("sk_live_", "sk_test_", "rk_live_", "rk_test_", "pk_live_", "sk_org_"),
        rf"(?:[srp]k_(?:live|test)|sk_org)_{A}{{10,}}",
    ),
    Rule("stripe-webhook-secret", ("whsec_",), r"whsec_[A-Za-z0-9+/]{20,}={0,2}"),
    Rule(
        "stripe-client-secret",
        ("_secret_",),
        rf"(?:pi|seti|cs|src)_{A}{{14,}}_secret_{A}{{10,}}",
        _starts_word,
    ),
    Rule(
        "square-token",
        ("sq0atp-", "sq0csp-", "sq0idp-", "eaaa"),
        rf"(?:sq0[a-z]{{3}}-{W}{{22,}}|EAAA[A-Za-z0-9]{W}{{50,}})",
        _starts_word,
    ),
    Rule(
        "paypal-token",
        ("access_token$production$", "access_token$sandbox$"),
        rf"access_token\$(?:production|sandbox)\$[0-9a-z]{{13,18}}\${HEX}{{32}}",
    ),
    Rule("paypal-token", ("a21aa",), rf"A21AA{W}{{60,}}", _starts_word),
    Rule(
        "plaid-token",
        ("access-production-", "access-sandbox-", "access-development-"),
        rf"access-(?:production|sandbox|development)-{UUID}",
    ),
    Rule(
        "shopify-token",
        ("shpat_", "shpca_", "shppa_", "shpss_", "shpua_", "shptka_"),
        r"shp(?:at|ca|pa|ss|ua|tka)_[0-9a-fA-F]{32}",
    ),
    Rule("razorpay-key", ("rzp_live_", "rzp_test_"), rf"rzp_(?:live|test)_{A}{{14,}}"),
    Rule("flutterwave-key", ("flwseck", "flwpubk"), rf"FLW(?:SECK|PUBK)(?:_TEST)?-{A}{{12,}}(?:-X)?"),
    Rule("adyen-key", ("aqe",), r"AQE[a-z][A-Za-z0-9+/]{20,}(?:[A-Za-z0-9+/=\-]{20,})", _random_word),
    Rule("gocardless-token", ("live_", "sandbox_"), rf"(?:live|sandbox)_{W}{{38,44}}", _random_word),
    Rule("coinbase-key", ("organizations/",), rf"organizations/{UUID}/apiKeys/({UUID})"),
    Rule("mollie-key", ("live_", "test_"), rf"(?:live|test)_{A}{{24,36}}", _random_word),
    Rule("dwolla-or-easypost-key", ("ezak", "eztk"), rf"EZ[AT]K{A}{{54}}", _starts_word),
    Rule("shippo-token", ("shippo_live_", "shippo_test_"), rf"shippo_(?:live|test)_{HEX}{{40}}"),
    # mail and telephony
    Rule("sendgrid-key", ("sg.",), rf"SG\.{W}{{16,32}}\.{W}{{16,64}}", _starts_word),
    Rule("mailgun-key", ("key-", "pubkey-"), rf"(?:pub)?key-{HEX}{{32}}", _starts_word),
    Rule("mailgun-key", LONG, rf"{HEX}{{32}}-{HEX}{{8}}-{HEX}{{8}}", stands_alone),
    Rule("mailchimp-key", LONG, rf"{HEX}{{32}}-us[0-9]{{1,2}}", stands_alone),
    Rule("mandrill-key", ("md-",), rf"md-{W}{{22}}", _random_word),
    Rule("brevo-key", ("xkeysib-", "xsmtpsib-"), rf"x(?:key|smtp)sib-{HEX}{{64}}-{W}{{16}}"),
    Rule("postmark-or-resend-key", ("re_",), rf"re_{A}{{6,12}}_{A}{{18,28}}", _random_word),
    Rule("twilio-key", LONG, r"SK[0-9a-f]{32}", stands_alone),
    Rule("twilio-account-sid", LONG, r"AC[0-9a-f]{32}", stands_alone),
    Rule("messagebird-or-vonage-key", ("accesskey ",), rf"(?i)AccessKey ({A}{{20,}})"),
    Rule("intercom-token", ("dg9roj",), r"dG9rOj[A-Za-z0-9+/]{30,}={0,2}"),
    Rule("hubspot-token", ("pat-na", "pat-eu", "pat-ap"), rf"(?i)pat-(?:na|eu|ap)[0-9]-{UUID}"),
    Rule("salesforce-token", ("00d",), rf"00D{A}{{12,15}}![A-Za-z0-9._]{{40,}}", _starts_word),
    Rule("facebook-token", ("eaa",), rf"EAA[A-Z]{A}{{40,}}", _random_word),
    Rule("twitter-bearer", ("aaaaaaaaaaaaaaaaaaaa",), r"A{20,}[A-Za-z0-9%]{30,}", _starts_word),
    Rule("linkedin-token", ("aqx", "aqv"), rf"AQ[XV]{W}{{60,}}", _random_word),
    Rule(
        "sendbird-or-pusher-key",
        ("pusher",),
        rf"(?i)pusher[a-z_\- ]{{0,16}}(?:secret|key)\W{{1,5}}({HEX}{{20}})",
    ),
    # packages
    Rule("npm-token", ("npm_",), rf"npm_{A}{{36,}}"),
    Rule("npm-token", ("_authtoken",), r"_authToken\s*=\s*([^\s\"'$]{8,})"),
    Rule("pypi-token", ("pypi-",), rf"pypi-{W}{{40,}}"),
    Rule("rubygems-key", ("rubygems_",), rf"rubygems_{HEX}{{48}}"),
    Rule("crates-token", LONG, rf"cio{A}{{32}}", stands_alone),
    Rule("nuget-key", LONG, r"oy2[a-z0-9]{43}", stands_alone),
    Rule("docker-token", ("dckr_pat_", "dckr_oat_"), rf"dckr_(?:pat|oat)_{W}{{20,}}"),
    Rule("clojars-token", ("clojars_",), r"(?i)CLOJARS_[a-z0-9]{60}"),
    Rule("artifactory-token", ("akcp", "cmvmd"), rf"(?:AKCp{A}{{60,}}|cmVmd{A}{{56,}})", _starts_word),
    Rule("hex-or-jsr-token", ("jsrp_", "jsrd_"), rf"jsr[pd]_{A}{{30,}}"),
    # watching
    Rule("sentry-token", ("sntrys_", "sntryu_", "sntrya_", "sntryi_"), r"sntry[suai]_[A-Za-z0-9+/=_\-]{30,}"),
    Rule(
        "sentry-dsn",
        ("sentry", "ingest", "@o", "bugsink", "glitchtip"),
        rf"(?i)https?://({HEX}{{32}}(?::{HEX}{{32}})?)@[a-z0-9.\-]+(?::[0-9]+)?/[0-9]+",
    ),
    Rule(
        "newrelic-key",
        ("nrak-", "nrii-", "nriq-", "nrjs-", "nrra-", "nraa-", "nrsp-"),
        rf"NR(?:AK|II|IQ|JS|RA|AA|SP)-{W}{{19,}}",
    ),
    Rule("newrelic-key", ("ffffnral",), rf"{HEX}{{32}}FFFFNRAL|{HEX}{{36}}FFFFNRAL|{HEX}{{30,40}}NRAL"),
    Rule("newrelic-key", ("nral",), rf"(?i){HEX}{{30,40}}NRAL"),
    Rule(
        "grafana-token", ("glsa_", "glc_"), rf"(?:glsa_{A}{{32}}_{HEX}{{8}}|glc_[A-Za-z0-9+/]{{32,}}={{0,2}})"
    ),
    Rule("grafana-token", ("eyjrijo",), r"eyJrIjo[A-Za-z0-9+/]{40,}={0,2}"),
    Rule("honeycomb-key", ("hcaik_", "hcbik_", "hcxik_", "hcamk_", "hcalk_"), rf"hc[abx][iml]k_{A}{{26,}}"),
    Rule(
        "dynatrace-token", ("dt0c01.", "dt0s01.", "dt0s02."), r"dt0[a-z][0-9]{2}\.[A-Z0-9]{24}\.[A-Z0-9]{64}"
    ),
    Rule(
        "datadog-key",
        ("datadog", "dd_api_key", "dd_app_key", "dd-api-key"),
        rf"(?i)(?:datadog|dd)[a-z_\- ]{{0,24}}(?:key|token)\W{{1,6}}({HEX}{{32,40}})",
    ),
    Rule("datadog-key", ("ddapp_", "ddpat_"), rf"dd(?:app|pat)_{A}{{34,}}"),
    Rule("pagerduty-key", ("pdus+",), r"pdus\+_[A-Za-z0-9_\-]{20,}"),
    Rule("logfire-token", ("pylf_v",), rf"pylf_v[0-9]_(?:us|eu)_{A}{{30,}}"),
    Rule("posthog-key", ("phc_", "phx_"), rf"ph[cx]_{A}{{40,}}"),
    Rule(
        "rollbar-or-bugsnag-key",
        ("rollbar", "bugsnag"),
        rf"(?i)(?:rollbar|bugsnag)[a-z_\- ]{{0,20}}(?:token|key)\W{{1,5}}({HEX}{{32}})",
    ),
    Rule("launchdarkly-key", ("sdk-", "mob-", "api-"), rf"(?:sdk|mob|api)-{UUID}"),
    # work
    Rule("linear-key", ("lin_api_", "lin_oauth_", "lin_wh_"), rf"lin_(?:api|oauth|wh)_{A}{{30,}}"),
    Rule("notion-token", ("ntn_", "secret_"), rf"(?:ntn_{A}{{40,}}|secret_{A}{{43}})", _starts_word),
    Rule("airtable-token", ("pat",), rf"pat{A}{{14}}\.{HEX}{{64}}", _starts_word),
    Rule("asana-token", LONG, r"[0-9]/[0-9]{16}(?:/[0-9]{16})?:[0-9a-f]{32}", stands_alone),
    Rule("figma-token", ("figd_", "figo_", "figu_"), rf"fig[dou]_{W}{{38,}}"),
    Rule("clickup-token", ("pk_",), r"pk_[0-9]{6,10}_[A-Z0-9]{32}"),
    Rule("dropbox-token", ("sl.",), rf"sl\.(?:u\.)?{W}{{130,}}", _starts_word),
    Rule("typeform-token", ("tfp_",), rf"tfp_{W}{{40,}}"),
    Rule("contentful-token", ("cfpat-",), rf"CFPAT-{W}{{43}}"),
    Rule("frameio-token", ("fio-u-",), rf"fio-u-{W}{{64}}"),
    Rule(
        "zapier-or-make-hook",
        ("hooks.zapier.com", "hook.make.com", "hook.eu1.make.com"),
        r"(?:hooks\.zapier\.com/hooks/catch|hook\.(?:[a-z0-9]+\.)?make\.com)/([A-Za-z0-9/]{8,})",
    ),
    Rule(
        "ifttt-key",
        ("maker.ifttt.com",),
        rf"maker\.ifttt\.com/trigger/[A-Za-z0-9_]+/(?:json/)?with/key/({W}+)",
    ),
    Rule("monday-or-pipedrive-token", ("api_token=",), rf"api_token=({HEX}{{40}})"),
    # vaults, databases, infrastructure
    Rule("vault-token", ("hvs.", "hvb.", "hvr."), rf"hv[sbr]\.{W}{{24,}}"),
    Rule("vault-token", LONG, rf"s\.{A}{{24}}", _random_word),
    Rule("terraform-token", ("atlasv1.",), rf"{A}{{14}}\.atlasv1\.{W}{{60,70}}"),
    Rule("doppler-token", ("dp.",), rf"dp\.(?:pt|st|ct|sa|scim|audit|said)\.(?:[a-z0-9_\-]+\.)?{A}{{40,44}}"),
    Rule(
        "onepassword-token",
        ("ops_eyj", "a3-"),
        rf"(?:ops_eyJ{W}{{100,}}|A3-[A-Z0-9]{{6}}-(?:[A-Z0-9]{{11}}|[A-Z0-9]{{6}}-[A-Z0-9]{{5}})-[A-Z0-9]{{5}}-[A-Z0-9]{{5}}-[A-Z0-9]{{5}})",
    ),
    Rule("infisical-token", ("st.",), rf"st\.{HEX}{{24}}\.{HEX}{{32}}\.{HEX}{{32}}"),
    Rule(
        "databricks-token",
        ("dapi", "dose", "dkea"),
        rf"(?:dapi|dkea|dose){HEX}{{32}}(?:-[0-9])?",
        _starts_word,
    ),
    Rule("confluent-key", ("cflt",), rf"cflt{A}{{60}}"),
    Rule("age-key", ("age-secret-key-",), r"AGE-SECRET-KEY-1[0-9A-Z]{58}"),
    Rule("pulumi-token", ("pul-",), rf"pul-{HEX}{{40}}"),
    Rule("postman-key", ("pmak-", "pmat-"), rf"PM(?:AK-{HEX}{{24}}-{HEX}{{34}}|AT-{A}{{26}})"),
    Rule("rapidapi-key", ("msh", "jsn"), rf"{A}{{10}}msh{A}{{15}}p1{A}{{6}}jsn{A}{{12}}"),
    Rule("tailscale-key", ("tskey-",), rf"tskey-[a-z]+-{W}{{10,}}"),
    Rule(
        "ngrok-token", ("ngrok",), r"(?i)ngrok[a-z_\- ]{0,20}\W{1,4}([0-9a-zA-Z]{20,30}_[0-9a-zA-Z]{15,30})"
    ),
    Rule("prefect-key", ("pnu_", "pnb_"), rf"pn[ub]_{A}{{36}}"),
    Rule("readme-key", ("rdme_",), r"rdme_[a-z0-9]{70}"),
    Rule("duffel-token", ("duffel_",), rf"duffel_(?:test|live)_{W}{{40,}}"),
    Rule("algolia-key", ("algolia",), rf"(?i)algolia[a-z_\- ]{{0,24}}key\W{{1,5}}({HEX}{{32}})"),
    Rule("mapbox-token", ("pk.eyj", "sk.eyj", "tk.eyj"), rf"[pst]k\.eyJ{W}{{30,}}\.{W}{{15,}}"),
    Rule("segment-or-okta-token", ("ssws ",), rf"(?i)SSWS ({W}{{20,}})"),
    Rule("okta-token", LONG, rf"00{W}{{39}}[A-Za-z0-9]", _random_but_no_part),
    Rule("workos-or-clerk-key", ("sk_live_", "sk_test_"), rf"sk_(?:live|test)_{W}{{20,}}"),
    Rule(
        "ethereum-private-key",
        ("0x",),
        r"(?i)(?:private|priv|secret)[a-z_ \-]{0,12}key\W{1,6}(0x[0-9a-f]{64})",
    ),
    Rule("bitcoin-wif", LONG, r"[5KL][1-9A-HJ-NP-Za-km-z]{50,51}", _random_word),
)
