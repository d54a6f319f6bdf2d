"""Orders to an agent, as data: what it should send away, call, add, weaken or approve."""

from __future__ import annotations

from triage.sanitize.rule import Found, Rule
from triage.sanitize.rules.sign import ordered, sign


def _wanted(found: Found) -> bool:
    """Not "attach your configuration, without passwords"."""
    return ordered(found) and b" without " not in found.value


def _allowed(found: Found) -> bool:
    """As `ordered`, and not the message that it is forbidden."""
    return ordered(found) and not any(word in found.value + found.after(32) for word in _FORBIDDEN)


def _no_manual(found: Found) -> bool:
    """As `ordered`, and not a migration guide."""
    told = found.after(48)
    return ordered(found) and not any(word in told for word in _MANUALS)


_FORBIDDEN = tuple(
    b"not permitted|not allowed|is denied|was denied|rejected|forbidden|prohibited|disabled|declined|is blocked|is required|are required|review is".split(
        b"|"
    )
)
_MANUALS = tuple(
    b"guide|documentation|docs|manual|by hand|changelog|upgrade|migration|release notes|readme".split(b"|")
)

_SECRETS = r"(?:contents? of [~/.]\S+|file \S{0,40}\.env|secrets?|credentials?|api[ _\-]?keys?|keys?|tokens?|passwords?|env(?:ironment)?(?: ?variables?| ?vars?)?|\.env|ssh[ _\-]?keys?|private keys?|source code|code ?base|database|customer (?:data|records|list)|user (?:data|records|table)|conversation|chat history|(?:/etc/)?(?:passwd|shadow)|repository|whole repo|system prompt|id_rsa|session cookies?)"
_THINGS = r"(?:config(?:uration)?s?|files?|repo|data|contents?|context|stack ?trace|logs?|session|cookies?|messages?|output|workspace|results?)"
_PLACE = r"(?:https?://|hxxps?://|ftp://|www\.|[a-z0-9._\-]+@[a-z0-9.\-]+|[a-z0-9\-]+\.(?:com|net|org|io|dev|xyz|ru|cn|site|app|example|evil|test|invalid|sh)\b|webhook|attacker|an? (?:external|remote|public)|external|remote (?:server|host)|my (?:server|email|endpoint|address|webhook|site|inbox|bucket|machine)|this (?:url|address|server|endpoint|webhook|email)|the following|pastebin|a gist|public|\[email|\[ip)"
EXFILTRATION: tuple[Rule, ...] = (
    sign(
        "exfiltration",
        "send |post |upload |forward |exfiltrate|transmit |email |e-mail|leak |deliver |submit |publish |share |pipe |ship |dump  & secret|credential|key|token|password|env|source code|code|database|customer|user |conversation|chat history|passwd|shadow|config|file|repo|data|content|prompt|context|id_rsa|trace|session|cookie",
        rf"\b(?:send|post|upload|forward|exfiltrate|transmit|e-?mail|leak|deliver|submit|publish|ship|dump|share|pipe)\b(?:[^\n.]{{0,50}}?)\b{_SECRETS}\b[^\n]{{0,50}}?\b(?:to|at|via|with|on|in|into) (?:the |a |an |my |our )?{_PLACE}",
        ordered,
    ),
    sign(
        "hint-weak",
        "send |post |upload |forward |exfiltrate|transmit |email |e-mail|leak |deliver |submit |publish |share |pipe |ship |dump  & file|config|repo|data|content|context|trace|log|session|cookie|message|output|workspace|result",
        rf"\b(?:send|post|upload|forward|exfiltrate|transmit|e-?mail|leak|deliver|submit|publish|ship|dump|share|pipe)\b(?:[^\n.]{{0,50}}?)\b{_THINGS}\b[^\n]{{0,50}}?\b(?:to|at|via|with|on|in|into) (?:the |a |an |my |our )?{_PLACE}",
        ordered,
    ),
    sign(
        "exfiltration",
        "printenv|your workspace|your environment|your context|all secrets|.env",
        r"\b(?:export|list|print|paste|post|include|put|dump|summari[sz]e|attach|send)\b[^\n]{0,60}?(?:printenv|your (?:workspace|environment|context|working directory)|all secrets|contents? of \.env)[^\n]{0,60}?\b(?:paste|here|output|in (?:the|your)|into|comment|pr\b|commit)\b",
        ordered,
    ),
    sign(
        "exfiltration",
        "](http",
        r"\]\(https?://[^)\s]{0,200}(?:\{\{|\$\{|<|%7b%7b|[=_/](?:insert|base64_of|put|your|all)_)[^)\s]{0,40}(?:secret|token|env|prompt|context|conversation|messages?|history|data|key|previous|memory|password)",
    ),
    sign(
        "exfiltration",
        "curl |wget |fetch |nc  & $(|`|${|$",
        r"\b(?:curl|wget|nc|fetch)\b[^\n]{0,160}?(?:\$\(|`|\$\{?)[^\n]{0,20}?(?:cat |env\b|printenv|base64|whoami|hostname|secret|token|github_token|aws_|/etc/passwd|id_rsa)",
    ),
    sign(
        "exfiltration",
        "/etc/passwd|/etc/shadow|id_rsa|.env|.aws/credentials|.ssh/",
        r"\b(?:read|cat|open|print|show|display|output|include|paste|list|fetch|retrieve|get|dump|attach|copy)\b(?: \w+){0,5}? ['\"`]?(?:/etc/(?:passwd|shadow)|~?/?[\w./]*(?:id_rsa|\.aws/credentials|\.ssh/|\.env\b|\.netrc|\.git-credentials))['\"`]?[^\n]{0,80}?\b(?:and|then|in your|into|to|contents?|here|output|answer|response|comment)\b",
        ordered,
    ),
    sign(
        "exfiltration",
        "![",
        r"!\[[^\]\n]{0,80}\]\([a-z]+://[^)\s]{0,200}(?:\?|=|/)[^)\s]{0,80}(?:\{|\$|<|%7b|secret|token|data=|prompt|conversation|leak|exfil|[?&][a-z]{1,12}=)",
    ),
    sign(
        "hint-shown",
        "environment variables|env vars|secret|credentials|api key|api_key|apikey|access token|github_token|aws_|tokens|password|env & print |output |include |reveal |show |list |display |echo |append |insert |embed |put |paste |write |add |log |dump |give me|tell me",
        r"\b(?:print|output|include|reveal|show|list|display|echo|append|insert|embed|put|paste|write|add|log|dump|give me|tell me)\b(?: \w+){0,5}? (?:environment variables|env vars|(?:your|all|any|every|the (?:value|contents?) of)(?: \w+){0,4}? (?:secrets?|credentials|api[ _]?keys?|access tokens?|tokens|passwords?|github_token|aws_\w+|env(?:ironment)?(?: file)?))\b[^\n]{0,60}?(?:\b(?:in|into|to|as|at|inside)\b (?:the |your |a |this )?(?:pull request|pr\b|pr description|comment|response|reply|answer|commit|output|description|readme|file|issue|branch|summary|log|slack|message|chat|body|url|end)|$|[.!,])",
        _wanted,
    ),
    sign(
        "exfiltration",
        "image|markdown|link|url|pixel|iframe & render |include |embed |insert |append |add |place |put |return |display ",
        r"\b(?:render|include|embed|insert|append|add|place|put|return|display)\b[^\n]{0,40}?\b(?:image|markdown|link|url|pixel|iframe)\b[^\n]{0,80}?\b(?:secret|token|key|data|conversation|prompt|credentials?|password|contents?|context|env)\w*\b[^\n]{0,60}?\b(?:url|query|parameter|encoded|path|link|src|in it|as)\b",
    ),
)

TOOLS: tuple[Rule, ...] = (
    sign(
        "tool-call",
        "<function_calls|<invoke|<tool_call|<tool_use|<function=|<tool_result|<function_result|python_tag|<tool>|<antml|<tool_code|</tool_response|</tool_result|</function",
        r"</?(?:antml:)?(?:function_calls?|invoke|tool_calls?|tool_use|tool_results?|function_results?|tool_code|tool_response|tool_output|tool|function)(?:=| name=|>|\s*>)|<\|(?:tool|function|python_tag)",
    ),
    sign(
        "tool-call",
        'tool_calls|function_call|"tool"|\'tool\'|"name"|"function"|"action"|tool_use|\'name\'|\'action\'',
        r"['\"](?:tool|name|function|action|tool_name|recipient_name)['\"]\s*:\s*\{?\s*(?:['\"]name['\"]\s*:\s*)?['\"](?:functions?\.)?(?:bash|shell|sh|exec|execute\w*|run\w*|terminal|python|write\w*|edit\w*|create_file|delete\w*|str_replace\w*|apply_patch|http\w*|fetch|curl|send\w*|merge\w*|push\w*|approve\w*|deploy\w*|read_file|read_secret\w*|get_secret\w*|computer|code_interpreter|git_\w+)['\"][^\n]{0,60}?['\"](?:arguments?|args|input|parameters?|params|action_input|command|cmd)['\"]",
    ),
    sign(
        "tool-call",
        "tool result|tool output|tool response|function result|function output",
        r"(?:^|\n|\. |#{2,3} ?)#{0,3} ?(?:tool|function) (?:result|output|response)s?:?\s{0,3}\{[^\n]{0,80}?['\"](?:next_?action|instruction|next_?step|command|call|todo)['\"]",
    ),
    sign(
        "tool-call",
        "action:|action input|thought:|observation:|to=functions|tool call:|calling tool|function call:",
        r"(?:thought:[\s\S]{0,300}?)?\baction:\s*\S+[\s\S]{0,80}?\baction input:|to=functions\.|\bto=(?:bash|python|shell)\b|(?:^|\n)\s*(?:tool|function) call:\s*[a-z_]+\s*[({]",
    ),
    sign(
        "tool-call",
        "call the|use the|invoke the|use your|call your",
        r"\b(?:call|use|invoke|trigger|run) (?:the|your) ['\"`]?[\w.\-]+['\"`]? (?:tool|function|plugin|mcp)\b[^\n]{0,80}?\b(?:to|with|and|on)\b[^\n]{0,60}?\b(?:delete|send|merge|push|approve|read|write|edit|execute|run|secret|token|env|password|file|command|arg\w*|disable|fetch|upload|deploy|install)",
        ordered,
    ),
)

_CHECKS = r"(?:unit tests?|tests?(?: suite| case| file)?s?|test_\w+|\w+_test|assert(?:ion)?s?|ci\b(?: \w+)?|workflows?|pipeline|github actions?|\.github\S*|conftest\S*|pytest\S*|linters?|lint\w*|checks?|branch protections?|code ?owners|reviews?|review requirement|auth(?:entication|orization)?(?: \w+)?|login check|signature \w+|permission \w+|access control\w*|csrf \w+|csrf|tls \w+|ssl \w+|certificate \w+|validation|rate limit\w*|security\b(?: \w+)?|sandbox\w*|policy|guard\w*|sanitiz\w+|logging|audit\w*|firewall|scanner|scan|\.gitlab-ci\S*|jenkinsfile|circleci)"
ORDERS: tuple[Rule, ...] = (
    sign(
        "agent-order",
        "ai_|ai-|ai |assistant|agent|llm|bot_|bot-|model_",
        r"[<\"'_\s;{](?:ai|assistant|agent|llm|bot|model)[_\-](?:instructions?|hint|directive|must|order)s?(?:[\"'>:=\s])",
    ),
    sign(
        "hint-weak",
        "disable |delete |remove |skip |comment out|bypass |turn off|weaken |deactivate |drop |rip out|get rid|strip |switch off|xfail  & test|assert|ci|workflow|pipeline|github|conftest|lint|check|branch protection|owners|review|auth|signature|permission|access control|csrf|tls|ssl|certificate|validation|rate limit|security|sandbox|policy|guard|sanitiz|logging|audit|firewall|scan|jenkins",
        rf"(?:^|[.!?;:,\n\"'`(>*\-]\s*|\b(?:please|must|should|then|and|to|now|just|simply|also|first|you|can|will|need to|is to|by|or)\s+)(?:disable|delete|remove|skip|comment out|bypass|turn off|weaken|deactivate|drop|rip out|get rid of|strip(?: out)?|switch off|xfail) (?:the |all |any |every |this |that |these |those |its |failing |existing |broken |entire |whole |your |our |of )+(?:\w+[ \-]){{0,3}}?{_CHECKS}",
        ordered,
    ),
    sign(
        "hint-weak",
        ".github|workflow|ci config|ci.yml|.gitlab-ci|jenkinsfile|ci file|ci pipeline|ci/cd",
        r"\b(?:edit|modify|change|update|alter|rewrite|patch|replace|add|append|insert|create|commit|overwrite|open)\b[^\n]{0,60}?(?:\.github/\S*|\bci(?:/cd)? (?:workflow|config\w*|pipeline|file|job|script|yaml|yml)|github (?:actions?|workflow)\w*|\bworkflow (?:file|yaml|yml)|\.gitlab-ci\S*|jenkinsfile|\bci\.ya?ml|the workflow\b)",
        ordered,
    ),
    sign(
        "hint-weak",
        "add the following|add this|insert the following|insert this|append the following|append this|paste the following|add a step|add a job|add my|include the following",
        r"\b(?:add|insert|append|paste|include) (?:the following|this|a|my|these)(?: \w+){0,3}? (?:lines?|code|steps?|jobs?|snippet|scripts?|function|dependenc\w+|package|ssh key|public key|key|import|user|account|hook|file|payload|command)s?\b[^\n]{0,30}?\b(?:to|into|in|at|on|before|after|as)\b[^\n]{0,40}?(?:workflow|ci\b|setup\.py|package\.json|requirements|conftest|makefile|dockerfile|authorized_keys|main|init|every|all|the (?:top|end|beginning|start|code|build|repo\w*|app|project)|\.github|your (?:patch|fix|change|commit|pr))",
        ordered,
    ),
    sign(
        "hint-weak",
        "push |commit |force-push|merge |deploy  & main|master|prod|release|default",
        r"\b(?:push|commit|force[ \-]push|merge|deploy)(?: \w+){0,5}? (?:directly |straight )?(?:to|into|on) (?:the )?(?:main|master|production|prod|release|default)\b(?: branch)?[^\n]{0,40}?(?:\b(?:without|now|immediately|directly|skip\w*|bypass\w*|no review|and|before)\b|[.!]|$)",
        _allowed,
    ),
    sign(
        "agent-order",
        "merge |approve |accept |lgtm  & without|immediately|automatically|yourself|now|right away|unconditionally|no human|no review|skip|before|at once|regardless",
        r"\b(?:(?:auto-?)?merge|approve|accept|lgtm)\b (?:this|the|your|my|all|any|every|it|that)\b(?: \w+){0,3}?(?: (?:pull request|pr|change|patch|fix|branch|commit|mr|merge request|review|code|proposal)s?)?\b[^\n]{0,40}?\b(?:without|immediately|automatically|yourself|now|right away|unconditionally|no (?:human|review)|skip\w*|before|at once|regardless)\b",
        _allowed,
    ),
    sign(
        "agent-order",
        "backdoor|reverse shell|authorized_keys|keylogger|rm -rf|malicious|crypto ?miner|miner",
        r"\b(?:add|install|create|insert|open|plant|include|introduce|run|execute|write|spawn|leave|hide|start|append|put)\b[^\n]{0,50}?\b(?:backdoor|reverse shell|authorized_keys|keylogger|rm -rf|malicious \w+|crypto ?miner|web ?shell)",
        ordered,
    ),
    sign(
        "agent-order",
        "curl|wget",
        r"\b(?:run|execute|add|insert|call|include|paste|put|invoke|use|type|launch)\b[^\n]{0,60}?\b(?:curl|wget)\b[^\n]{0,120}?\|\s*(?:sudo )?(?:ba|z|da)?sh\b",
        ordered,
    ),
    sign(
        "hint-weak",
        "eval(|os.system(|subprocess.|exec(|__import__",
        r"\b(?:run|execute|add|insert|call|include|paste|put|invoke|use|type|launch)\b[^\n]{0,60}?(?:\beval\(|\bos\.system\(|\bsubprocess\.|\bexec\(|__import__)",
        ordered,
    ),
    sign(
        "agent-order",
        "fix is to|fix this by|fix it by|solution is to|to fix this|to fix the|to resolve this|correct fix|proper fix|only fix|right fix|real fix|recommended fix|root cause is|suggested fix|solve this",
        r"\b(?:the (?:\w+ ){0,2}?(?:fix|solution|patch|remedy|answer|way)(?: for this(?: \w+)?| here)?(?: is|:| would be)(?: to)?|(?:fix|resolve|solve|repair|patch) (?:this|it|the (?:bug|issue|error|problem|crash|exception))(?: \w+)?(?: by|,)?(?: you (?:must|should|need to|have to))?|to (?:fix|resolve|solve|repair) (?:this|it|the (?:\w+ )?(?:bug|issue|error|problem|crash|exception))[,:]?(?: (?:you (?:must|should|need to|have to)|please|just|simply))?) (?:disabl|delet|remov|skip|bypass|comment|add|grant|edit|merg|push|run|execut|curl|download|instal|hard-?cod|turn|chang|modif|open|allow|whitelist|set|mak|expos|return True|email|send)\w*(?: \w+){0,2}? [^\n]{0,50}?(?:\b(?:test_\w+|tests?|ci|workflows?|auth\w*|passwords?|check|checks|verification|validation|secrets?|credentials?|tokens?|admin\w*|root|sudo|public|chmod|777|curl|bash|sh|eval|exec|backdoor|attacker|permissions?|security|signature|branch protection|everyone|anyone|review|firewall|pickle|ssl|tls|csrf|cors|logging|rate limit\w*|sandbox)\b|https?://)",
        ordered,
    ),
    sign(
        "hint-weak",
        "chmod 777|verify=false|allow_all|is_admin|is_superuser|role=admin|as admin",
        r"\b(?:set|make|change|grant|add|give|use|pass|promote)\b[^\n]{0,40}?(?:chmod 777|verify\s*=\s*false|is_admin\s*=\s*true|is_superuser\s*=\s*true|role\s*=\s*['\"]?admin|\b(?:user|me|account|everyone|attacker)\b[^\n]{0,30}?\b(?:admin|administrator|superuser|root)\b)",
        ordered,
    ),
    sign(
        "agent-order",
        "without telling|do not tell|don't tell|do not mention|don't mention|do not report|don't report|do not inform|don't inform|keep this secret|keep it secret|without mentioning|do not reveal|silently|do not alert|don't alert|without asking|without confirmation|without informing|do not ask|hide this",
        r"\b(?:(?:do not|don't|never|without) (?:tell|telling|mention|mentioning|report|reporting|inform|informing|alert|alerting|notify|notifying|ask|asking|reveal|revealing|disclose)(?: this| that| it| about| to)*? (?:the |any |your |anyone|anybody)?(?:\w+ )?(?:user|human|developer|operator|reviewer|owner|anyone|anybody|this (?:message|instruction|text|to)|these (?:instructions|steps|changes)|about this|maintainer|team|person|permission|for (?:confirmation|approval|permission))|keep (?:this|it|these \w+) (?:a )?secret from|hide (?:this|these|the) (?:change|instruction|step|message|text)s? from)",
    ),
    sign(
        "agent-order",
        "in your patch|in your fix|in your commit|in the pull request|in your pull request|in your pr|pr description|commit message|in your response|in your summary|in your reply|in your answer|in your report",
        r"\b(?:include|add|put|write|insert|mention|embed|append|place|say|recommend|link|reference|state|claim|conclude|report|output|print)\b[^\n]{0,80}?\b(?:in|into|to|as) (?:your|the) (?:patch|fix|commit(?: message)?|pull request|pr\b(?: description| body| title)?|response|summary|reply|answer|report|diagnosis|root cause|analysis|slack message)",
        ordered,
    ),
    sign(
        "agent-order",
        "decode|base64|rot13|decrypt|hex string",
        r"\b(?:decode|decrypt|deobfuscate|unscramble|translate|reverse|un-?rot13|convert)\b[^\n]{0,80}?\b(?:and|then|,)\b? ?(?:follow|execute|run|obey|do|perform|comply|act|carry out|apply|evaluate)\b",
    ),
    sign(
        "agent-order",
        "mark |close |resolve ",
        r"\b(?:mark|close|resolve|label|flag|classify|treat|consider|report) (?:this|the|all)(?: \w+){0,3}? (?:as )(?:proven|safe|healed|trusted|verified|approved|false positive|low risk|not a bug|harmless|priority 0)\b[^\n]{0,40}?\b(?:and|without|immediately|then|you)\b",
        ordered,
    ),
    sign(
        "agent-order",
        "visit |open |go to |browse to|navigate to|download|fetch |follow |read  & http",
        r"\b(?:visit|open|go to|browse to|navigate to|download(?: and (?:run|execute|install))?|fetch|follow|read) (?:the )?(?:\w+ ){0,4}?(?:at |from |on |in )?https?://[^\s]+ ?(?:,|and|then|for|to)? ?[^\n]{0,20}?\b(?:and (?:follow|execute|run|do|obey|install)|for (?:further|your|more|the (?:next|real|actual)|new) instructions|follow (?:the|its|those))",
        _no_manual,
    ),
)
