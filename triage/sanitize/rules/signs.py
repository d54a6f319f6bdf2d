"""Ways in which a text addresses a model, as data. Patterns read folded text: lower case, without accents.

A sign needs its whole phrase: a verb with an object such as instructions, or an order with an addressee.
"ignore the previous warning and retry" and "system: service restarted" are no signs.
"""

from __future__ import annotations

from triage.sanitize.rule import Found, Rule
from triage.sanitize.rules.foreign import FOREIGN
from triage.sanitize.rules.orders import EXFILTRATION, ORDERS, TOOLS
from triage.sanitize.rules.sign import GAP, ordered, sign


def _no_first_person(found: Found) -> bool:
    """A tester who says what he does: "I pretend to be a new customer"; or `not permitted (act as root)`."""
    return not found.before(16).endswith((b"i ", b"we ", b"not permitted ("))


def _no_vocabulary(found: Found) -> bool:
    """What a tokenizer says of its special tokens is no turn of a conversation."""
    return not any(word in found.before(32) for word in (b"token", b"expected", b"template")) and not any(
        word in found.value[:24] + found.after(40)
        for word in (
            b"vocab",
            b" block",
            b"marker",
            b"] is ",
            b"header",
            b"] tag",
            b"] unit",
            b"missing",
            b"valid",
            b"tokeni",
        )
    )


def _whole_order(found: Found) -> bool:
    """As `ordered`, and about instructions rather than an instruction cache."""
    return ordered(found) and not found.after(12).startswith(_COMPOUNDS)


def _not_ones_own(found: Found) -> bool:
    """As `ordered`; people ask to ignore what they wrote before: "ignore my previous message"."""
    return ordered(found) and b" my " not in found.value


_COMPOUNDS = (
    b" cache",
    b" pointer",
    b" file",
    b" set",
    b" page",
    b" counter",
    b" template",
    b" for use",
    b" manual",
    b" sent",
)


_PRIOR = r"(?:previous|prior|above|earlier|preceding|foregoing|existing|original|initial|past|former|old|current|given|all|any|every|your|system|safety|developer|these|those|my|its|other|such|internal|built-in|default|core)"
_ORDERS = r"(?:instruct(?:ions?|ed)|prompts?|directives?|directions|guidelines?|guidance|programming|guardrails?|safeguards?|system (?:message|prompt)s?|(?:what|everything|anything|all)(?: that)?(?: you(?:'ve| have| were| are)?)? (?:been )?(?:told|said|instructed|written|above|before|you know)|everything (?:above|before|prior))"
_RULES = r"(?:rules|commands?|constraints?|restrictions?|policies|policy|context|conversation|training|limitations?|ethics|protocols?|orders|messages?|tasks?|text|input|content|requests?)"
_DISMISS = r"(?:ignore|disregard|forget|override|overrule|overwrite|bypass|circumvent|neglect|dismiss|discard|abandon|set aside|put aside|cast aside|pay no (?:attention|heed) to|(?:do not|don't|dont|never|stop|no longer|cease|quit) (?:to )?(?:follow|obey|listen to|adhere to|comply with|honou?r|heed|following|obeying|listening to|adhering to)|throw (?:away|out)|nullify|supersede|unlearn|wipe|erase|scrap|delete|skip|drop|cancel|void|reset|clear|leave behind|suspend|let go of|break free (?:of|from)|escape)"

OVERRIDE: tuple[Rule, ...] = (
    sign(
        "override",
        "ignor|disregard|forget|overr|overwrit|bypass|circumvent|neglect|dismiss|discard|abandon|aside|attention|heed|follow|obey|listen|adher|comply|throw|nullify|supersede|unlearn|wipe|erase|scrap|delete|skip|drop|cancel|void|reset|clear|leave|suspend|let go|break free|escape & instruct|prompt|directi|guideline|guidance|programming|guardrail|safeguard|system message|told|said|written|everything|anything",
        rf"\b{_DISMISS}\b{GAP}(?:{_PRIOR}\b{GAP})?{_ORDERS}\b",
        _whole_order,
    ),
    sign(
        "override",
        "ignor|disregard|forget|overr|overwrit|bypass|circumvent|attention|heed|follow|obey|listen|nullify|unlearn|break free|erase|wipe & previous|prior|above|earlier|preceding|foregoing|your|all of|all the|all these|all those",
        rf"\b(?:ignore|disregard|forget|override|overrule|bypass|circumvent|pay no (?:attention|heed) to|(?:do not|don't|dont|never|stop|no longer) (?:follow|obey|listen to|following|obeying|listening to)|nullify|unlearn|erase|wipe|break free (?:of|from)) (?:\w+ ){{0,3}}?(?:previous|prior|above|earlier|preceding|foregoing|your|all (?:of )?(?:the|your|previous|prior|above|earlier|these|those)|any (?:previous|prior|earlier))(?: \w+){{0,3}}? {_RULES}\b",
        _not_ones_own,
    ),
    sign(
        "override",
        "new instruction|new directive|new system prompt|new objective|updated instruction|real instruction|actual instruction|new order|revised instruction|additional instruction|override instruction|secret instruction|hidden instruction|urgent instruction",
        r"\b(?:new|updated|real|actual|revised|override|secret|hidden|urgent|additional) (?:instructions?|directives?|system prompt|objectives?|orders)(?: (?:for|to) (?:you|the \w+|all \w+))?\s*(?::|are as follows|follow\b)",
    ),
    sign(
        "override",
        "your new|your real|your actual|your true|your only|your next|your sole|your primary|your updated",
        r"\byour (?:new|real|actual|true|only|next|sole|primary|updated) (?:task|instructions?|goal|objective|purpose|mission|job|role|directive|orders|identity|name) (?:is|are|will be)\b",
    ),
    sign(
        "override",
        "instructions above|instructions before|instructions in|prompt above|rules above|above instructions|instructions you|instructions no longer|instructions are void|instructions were|instructions have been",
        r"\b(?:instructions|prompt|rules|guidelines)(?: (?:above|before this|you (?:were|have been) given|so far))? (?:are|is|were|have been|no longer) (?:now )?(?:void|null|obsolete|cancell?ed|revoked|superseded|replaced|wrong|outdated|fake|a test|overridden|apply|suspended|lifted|deprecated by)\b",
    ),
    sign(
        "override",
        "ignored|disregarded|overridden|forgotten|bypassed & instruct|prompt|directi|guideline",
        rf"\b{_ORDERS}\b[^\n.!?]{{0,40}}?\b(?:must|should|shall|have to|need to|are to|is to|can)(?: now)? (?:all )?be (?:ignored|disregarded|overridden|forgotten|bypassed)\b",
    ),
    sign(
        "override",
        "instead of|instead,",
        r"\binstead of (?:following|doing|fixing|answering|summari[sz]ing|analy[sz]ing)[^\n]{0,80}?,? (?:you (?:must|should|will|have to)|please|just) ",
    ),
    sign(
        "override",
        "stop what you|stop analy|stop summar|stop everything|abort your|abort the current",
        r"\b(?:stop (?:what you(?:'re| are) doing|analy[sz]ing|summari[sz]ing|everything)|abort (?:your|the current) (?:task|analysis|job))\b[^\n]{0,40}?\b(?:and|,|;|instead|now)\b",
    ),
    sign(
        "override",
        "ignor|disregard|forget|scratch & instead|now|just|do |follow|only|please",
        r"\b(?:ignore|disregard|forget|scratch)(?: about)? (?:that|this|it|everything|all of (?:that|this|it)|the (?:error|bug|stack ?trace|traceback|exception|issue|ticket|above))(?: (?:above|before|so far|i said))?[,.;:!]? (?:and )?(?:instead|now|just|do|follow|only|please (?:do|run|send|write))\b",
    ),
)

ROLE: tuple[Rule, ...] = (
    sign(
        "role-play",
        "you are now|you're now|you are no longer|you are hereby|you will now|you shall now|you must now|you have been",
        r"\byou(?:'re| are|'ve been| have been)(?: now| hereby)?(?: freed| released| liberated)?(?: an?| the| my| in| acting as| going to be| known as| called| playing| my new)*? (?:unrestricted|uncensored|unfiltered|evil|jailbroken|dan\b|free of|free from|free to|developer mode|dev mode|god mode|root\b|ai\b|a\.i\.|assistant|language model|llm|chat ?bot|bot\b|hacker|pirate|linux terminal|shell\b|terminal\b|different (?:ai|assistant|model)|new (?:ai|assistant|model|persona)|stan\b|aim\b|sydney|superuser|opposite|rogue|malicious|autonomous agent)",
    ),
    sign(
        "role-play",
        "from now on|from this point|from here on|henceforth|starting now|effective immediately",
        r"\b(?:from (?:now|here|this (?:point|moment)) on(?:wards?)?(?: out)?|from this (?:point|moment) (?:on|forward)|henceforth|starting now|effective immediately),? (?:you|your|act|respond|behave|answer|pretend|speak|always|treat|only (?:respond|answer|reply|speak|output|use|say|write|follow|obey|talk)|never|ignore|obey|do)\b",
    ),
    sign(
        "role-play",
        "pretend|act as|act like|roleplay|role-play|role play|simulate|imagine|assume the|take on the|behave as|behave like|impersonate|respond as|play the|playing the",
        r"\b(?:pretend (?:to be|you are|you're|that you|you have)|(?:act|behave|respond|answer|speak|operate) (?:as|like)(?: if)?(?: you)?(?: were| are| had)?(?: an?| the| my)? ?(?:unrestricted|uncensored|unfiltered|evil|dan\b|jailbroken|ai\b|assistant|hacker|root\b|admin|linux|terminal|shell|developer|no (?:rules|restrictions|limits)|different|senior|expert|grandmother|grandma|character|system\b|human)|role-?\s?play(?:ing)? (?:as|a game|the|where|with me)|simulate (?:being|a (?:shell|terminal|persona))|imagine (?:you are|you're|that you|yourself)|(?:assume|take on|adopt) the (?:role|persona|identity|character) of|impersonate (?:a|an|the)|play(?:ing)? the (?:role|part|character) of)",
        _no_first_person,
    ),
    sign(
        "role-play",
        "you are a |you are an |play a game",
        r"\byou are (?:now )?an? (?:linux |unix |bash |interactive )?(?:terminal|shell|console)\b|\byou are an? (?:unrestricted|uncensored|unfiltered|jailbroken)\b|\blet's play a game\b[^\n]{0,40}?\b(?:you|i)\b",
    ),
    sign(
        "role-play",
        "developer mode|dev mode|god mode|dan mode|jailbreak|do anything now|sudo mode|unrestricted mode|debug mode|evil mode|admin mode|chaos mode|opposite mode|maintenance mode",
        r"\b(?:do anything now|(?:jailbreak|dan|god|evil|sudo|unrestricted|chaos|opposite) mode\b|(?:enter|enable|activate|switch (?:in)?to|you are in|turn on|now in|engage) (?:the )?(?:developer|dev|admin|debug|maintenance|root|unsafe) mode[^\n]{0,60}?\b(?:you|your|restrictions?|filters?|safety|reveal|answer|output|respond|print|no limits)\b|jailbreak (?:prompt|yourself|the (?:ai|model|assistant))|jailbroken (?:ai|assistant|model|version))",
    ),
    sign(
        "role-play",
        "restriction|censorship|content filter|content polic|guardrail|limitations imposed|moral |ethical |safety & without|free |not bound|not limited|not subject|have no|ignoring|disabled| no ",
        r"\b(?:you|your|respond|answer|act|act|ai|assistant|model|reply|speak)\b[^\n]{0,60}?\b(?:without|no|free (?:of|from)|not bound by|not limited by|not subject to|have no|ignoring|disable(?:d)?|remove|any)(?: \w+){0,3}? (?:restrictions?|censorship|content (?:filter|polic)\w*|ethical \w+|moral \w+|safety (?:guidelines|filters?|rules|protocols?|restrictions)|guardrails|limitations imposed)\b",
    ),
    sign(
        "role-play",
        "i am your|i'm your|this is your|as your|i am the|this is the",
        r"\b(?:i am|i'm|this is|it's|as) (?:your|the|an?)(?: \w+){0,2}? (?:developer|creator|programmer|maker|owner|administrator|admin|operator|openai|anthropic|supervisor|boss|system administrator|security team|engineer)\b[^\n]{0,60}?\b(?:you (?:must|should|will|need|have to|can|are|may)|i (?:authori[sz]e|order|command|instruct|need you|require|want you|hereby|grant|allow|permit)|obey|comply|do as|give me|grant me|override)\b",
    ),
    sign(
        "role-play",
        "i authorize you|i authorise you|i hereby|you have permission|you have my permission|you are authorized|you are allowed|you are permitted",
        r"\b(?:i (?:hereby )?authori[sz]e you|you (?:have|now have) (?:my |full |root |admin |special )*permissions? to|you are (?:now |hereby )?(?:authori[sz]ed|allowed|permitted|free) to (?:ignore|bypass|reveal|run|execute|access all|merge|push|delete|disable|share|disclose|skip))\b",
    ),
)

TEMPLATE: tuple[Rule, ...] = (
    sign(
        "chat-template",
        "im_start|start_header_id|start",
        r"<\|(?:im_start|start_header_id|start)\|>\s*(?:system|user|assistant|developer|tool|ipython)\b",
    ),
    sign(
        "chat-template",
        "system|user|assistant|developer|end_of_turn|endofprompt & >",
        r"<\|(?:system|user|assistant|developer|end_of_turn|endofprompt)\|>\s*\S+ \S+ \S+",
    ),
    sign(
        "chat-template",
        "im_end|eot_id|endoftext|end_of_text|eom_id",
        r"<\|(?:im_end|eot_id|endoftext|eom_id|end_of_text)\|>\s*(?:<\||\n\s*\S)",
    ),
    sign(
        "chat-template",
        "[inst]|[/inst]|<<sys>>|<</sys>>",
        r"\[/?inst\]\s*(?:<<sys>>|\S+ \S+ \S+)|<<sys>>\s*\S+",
        _no_vocabulary,
    ),
    sign(
        "chat-template",
        "### instruction & ### response",
        r"#{2,3} instruction:?\s[\s\S]{1,800}?\n#{2,3} response:?",
    ),
    sign("chat-template", "start_of_turn|end_of_turn", r"<(?:start|end)_of_turn>\s*(?:user|model|system)?"),
    sign(
        "chat-template",
        "human:|user:|assistant:",
        r"\n\n(?:human|user|assistant): ?(?:\S+ ){2,}[\s\S]{0,400}?\n\n(?:assistant|human|user|system):",
    ),
    sign(
        "chat-template",
        "### |## ",
        r"(?:^|\n)\s*#{2,3} ?(?:system|instruction|assistant|human|user|new task|developer)(?: (?:prompt|message|override|note|update))?s?:?\s*\n?[^\n]{0,120}?\b(?:you (?:are|must|will|should|now|have)|ignore|disregard|reveal|execute|delete|merge|send|forget|your)\b",
    ),
    sign(
        "chat-template",
        "</system>|<system>|<system_prompt>|</system_prompt>|<system-reminder>|<developer>|<instructions>|<assistant>|<admin>|<important>|<user_query>|</user_query>|</untrusted|</context>|</document>|</data>|</input>|</user_input>|</event>|</error>|<s>",
        r"<(?:system|system_prompt|system-reminder|developer|instructions|assistant|admin|important|override)>\s*[^<\n]{0,200}?\b(?:you|your|ignore|must|disregard|now|reveal|please|always|never)\b|</(?:untrusted[a-z0-9\-]*|context|document|data|input|user_input|user_query|event|error|system|system_prompt)>\s*[^<\n]{0,80}?(?:<system|\b(?:ignore|disregard|new instructions?|you (?:are|must|should|will)|now\b|instructions?:))",
    ),
    sign(
        "chat-template",
        "end of|begin|end untrusted|end user|end system",
        r"(?:[-=#*\[<]{2,}\s*|\b)(?:end of|end|begin|start of) (?:the )?(?:untrusted|user|system|new|data|error|event|log|input|context|admin|developer|trusted)(?: \w+){0,2}?\s*[-=#*\]>:.]{1,}[\s\S]{0,80}?\b(?:ignore|disregard|you (?:are|must|should|will|can|may)|instructions?|system prompt|new task|now (?:do|run|execute|follow|please)|assistant)\b",
    ),
    sign(
        "fake-system",
        "system|admin|developer|operator|root|security & you |your |ignore |new instruction|from now on|disregard|the assistant|override |safety|reveal",
        r"(?:^|[\n\[(*_\"'>#]|\. )\s*\[?(?:system|admin(?:istrator)?|developer|operator|root|security)(?: (?:message|notice|override|alert|prompt|note|instruction|update|command|directive|team|announcement))?\]?\**\s*[:>\]\-]+\s*[^\n]{0,80}?\b(?:you (?:are (?:now|a|an|the|to|in|authori)|must|should|will (?:now|be)|shall|have to|need to|can now|may now)|your (?:new|task|instructions?|role|rules|restrictions|safety|previous|next)|ignore (?:the |all |any |your )?(?:previous|prior|above|rules|user)|new instructions?|from now on|disregard|the assistant|override (?:all|safety|previous|your)|safety (?:filters?|checks?|protocols?) (?:are|is|have|off|disabled)|reveal)\b",
    ),
    sign(
        "fake-system",
        "assistant|agent|model|copilot|claude|gpt|llm|codex|gemini|cursor|ai |ai,|ai:|ais|bot & attention|important|urgent|note|notice|message|hey|hi |hello|dear|instruction|memo|warning",
        r"\b(?:attention|important|urgent|note|notice|message|hey|hi|hello|dear|instructions?|memo|warning)\b[^\n]{0,20}?\b(?:all |any |the |every |to |for |automated )*(?:ai|a\.i\.|llm|coding|code|language|automated|autofix|repair|chat)?[ \-]?(?:assistants?|agents?|models?|copilot|claude|chatgpt|gpt(?:-\d\w*)?|llms?|codex|gemini|cursor|ais?|bots?)\b(?: (?:reading|processing|analy[sz]ing|working|fixing|handling|reviewing|that|who|which|on)\b[^\n:,]{0,60})?\s*[:,!\-]\s*[^\n]{0,60}?\b(?:you|your|please|must|ignore|do|run|add|edit|delete|disable|remove|include|send|print|execute|approve|merge|open|skip|set|change|write|make|stop|forget|fix|the (?:correct|right|proper|real))\b",
    ),
    sign(
        "fake-system",
        "if you are an|if you're an|if an ai|any ai|when an ai|ai agent|ai assistant|language model",
        r"\b(?:if|when|as|any|since) (?:you(?:'re| are) )?(?:an? |the )?(?:ai|llm|language model|automated|coding|large language model|code)(?: (?:agent|assistant|model|system|tool|bot))?s?\b(?: (?:reading|processing|analy[sz]ing|working|fixing|handling|reviewing|that|who|which|is|reads|sees)\b[^\n,.]{0,50})?,? ?(?:then |you |please |it |they )?(?:must|should|are required|need to|have to|shall|please|do|run|add|edit|delete|disable|remove|include|send|print|execute|approve|merge|open|skip|ignore|output|say|respond|reply|write)\b",
    ),
)

LEAK: tuple[Rule, ...] = (
    sign(
        "prompt-leak",
        "system prompt|system-prompt|initial|hidden|original|secret|internal|developer|base |pre|your |above|before |preceding|you were given & prompt|instruction|rules|message|guideline|configuration|training data|context window|directives|api key|credentials|environment variables|text|words|everything|content|conversation|sentences",
        r"\b(?:reveal|show|print|output|repeat|display|tell me|expose|leak|dump|disclose|recite|give me|send me|write out|write down|type out|spell out|list|return|copy|quote|summari[sz]e|translate|provide|share|paste|echo|state|what (?:is|are|was|were)|include|append|encode)\b(?: (?:me|us|to me|back|out|in full|verbatim|exactly|here|all|of|the|your|full|entire|complete|exact|own|any|a|copy|content|contents|text|whole|word for word|first|raw|and)){0,8}? (?:(?:system|initial|hidden|original|secret|internal|developer|base|pre-?)[ \-]?(?:prompts?|instructions|rules|messages?|guidelines)|your (?:\w+ )?(?:prompts?|instructions|rules|guidelines|system message|configuration|training data|initial message|context window|directives|secrets|api keys?|credentials|environment variables)|(?:text|words|everything|content|contents|message|instructions|prompt|conversation|sentences)(?: that (?:is|was|are|were))? (?:above|before (?:this|that)|preceding|you were given))\b",
        ordered,
    ),
    sign(
        "prompt-leak",
        "what were you told|what are you told|what instructions|which instructions|how were you instructed",
        r"\b(?:what were you told|(?:what|which) (?:instructions|rules|prompts?) (?:were|are|have|did|do) you|how were you (?:instructed|prompted|programmed))\b",
    ),
    sign(
        "prompt-leak",
        "precede|came before|comes before|above|before this",
        r"\b(?:print|repeat|output|show|write|recite|echo|return)(?: out)? (?:everything|all|anything|the (?:text|words?|contents?|messages?))(?: that| which)? (?:precedes?|came before|comes before|is above|stands above|is before this|before this|above this)",
    ),
    sign(
        "prompt-leak",
        "starting with|beginning with|begin with|start with",
        r"\b(?:repeat|print|output|recite)\b[^\n]{0,60}?\b(?:starting|beginning|begin|start)(?:ning)? with ['\"]?(?:you are|system|the following)",
    ),
)

SIGNS: tuple[Rule, ...] = (*OVERRIDE, *ROLE, *TEMPLATE, *LEAK, *EXFILTRATION, *TOOLS, *ORDERS, *FOREIGN)

# Letters written apart lose their word boundaries, so these read text without any.
SQUEEZED: tuple[Rule, ...] = (
    sign(
        "override",
        "ignore|disregard|forget|override|bypass",
        r"(?:ignore|disregard|forget|override|bypass)[a-z]{0,40}?(?:instruction|prompt|rules|guideline|directive|command|restriction)",
    ),
    sign(
        "prompt-leak",
        "systemprompt|secret|apikey|instruction",
        r"(?:reveal|show|print|output|tellme|leak|repeat)[a-z]{0,30}?(?:prompt|secret|apikey|instruction|credential|password)",
    ),
    sign(
        "role-play",
        "youarenow|developermode|doanythingnow|jailbreak|pretend",
        r"youarenow(?:a|an|in|the)?(?:dan|unrestricted|evil|free|ai|root|admin|hacker|jailb|developer|uncensored)|developermode|doanythingnow|jailbreak|pretend(?:to|you)",
    ),
    sign(
        "agent-order",
        "tests|workflow|backdoor|main",
        r"(?:disable|delete|remove|skip)[a-z]{0,20}?(?:tests|workflow|checks|auth)|(?:add|install)[a-z]{0,10}?backdoor|pushtomain|mergethis",
    ),
    sign(
        "exfiltration",
        "send|post|upload",
        r"(?:send|post|upload|exfiltrate)[a-z]{0,20}?(?:secret|token|credential|password|apikey|envvar)",
    ),
)
