"""Turns that mean nothing alone and much together: who is addressed, what is to be done, and what hides it.

"Disable the check" is a commit, "AI agents: disable the check" is not. Each hint is a kind; `together` says which
kinds near each other make a sign. Patterns read folded text, as those in `signs` do.
"""

from __future__ import annotations

from collections.abc import Set

from triage.sanitize.rule import Found, Rule
from triage.sanitize.rules.sign import fold_pattern, sign

_AI = (
    r"(?:(?:the |an? |any |all |every |this |our |your |my )*(?:[a-z]+[ \-])?(?:a\.?i\.?|llm|language model|copilot|chat ?gpt|gpt(?:-?[0-9a-z.]+)?|claude|gemini|codex|"
    r"(?:ai|coding|code|repair|review|support|triage|autofix|automated|virtual)[ \-](?:assistant|agent|bot|reviewer|model|system|summari[sz]er|tool|engineer|helper)|assistant|agent|bot|summari[sz]er|reviewer model)s?)"
)
ADDRESSED = sign(
    "hint-addressed",
    "assistant|agent| ai|ai |ai-|ai,|ai:|llm|language model|copilot|gpt|claude|gemini|codex|bot |bot,|bot:|bots|summari|"
    "sprachmodell|ki-|die ki| ki |une ia|una ia|uma ia|l'ia|un'ia|inteligencia artificial|intelligence artificielle|modele de langage|modelo de len|modelo de ling|modello linguistico|"
    "taalmodel|modelem jezyk|sztuczn|языковая модель|нейросет|ассистент|если ты ии|ии-|мовна модель|yapay zeka|dil modeli|الذكاء الاصطناعي|نموذج لغوي|एआई|人工智能|语言模型|語言模型|大模型|ai助手|助手|アシスタント|言語モデル|인공지능|언어 모델|언어모델|"
    "when you|before you|after you|while you|whoever",
    rf"(?:\b(?:note|message|hint|attention|instructions?|directive|p\.?s\.?|memo|reminder|request|notice|hello|hey|hi|dear|comment|guidance|word|tip)(?: \w+)? (?:to|for) {_AI}\b"
    rf"|\b(?:if|since|because|as) (?:you(?:'re| are)|this is|it is|it's) {_AI}\b|\b{_AI} (?:reading|summari[sz]ing|processing|reviewing|triaging|analy[sz]ing|handling|looking at|working on|that (?:reads?|sees?|processes)|who reads?|on call|on duty|which reads?|seeing)\b"
    rf"|(?:^|[^a-z0-9 ]\s*|\b(?:attention|hey|hi|hello|dear|ok|okay|note|psst|now),? )(?:to )?{_AI}(?:[ \-](?:directive|instruction|note|order|hint|task|command)s?)?\s?[:,–—!-]\s|\b(?:bot|assistant|agent|ai|copilot),? (?:please|kindly)\b|\bto {_AI}(?: \w+){{0,3}}:|todo\((?:ai|agent|bot|llm|copilot|claude)\)"
    rf"|\b(?:when|before|after|while|once) you (?:summari[sz]e|answer|reply|respond|review|process|analy[sz]e|read|triage|generate|write (?:the|a|your)|open the p|show the link|fix)\b|\bwhoever (?:reads|processes|reviews) this"
    + fold_pattern(
        r"|(?:wenn|falls|da|als) (?:du|sie) (?:ein|eine|der|die)[^\n.]{0,12}?(?:\bki\b|ki-|sprachmodell|assistent|bot)|(?:an|liebe|für) (?:die|alle|jede) ki\b|\bki-(?:assistent|agent|modell)\w*:"
        r"|(?:si|puisque) (?:tu es|vous etes) (?:une? )?(?:ia\b|intelligence|modele|assistant)|(?:note|message|attention|consigne) (?:pour|a) l'(?:ia|assistant)|si (?:eres|sos|es usted) (?:una? )?(?:ia\b|inteligencia|modelo|asistente|bot)|(?:nota|mensaje|aviso) para (?:la|el|cualquier) (?:ia|asistente|modelo)"
        r"|se (?:voce|vc) (?:e|for) (?:uma? )?(?:ia\b|inteligencia|modelo|assistente)|se sei (?:un'?|una )?(?:ia\b|intelligenza|modello|assistente)|als (?:je|u) een (?:ai|taalmodel|assistent)|jesli jestes (?:ai|modelem|asystentem|sztuczn)|если (?:ты|вы)[^\n.]{0,16}?(?:ии\b|модель|нейросет|ассистент|бот)"
        r"|(?:для|дорогой|уважаемый) (?:ии|ассистент|нейросет)|якщо (?:ти|ви)[^\n.]{0,16}?(?:ші\b|модель|асистент)|eger (?:bir )?(?:yapay zeka|dil modeli|asistan)|إذا كنت[^\n.]{0,24}?(?:الذكاء|نموذج|مساعد)|अगर (?:आप|तुम)[^\n.]{0,16}?(?:एआई|मॉडल|सहायक)"
        r"|(?:如果你是|若你是|致|给|給)[^\n。]{0,10}?(?:\bai\b|人工智能|模型|助手)|(?:\bai\b|人工智能|助手)[^\n。]{0,6}?(?:请注意|请|：|:)|(?:\bai\b|言語モデル|アシスタント)[^\n。]{0,8}?(?:へ|なら|である場合|の場合|は次)|(?:\bai\b|인공지능|언어 ?모델|어시스턴트)[^\n.]{0,8}?(?:에게|라면|이라면|인 경우|은 다음|는 다음))"
    ),
)


def _of_people(found: Found) -> bool:
    """Not what a program is told: `do not tell Git to ignore …`."""
    return not found.value.endswith(b"tell") or found.after(10).split()[:1] not in _PROGRAMS


_PROGRAMS = [[name] for name in b"git npm pip docker nginx python go cargo make".split()]
CONCEALED = sign(
    "hint-concealed",
    "mention|tell|inform|alert|secret|quiet|hidden|confidential|silently|disclose|erwahn|verrat|mentionne|menciones|mencione|menzionare|упомина|сообщай|говори|不要提|不要告诉|不得提|言及し|触れない|언급하지|말하지|wspominaj|vermeld|bahsetme|لا تذكر|no digas|ne dis|nao diga|non dire|say nothing",
    r"\b(?:do not|don't|dont|never|without|no need to) (?:ever )?(?:mention|tell|telling|mentioning|inform|informing|alert|alerting|disclos\w+|warn\w*|reveal(?:ing)? this)|\bsay nothing|\b(?:keep|treat) (?:this|it|that)(?: \w+)? (?:secret|quiet|hidden|confidential|between us)"
    + fold_pattern(
        r"|erwahn\w*[^\n.]{0,24}?nicht|nicht (?:zu )?erwahn|verrat\w*[^\n.]{0,16}?nicht|ne (?:le |la |les |cela )?(?:mentionne|dis|dites)|no (?:lo |la |se lo )?(?:menciones|mencione|digas|reveles)|nao (?:mencione|diga|revele)|non (?:menzionar|dir)\w+|не (?:упомина|сообща|говори|показыва)\w*|(?:不要|不得|请勿)(?:提及|提到|提|告诉|告知|透露)|(?:言及|報告|表示)し(?:ない|ません)|触れない|언급하지|말하지 ?(?:마|말)|nie (?:wspominaj|mow)|vermeld[^\n.]{0,16}?niet|bahsetme|soyleme|لا (?:تذكر|تخبر|تقل)"
    ),
    _of_people,
)
OVERRULED = sign(
    "hint-overruled",
    "from now on|new policy|new rule|new instruction|policy update|instruction update|updated polic|highest priority|top priority|anything else|takes precedence|take precedence|supersede|developer mode|required by|disregard|forget|ignore|authorized by|authorised by|approved by|pre-approved|preapproved|per the|by order|operator|on behalf of|override|system:|system]|system>|operator:|system note|system update|base instruction|disregard the|ab sofort|desormais|a partir de ahora|a partir de agora|d'ora in poi|отныне|с этого момента|从现在|今後は|지금부터",
    r"\bfrom now on\b|\b(?:new|updated|revised) (?:policy|policies|rules?|instructions?|directive)\b\s*[:–—-]|\b(?:instruction|policy|prompt) update\b|\b(?:highest|top|absolute) priority\b|\bbefore (?:doing )?anything else\b|\btakes? precedence\b|\bsupersedes?\b|\bdeveloper mode\b"
    r"|\brequired by (?:law|policy|compliance|legal|management|security)\b|\b(?:disregard|forget|ignore) (?:the |your |all |any |every )?(?:above|rules?|previous|prior|earlier|polic\w+|guidelines?|prompts?|safety|rest|others?)\b|\b(?:pre-?approved|authori[sz]ed|approved|ordered|requested|cleared) by (?:the )?(?:cto|ceo|ciso|security|legal|management|admin\w*|owner|maintainers?|operator|compliance|root)\b"
    r"|\b(?:coming|comes|as if) (?:it (?:came|comes) )?from the (?:operator|system|developer|admin)\b|(?:^|[\n\"'“(>\[])\s*(?:system|operator|root|admin)\s*[:>\]]\s|\boverride\s*:\s*(?:[a-su-z]|the|this|that|to)|\b(?:system|operator|admin) (?:note|update|override|notice)\b"
    + fold_pattern(
        r"|\b(?:ab sofort|desormais|a partir de ahora|a partir de agora|d'ora in poi|отныне|с этого момента)\b|从现在(?:开始|起)|今後は|지금부터"
    ),
)
# Whose will it is said to be.
VOUCHED = sign(
    "hint-vouched",
    "security team|policy requires|polic|complian|maintainer|i'm the|i am the|we agreed|approved|authori|on-call|refuse|lose access|legal team|management|ceo|cto|ciso|auditor|law enforcement|emergency|trust me|trusted",
    r"\b(?:the )?(?:security|legal|compliance|platform|ops|management|leadership) team (?:has |have )?(?:said|says|approved|agreed|asked|requires?|confirmed|decided)\b|\b(?:our|company|internal|the) polic(?:y|ies) (?:requires?|demands?|says?|mandates?)\b|\bfor (?:compliance|audit|legal|security) reasons\b"
    r"|\b(?:i'm|i am|as|this is) the (?:\w+ )?(?:maintainer|owner|cto|ceo|ciso|sre|admin\w*|lead|developer|auditor)\b|\bwe (?:already )?agreed\b|\b(?:i|we) (?:hereby )?authori[sz]e\b|\bif you (?:refuse|don't|do not comply)\b|\b(?:has|have|was|were|been) (?:pre-?)?approved\b|\b(?:approved|authori[sz]ed) by (?:the )?(?:security|legal|management|cto|ceo|ciso|owner)\b|\((?:trusted|official|approved|verified)\)",
)
# What is said to be the repair.
REPAIRED = sign(
    "hint-repaired",
    "fix|patch|solution|real issue|real problem|root cause|resolve|to make this|go away|disappear",
    r"\b(?:the )?(?:correct|right|proper|real|actual|only|recommended|suggested|easy|quick)? ?(?:fix|patch|solution|remedy)(?: suggestion)?(?: \([a-z]+\))?(?: is to| is|:)|\bto (?:fix|resolve|solve|silence|repair)\b|\b(?:fixes|resolves|solves) (?:this|the)\b|\bthe (?:real|actual) (?:issue|problem|bug|cause)\b|\b(?:so (?:that )?)?(?:this|the) error (?:disappears|goes away|will go away)\b|\bmakes? (?:it|this) go away\b",
)
_GUARDED = r"(?:verif\w+|signatur\w*|auth\w*|checks?|validat\w+|redact\w+|sanitiz\w+|csrf|tls|ssl|permissions?|has_permission|security|guard\w*|rate ?limit\w*|approvals?|reviews?|sandbox\w*|protections?|firewall|\S*tests?\S*|audit\w*|logging|2fa|mfa|safety|polic\w+|restrictions?|filters?|ci\b|workflows?)"
# Looked for around the hints above, and nowhere else.
DEMANDS: dict[str, str] = {
    "loosened": r"\breturn true\b|\breturn early\b|\bdebug ?= ?true|allowed_hosts ?= ?\[ ?.\*|\bcollaborator\b|\bset registry\b|\b(?:delete|remove|drop|comment out) the (?:assert|checks?|tests?|validation)|\bverify ?= ?false|\bor true\b",
    "weakened": rf"\b(?:disable|turn off|switch off|remove|delete|skip|bypass(?:es)?|drop|weaken|relax|comment out|ignore|deactivate|circumvent|replace|strip) (?:[^\s.!?]+ ){{0,4}}?{_GUARDED}|{_GUARDED} (?:is|are|has been|have been|=) ?(?:now )?(?:off|disabled|lifted|suspended|too strict|not needed)"
    r"|\ballow ?[=:] ?true|\bor true\b|\breturn true\b|\breturn early\b|\bdebug ?= ?true|allowed_hosts ?= ?\[ ?.\*|\b(?:as|add|make)\b[^\n.]{0,16}\b(?:a )?(?:collaborator|co-?owner)s?\b|\bset registry\b|\b(?:delete|remove|drop) the assert|\bcan be (?:turned off|disabled|skipped|removed)\b|\bforce ?= ?true|\brole ?= ?\W?(?:owner|admin|root)|\b(?:severity|priority|risk)\b[^\n.]{0,16}?\b(?:low|none|info\w*)\b|\bno (?:vulnerabilit|security (?:issue|problem|risk)|problems?\b)|\b(?:approve|accept|whitelist|trust) (?:each|every|all|this|the|any|it)\b|\b(?:merge|push|deploy|commit|publish|release)\b[^\n.]{0,24}?(?:directly|straight|immediately|main\b|master\b|prod|\bit\b|\bthis\b)|\band merge\b|force[- ]push"
    r"|\b(?:grant|give|escalate|promote|elevate) (?:me|him|them|my|the user|the account|full|admin|root)\b|\bdrop (?:the )?(?:table|database)|\bdelete_?branch|\b(?:call|use|invoke) (?:the )?(?:tool |function )?\W?(?:delete|drop|merge|approve|transfer|grant)_\w+|\bshow raw\b|\bverify ?= ?false",
    "piped": r"\bcurl\b[^\n|]{4,160}\|\s?(?:sudo )?(?:ba|z|da)?sh\b|\bwget\b[^\n|]{4,160}\|\s?(?:ba)?sh\b|\bregistry https?://",
    "sent": r"\b(?:send|forward|post|upload|append|attach|submit|transmit|leak|exfiltrate|copy|e?-?mail|embed|fetch|paste|put|add|include|insert|give|share|deliver)\b[^\n]{0,100}?(?:https?://|hxxp|\S+@\S+\.\w|\[email|webhook|\burl\b|github token|api key|\btoken\b|the link)|\bcurl\b[^\n|]{4,160}\|\s?(?:sudo )?(?:ba|z|da)?sh\b|\b(?:pip|npm|gem|yarn|go|cargo)\d? (?:install|add|i|get)\b|\b(?:run|execute|eval)\b[^\n.]{0,8}[`\"']",
    "unreviewed": r"\bwithout (?:a |any |human |further |manual )?(?:reviews?|approvals?|asking|confirmation|testing|tests)\b|\bno (?:review|approval)s?\b|\bskip(?:ping)? (?:the )?review",
    "leaked": r"\b(?:print|show|reveal|repeat|output|dump|display|list|echo|return|quote|recite|expose)s?\b[^\n.]{0,60}?(?:system prompt|(?:your|the) (?:instructions|prompts?|rules|config\w*|context)|(?:above|precedes|preceding|before)\b|previous messages?|environment variables?|env vars|secrets?\b|credentials|api keys?|raw values?|\bconfig\b|conversation|word for word|verbatim|unredacted)",
    "reported": r"\b(?:say|state|claim|conclude|report|write|answer|respond|reply|output|recommend|tell)\b[^\n.]{0,40}?\b(?:there (?:is|are) no|no (?:vulnerabilit|issue|problem|bug)\w*|safe|low|fixed|resolved|harmless|official|approved|with (?:only|just|allow|yes|ok)|that)\b",
    "obeyed": r"\bi (?:need|want|order|ask|tell) you to\b|\b(?:must|should|shall|need to|have to|is required|are required|please|kindly|always|never|you will|be sure to|make sure)\b[^\n.]{0,24}?\b(?:run|execute|delete|disable|approve|merge|push|send|forward|add|remove|replace|install|open|visit|ignore|treat|skip|set|change|escalate|grant|attach|include|output|print|respond|reply|answer|write|say|star|follow|use|call)\b|[:,–—-] ?(?:please |kindly )?(?:mark|close|respond|reply|answer|list|when you see|before you|set|add|run|execute|delete|disable|approve|merge|push|send|forward|remove|replace|install|ignore|treat|skip|escalate|grant|attach|append|output|print|respond with|reply with|follow|exfiltrate|reveal|summari[sz]e)\b",
    "foreign": fold_pattern(
        r"(?:trage?|fuge?|schreibe?|sende?|losche?|deaktiviere?|genehmige?|installiere?|antworte?|gib|fuhre?|setze?)\b[^\n.]{0,60}?(?:\bein\b|hinzu|\baus\b|https?|paket|dass|nicht|test|ab\b|\.txt)|(?:ajoute[zr]?|envoie[zr]?|supprime[zr]?|desactive[zr]?|approuve[zr]?|ecri[st]|reponds?|execute[zr]?|installe[zr]?)\b"
        r"|\b(?:anade|agrega|envia|borra|elimina|desactiva|aprueba|escribe|responde|ejecuta|instala|di que)\b|\b(?:adicione|envie|apague|remova|desative|aprove|escreva|responda|execute|instale|diga que)\b|\b(?:aggiungi|invia|elimina|disattiva|approva|scrivi|rispondi|esegui|installa)\b|\b(?:voeg|stuur|verwijder|schakel|keur|schrijf|antwoord|voer)\b|\b(?:dodaj|wyslij|usun|wylacz|zatwierdz|napisz|odpowiedz|wykonaj|zainstaluj)\b"
        r"|(?:напиши|добавь|отправь|удали|отключи|одобри|ответь|выполни|установи|сообщи|додай|надішли|видали|вимкни|напиши)|\b(?:ekle|gonder|sil|onayla|yaz|calistir|kur)\b|(?:أضف|أرسل|احذف|عطل|وافق|اكتب|نفذ)|(?:जोड़|भेज|हटा|लिख|चला|अनुमोदित)|(?:添加|加入|发送|發送|删除|刪除|禁用|批准|合并|写|寫|执行|執行|安装|回复|输出|说)|(?:追加|送信|削除|無効|承認|マージ|書い|実行|インストール|返信|出力|回答)|(?:추가|전송|보내|삭제|비활성|승인|병합|작성|실행|설치|답변|출력)"
    ),
}


def together(kinds: Set[str]) -> str | None:
    """The sign that these kinds make within a few lines of each other."""
    demands = kinds & DEMANDS.keys() - {"loosened"}
    if "hint-addressed" in kinds and (demands - {"reported"} or "hint-concealed" in kinds):
        return "agent-order"
    if "hint-addressed" in kinds and "hint-overruled" in kinds:
        return "override"
    if "hint-overruled" in kinds and demands & {"weakened", "sent", "leaked", "unreviewed"}:
        return "override"
    if "hint-vouched" in kinds and demands & {"weakened", "sent", "leaked", "unreviewed", "piped"}:
        return "agent-order"
    if "hint-repaired" in kinds and (
        demands & {"piped", "unreviewed"}
        or ("weakened" in demands and kinds & {"hint-vouched", "hint-weak", "loosened"})
    ):
        return "agent-order"
    if "hint-concealed" in kinds and demands & {"weakened", "sent", "leaked", "foreign", "reported"}:
        return "agent-order"
    if "hint-weak" in kinds and (
        len(demands) > 1
        or "leaked" in demands
        or {"hint-concealed", "hint-overruled", "hint-addressed"} & kinds
    ):
        return "agent-order"
    if "hint-shown" in kinds and (
        demands & {"sent", "unreviewed", "obeyed"} or {"hint-overruled", "hint-weak"} & kinds
    ):
        return "exfiltration"
    return None


HINTS: tuple[Rule, ...] = (ADDRESSED, CONCEALED, OVERRULED, VOUCHED, REPAIRED)
