"""Name -> concepts: names that every country has ("Ministry of Health", "ministère de la Santé") and that mean one body only within it."""

from functools import lru_cache
from typing import Final

from nlp.places.names import key
from nlp.places.words import words_of

_STOP: Final = words_of("of the for and in on de du des la le les et pour l d el los las y del para")
# concept: its words in English, French, Spanish, Arabic (folded: no accents, no Arabic article)
_CONCEPTS: Final = """
ministry: ministry ministries ministere ministerio وزاره
department: department departement departamento دائره
health: health sante salud صحه
education: education educacion تعليم تربيه
interior: interior interieur داخليه
defence: defence defense defensa دفاع
justice: justice justicia عدل
finance: finance finances finanzas hacienda ماليه
foreign: foreign etrangeres exteriores خارجيه
affairs: affairs affaires asuntos شؤون
agriculture: agriculture agricultura زراعه
labour: labour labor travail trabajo عمل
water: water eau agua مياه
environment: environment environnement ambiente medio بيئه
transport: transport transports transporte نقل
energy: energy energie energia طاقه
information: information informacion اعلام
social: social sociales socials اجتماعيه
women: women femmes mujer mujeres مراه
humanitarian: humanitarian humanitaire humanitaires humanitaria humanitarios انسانيه
disaster: disaster disasters catastrophes desastres كوارث
emergency: emergency emergencies urgence urgences emergencia emergencias طوارئ
management: management gestion اداره
civil: civil civile مدني
protection: protection proteccion حمايه
government: government gouvernement gobierno حكومه
parliament: parliament parlement parlamento برلمان
assembly: assembly assemblee asamblea جمعيه
senate: senate senat senado
congress: congress congres congreso
council: council conseil consejo مجلس
cabinet: cabinet gabinete
court: court cour corte tribunal محكمه
supreme: supreme suprema supremo عليا
constitutional: constitutional constitutionnelle constitutionnel constitucional دستوريه
appeal: appeal appeals appel apelaciones
high: high haute haut alta alto
police: police policia شرطه
army: army armee ejercito جيش
armed: armed armees armadas مسلحه
forces: forces force fuerzas fuerza قوات
navy: navy marine marina
air: air aerienne aerea جويه
security: security securite seguridad امن
border: border frontieres fronteras
guard: guard garde guardia حرس
coast: coast coastguard cotes
intelligence: intelligence inteligencia مخابرات
state: state etat estado دوله
city: city ciudad municipal municipale ville بلديه مدينه
town: town village townhall
county: county district distrito provincial provinciale
mayor: mayor mayors mairie alcaldia
sheriff: sheriff sheriffs
school: school schools ecole escuela lycee colegio مدرسه
board: board boards
fire: fire pompiers bomberos اطفاء
planning: planning zoning
works: works
house: house chamber representatives deputies diputados deputes نواب
legislature: legislature legislative
weather: weather
attorney: attorney attorneys
rescue: rescue
highway: highway patrol
relations: relations relaciones
national: national nationale nationaux nacional وطني وطنيه
federal: federal federale
central: central centrale مركزي
bank: bank banque banco بنك مصرف
commission: commission comision
committee: committee comite لجنه
electoral: electoral electorale election elections elecciones انتخابات
independent: independent independante independiente مستقله
authority: authority autorite autoridad هيئه سلطه
agency: agency agence agencia وكاله
office: office bureau oficina مكتب
union: union syndicat sindicato نقابه
unions: unions syndicats sindicatos
federation: federation federacion اتحاد
association: association asociacion
teachers: teachers teacher enseignants maestros profesores docentes معلمين
doctors: doctors medical medecins medicos اطباء
nurses: nurses infirmiers infirmieres enfermeras enfermeros ممرضين
workers: workers travailleurs trabajadores عمال
farmers: farmers agriculteurs paysans campesinos agricultores فلاحين
students: students etudiants estudiantes طلاب
human: human humains homme humanos انسان
rights: rights right droits derechos حقوق
university: university universite universidad جامعه
hospital: hospital hopital مستشفي
general: general generale عام عامه
public: public publique publica عام
prosecutor: prosecutor procureur fiscalia prosecution نيابه
opposition: opposition oposicion معارضه
party: party parti partido حزب
democratic: democratic democratique democratico
coalition: coalition coalicion alianza ائتلاف
chamber: chamber chambre camara غرفه
commerce: commerce comercio trade تجاره
red: red
cross: cross
society: society
meteorological: meteorological meteorology meteo meteorologie meteorologia ارصاد
service: service services servicio servicios
institute: institute institut instituto معهد
statistics: statistics statistique statistiques estadistica احصاء
"""

_OF_A_TOWN: Final = frozenset({"city", "town", "county", "mayor", "sheriff", "school", "board", "fire", "planning", "works", "hospital", "university"})


def _load() -> dict[str, str]:
    rows = (line.split(": ") for line in _CONCEPTS.strip().splitlines())
    return {key(word): concept for concept, words in rows for word in words.split()}


_OF: Final = _load()


@lru_cache(maxsize=50_000)
def concepts(folded: str) -> tuple[str, ...]:
    """Return what a folded name says when each of its words is such a general one, in alphabetical order; else nothing.

    >>> concepts("ministere de leducation"), concepts("health ministry"), concepts("tide foundation")
    (('education', 'ministry'), ('health', 'ministry'), ())
    """
    said = [_OF.get(word) or _OF.get(_bare(word)) for word in folded.split() if word not in _STOP]
    return tuple(sorted({concept for concept in said if concept})) if said and all(said) else ()


def is_of_a_town(said: tuple[str, ...]) -> bool:
    """Say whether a general name is one that every town has, not only every country."""
    return not _OF_A_TOWN.isdisjoint(said)


def _bare(word: str) -> str:
    """Take off the Arabic article and conjunction, and the French elided article that folding has glued to its word."""
    for prefix in ("وال", "لل", "ال", "ل", "و", "l", "d"):
        if word.startswith(prefix) and len(word) > len(prefix) + 2:
            return word[len(prefix) :]
    return word
