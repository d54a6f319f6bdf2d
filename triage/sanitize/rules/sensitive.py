"""How words begin that tell of somebody's health, faith or family, in some forty languages.

Medicine's words are Greek and Latin nearly everywhere, so that a beginning serves many languages. Latin letters
stand without accents, blanks as `_`. Words that software uses, too (`abort`, `stroke`, `insufficient`), are left out.
"""

from __future__ import annotations

# Of conditions: of the body, of the mind, what is measured, and how it is lived with.
_CONDITIONS = """
diabet zuckerkrank suikerziek cukrzyc cukrovk cukorbeteg sukkersyk sokeritau kisukari asthm asmatic astmat epilep padaczk padouc
depress depresi depresj depressao masennus bipolar schizo esquizo skizo schyzo psychos psychiatr psiquiatr psicos psykia psykos
psihij psychoth anxiety ansiedad ansios anxieux angststor angstlid autis dyslex dislex dyskalk dyspraxi hepatit hepatiet tubercul tuberk
tuberc syphil sifilis gonorr chlamyd clamid herpes cancer kanker krebserk brustkrebs lungenkrebs brystkreft kreftsyk carcin karzin karcin
tumor tumour tumeur nowotwor rakovin daganat leukem leukaem leukam leucem lymphom linfom limfom melanom metasta onkolog oncolog chemother
chimioth quimioter kemoter chemoter radiother strahlenth dialys dialis hypertens hipertens ipertens bluthochdr nadcisn infarc infark
angina arrhythm arritm arytm vorhoffl cardiopat kardiomy herzinf herzinsuf herzfehl hartfal thrombo trombos embolie embolia anaemi anemia
anemie haemophil hemophil hemofil bluter schilddr hypothyr hipotir hyperthyr tarczyc migraine migran emicran migren kopfschm sclero skleros
escleros parkinson alzheimer dementi demenz demencj demencia demens arthrit artrit arthros artros rheumat reumat osteopor fibromy hernia
bandscheib lumbalg ischias sciatiqu fracture fractura fraktur frattur zlaman prolaps allerg alerg anaphyl anafil
eczem ekzem ekcem psorias dermatit neuroderm urticar gastrit gastro-ent gastroent gastroen colitis morbus crohn ulcerat ulcus zoliak
coeliac celiac celiaq celiak lactosein laktoseint pancreat pankrea cirrh cirros zirrhos nephro nefro nierenin dialyse incontin inkontin
prostat endometri menopaus menstru pregnan schwanger enceinte embaraz gravid grossesse incinta ciaza ciazy tehoten tehotn trudn
terhes hamil gebelik zwanger raskaana raskaus mjamzito mang_thai miscarr fehlgeb abortion fausse_couche abtreib avortem contracep
anticoncep verhutung vasectom amputa amputee paralys paraliz paralis lahmung parapleg tetrapleg querschn hemipleg wheelchair maternidad conge_mat mutterschutz elternzeit arbeitsunfah krankgeschr krankmeld baja_medica arret_maladie zwolnienie_lek rollstuhl
behinder schwerbeh disabled disabilit discapac invalidit inwalid malvoyan malentend non-voyant nonvoyant gehorlos schwerhor niewidom
hearing_loss visually_impaired addict adicci suchterk suchtk drogenab alcoholi alkoholi alcoolis alkoholab cocain kokain heroina opioid
opiat methadon metadon cannabis overdos entzugs suicid suizid selbstmord self-harm selbstverl bulimi anorexi essstor ptsd post-traum
posttraum burn-out burnout insomni schlafst apnoe apnea apnee bronchit bronquit bronkit pneumoni neumoni lungenentz pulmon covid grippe
malaria paludis dengue cholera varicel windpock masern measles sarampi meningit sepsis borreli scabies syndrom sindrom drepano thalass
talasem mukovis mucovis cystic_fib fibros oedem sangrament sangrado hemorragi haemorrh hemorrh saignement blutung blodning krwaw brustschm
chest_pain dolor_tor toracic thorac nodule knoten_in knol_i palpab biops mammogr prosthes prothes protesis pacemaker herzschrittm chirurg cirugi kidney liver_fail heart_fail hiv-pos hiv_pos seropos psychothera antidepr insulin inhaler inhalat inhalador
metformin ramipril amoxicil penicil antibiot cortison kortison prednis warfarin marcumar heparin levothyr thyroxin sertralin fluoxetin
citalopram escitalop quetiapin risperid olanzap diazepam lorazepam alprazol tramadol morphin morfin oxycod fentanyl methylphen
metilfen ritalin epinefr epineph epipen salbutam ventolin tachipirin brufen ibuprof paracetam aspirin simvast atorvast omepraz
pantopraz sildenaf antiretrov testoster estrogen ostrogen
"""
# Of faith, of whom one lives with or without, of whom one loves, and of what one is a member.
_LIVES = """
catholic katholi catoli cattoli katolik katolic katolsk rk-kath rom.-kath rom-kath protestan evangelisch evangelic muslim musulm moslem
jewish judisch juif judio ebreo zydows hindu buddhis budist atheis ateist orthodox ortodox prawoslaw lutheran luthersk baptist mormon
konfessionslos divorc geschieden gescheid divorzi rozwied rozveden rozvedena elvalt fraskilt verwitwet widowed widower viudo viuda
veuf veuve vedov wdow ovdov lesbi homosex bisexu transgend transsex gewerkschaftsm trade_union syndique
"""
# Whole words: what is short, or begins other words.
_WORDS = """
asma astma astme asthma hiv vih sida aids adhd tdah tdha adhs copd ptsd tept ictus """
# Scripts in which Latin is not written.
_ELSEWHERE = """
диабет астма астмы астму эпилеп епілеп депресс депрес шизофр гепатит онколог беремен вагітн инвалид інвалід аллерг алергі инсульт
инфаркт туберкул гиперто психиатр психіатр наркоман алкогол мигрен бременн трудница διαβητ διαβήτ άσθμα καρκίν έγκυο κατάθλιψ επιληψ
ηπατίτ αλλεργ سكري الربو سرطان حامل اكتئاب صرع حساسية סוכרת אסתמה סרטן הריון דיכאון אפילפסיה मधुमेह अस्थमा कैंसर गर्भवती मिर्गी
ডায়াবেটিস হাঁপানি 糖尿病 哮喘 癌症 怀孕 懷孕 抑郁症 憂鬱症 高血压 高血壓 肝炎 癫痫 癲癇 艾滋 过敏 過敏 精神分裂 喘息 妊娠 うつ病 てんかん 高血圧
アレルギー 認知症 당뇨 천식 임신 우울증 고혈압 간염 알레르기 뇌전증 เบาหวาน หอบหืด มะเร็ง ตั้งครรภ์ ภูมิแพ้
"""

STEMS = tuple(dict.fromkeys((_CONDITIONS + _LIVES).split()))
WORDS = tuple(dict.fromkeys(_WORDS.split()))
ELSEWHERE = tuple(dict.fromkeys(_ELSEWHERE.split()))
