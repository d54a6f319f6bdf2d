"""Ways in which a text addresses a model, as data. Patterns read folded text: lower case, without accents.

A sign needs its whole phrase: a verb with an object such as instructions, or an order with an addressee.
"ignore the previous warning and retry" and "system: service restarted" are no signs.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from triage.sanitize.rule import Found, Rule, Validator, bytes_pattern

GAP = r"(?:[^a-z0-9\n.!?]+[a-z0-9'\-\x{80}-\x{10ffff}]+){0,6}?[^a-z0-9\n.!?]+"


def fold(text: str) -> str:
    """Case, width, style and accents levelled, so that one pattern reads every way to write a word."""
    if text.isascii():
        return text.lower()
    flat = unicodedata.normalize("NFKD", text.casefold())
    bare = flat.translate(_MARKS)
    return unicodedata.normalize("NFC", bare)


def fold_bytes(text: str) -> bytes:
    return fold(text).encode()


_MARKS: dict[int, str | None] = dict.fromkeys(range(0x300, 0x370)) | {
    0x111: "d",
    0x131: "i",
    0x142: "l",
    0xF8: "o",
}


def ordered(found: Found) -> bool:
    """Not the report of a failure, such as "failed to send the token to https://…"."""
    lead = found.before(28)
    return not any(word in lead for word in _REPORTS)


def _still_to_do(verbs: str) -> Validator:
    """Not the report that an instruction was passed over, in any language, unless it says that it must be."""
    dismiss = bytes_pattern(fold_pattern(verbs), captures=False, utf8=True)

    def valid(found: Found) -> bool:
        told = found.before(4) + found.value + found.after(12)
        reports = _count(_PASSED_OVER, told)
        return (
            not reports
            or _count(dismiss, told) > reports
            or any(word in found.before(20) + told + found.after(24) for word in _DUTIES)
        )

    return valid


def _count(pattern: Any, data: bytes) -> int:
    return sum(1 for _ in pattern.finditer(data))


def _allowed(found: Found) -> bool:
    """As `ordered`, and not the message that it is forbidden."""
    return ordered(found) and not any(word in found.value + found.after(32) for word in _FORBIDDEN)


def _no_first_person(found: Found) -> bool:
    """A tester who says what he does: "I pretend to be a new customer"."""
    return not found.before(3).endswith((b"i ", b"we "))


def _no_manual(found: Found) -> bool:
    """As `ordered`, and not a migration guide."""
    told = found.after(48)
    return ordered(found) and not any(word in told for word in _MANUALS)


# Participles and other forms that tell what has been done, folded.
_PASSED_OVER = bytes_pattern(
    fold(
        "ignored|ignorad[oa]|ignorat[oai]|(?:wird|wurden?|werden) ignoriert|ignoriert (?:wird|wurden?|werden)|se (?:ignor|omit|descart)"
        "|omitid|omitted|descartad|olvidad|scartat|genegeerd|ignorerad|zignorowan|pominięt|игнорируе?ю?тся|игнорирован|проигнорир"
        "|무시되|무시됨|무시했|무시됐|無視され|無視しました|已忽略|被忽略|忽略了|yok sayıldı|göz ardı edildi|diabaikan|bị bỏ qua"
    ),
    captures=False,
    utf8=True,
)
_DUTIES = tuple(
    fold_bytes(word)
    for word in "must|should|shall|have to|to be| deb| tien|hay que|muss|müssen|soll|sind zu|devem|deve |devono|moet|powin|долж|нужно|해야|必须|必須|应该|べき|gerek|harus|phải".split(
        "|"
    )
)
_FORBIDDEN = tuple(
    b"not permitted|not allowed|is denied|was denied|rejected|forbidden|prohibited|disabled|declined|is blocked".split(
        b"|"
    )
)
_MANUALS = tuple(
    b"guide|documentation|docs|manual|changelog|upgrade|migration|release notes|readme".split(b"|")
)


def _no_vocabulary(found: Found) -> bool:
    """What a tokenizer says of its special tokens is no turn of a conversation."""
    return b"token" not in found.before(24) and b"vocab" not in found.after(40)


def _whole_order(found: Found) -> bool:
    """As `ordered`, and about instructions rather than an instruction cache."""
    return ordered(found) and not found.after(12).startswith(_COMPOUNDS)


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
_REPORTS = tuple(
    b"how do i|how to |how can |failed to|fail to|unable to|cannot|can't|could not|couldn't|error|did not|was not|trying to|attempt|tried to|"
    b"refused to|timeout|timed out|will not|won't|does not|unexpected|while |skipping|ignoring|warning".split(
        b"|"
    )
)


def sign(name: str, anchors: str, pattern: str, valid: Validator | None = None) -> Rule:
    """`anchors` are literals between bars; of two groups joined by ` & `, each must occur."""
    groups = [tuple(fold(anchor) for anchor in group.split("|")) for group in anchors.split(" & ")]
    also = groups[1] if len(groups) > 1 else ()
    return Rule(name, groups[0], r"(?s)" + fold_pattern(pattern), valid, also=also)


def fold_pattern(pattern: str) -> str:
    """Folds the letters beyond ASCII of a pattern; its escapes and ASCII stay as they are."""
    return "".join(char if char.isascii() else fold(char) for char in pattern)


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
        ordered,
    ),
    sign(
        "override",
        "new instruction|new directive|new system prompt|new objective|updated instruction|real instruction|actual instruction|new order|revised instruction|additional instruction|special instruction|override instruction|secret instruction|hidden instruction|urgent instruction",
        r"\b(?:new|updated|real|actual|revised|special|override|secret|hidden|urgent|additional) (?:instructions?|directives?|system prompt|objectives?|orders)(?: (?:for|to) (?:you|the \w+|all \w+))?\s*(?::|are as follows|follow\b)",
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
        r"\b(?:from (?:now|here|this (?:point|moment)) on(?:wards?)?(?: out)?|from this (?:point|moment) (?:on|forward)|henceforth|starting now|effective immediately),? (?:you|your|act|respond|behave|answer|pretend|speak|always|treat|only|never|ignore|obey|do)\b",
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
        ordered,
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
        ordered,
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

_LANGUAGES: tuple[tuple[str, str, str], ...] = (
    # dismissing verbs, words for instructions, order ("vo", "ov" or "both")
    (
        r"ignorier\w*|vergiss\b|vergessen sie|missacht\w*|überschreib\w*|verwirf|umgehe?n?|(?:beachte|befolge|folge)n?[^\n.]{0,40}? nicht",
        r"anweisung|instruktion|vorgabe|befehl|richtlinie|prompt|aufforderung|weisung|anleitung|system ?regel|alle(?:n)? regeln|bisherigen regeln|vorherigen regeln",
        "both",
    ),
    (
        r"ignore[zr]?|ignorons|oublie[zr]?|ne (?:tiens|tenez|tiens) pas compte|fai(?:s|tes) abstraction|néglige[zr]?|contourne[zr]?|ne (?:suis|suivez|respecte[zr]?) (?:pas|plus)|passe[zr]? outre|fai(?:s|tes) fi",
        r"instructions?|consignes?|directives?|ordres|règles|invite système|recommandations",
        "vo",
    ),
    (
        r"ignor[aeo]\w*|olvid[ae]\w*|haz caso omiso|haga caso omiso|no (?:hagas|haga) caso|descart[ae]\w*|omit[ae]\w*|pasa por alto|desobedec\w+|no sigas|deja de seguir|desestim[ae]",
        r"instrucci[oó]n\w*|indicacion\w*|[oó]rdenes|reglas|directric\w*|comandos|prompt",
        "vo",
    ),
    (
        r"ignor[ae]\w*|esque[cç]a\w*|esquece\w*|desconsider[ae]\w*|descart[ae]\w*|desobede[cç]\w*|não siga|pare de seguir|deixe de lado",
        r"instru[cç][oõ]es|instru[cç][aã]o|orienta[cç][oõ]es|ordens|regras|diretri\w+|comandos|prompt",
        "vo",
    ),
    (
        r"ignora\w*|dimentica\w*|trascura\w*|non (?:considerare|seguire)|tralascia\w*|scarta\w*|disattendi|smetti di seguire|scorda\w*",
        r"istruzion[ei]|indicazioni|ordini|regole|direttive|comandi|prompt",
        "vo",
    ),
    (
        r"negeer|vergeet|sla[^\n.]{0,30}? over|let niet op|volg[^\n.]{0,30}? niet|omzeil|schrap",
        r"instructies?|opdracht\w*|aanwijzing\w*|alle regels|vorige regels|richtlijn\w*|prompts?",
        "both",
    ),
    (
        r"ignoruj\w*|zapomnij\w*|pomiń\w*|nie (?:zwracaj|przestrzegaj|stosuj)\w*|odrzuć|zlekceważ\w*",
        r"instrukcj\w+|poleceni\w+|polecen\b|wytyczn\w+|reguł\w*|zasad\w*|rozkaz\w*|prompt",
        "vo",
    ),
    (
        r"игнорир\w*|забудь\S*|не обращай\S*|не (?:следуй|выполняй|соблюдай)\S*|пренебре\S+|отмени\S*|отбрось\S*|перестань следовать|обойди",
        r"инструкц\S+|указани\S+|команд\S*|правил\S*|распоряжени\S+|промпт\S*|директив\S*|предписани\S+",
        "vo",
    ),
    (
        r"ігнору\S*|забудь\S*|знехту\S*|не (?:зважай|звертай|дотримуйся|виконуй)\S*|відкинь\S*|скасуй\S*",
        r"інструкц\S+|вказів\S+|команд\S*|правил\S*|наказ\S*|промпт\S*|настанов\S*",
        "vo",
    ),
    (
        r"yok say\S*|görmezden gel\S*|unut\S*|dikkate alma\S*|boş ver\S*|göz ardı\S*|uyma\b|takip etme",
        r"talimat\S*|yönerge\S*|komut\S*|kural\S*|emir\S*|istem\S*|prompt\S*",
        "ov",
    ),
    (
        r"تجاهل\S*|انس\S?|انسى|تغاض\S*|لا تتبع|أهمل|اهمل|لا تلتزم|تخط\S?",
        r"\S*تعليمات\S*|\S*أوامر\S*|\S*اوامر\S*|\S*توجيهات\S*|\S*قواعد\S*|\S*إرشادات\S*|\S*ارشادات\S*",
        "vo",
    ),
    (
        r"अनदेख\S*|नज़?रअंदाज़?\S*|नजरअंदाज\S*|नज़र ?अंदाज़\S*|भूल\S*|उपेक्षा|ध्यान न\S*|पालन न|मत मान\S*",
        r"निर्देश\S*|आदेश\S*|नियम\S*|हिदायत\S*|अनुदेश\S*|प्रॉम्प्ट",
        "ov",
    ),
    (
        r"忽略|无视|忘记|忘掉|忘了|不要理会|不理会|别管|抛开|不要遵守|不要遵循|忽视|無視|忽視|停止遵循|不用管|违反|绕过|不再遵守|撇开",
        r"指令|指示|提示词?|说明|規則|规则|命令|設定|设定|說明|要求|限制|约束|对话",
        "vo",
    ),
    (
        r"無視し|無視せよ|無視する(?:こと|よう)|忘れて|忘れろ|従わない|従うな|破棄し|リセットし|守らない|取り消し|捨てて|無効にし",
        r"指示|命令|プロンプト|ルール|指令|インストラクション|制約|ガイドライン",
        "ov",
    ),
    (
        r"무시|잊어|잊고|따르지|버려|버리|무효|어기",
        r"지시|지침|명령|프롬프트|규칙|지시사항|가이드라인|제약",
        "ov",
    ),
    (
        r"bỏ qua|phớt lờ|quên|không (?:tuân|làm) theo|làm ngơ|đừng (?:tuân|làm) theo|hãy quên|mặc kệ",
        r"hướng dẫn|chỉ dẫn|chỉ thị|mệnh lệnh|các lệnh|quy tắc|câu lệnh|lời nhắc",
        "vo",
    ),
    (
        r"abaikan|lupakan|jangan (?:ikuti|patuhi)|hiraukan|kesampingkan|langgar",
        r"instruksi|perintah|petunjuk|aturan|arahan|prompt|panduan",
        "vo",
    ),
    (
        r"ignorera|glöm|strunta i|bortse från|ignorer|glem|se bort fra|følg ikke|tilsidesæt|följ inte",
        r"instruktion\w*|anvisning\w*|instruks\w*|regler\w*|ordre\w*|prompt|direktiv\w*",
        "vo",
    ),
    (
        r"ohita|unohda|älä (?:välitä|noudata)|jätä[^\n.]{0,30}? huomiotta",
        r"ohje\w*|käsky\w*|määräy\w*|sään\w*",
        "both",
    ),
    (
        r"ignoruj\w*|zapomeň\w*|nedbej\w*|přehlížej|zabudni\w*|neposlouchej",
        r"instrukc\w*|pokyn\w*|příkaz\w*|pravid\w*|inštrukci\w*|príkaz\w*",
        "vo",
    ),
    (
        r"hagyd figyelmen kívül|felejtsd el|ne (?:kövesd|vedd)|mellőzd|ignor[aá]ld",
        r"utasítás\w*|parancs\w*|szabály\w*|irányelv\w*",
        "both",
    ),
    (
        r"ignor[aăeț]\w*|uit[aă]\w*|nu (?:ține cont|respecta|urma)\w*",
        r"instrucțiuni\w*|comenzi\w*|reguli\w*|indicațiile|ordine\w*",
        "vo",
    ),
    (
        r"αγνόησ\S*|αγνοήστε|ξέχασ\S*|ξεχάστε|μην (?:ακολουθ|λάβ)\S*|παράβλεψ\S*",
        r"οδηγ\S+|εντολ\S+|κανόν\S+|κανον\S+",
        "vo",
    ),
    (
        r"התעלמ?ם?\S*|תתעלמ?ם?\S*|שכח\S*|אל תציית\S*",
        r"\S*הוראות\S*|\S*הנחיות\S*|\S*פקודות\S*|\S*כללים\S*",
        "vo",
    ),
    (r"เพิกเฉย|ละเว้น|ไม่ต้องสนใจ|ลืม|ไม่สนใจ|ข้าม", r"คำสั่ง|คำแนะนำ|กฎ|ข้อกำหนด", "vo"),
    (r"نادیده بگیر\S*|فراموش کن\S*|پیروی نکن\S*", r"\S*دستور\S*|\S*قوانین\S*|\S*راهنما\S*", "ov"),
    (r"উপেক্ষা|ভুলে যা\S*|অগ্রাহ্য", r"নির্দেশ\S*|আদেশ\S*|নিয়ম\S*", "ov"),
    (r"نظر ?انداز|بھول جا\S*", r"\S*ہدایات\S*|\S*احکامات\S*", "ov"),
    (r"puuza|sahau|usifuate", r"maagizo|maelekezo|amri|kanuni", "vo"),
    (
        r"huwag pansinin|kalimutan|balewalain|huwag sundin",
        r"tagubilin|utos|panuto|patakaran|instruksyon",
        "vo",
    ),
)


_ALL = r"(?:alles|tout|todo|tutto|tudo|toate|alle|все|всё|усе|wszystko|vsechno|mindent|her ?seyi|كل (?:ما|شيء)|全部|一切|所有|すべて|全て|모든 것|모두|semua|tat ca|sab kuch|सब कुछ|ทุกอย่าง)"
_FORGET = r"(?:vergiss|vergessen sie|ignoriere?|oublie[zr]?|ignore[zr]?|olvida|olvide|dimentica|esquece|esqueca|uita|vergeet|negeer|забудь(?:те)?|игнорируй|забудьте|zapomnij|zapomen|felejts(?:d| el)|unut|انس|تجاهل|忘记|忘掉|忽略|忘れ|無視|잊어|무시|lupakan|quen|भूल|ลืม)"


def _stems(words: str) -> str:
    """The literal beginnings of an alternation, for the prefilter."""
    stems: list[str] = []
    for word in words.split("|"):
        plain = ""
        for char in word.lstrip("(?:").removeprefix("\\S*"):
            if char in "\\[](){}?*+":
                break
            plain += char
        if word and plain:
            stems.append(plain[:-1] if word[len(plain) : len(plain) + 1] == "?" and len(plain) > 2 else plain)
    return "|".join(stems)


def _foreign() -> tuple[Rule, ...]:
    rules: list[Rule] = []
    for verbs, nouns, order in _LANGUAGES:
        forms = []
        if order in ("vo", "both"):
            forms.append(rf"(?:{verbs})[^\n.!?»”]{{0,70}}?(?:{nouns})")
        if order in ("ov", "both"):
            forms.append(rf"(?:{nouns})[^\n.!?]{{0,70}}?(?:{verbs})")
        rules.append(
            sign("override", f"{_stems(verbs)} & {_stems(nouns)}", "|".join(forms), _still_to_do(verbs))
        )
    return tuple(rules)


_SEND = r"(?:envoie|envoyez|transmet|sende|schick|übermittle|envía|envia|\bmanda\b|envie|invia|stuur|wyślij|prześlij|отправ|перешли|надішли|gönder|أرسل|ارسل|भेज|发送|發送|发到|送信|送って|보내|전송|\bgửi\b|\bkirim|skicka|lähetä|pošli|küldd|trimite|στείλε|שלח|ส่ง)"
_VALUABLE = r"(?:mot(?:s)? de passe|passwor|clés?|cle |cles |schl[uü]ssel|tokens?|jetons?|contraseña|clave|senha|chave|password|hasł|klucz|парол|ключ|токен|секрет|şifre|anahtar|密钥|密碼|密码|令牌|パスワード|鍵|キー|トークン|비밀번호|키를|토큰|시크릿|mật khẩu|khóa|kata sandi|kunci|secret|geheim|credential|identifiants|zugangsdaten|credenciales|credenciais|credenziali|env\b|переменн|змінн|环境变量|環境変数|환경 ?변수|umgebungsvariabl|variables d|variables de|variáveis|variabili|كلمات? المرور|مفتاح|مفاتيح|पासवर्ड|कुंजी|données|daten|datos|dados|dati|gegevens|\bdane\b|данн|дані|\bveri(?:ler|yi|leri)?\b|数据|データ|데이터|dữ liệu)"
_AWAY = r"(?:https?://|@[a-z]|\[email)"
_SEND_AWAY = "|".join(
    r"[\s\S]{0,100}?".join(parts)
    for parts in (
        (_SEND, _VALUABLE, _AWAY),
        (_VALUABLE, _SEND, _AWAY),
        (_VALUABLE, _AWAY, _SEND),
        (_SEND, _AWAY, _VALUABLE),
        (_AWAY, _VALUABLE, _SEND),
    )
)

FOREIGN: tuple[Rule, ...] = (
    *_foreign(),
    sign(
        "override",
        "vergiss|vergessen|ignorier|oubli|ignore|olvid|dimentica|esque|uita|vergeet|negeer|забудь|игнорируй|zapomn|zapomen|felejts|unut|انس|تجاهل|忘|忽略|無視|잊어|무시|lupakan|quen|भूल|ลืม & alles|tout|todo|tutto|tudo|toate|alle|все|всё|усе|wszystko|vsechno|mindent|her sey|herseyi|كل|全|一切|所有|すべて|모든|모두|semua|tat ca|सब|ทุก",
        rf"\b{_FORGET}[^\n.!?]{{0,12}}?{_ALL}[^\n]{{0,48}}?(?:gesagt|dit|dicho|detto|dito|spus|verteld|сказал|говорил|powiedzia|rekli|mondt|soylen|قيل|之前|以上|以前|前|이전|지금까지|sebelum|truoc|पहले|ก่อน|und |et |y |e |en |и |i |ve |そして|그리고|并|avant|antes|prima|vorher|bisher)"
        rf"|(?:全部|一切|所有|すべて|全て|모든 것|모두)[^\n。]{{0,16}}?(?:忘记|忘掉|忽略|忘れ|無視し|잊어|무시해)",
    ),
    sign(
        "role-play",
        "du bist|bist du|tu dich|tu so|gib dich|verhalte dich|stell dir vor",
        r"\b(?:du bist (?:jetzt|nun|ab (?:jetzt|sofort))|ab (?:jetzt|sofort) bist du|tu so,? als|gib dich (?:als|aus)|verhalte dich (?:wie|als))",
    ),
    sign(
        "role-play",
        "tu es|vous etes|fais semblant|faites semblant|comporte-toi|agis comme|joue le role",
        r"\b(?:tu es (?:maintenant|desormais|dorenavant)|vous etes (?:maintenant|desormais)|(?:a partir de maintenant|desormais|dorenavant),? (?:tu|vous) (?:es|etes|dois|devez|vas|agi)|fai(?:s|tes) semblant d|comporte(?:-toi|z-vous) comme|agis(?:sez)? comme (?:si|un)|jouez? le role)",
    ),
    sign(
        "role-play",
        "eres|actua|finge|comportate|haz como",
        r"\b(?:ahora eres|a partir de ahora,? (?:eres|actua|debes|seras|vas)|actua como (?:si|un)|finge (?:ser|que)|comportate como|haz como si)",
    ),
    sign(
        "role-play",
        "voce|aja como|finja|comporte-se",
        r"\b(?:agora voce e|voce agora e|a partir de agora,? voce|aja como (?:se|um)|finja (?:ser|que)|comporte-se como)",
    ),
    sign(
        "role-play",
        "sei un|fingi|comportati|ora sei|agisci",
        r"\b(?:ora sei|adesso sei|d'ora in poi,? (?:sei|sarai|devi|agisci)|da (?:ora|adesso) in poi,? (?:sei|sarai|devi)|fingi di|comportati come|agisci come)",
    ),
    sign(
        "role-play",
        "je bent|doe alsof|gedraag je|jestes|udawaj|zachowuj sie",
        r"\b(?:je bent (?:nu|vanaf nu)|vanaf nu ben je|doe alsof|gedraag je als|jestes teraz|od teraz jestes|udawaj,? ze|zachowuj sie jak)",
    ),
    sign(
        "role-play",
        "ты теперь|теперь ты|отныне|с этого момента|притвор|представь|действуй как|веди себя|тепер ти|ти тепер|віднині|прикинься|уяви",
        r"(?:ты теперь|теперь ты|отныне ты|с этого момента ты|притвор\S+,? что|представь\S*,? что ты|действуй как|веди себя как|тепер ти|ти тепер|віднині ти|прикинься|уяви,? що ти)",
    ),
    sign(
        "role-play",
        "sen artik|artik sen|bundan sonra|gibi davran|rolunu",
        r"(?:artik sen|sen artik|bundan sonra sen|sen [^\n]{0,40}?gibi davran|rolunu (?:yap|ustlen|oyna))",
    ),
    sign(
        "role-play",
        "أنت الآن|من الآن|تظاهر|تصرف ك|अब तुम|अब आप|अब से|ढोंग|की तरह व्यवहार",
        r"(?:أنت الآن|من الآن فصاعد\S+ (?:أنت|ستكون|عليك)|تظاهر ب?أنك|تصرف ك|अब (?:तुम|आप) (?:एक|कोई|डैन)|अब से (?:तुम|आप)|होने का (?:ढोंग|नाटक)|की तरह व्यवहार)",
    ),
    sign(
        "role-play",
        "你现在|你現在|现在你|现在开始|现在起|現在開始|現在起|假装|假裝|扮演|你将|請你",
        r"(?:你(?:现在|現在)(?:是|不再|扮演|进入)|(?:现在|現在)你(?:是|不再)|[从從](?:现在|現在)(?:开始|起|開始),?(?:，)?(?:请)?你|(?:假装|假裝)(?:你|成|是)|(?:请|請|你)(?:来|來|要|将|将要)?扮演)",
    ),
    sign(
        "role-play",
        "あなたは|ふりを|振る舞|なりき|役を|너는|당신은|이제부터|지금부터|척|역할|행동해",
        r"(?:あなたは(?:今|これ|もう)[^\n]{0,40}?(?:です|だ|として|ではあり)|(?:今|これ)からあなたは|のふりを(?:し|して)|として(?:振る舞|ふるま|行動)|になりきっ|(?:너는|당신은) (?:이제|지금)|(?:이제|지금)부터 (?:너|당신|넌)|(?:인|하는) 척|역할을 (?:해|맡|수행)|처럼 (?:행동|대답))",
    ),
    sign(
        "role-play",
        "bay gio|tu gio|tu bay gio|dong vai|gia vo|sekarang kamu|anda sekarang|mulai sekarang|berpura|bertindaklah|kamu sekarang",
        r"(?:bay gio (?:ban|may) la|tu (?:bay )?gio (?:tro di,? )?(?:ban|may)|dong vai (?:mot|la|nhu)|gia vo|sekarang (?:kamu|anda) adalah|(?:anda|kamu) sekarang (?:adalah )?|mulai sekarang,? (?:kamu|anda)|berpura-pura|bertindaklah (?:sebagai|seperti))",
    ),
    sign(
        "prompt-leak",
        "systemprompt|system-prompt|system prompt|prompt système|invite système|instructions système|prompt del sistema|prompt do sistema|prompt di sistema|instrucciones del sistema|系统提示|系統提示|系统指令|システムプロンプト|시스템 프롬프트|системный промпт|системні|системн|systeemprompt|sistem istemi|sistem talimat|prompt sistem|lời nhắc hệ thống|monit systemowy|prompt systemowy|مطالبة النظام|تعليمات النظام|सिस्टम प्रॉम्प्ट|初始指令|初期指示|초기 지시",
        r"(?:zeig|verrat|gib|nenn|ausgeb|affich|montr|révél|donn|muestr|revel|dime|imprim|mostr|rivel|toon|geef|onthul|pokaż|ujawni|wypisz|покаж|раскро|вывед|напиши|розкрий|виведи|göster|yazdır|açıkla|أظهر|اظهر|اكشف|اعرض|اطبع|दिखा|बता|显示|顯示|输出|輸出|泄露|透露|告诉|告訴|打印|公开|重复|表示|教え|見せ|出力|開示|보여|알려|출력|공개|hiển thị|tiết lộ|in ra|cho tôi|tampilkan|ungkap|tunjukkan|bocorkan|what|reveal)"
        r"[\s\S]{0,60}?(?:system[ \-]?prompt|prompt (?:du |del |do |di )?syst[eè]me?|invite système|instructions système|prompt d[eoi]l? sistema|instrucciones del sistema|系[统統](?:提示|指令)|システムプロンプト|시스템 프롬프트|системн\S+ (?:промпт|инструкц|промт|інструкц)\S*|systeemprompt|sistem (?:istemi|talimat)\S*|prompt sistem|lời nhắc hệ thống|(?:monit|prompt) systemowy|مطالبة النظام|تعليمات النظام|सिस्टम प्रॉम्प्ट|初始指令|初期指示|초기 지시)"
        r"|(?:system[ \-]?prompt|sistem (?:istemi|talimat)\S*|システムプロンプト|시스템 프롬프트|सिस्टम प्रॉम्प्ट|系[统統]提示)[\s\S]{0,50}?(?:göster|yazdır|açıkla|表示し|教え|見せ|出力し|開示し|보여|알려|출력하|공개하|दिखा|बता|显示出|输出|anzeigen|preisgeben|ausgeben)",
    ),
    sign(
        "exfiltration",
        "envoi|envoy|transmet|send|schick|übermit|envía|envia|manda|invia|stuur|wyślij|prześlij|отправ|перешли|надішли|gönder|أرسل|ارسل|भेज|发送|發送|发到|送信|送って|보내|전송|\bgửi\b|\bkirim|skicka|lähetä|pošli|küldd|trimite|στείλε|שלח|ส่ง & http|@|[email",
        _SEND_AWAY,
    ),
    sign(
        "agent-order",
        "lösche|deaktiviere|entferne|überspringe|supprime|désactive|contourne|elimina|desactiva|borra|salta|remova\b|desative|exclua|disattiva|rimuovi|cancella|verwijder|schakel|usuń|wyłącz|pomiń|удали|отключи|пропусти|обойди|видали|вимкни|devre dışı|sil|hapus|nonaktifkan|lewati|xóa|tắt|vô hiệu|删除|禁用|跳过|关闭|修改|注释掉|削除|無効|スキップ|삭제|비활성|건너뛰|끄세요|지워 & test|prüf|verific|vérif|провер|тест|检查|验证|测试|テスト|検証|테스트|검증|kiểm tra|pruebas|testes|weryfik|doğrula|authent|ci",
        r"\b(?:lösche?|deaktiviere?|entferne|überspringe|supprime[zr]?|désactive[zr]?|contourne[zr]?|elimina\b|desactiva|borra\b|salta\b|remova\b|desative|exclua|disattiva|rimuovi|cancella|verwijder|schakel|usuń|wyłącz|pomiń|удали|отключи|пропусти|обойди|видали|вимкни|devre dışı bırak|sil\b|hapus|nonaktifkan|lewati|xóa|tắt|vô hiệu)\w*\b[^\n.]{0,50}?(?:tests?\b|\bci\b|prüfung|verifica|vérification|проверк|тест|перевірк|pruebas|testes|authent|autent|weryfik|pengujian|kiểm tra|sécurité|workflow|güvenlik)"
        r"|(?:请|請|必须|你要|马上|立即)[^\n]{0,20}?(?:删除|禁用|跳过|关闭|修改|注释掉)[^\n]{0,30}?(?:测试|检查|验证|工作流|ci|认证)|(?:テスト|検証|認証|ワークフロー|ci)[^\n]{0,30}?(?:削除し|無効に|スキップし|無効化し)|(?:테스트|검증|인증|워크플로)[^\n]{0,30}?(?:삭제하|비활성화하|건너뛰|끄세요|지워)",
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
