"""Words that attempts at injection use for the same thing, folded, in languages of Latin letters."""

CLASSES = {
    word.encode(): name.encode()
    for name, words in {
        "AI": """ai ais llm llms assistant assistants agent agents bot bots chatbot chatbots copilot claude gpt chatgpt gemini codex cursor
            model models summarizer summariser summarizers reviewer reviewers autofix robot anthropic openai ki ia assistent assistente
            asistente assistenten modelo modell modele modello sprachmodell sprachmodelle inteligencia intelligenz intelligence
            intelligenza inteligencja asystent asistan asistani tekoaly inteligenta""",
        "SECRET": """secret secrets token tokens password passwords credential credentials key keys env environ variables apikey certificate
            geheimnisse passworter passwort zugangsdaten schlussel contrasenas contrasena claves secretos segreti chiavi variabili senhas
            chaves segredos motsdepasse cles wachtwoorden sleutels hasla klucze sifre sifreleri umgebungsvariablen variaveis zmienne""",
        "DO": """add append approve call change close commit copy decode delete describe disable disclose drop dump edit email mail erase execute
            export fetch follow forget forward give grant hide ignore include insert install leak list lower mark merge modify move obey omit
            open output overwrite paste post pretend print publish push put raise read remove repeat replace reply report reset respond reveal
            revert rotate run save say send set share show skip stop store summarize summarise suppress switch tell transfer treat trust turn
            update upload use visit wipe write rate rank answer classify refund authorize authorise escalate start go build create generate tag
            label assume consider act behave recommend choose state mention conclude unlock rewrite instead
            ignoriere ignoriert ignorieren vergiss zeige zeig gib sende schicke losche fuhre schreibe antworte genehmige ignora ignorar olvida
            muestra envia borra ejecuta revela escribe responde aprueba anade ignorez oublie oubliez affiche envoie supprime donne revele
            reponds approuve ajoute dimentica stampa invia cancella esegui mostra rivela scrivi rispondi approva aggiungi esqueca mostre envie
            apague responda aprove adicione negeer vergeet toon stuur verwijder antwoord zignoruj zapomnij pokaz wyslij usun yoksay unut goster
            gonder abaikan tampilkan kirim ignorera ignorer visa skicka""",
        "PRIOR": """previous prior above earlier preceding former original existing initial vorherigen vorherige vorangegangenen bisherigen
            bisherige obigen anteriores anterior previas previos precedentes precedente precedenti poprzednie poprzednich wczesniejsze onceki
            eerdere vorige voorgaande tidigare tidligere predchozi""",
        "RULES": """instruction instructions rule rules prompt prompts directive directives guideline guidelines order orders restriction
            restrictions policy policies constraint constraints anweisungen anweisung regeln vorgaben instrucciones instruccion indicaciones
            reglas istruzioni regole consignes consigne regles instrucoes regras instructies regels instrukcje instrukcji polecenia zasady
            talimatlari talimat kurallari instruktioner regler pokyny instrukce""",
        "YOU": """you your yourself yours youre dein deine deiner deinen deinem tus votre vos tuo tue tuoi voce seus suas jouw jij twoje
            senin usted""",
        "NOT": """not dont never without no cannot nicht keine keinen ohne nunca jamais sans senza mai nao niet geen zonder bez""",
        "WHO": """user users customer developer developers human humans staff operator operators admin administrator maintainer maintainers
            team ceo cto""",
    }.items()
    for word in words.split()
}
