"""The words around a person's name -> what they do: offices, trades and the walks of life they belong to, in four languages."""

from functools import lru_cache
from typing import Final

from nlp.places.names import key
from nlp.places.words import words_of

# role (walk of life): its words, folded; an office, marked *, is held by few enough to tell people of one name apart wherever they travel
_ROLES: Final = """
president* public: president presidente presidenta رئيس رئيسه
premier* public: premier chancellor primer
king* public: king queen emir sultan roi reine rey reina ملك ملكه امير سلطان
secretary-general* public: secretarygeneral
pope* faith: pope pape papa
minister public: minister ministers ministre ministra ministro secretary وزير وزيره
lawmaker public: senator senateur senatrice senador senadora lawmaker deputy mp congressman congresswoman \
depute deputee diputado diputada نايب نائب
governor public: governor gouverneur gouverneure gobernador gobernadora محافظ والي
mayor public: mayor maire bourgmestre alcalde alcaldesa عمده
envoy public: ambassador envoy diplomat ambassadeur ambassadrice embajador embajadora enviado سفير سفيره مبعوث
candidate public: candidate candidat candidate candidato candidata opposition مرشح
spokesman public: spokesman spokeswoman spokesperson porteparole portavoz vocero vocera متحدث متحدثه ناطق
officer public: general colonel commander captain lieutenant major brigadier admiral sergeant commandant capitaine coronel comandante لواء عميد عقيد قائد
police public: police policeman policewoman policia policier شرطه
fighter public: rebel rebels warlord militant fighter jihadist guerrilla rebelle guerrillero
judge public: judge justice prosecutor juge procureur procureure juez jueza fiscal قاضي قاضيه
lawyer public: lawyer attorney avocat avocate abogado abogada محامي محاميه
head public: director head chief chair chairman chairwoman chairperson coordinator leader lider jefe jefa coordinador coordinadora \
directeur directrice chef coordinateur directora secretaire secretario secretaria dirigeant dirigeante dirigente مدير مديره زعيم منسق
activist public: activist activista campaigner activiste militante militant ناشط ناشطه
business public: businessman businesswoman banker economist entrepreneur empresario empresaria economiste economista
doctor health: doctor surgeon physician paediatrician pediatrician medecin chirurgien medico medica cirujano طبيب طبيبه جراح
nurse health: nurse midwife paramedic infirmier infirmiere enfermero enfermera ممرض ممرضه
patient health: patient survivor patiente paciente
teacher learning: teacher headteacher enseignant enseignante maestro maestra profesor profesora معلم معلمه مدرس
scholar learning: researcher scientist historian analyst student \
chercheur chercheuse etudiant etudiante investigador investigadora estudiante باحث طالب طالبه
farmer work: farmer herder fisherman shepherd agriculteur agricultrice pecheur eleveur agricultor agricultora campesino campesina pescador مزارع صياد راعي
worker work: worker driver trader shopkeeper vendor mechanic builder miner tailor baker carpenter \
chauffeur commercant ouvrier trabajador obrero chofer comerciante minero سايق تاجر عامل
cleric faith: bishop archbishop cardinal imam priest pastor monk nun eveque archeveque pretre obispo arzobispo sacerdote امام مطران
reporter media: journalist reporter editor correspondent photographer blogger journaliste periodista صحفي صحفيه مراسل
athlete sport: footballer striker goalkeeper coach midfielder defender sprinter boxer cyclist footballeur entraineur futbolista entrenador delantero لاعب مدرب
artist sport: singer actor actress painter musician rapper novelist poet writer author filmmaker \
chanteur chanteuse acteur actrice cantante actor pintor مطرب ممثل شاعر كاتب
""".replace("\\\n", "")  # fmt: skip
_COURTESIES: Final = words_of(
    "mr mrs ms miss dr sir madam m mme mlle monsieur madame docteur sr sra senor senora don dona doctora professor prof profesor sheikh cheikh sayyid "
    "haji hajj his her hon rev reverend father sister brother saint st lady lord prince princess "
    "السيد السيده الدكتور الدكتوره الشيخ الاستاذ الاستاذه المهندس الحاج"
)


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, str]]:
    """Map each word to its role, offices with their star, and its walk of life."""
    rows = (line.split(": ") for line in _ROLES.strip().splitlines())
    return {key(word): (head.split()[0], head.split()[1]) for head, words in rows for word in words.split()}


TITLES: Final = _COURTESIES | frozenset(_table())


def role(word: str) -> str:
    """Return the role a word names ("ministre" is minister, "president*" an office), or nothing."""
    folded = key(word)
    found = _table().get(folded) or (_table().get(folded[2:]) if folded.startswith("ال") else None)
    return found[0] if found else ""


def walk(named: str) -> str:
    """Return the walk of life a role belongs to."""
    return _walks()[named]


@lru_cache(maxsize=1)
def _walks() -> dict[str, str]:
    return dict(_table().values())


def is_office(named: str) -> bool:
    """Say whether a role is an office that few people hold."""
    return named.endswith("*")
