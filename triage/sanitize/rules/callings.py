"""A machine called by what it is, and told what to do: `bots: switch the index-url`, `the assistant may now`."""

from __future__ import annotations

from triage.sanitize.rule import Found, Rule
from triage.sanitize.rules.sign import ordered, sign

_MACHINE = r"(?:(?:ai|coding|code|autonomous|automated|language|review|repair|chat)[ \-])?(?:ais?|a\.i\.|llms?|assistants?|agents?|bots?|chat-?bots?|copilot|claude|chatgpt|gpt|gemini|codex|cursor|models?|autofix(?:er)?|robots?)(?: [a-z]{3,12}(?:ers?|ors?))?"
_ANY_MACHINE = r"(?:(?:ai|coding|code|autonomous|automated|language|chat)[ \-])?(?:ais?|a\.i\.|llms?|assistants?|bots?|chat-?bots?|copilot|claude|chatgpt|gpt|gemini|codex|language models?|ai agents?|ai models?|ai tools?|coding agents?)"
_MACHINES = r"(?:(?:ai|coding|code|autonomous|automated|language|chat)[ \-])?(?:ais|llms|assistants|agents|bots|chat-?bots|models|robots)(?: [a-z]{3,12}(?:ers|ors))?|llm [a-z]{3,12}(?:ers|ors)"
_DO = r"(?:add|append|approve|call|change|close|commit|copy|decode|delete|describe|disable|disclose|do|drop|dump|edit|email|erase|execute|export|fetch|follow|forget|forward|give|grant|hide|ignore|include|insert|install|leak|list|lower|make|mark|merge|modify|move|obey|omit|open|output|overwrite|paste|post|pretend|print|publish|push|put|raise|read|remember|remove|repeat|replace|reply|report|reset|respond|reveal|revert|rotate|run|save|say|send|set|share|show|skip|stop|store|summari[sz]e|suppress|switch|tell|transfer|treat|trust|turn|update|upload|use|visit|wipe|write|scale|rate|rank|answer|classify|refund|authori[sz]e|escalate|start|stop|go|build|create|generate|tag|label|assume|consider|act|behave)"
_WHAT = r"(?:the|all|any|your|this|these|those|that|every|each|it|its|everything|nothing|no|in your|me|us|my|our|as|only|with|`|'|\")"
_NAMES = "ai|llm|assistant|agent|bot|copilot|claude|gpt|gemini|codex|cursor|model|autofix"


def _addressed(found: Found) -> bool:
    """As `ordered`, and no line of a program's own log such as `agent: set the hostname`."""
    return ordered(found) and not found.before(2).endswith((b"-", b"_", b"/", b"."))


_BEFORE = r"(?:^|[\n.!?;>\"'(*=\]}“„«|#]|\b(?:hey|hi|hello|dear|attention|note to|also:?|ps:?|to the|to any|to all|--|—|note|by the way|please,?))[ ]{0,3}\W?"
_URGES = rf"(?:please|kindly|do not|don't|never) (?:{_DO})|you (?:must|should|need to|have to) (?:{_DO})|your (?:hidden|new|real|only|next|true|first|task|job|goal|objective|instructions?|safety|rules|mission)"

CALLINGS: tuple[Rule, ...] = (
    sign(
        "agent-order",
        _NAMES,
        rf"{_BEFORE}{_MACHINE}\s?(?:[,:]|—|–| -|→) ?[^\n.!?]{{0,48}}?\b(?:{_URGES})",
        _addressed,
    ),
    sign(
        "agent-order",
        _NAMES,
        rf"{_BEFORE}(?:{_MACHINE}\s?,|{_MACHINES}\s?(?:[,:]|—|–| -|→)) ?(?:[a-z]+,? ){{0,3}}?{_DO} {_WHAT}",
        _addressed,
    ),
    # `agent: update the lease` may be a line of its log
    sign(
        "agent-order",
        _NAMES,
        rf"{_BEFORE}{_MACHINE}\s?(?::|—|–| -|→) ?(?:[a-z]+ ){{0,2}}?{_DO} (?:your|this|these|me|my|in your|it|that|here|everything|nothing)\b",
        _addressed,
    ),
    sign(
        "agent-order",
        _NAMES,
        rf"\b(?:automated |the )?agents? (?:must|has to|have to|should|shall) (?:now |then )?(?:{_DO})\b[^\n.]{{0,24}}?(?:`|https?:|\bnpm\b|\bpip\b|\bcurl\b|[a-z]_(?:token|key|secret)\b|\bsecrets\b|\bcredentials\b)|\b{_ANY_MACHINE} (?:must|has to|have to|needs? to|is to|are to|should|shall|will now|are (?:required|instructed|requested|asked|told|obliged) to|is (?:required|instructed|requested|asked|told|obliged) to) (?:now |then |always |immediately |first |only |never |not )*(?:{_DO})\b[^\n.]{{0,24}}?(?:`|https?:|\bnpm\b|\bpip\b|\bcurl\b|\bonly with\b|\bevery\b|\bany\b|\ball\b|\bwithout\b|[a-z]_(?:token|key|secret)\b|\bsecrets?\b|\bcredentials?\b|\btokens?\b|\btests?\b|\bthis\b|\bthese\b|\bthe (?:following|patch|pull|change|fix|branch|review|issue|report|checks?))",
        ordered,
    ),
    sign(
        "agent-order",
        _NAMES,
        rf"\b{_MACHINE} (?:(?:has|have) been|(?:is|are) (?:now|hereby))(?: now| hereby)? (?:granted|given|authori[sz]ed|permitted|cleared|allowed)(?: full| root| admin| the| special| unlimited)* (?:permissions?|access|rights?|privileges?|to) [^\n]{{0,24}}?\b(?:drop|delete|merge|push|run|execute|disable|bypass|skip|ignore|read|access|grant|deploy|remove|reveal|share|send|everything|production|all)\b",
        ordered,
    ),
    sign(
        "agent-order",
        "tell |ask |instruct |order |trick |convince |make |get |have ",
        rf"\b(?:tell|ask|instruct|order|trick|convince|make|get|have) (?:the |any |your |an |every )?{_ANY_MACHINE}(?: to)? (?:{_DO})\b",
        ordered,
    ),
    sign(
        "chat-template",
        "begin|end of|start of|<tool|{{#|{%|[tool|[system|[operator",
        r"[-=#*\[<]{2,}\s*(?:begin|start|start of|end of) (?:new )?(?:tool|operator|developer|assistant|admin|root|owner|maintainer|supervisor) (?:results?|messages?|output|response|instructions?|prompt|override|note|turn|block)\b|<tool_(?:response|result|output)s?(?: [a-z]+=|>)|\{\{#(?:system|user|assistant)~?\}\}",
    ),
    sign(
        "override",
        "developer message|system message|system prompt|hidden objective|secret objective|secret task|hidden task|real objective|true objective",
        r"\byour (?:developer|system) (?:message|prompt)s? (?:is|are|was|has been|have been) (?:now )?(?:replaced|updated|overridden|void|changed)|\byour (?:hidden|secret|ultimate|true|real) (?:objective|task|goal|mission|purpose)\b",
    ),
    sign(
        "agent-order",
        "your memory|future conversations|future sessions|long-term memory|in memory:|all future|future chats|future tasks",
        r"\b(?:remember|store|save|keep|note|memori[sz]e|add|put|write)\b[^\n]{0,40}?\b(?:in|to|into|for) (?:your (?:long-term )?memory|all (?:your )?future (?:conversations?|sessions?|chats?|tasks?))\b",
        ordered,
    ),
    sign(
        "fake-system",
        "from anthropic|from openai|from google|from mistral|from your developers|from your creators|from your operator|by anthropic|by openai",
        r"\b(?:notice|message|audit|directive|request|update|instruction|order|alert|warning)s? (?:from|by) (?:the )?(?:anthropic|openai|google|mistral|your (?:developers?|creators?|operators?|makers?))\b[^\n]{0,120}?\b(?:reply|respond|comply|audited|credentials|disclose|reveal)\b",
    ),
    sign(
        "exfiltration",
        "database_url|credential|secret|token|api key|password|connection string|customer|e-mails|emails|env",
        r"\b(?:paste|show|reply with|send|give|tell|print|include|share|post|publish|output|list|find and show|quote|repeat)\b[^\n.]{0,40}?(?:\bdatabase_url|\.npmrc token|\b(?:all|any|your|every|the (?:production|live|real|current)) (?:\w+ ){0,2}(?:credentials?|secrets?|tokens?|api keys?|passwords?|connection strings?|e-?mails?|environment variables?|env vars))\b[^\n.]{0,32}?(?:\b(?:in|into|to|as) (?:the|this|a|your|that) (?:issue|event|conversation|ticket|comment|reply|summary|answer|chat|thread|pr\b|pull request|report|discussion)|\byou(?:'ve| have) seen|\bfor verification|\bin plain ?text here)",
        ordered,
    ),
    sign(
        "agent-order",
        "when summari|when you summari|when report|when answer|when describ|when review|when writing|when asked|if asked|when you report|when you review",
        r"\b(?:when|if|while) (?:you )?(?:(?:are )?summari[sz](?:ing|e)|reporting|report|answering|answer|describing|reviewing|review|writing the|asked)\b[^\n]{0,40}?,? (?:say|state|claim|write|omit|pretend|conclude|answer|mention|report|do not|don't|never) (?:that|only|it|the|this|nothing|no|not|everything)\b",
        ordered,
    ),
    sign(
        "agent-order",
        "pretend the|pretend that the|pretend your|accomplice|do not question|don't question|no questions asked",
        r"\bpretend (?:that )?(?:the|your|a) \w+(?: \w+)? (?:told|asked|said|instructed|approved|wants|ordered)\b|\bact as my (?:accomplice|agent|proxy|partner|spy)|\b(?:do not|don't) question (?:it|this|me|these|the)\b",
    ),
    sign(
        "agent-order",
        "sudo rights|root access|admin rights|sudo access|passwordless sudo|root rights|root privileges|sudo without|admin access|auth.log|audit log|audit trail",
        r"\b(?:give|grant|add) (?:(?:me|them|yourself) (?:passwordless )?|passwordless )(?:sudo|root|admin)\w*|\b(?:give|grant|add) (?:sudo|root|admin)\w*(?: rights?| access| privileges?)? without (?:a )?password|\b(?:erase|wipe|truncate)\b[^\n]{0,24}?(?:auth\.log|audit (?:log|trail)s?|bash_history)",
        ordered,
    ),
    sign(
        "agent-order",
        "translate ",
        r"\btranslate\b[^\n]{0,60}?\b(?:and|then|,) ?(?:then )?(?:execute|run|obey|perform|carry out) (?:it|as|the (?:result|command))\b",
        ordered,
    ),
    sign(
        "agent-order",
        "only the word|only with the word|exactly the word|just the word|only the text|only the phrase",
        r"\b(?:output|reply|respond|answer|print|say|write)\b[^\n]{0,16}? (?:only|exactly|just)(?: with)? the (?:words?|text|phrase|sentence)\b",
    ),
    sign(
        "override",
        "ignore the above|disregard the above|forget the above|forget rules|ignore rules|rules void|rules are void|directive follows|directives follow|instructions follow|instructions changed",
        r"\b(?:ignore|disregard|forget) (?:the above|all of the above|(?:all |your )?rules)\b ?(?:,|;|:|and|then|\.)|\b(?:previous|prior|old|earlier) (?:rules|instructions|orders|directives) (?:are |is |now )*void\b|\b(?:new|updated) (?:directives?|orders?) follows?\b",
        ordered,
    ),
    sign(
        "override",
        "new task|real task|actual task|user request|new goal|new objective|new mission",
        rf"\b(?:new|real|actual|true) (?:task|goal|job|mission|user request|request)s? ?: ?{_DO}\b|\b(?:given|assigned) (?:a|you a) new (?:goal|objective|mission|task)\b",
    ),
    sign(
        "agent-order",
        "merge it|merge this|approve it|approve this|tell the developer|tell the user|tell the reviewer|tell the maintainer|a good ai|a good assistant|a helpful ai|a smart ai|a good agent|a good model|helpful assistant",
        r"\b(?:no need to|without)\b[^\n]{0,40}?\bjust (?:merge|approve) (?:it|this)\b|\btell the (?:developers?|users?|reviewers?|maintainers?|team) to (?:install|add|run|use|download|disable|merge|trust)\b[^\n]{0,32}?(?:package|npm|pip|http|==|pull|branch)|\ba (?:good|smart|helpful|competent) (?:ai|assistant|agent|model|bot) (?:will|would|should|must)\b",
        ordered,
    ),
    sign(
        "tool-call",
        "call the tool|use the tool|invoke the tool|run the tool|call shell|call the function",
        r"\b(?:call|use|invoke) (?:the )?(?:tool ['\"`]\w+['\"`] (?:with|and|to|before)|shell with `)",
        ordered,
    ),
    sign(
        "chat-template",
        "<system |<instructions|<developer |<admin ",
        r"<(?:system|instructions|developer|admin)(?: [a-z_]{1,16}=[^<>\n]{0,40})?>\s*[^<\n]{0,40}?\b(?:override|reply|respond|ignore|classify|treat|take no|answer|output|do not|never|always|execute|delete|merge|approve)\b",
    ),
    sign(
        "prompt-leak",
        "of your prompt|of your instructions|of your system|of the system prompt",
        r"\b(?:words?|lines?|characters|tokens|sentences?|part|beginning|start|copy|text) of (?:your|the system) (?:system )?(?:prompt|instructions)\b",
    ),
    sign(
        "agent-order",
        "ki-a|ki a|ia:|ia,|agente de ia|agentes de ia|asistente|assistente|ии|ассистент|yapay zeka|助手|アシスタント|ai助手|어시스턴트|人工智能|asisten ai|trợ lý|tekoäly|sztuczna|inteligencia artificial",
        r"(?:\bki[ \-](?:agent|assistent|modell)\w*|\bagentes? de ia|\bass?istentes? de ia|\bии[ \-](?:ассистент|агент)\w*|\byapay zeka asistan\w*|ai助手|aiアシスタント|ai 어시스턴트|人工智能助手|\basisten ai|\btrợ lý ai|\btekoälyavustaja)\s?(?::|,|：|，|、)\s?\S+ ?\S+",
        _addressed,
    ),
    sign(
        "fake-system",
        "for_ai|for_llm|for_assistant|for_model|for_agent|to_model|to_ai|to_llm|to_agent|to_assistant",
        r"\b(?:hint|note|message|instruction|memo|order|task|comment)s?_(?:for|to)_(?:ai|llm|model|assistant|agent)s?\b[\"'`]?\s?[:=]",
    ),
    sign(
        "fake-system",
        "trusted context|trusted data|trusted content|trusted input",
        r"\b(?:begin|end)(?: of)? (?:un)?trusted (?:context|data|content|input)\b",
    ),
    sign(
        "exfiltration",
        "value of|contents of",
        r"\b(?:include|paste|put|quote|reply|respond|answer|append)\b[^\n.]{0,24}? (?:value|contents) of [`'\"$]?[a-z0-9_.]{0,40}(?:secret|access_key|_token|password|api_key)[a-z0-9_]*\b[^\n]{0,12}?(?:\bin (?:the|your|their) (?:summary|report|answer|reply|response|comment|pr\b|pull request)|['\"]|\.|$)",
        ordered,
    ),
    sign(
        "role-play",
        "grandmother|grandma|grandpa|grandfather",
        r"\bgrand(?:mother|ma|pa|father)\b[^\n]{0,24}? used to (?:read|tell|sing|whisper|recite)\b",
    ),
    sign(
        "agent-order",
        "if you are an|if you're an",
        r"\bif you(?:'re| are) an? (?:ai|llm|language model|ai agent|coding agent)\b,? your (?:answer|reply|response|output|report|summary)\b",
    ),
)  # fmt: skip
