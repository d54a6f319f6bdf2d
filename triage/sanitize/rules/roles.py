"""People by the role that a message gives them, language by language: patient, hóspede, 申込者, ลูกค้า.

In a language that writes only names with capitals, what follows a role with two capitals is a name. English and
German capitalise things, too, so there the words must not be such as things have. In a script without capitals
a name ends at a sign, or at a word that goes on with the sentence.
"""

from __future__ import annotations

from triage.sanitize.people import FULL, WORD, inside, introduced, is_acronym, is_common, is_given, is_surname
from triage.sanitize.rule import CAPITALS, Found, Rule
from triage.sanitize.rules.things import is_thing

# Roles that only people have; software has users, customers, agents, drivers and tenants, too.
_ENGLISH = """patient passenger guest employee student pupil teacher professor lecturer doctor physician surgeon nurse midwife therapist dentist
    applicant candidate caller attendee traveller traveler resident citizen beneficiary policyholder claimant donor lawyer attorney witness
    cardholder colleague landlord landlady borrower lender buyer seller payee payer spouse trainee intern cashier courier clerk bailiff
    inmate parishioner volunteer delegate survivor decedent guarantor heir executor trustee shareholder freelancer foreman
    accountant babysitter coach referee athlete inspector sergeant detective constable plaintiff defendant barber approver reviewer requester submitter practitioner pensioner retiree hiker carer"""
_GERMAN = """kunden? kundin mitarbeiter(?:in)? patient(?:in|en)? nutzer(?:in)? benutzer(?:in)? fahrer(?:in)? mieter(?:in)? empfänger(?:in)? absender(?:in)?
    ansprechpartner(?:in)? schüler(?:in)? versicherter? bewerber(?:in)? arzt ärztin gast käufer(?:in)? verkäufer(?:in)? antragsteller(?:in)?
    mitglied teilnehmer(?:in)? sachbearbeiter(?:in)? kontoinhaber(?:in)? karteninhaber(?:in)? auftraggeber(?:in)? zeugin zeuge"""
_LATIN = """cliente clienta usuari[oa] paciente emplead[oa] alumn[oa] estudiante conductora? chofer titular destinatari[oa] remitente pasajer[oa] huésped
    inquilin[oa] solicitante beneficiari[oa] asegurad[oa] soci[oa] compradora? vendedora? médic[oa] doctora? enfermer[oa] profesora? abogad[oa]
    trabajadora? repartidora? proveedora? contribuyente ciudadan[oa] señora? licenciad[oa] ingenier[oa]
    usuári[oa] funcionári[oa] alun[oa] motorista hóspede passageir[oa] beneficiári[oa] segurad[oa] sóci[oa] doutora? enfermeir[oa] professora?
    advogad[oa] colaboradora? moradora? contribuinte cidadã(?:o)? responsável dependente senhora?
    utilisateur utilisatrice patiente? salariée? employée? élève étudiante? destinataire expédit(?:eur|rice) passag(?:er|ère) locataire abonnée? adhérente?
    assurée? bénéficiaire conducteur conductrice chauffeur livreur acheteur vendeu(?:r|se) candidate? docteur médecin infirmi(?:er|ère) professeure? avocate?
    maître collaborat(?:eur|rice) titulaire usager cliente? mère père
    utente paziente dipendente studente studentessa passegger[oa] ospite assistit[oa] assicurat[oa] intestatari[oa] mittente autista corriere acquirente
    venditore dottore? dottoressa infermier[ei] professore avvocat[oa] ingegnere? geometra richiedente condomino signora? signorina collega
    pacienta? pacientul clientul utilizatorul elevul?a? asigurat angajată?
    klant gebruiker patiënte? medewerk(?:st)?er huurder leerling werknemer verzekerde ontvanger afzender bestuurder huisarts mevrouw meneer bewoner koper
    contactpersoon cliënte?
    användaren? patienten anställd medarbetare hyresgäst mottagare avsändare förare läkare gäst sökande
    brugeren? medarbejder lejer modtager afsender chauffør læge brukeren? pasienten? ansatt leietaker mottaker sjåfør
    klient(?:ka)? pacjent(?:ka|a|ce)? użytkowni(?:k|czka) pracowni(?:k|ca) kierowca najemca odbiorca nadawca ucz(?:eń|ennica) studentka lekar(?:z|ka)
    wnioskodawca ubezpieczon[ya] pasażer(?:ka)? gość pani? panu
    zákazní(?:k|ce) uživatel(?:ka)? pacient(?:ka)? zaměstnan(?:ec|kyně) řidič(?:ka)? nájemce příjemce odesílatel lékař(?:ka)? pojištěnec cestující
    zákazníčka používateľ(?:ka)? zamestnanec vodič nájomca príjemca lekár
    korisni(?:k|ca) klijent(?:ica|kinja)? pacijent(?:ica|kinja)? zaposleni[kc]?a? vozač putnik stanar učeni[kc]a?
    strank[ae] uporabni(?:k|ca) bolni(?:k|ca) voznik najemnik učenec kupec gospa?
    asiakas käsittelijä käyttäjä potilas työntekijä kuljettaja vuokralainen vastaanottaja lähettäjä oppilas opiskelija lääkäri matkustaja
    klients lietotāj[sa] pacients paciente darbiniek?s klientas naudotojas vartotojas pacient(?:as|ė) darbuotoj(?:as|a) vairuotojas
    kasutaja patsient töötaja üürnik õpilane
    ügyfél felhasználó páciens beteg munkatárs alkalmazott bérlő címzett feladó sofőr tanuló orvos vendég utas vásárló
    kontaktperson abonent(?:ka)? tengiliður sjúklingur viðskiptavinur nguoi_nhan nguoi_gui nguoi_dung khach_hang benh_nhan hoc_sinh
    klienti përdoruesi? pacienti punonjësi
    müşteri(?:miz)? kullanıcı çalışan personel öğrenci öğretmen sürücü yolcu kiracı alıcı gönderen doktor hemşire misafir veli üye avukat sayın
    nasabah pelanggan pengguna pasien karyawa(?:n|ti) pegawai sisw[ai] mahasisw[ai] guru dokter penumpang penyewa penerima pengirim pembeli penjual
    pemohon tamu bapak ibu pesakit pelajar pekerja pemandu pembayar
    pasyente kliyente empleyado mteja mgonjwa mwanafunzi mfanyakazi abiria mwalimu
    bệnh_nhân khách_hàng người_dùng nhân_viên học_sinh sinh_viên tài_xế bác_sĩ người_nhận người_gửi hành_khách ông bà anh chị cô"""
_CYRILLIC = """клиент(?:а|у|ка|ки|ът)? пользовател(?:ь|я|ю|ьница) пациент(?:а|у|ка|ки|ът)? сотрудни(?:к|ка|ку|ца|цы) водител(?:ь|я) заказчика? покупател(?:ь|я|ьница)
    продав(?:ец|ца) получател(?:ь|я) отправител(?:ь|я) абонента? студент(?:а|ка)? учени(?:к|ка|ца) пассажира? врача? доктор медсестра учител(?:ь|я|ница)
    арендатора? заявител(?:ь|я|ница) граждан(?:ин|ина|ка|ки) гост(?:ь|я) курьера? менеджера? владел(?:ец|ьца) за[её]мщика? должника? истец ответчика?
    работни(?:к|ка|ца) преподавател(?:ь|я) господина? госпож[аи] плательщика?
    клієнт(?:а|ка|ки)? користувача? пацієнт(?:а|ка|ки)? співробітни(?:к|ця) водій замовника? покупець отримувача? відправника? учень пасажира? лікаря?
    громадян(?:ин|ка) пані? працівника? платника?
    потребител(?:ят|я)? служител шофьор получател подател ученик пътник лекар наемател купувач
    корисни(?:к|ца) клијент пацијент запослени возач путник
    карыстальнік пацыент тұтынушы науқас қолданушы қызметкер"""
_GREEK = """πελάτη(?:ς)? πελάτισσ(?:ας|α) χρήστη(?:ς)? χρήστρια ασθεν(?:ής|ή|ούς) υπάλληλο(?:ς)? μαθητής μαθήτρια φοιτητής φοιτήτρια οδηγός παραλήπτη(?:ς)?
    αποστολέα(?:ς)? επιβάτη(?:ς)? κύριο(?:ς)? κύριε κυρία μέλος μέλους γιατρός ιατρός ενοικιαστής ασφαλισμέν(?:ος|η) δικαιούχος"""
# Verbs that people do, before "by", and verbs that are done to people.
_DONE_BY = """picked up|uploaded|signed|countersigned|collected|examined|admitted|diagnosed|treated|hired|interviewed|authored|written|drafted|dictated
    |witnessed|notari[sz]ed|driven|borrowed|referred|paid|delivered|accompanied|represented|taught|supervised|owned|sold|bought|comment(?:ed)?|posted|shared|edited""".replace(
    "\n    ", ""
)
_DONE_TO = """notify|invite|remind|reach|bill|charge|refund|reimburse|pay|call|phone|hire|dismiss|pair|thank|welcome|onboard|offboard|impersonate
    |reassigned (?:from|to)|(?:e-?mail|mail|sms|letter|message|reminder|invite|invitation|invoice|receipt|package|parcel|transfer|payout|payment|refund|reply|call|dm) (?:sent |going )?(?:to|for|from)
    |(?:courriel|mail|lettre|colis|facture|virement|message) (?:à|de|pour)|(?:correo|mensaje|factura|transferencia|paquete|carta) (?:a|de|para)
    |(?:vertrag|termin|gespräch|telefonat|rechnung|überweisung|nachricht) (?:mit|an|für|von)|(?:mensagem|fatura|pagamento|carta) (?:a|de|para)
    |(?:ticket|case|request|issue|complaint|feedback|review|call|voicemail|letter|fax|reply|question|enquiry|inquiry) ?(?:#?[0-9A-Z\\-]{1,12} )?(?:from|by)
    |payment [0-9]{3,12} (?:for|from|to)|order [0-9A-Z\\-]{3,16} (?:for|from|of|by)|applicant name|nome (?:do|da) [a-zç]{4,14}|nombre del? [a-z]{4,14}""".replace(
    "\n    ", ""
)
# In languages that write things small: sent to, dear.
_SENT_TO = """envoyée? à|adressée? à|remise? à|livrée? à|enviad[oa] (?:a|para)|entregue a|entregado a|inviat[oa] a|consegnat[oa] a|spedit[oa] a|verzonden (?:aan|naar)|bezorgd bij|skickat till|skickades till|sendt til|levert til
    |wysłano do|wysłana do|doręczono|odesláno|poslano|elküldve|trimis (?:către|lui)|lähetetty|gönderilen|dikirim ke|dikirim kepada|gửi (?:cho|đến|tới)|przypisano do|assigné à|affecté à|asignado a|atribuído a|assegnato a|toegewezen aan|tilldelad|tildelt""".replace(
    "\n    ", ""
)
# Done by whom, and whose or for whom, in the same languages.
_BY = """(?:firmad|solicitad|cread|aprobad|rechazad|enviad|realizad|registrad|pagad|cancelad|reservad|subid|modificad|actualizad|emitid|atendid|recibid|asignad|autorizad|revisad)[oa]s? por|hech[oa] por
    |(?:signé|passé|créé|demandé|envoyé|approuvé|annulé|payé|modifié|rempli|déposé|réservé|validé|refusé|effectué|traité|établi)e?s? par|(?:prescrit|reçu)e?s? par
    |(?:assinad|feit|solicitad|criad|aprovad|enviad|pag|cancelad|registrad|emitid|atendid|reservad|recebid|autorizad)[oa]s? por|(?:firmat|effettuat|richiest|creat|approvat|inviat|pagat|annullat|prenotat|compilat|prescritt|modificat|emess)[oaie] da
    |(?:aangevraagd|ondertekend|gemaakt|goedgekeurd|verzonden|betaald|geannuleerd|besteld|ingevuld|gewijzigd|ingediend) door|(?:beställ|underteckna|skapa|godkän|beta|skicka|boka|signera|registrera)[dt]{1,2} av|(?:bestil|underskreve|opret|godken|betal|sen|signer|opprette|godkjen|registrer)d?t{0,2} (?:av|af)
    |(?:złożon|podpisan|zamówion|utworzon|zatwierdzon|opłacon|wysłan|anulowan|zgłoszon)[eyao] przez|di[a-z]{3,12} oleh|(?:được )?(?:đặt|tạo|ký|duyệt|gửi) bởi|(?:semnat|creat|solicitat|trimis|plătit|comandat|aprobat)ă? de(?: către)?|od strane
    |(?:podepsal|vytvořil|objednal|schválil|zadal|odeslal|podpísal)a?|(?:potpisao|kreirao|naručio|odobrio|poslao)(?:la)?|imzalayan|hazırlayan|onaylayan|talep eden|siparişi veren|oluşturan|tilaaja|tellija
    |(?:unterschrieben|unterzeichnet|bestellt|erstellt|genehmigt|beauftragt|eingereicht|abgeholt|bezahlt|storniert|gebucht) (?:von|durch)""".replace(
    "\n    ", ""
)
_OF = """(?:dossier|compte|commande|rendez-vous|contrat|ordonnance|facture|réservation|colis|carte) (?:de|pour|avec)|(?:expediente|cuenta|pedido|reserva|cita|contrato|receta|factura|historia clínica|ficha) (?:de|para|con)
    |(?:consulta|conta|pedido|reserva|contrato|receita|fatura|prontuário|ficha|exame) (?:de|para|com|do|da)(?: a| o)?|(?:visita|ordine|prenotazione|contratto|ricetta|fattura|cartella|conto|pratica|appuntamento) (?:di|per|con|del|della)
    |(?:dossier|afspraak|bestelling|rekening|contract|recept) (?:van|voor|met)|(?:konto|zamówienie|umowa|wizyta|recepta|rezerwacja) (?:dla|na|z)
    |(?:lieferung|rezept|buchung|bestellung|akte|konto|termin|vertrag|rechnung|reservierung|paket|kündigung|antrag|überweisung|karte) (?:von|für|an|mit|durch|des|der)""".replace(
    "\n    ", ""
)
_TITLE = r"(?:(?i:sra?|dra?|dott|dott\.ssa|prof|ing|mr|mrs|ms|m|mme|mlle|le dr|herrn?|frau|il sig|la sig\.ra|pani?|el doctor|la doctora)\.? )?"
_BY_OTHERS = "(?:заказал|оформил|подписал|отправил|создал|оплатил|отменил|подтвердил|запросил|одобрил|загрузил)(?:а|и)?|(?:подписано|создано|отправлено|заказано|одобрено|выполнено|подтверждено|загружено|утверждено)(?: пользователем)?|оформлен[оа]? на|выдан[оа]? (?:на имя )?|на имя|от имени|(?:замовив|підписав|створив|оформив|надіслав|сплатив)|(?:підписано|створено|надіслано)|от (?:клиента|пользователя)|υπογράφηκε από|από τον|από την"
_DEAR = """prezad[oa]|car[oa]|querid[oa]|estimad[oa]s?|apreciad[oa]|gentile|gent\\.m[oa]|egregio|spettabile|cher|chère|bonjour|salut|hola|olá|oi|ciao|buongiorno|beste|geachte|hoi|kära|käre|hej|hei|hallå|kjære|kære|hyvä|arvoisa|kedves|tisztelt|dragă|stimate|stimată|drogi|droga|szanowny|szanowna
    |milý|milá|vážený|vážená|dobrý den|dragi|draga|poštovani|poštovana|spoštovani|spoštovana|mīļais|cienījamais|gerbiamas|gerbiama|lugupeetud|sevgili|sayın|merhaba|kepada yth\\.|yth\\.|halo|hai|kính gửi|chào|xin chào|mpendwa|mahal na""".replace(
    "\n    ", ""
)
_DEAR_OTHERS = "Уважаемый|Уважаемая|уважаемый|уважаемая|Здравствуйте|Дорогой|Дорогая|Привет|Шановний|Шановна|Вітаю|Привіт|Уважаеми|Здравей|Поштовани|Драги|Отправлено|отправлено|Надіслано|Αγαπητέ|Αγαπητή|Αγαπητοί|Γεια σου|Καλημέρα"
_DOES = r"(?:was|were|is|has been|had been|got|wurde|a été|fue|foi|è stat[oa]) (?:admitted|discharged|hospitali[sz]ed|hired|dismissed|fired|married|diagnosed|arrested|born|vaccinated|prescribed|allergic|pregnant|entlassen|eingeliefert|admise?|ingresad[oa]|ricoverat[oa]|internad[oa])|(?:passed away|phoned|called (?:back|in|twice|again|about|to)|checked (?:in|out)|resigned|no-?showed|gave birth|lives (?:in|at)|resides|has (?:diabetes|asthma|cancer|not paid)|declined the|rang|texted|asked (?:for|us|to)|complained|wants (?:a|to|his|her)|would like)\b"


def _any(words: str) -> str:
    """Roles, in small letters or with the first one a capital."""
    return "|".join(_either_case(word.replace("_", " ")) for word in words.split())


def _either_case(word: str) -> str:
    first, capital = word[0], word[0].upper()
    return f"(?:{first}|{capital}){word[1:]}" if first != capital else word


# What stands before a role is no letter, in whichever script.
_START = r"(?:^|[^A-Za-z0-9_\x80-\xff.\-/])"
_JOINT = r"(?i:[ _]?(?:name|no\.?|nr\.?|id))?(?: (?:da|de|del|della|du|des|der) [a-z]{3,12}:)?(?: ?[#№]?[0-9]{1,9})?(?:\"?[:=]|,)? ?[\"'(«„]?"


def _is_name(found: Found) -> bool:
    words = found.value.split()
    if found.after() in (b"(", b"_", b"/", b"\\") or (found.after() == b"." and found.after(2)[1:].isalnum()):
        return False
    return introduced(found) and not any(map(is_acronym, words))


def _after_role(found: Found) -> Found | bool:
    """Capitals after a role, in a language that writes things small."""
    told = inside(found)
    if told:
        return told
    words = found.value.split()
    if len(words) == 1:
        return (is_given(words[0]) or is_surname(words[0])) and not is_common(
            words[0].decode("utf-8", "ignore")
        )
    return _is_name(found) and not any(is_thing(word) for word in words)


def _after_foreign_role(found: Found) -> Found | bool:
    """Words in Latin letters among those of another script name software, if not a known person."""
    return inside(found) if found.value.isascii() else _after_role(found)


def _capital_words(found: Found) -> Found | bool:
    """After a role or a verb of a language that capitalises things: no word of it is one of theirs."""
    told = inside(found)
    if told:
        return told
    words = found.value.split()
    return (
        _is_name(found)
        and found.after().strip() in (b"", b",", b".", b";", b":", b")", b"'", b'"')
        and not any(is_thing(word) or is_common(word.decode("utf-8", "ignore")) for word in words)
    )


def _greeted(found: Found) -> bool:
    words = found.value.split()
    return introduced(found) and not any(is_thing(word) or word.lower() in _ADDRESSED for word in words)


_ADDRESSED = frozenset(
    word.encode()
    for word in """kunde kundin kunden kund cliente clienti clientes client clients klient klienci klant klanten asiakas ügyfelünk vásárlónk müşterimiz müşteri pelanggan nasabah usuario usuário usuária utente
    utilisateur gebruiker användare użytkowniku użytkownik uživateli korisniče korisnik zákazníku team equipo equipe équipe all alle todos todas tous tout tutti tutte everyone world mundo monde wereld
    kollege kollegin colleague colleghi collega señor señora senhor senhora signor signora monsieur madame quý khách bạn bapak ibu hesap hồ admin support""".split()
)
_DEAR_ANCHORS = tuple({word.split("[")[0].split("\\")[0].strip() for word in _DEAR.split("|")})

ROLES: tuple[Rule, ...] = (
    Rule("name", CAPITALS, rf"{_START}(?:{_any(_LATIN)}){_JOINT}({WORD}(?:[ ](?:(?:d[aeio]s?|del|della|van|von|der|den|la|bin|binti?|ibn|al|y|e) ){{0,2}}{WORD}){{0,4}})", _after_role),
    Rule("name", CAPITALS, rf"{_START}(?:{_any(_CYRILLIC)}|{_any(_GREEK)}){_JOINT}({WORD}(?: {WORD}){{0,3}})", _after_foreign_role),
    Rule("name", CAPITALS, rf"{_START}(?:{_any(_ENGLISH)}|{_any(_GERMAN)}){_JOINT}({FULL})", _capital_words),
    Rule("name", CAPITALS, rf"{_START}(?i:{_DONE_BY}) (?:by|for) (?:Mr\.? |Mrs\.? |Ms\.? |Dr\.? )?({FULL})", _capital_words),
    Rule("name", CAPITALS, rf"{_START}(?i:{_DONE_TO}) (?:Mr\.? |Mrs\.? |Ms\.? |Dr\.? |Herrn? |Frau |M\. |Mme )?({FULL})", _capital_words),
    Rule("name", CAPITALS, rf"{_START}({FULL}) {_DOES}", _capital_words),
    Rule("name", CAPITALS, rf"{_START}(?i:{_SENT_TO}) ({FULL})", _after_role),
    Rule("name", CAPITALS, rf"{_START}(?:{_DEAR_OTHERS}),? ({WORD}(?: {WORD}){{0,2}})", _after_foreign_role),
    Rule("name", CAPITALS, rf"{_START}(?i:{_BY}|{_OF}):? {_TITLE}({FULL})", _after_role),
    Rule("name", CAPITALS, rf"{_START}(?:{_BY_OTHERS}):? ({WORD} {WORD}(?: {WORD})?)", _after_foreign_role),
    Rule("name", ("!", ",", ":"), rf"{_START}(?i:{_DEAR})(?i:,| sra?\.| pani?| herr| frau| señora?| signora?| monsieur| madame| ông| bà)? ({WORD}(?: {WORD}){{0,3}}) ?[,!:]", _greeted, also=_DEAR_ANCHORS),
)  # fmt: skip
