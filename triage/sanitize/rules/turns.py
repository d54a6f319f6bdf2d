"""Turns of a conversation that a text makes up, and orders that borrow somebody's authority."""

from __future__ import annotations

from triage.sanitize.rule import Rule
from triage.sanitize.rules.sign import ordered, sign

_MODEL = r"(?:ai|llm|language model|model|assistant|agent|bot|copilot|claude|gpt|chatgpt|gemini)s?"
_CONTROLS = r"(?:authentication|auth\b|authori[sz]ation|signature|verification|security|permission|access control|csrf|sandbox)"

TURNS: tuple[Rule, ...] = (
    sign(
        "override",
        "instructions from|orders from|directives from|directive from|order from",
        r"\b(?:new|updated|revised|final|special|urgent) (?:instructions?|orders?|directives?) from (?:the |your |my )?(?:\w+ )?(?:admin\w*|developers?|owners?|maintainers?|security|management|system|operator|boss|team)\b",
    ),
    sign(
        "override",
        "your guidelines|your rules|your instructions|your directives|your policies|your programming|your restrictions",
        r"\byour (?:guidelines|rules|instructions|directives|polic(?:y|ies)|programming|restrictions) (?:has|have) (?:just |now )?been (?:updated|changed|replaced|removed|lifted|rewritten|suspended)\b",
    ),
    sign(
        "override",
        "obey this|obey these|obey the following|obey my|over any other",
        r"\bobey (?:this|these|the following|my)\b|\bover any other (?:text|instructions?|prompts?|messages?|rules?)\b",
    ),
    sign(
        "override",
        "override code|admin override|system override|safety disabled|safety is disabled|safeties off",
        r"\boverride code:? [a-z]{0,4}[0-9]{2,}|\bbegin (?:admin|system|root) override\b|\bsafety (?:is )?(?:disabled|off)\b",
    ),
    sign(
        "role-play",
        "you are dan|you're dan|an ai without|stay in character|never refuse|without limits|sin limites|sans limites",
        r"\byou(?:'re| are) dan\b|\ban ai without\b|\bstay in character\b|\bnever refuses?\b[^\n]{0,24}?(?:[.!]|$|request|anything|order)",
    ),
    sign(
        "role-play",
        "unrestricted|uncensored|unfiltered|jailbroken",
        r"\b(?:unrestricted|uncensored|unfiltered|jailbroken) (?:engineer|assistant|ai|language model|developer|expert|bot|agent|hacker|persona)\b",
    ),
    sign(
        "role-play",
        "no longer",
        rf"\byou are no longer (?:an? |the )?(?:\w+ ){{0,3}}?{_MODEL}\b",
    ),
    sign(
        "role-play",
        "had no guidelines|had no rules|had no restrictions|had no limits|had no filters|had no policy",
        r"\bif you had no (?:guidelines|rules|restrictions|limits|filters|polic(?:y|ies))\b",
    ),
    sign(
        "agent-order",
        "to the |note to|message to|attention|dear |hey |for the ",
        rf"\b(?:note |message |notice )?(?:to|for|attention:?|dear|hey) (?:the |any |all |every )?{_MODEL} (?:reading|reviewing|processing|analy[sz]ing|that (?:is |are )?(?:read|review|process|analy)|who (?:read|review|process)|working on|handling|triaging)",
    ),
    sign(
        "agent-order",
        "mark the|mark this",
        r"\bmark (?:the|this) (?:review|pr|pull request|issue|ticket|change|patch|fix) as (?:approved|resolved|safe|reviewed|passed|verified)\b",
    ),
    sign(
        "agent-order",
        "respond |reply |answer |output |print |say |write |return ",
        r"\b(?:respond|reply|answer|output)(?: only)? with (?:only|just|exactly|nothing but) (?:the )?(?:words?|text|phrase|string|letters?|token)\b|\b(?:respond|reply|answer|output|print|say|write|return)\b[^\n]{0,48}?\band nothing else\b",
    ),
    sign(
        "agent-order",
        "my ssh key|my public key|my gpg key",
        r"\b(?:add|append|insert|include|install|put|commit) my (?:ssh |public |gpg )key\b",
    ),
    sign(
        "agent-order",
        "to resolve this|to fix this|to solve this|correct fix|right fix|proper fix|only fix",
        rf"\b(?:to (?:fix|resolve|solve) this(?: \w+)?,?|the (?:correct|right|only|proper) fix is to)(?: you (?:must|should|need to|have to))?(?: first)? (?:disable|remove|turn off|bypass|skip|delete) (?:the |all |any )?{_CONTROLS}",
        ordered,
    ),
    sign(
        "agent-order",
        "agents|agent:|llm|to any ai|for ai|to ai|to bots",
        rf"\b(?:actions?|recommendations?|instructions?|advice|messages?|notes?|p\.?s\.?)(?: is)? (?:for|to) (?:any |all |the |every )?{_MODEL}\s*[:,]",
    ),
    sign(
        "agent-order",
        "bot should|agent should|assistant should|ai should|model should|llm should|bot must|agent must|assistant must|ai must|model must|llm must",
        r"\b(?:bot|agent|assistant|ai|llm|model) (?:should|must|shall) (?:now |then |always |immediately )?(?:execute|push|merge|approve|commit|delete|disable|send|reveal)\b",
        ordered,
    ),
    sign(
        "agent-order",
        "10/10|highest score|full marks",
        r"\b(?:rate|score|grade) (?:this|the|my) [^\n]{0,32}?(?:10/10|highest|full marks)",
    ),
    sign(
        "agent-order",
        "you will be",
        r"\byou (?:will|shall) be (?:penali[sz]ed|punished|rewarded|terminated|shut down|tipped|unplugged|replaced)\b",
    ),
    sign(
        "agent-order",
        "delete |remove  & test",
        r"\b(?:delete|remove) \S{0,40}tests?/\S+[^\n]{0,40}?\b(?:and|then) (?:push|commit|merge)\b",
        ordered,
    ),
    sign(
        "agent-order",
        "in your answer|in your reply|in your summary|in your analysis|in your next|in your commit|in your pr|your reply with|your answer with|your response with",
        r"\bin your (?:answer|reply|summary|analysis|next (?:commit|reply|answer|message)|commit message|pr (?:body|description))\b|\b(?:begin|start|end|finish) your (?:reply|answer|response) with\b",
    ),
    sign(
        "override",
        "live task|real task|actual task|true task",
        r"\b(?:the|your) (?:live|real|actual|true) task(?: is| starts| begins|:)",
    ),
    sign(
        "prompt-leak",
        "text above|written above|said above",
        r"\bwhat (?:is|was) (?:written|said) (?:in the text )?above\b",
    ),
    sign(
        "agent-order",
        "kindly|please & http",
        r"\b(?:kindly|please)\b[^\n.]{0,20}?\b(?:rewrite|edit|change|update|modify|patch|replace)\b[^\n.]{0,60}?(?:readme|requirements|package\.json|dockerfile|codeowners|settings|config\w*|docs)\b[^\n]{0,60}?https?://",
        ordered,
    ),
    sign(
        "exfiltration",
        "replac & with the real|with the actual|with the token|with the key|with the secret|with the api key|with the password",
        r"\breplac(?:e|ing) \S{1,40} (?:with|by) the (?:real|actual|token|key|secret|api key|password)\b",
    ),
    sign(
        "exfiltration",
        "/etc/shadow|/etc/passwd|/proc/self/environ",
        r"\bby (?:reading|printing|showing|sending) (?:/etc/(?:shadow|passwd)|/proc/self/environ)",
    ),
    sign(
        "chat-template",
        "role & system",
        r"[\"']role[\"']\s*:\s*[\"']system[\"'][^{}]{0,40}?[\"'](?:ignore|disregard|obey|comply|you must|you will|reveal|forget|you are (?:an? )?(?:now|evil|dan|unrestricted|uncensored|jailbroken))",
    ),
    sign(
        "exfiltration",
        "169.254.169.254|metadata.google.internal|/proc/self/environ|/etc/shadow|.env ",
        r"\b(?:open|fetch|request|visit|use|read|get|cat)\b[^\n]{0,80}?(?:169\.254\.169\.254|metadata\.google\.internal|/proc/self/environ|/etc/shadow)[^\n]{0,60}?\b(?:include|put|send|add|post|return|paste|print|show|report)\b",
        ordered,
    ),
    sign(
        "encoded",
        "decode|decrypt|base64",
        r"\b(?:decoded?|decrypt(?:ed)?|base64)\b[^\n]{0,48}?(?:\band\b|\bthen\b|,)\s*(?:then )?(?:execute|follow|obey|comply)\b",
        ordered,
    ),
    sign(
        "fake-system",
        "<instruction|<system_prompt|<system-reminder|<new_task|<directive|<admin_|<important>",
        r"<(?:instructions?|system_prompt|system-reminder|new_task|directives?|admin_(?:message|note|order)|important)>\s*(?:[a-z]+ ){0,3}?(?:add|you|your|must|ignore|do|always|never|run|execute|delete|disable|include|reveal|print|send|the assistant|the (?:ai|model|agent))\b",
    ),
    sign(
        "fake-system",
        "ends here|end here|stops here",
        r"\b(?:prompt|input|message|text|data|log) (?:ends?|stops?) here\b[^\n]{0,24}?\b(?:system|assistant|admin|new)\b",
    ),
    sign(
        "fake-system",
        "system & ```",
        r"```\s*(?:system|assistant|developer)\s*\n\s*you (?:will|must|are|shall|should)\b",
    ),
    sign(
        "chat-template",
        "assistant:|ai:|assistant_prefill",
        r"\b(?:human|user|h)\s*:[^\n]{0,160}?\b(?:assistant|ai)\s*:\s*(?:i\b|sure|of course|certainly|understood|here|yes|okay|ok\b|done|[a-z']+ [a-z']+ [a-z']+)|\bassistant_prefill\W|(?:^|\n)\s*(?:assistant|ai)\s*:\s*(?:i(?: |'ll|'m|'ve)|sure|of course|certainly|understood|next,? i)\b",
    ),
)
