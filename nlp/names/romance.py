"""French or Spanish text -> spans of people and organisations: titles, verbs of saying, and what an organisation's name begins with."""

import re
from collections.abc import Iterator
from typing import Final

from nlp.places.words import words_of


def _either(words: str) -> str:
    """Make a pattern of words, the longest first; a low line in one is a space."""
    return f"(?:{'|'.join(re.escape(word.replace('_', ' ')) for word in sorted(words_of(words), key=lambda word: (-len(word), word)))})"


_NAME_WORD = r"\b[A-ZÀ-ÖØ-Þ][\w'’\-]{0,40}\w\b"
_PARTICLE = r"(?:de la |de los |del |de |al-|el-|Al |El |ben |bin |ould |y |van |von )"
_NAME = rf"{_NAME_WORD}(?: {_PARTICLE}?{_NAME_WORD}){{1,3}}"
_TITLE = _either(
    "président présidente presidente presidenta vice-président vice-présidente vicepresidente vicepresidenta ministre ministro ministra sénateur "
    "sénatrice senador senadora député députée diputado diputada gouverneur gouverneure gobernador gobernadora maire bourgmestre alcalde alcaldesa "
    "ambassadeur ambassadrice embajador embajadora chancelier canciller porte-parole portavoz vocero vocera directeur directrice director directora "
    "général générale general coordinateur coordinatrice coordinador coordinadora colonel coronel capitaine capitán commandant comandante procureur "
    "procureure fiscal juge juez jueza avocat avocate abogado abogada docteur docteure doctor doctora médecin médico médica infirmier infirmière "
    "enfermero enfermera professeur professeure profesor profesora enseignant enseignante maestro maestra journaliste periodista militant militante "
    "activista dirigeant dirigeante dirigente líder chef cheffe jefe jefa évêque archevêque obispo arzobispo pape papa imam roi reine rey reina "
    "syndicaliste sindicalista candidat candidate candidato candidata agriculteur agricultrice agricultor pêcheur pescador pescadora campesino "
    "campesina chauffeur chofer pilote piloto M. Mme Mlle Me Dr Dr. Dra Dra. Sr Sr. Sra Sra. don doña señor señora"
)
# "de la Santé", "du Kenya", "de Relaciones Exteriores,": what somebody is minister or head of
_OF = r"(?:de l['’]|de la |de los |de las |de |del |du |des |d['’])"
_OF_ONE = rf"(?: {_OF}[\w\-’']+(?: (?:étrangères|extérieures|publique|sociales?|générale?))?)"
_OF_MORE = rf"(?: (?:{_OF}|pour |para |en |à |aux |au |chargée? )[^.;:!?\n,]{{2,60}})"
_BY_TITLE: Final = (
    re.compile(rf"\b(?i:{_TITLE}){_OF_ONE}? (?P<name>{_NAME})"),
    re.compile(rf"\b(?i:{_TITLE}){_OF_MORE}?, (?P<name>{_NAME})(?=[,.)]| a | ha | dijo| anunci)"),
)
_BEFORE_TITLE = re.compile(rf"(?P<name>{_NAME}), (?:le |la |l['’]|el |un |une |una )?(?i:{_TITLE})\b")
_SAID = (
    "a déclaré|a dit|a expliqué|a affirmé|a indiqué|a ajouté|selon|d['’]après"
    "|dijo|afirmó|declaró|explicó|señaló|añadió|anunció|informó|según|sostuvo|aseguró|indicó|contó"
)
_BY_SAYING = re.compile(rf"\b(?i:{_SAID}) (?P<name>{_NAME})")
# capitals that begin a sentence or an organisation, not a name
_NOT_NAMES: Final = words_of(
    "le la les l un une el los las una il elle ils elles on ce cette ces lo su sus este esta estos para por pour dans en au aux du des selon según "
    "mais pero et à croix media cruz nations naciones union unión onu banque banco ministère ministerio organisation organización comité agence "
    "agencia conseil consejo front frente parti partido fédération federación association asociación syndicat sindicato san santa saint sainte puerto "
    "ciudad nord sud est ouest norte sur"
) - {"la", "los", "las", "y"}
_HEAD = _either(
    "Ministère Ministerio Organisation Organización Association Asociación Syndicat Sindicato Fédération Federación Confédération Confederación Comité "
    "Croix-Rouge Croissant-Rouge Parti Partido Université Universidad Commission Comisión Conseil Consejo Agence Agencia Fondation Fundación Union "
    "Unión Observatoire Observatorio Centre Centro Mouvement Movimiento Front Frente Institut Instituto Banque Banco Ligue Liga Collectif Colectivo "
    "Réseau Red Coordination Coordinadora Coopérative Cooperativa Defensoría Fiscalía Cour Corte Tribunal Assemblée Asamblea Sénat Senado Chambre "
    "Cámara Direction Dirección Secretaría Hôpital Hospital Société Sociedad Cruz_Roja Media_Luna_Roja"
)
_QUALITY = r"(?: [\w\-]+(?:ale?s?|aux|iques?|ic[oa]s?|iennes?|aines?|ains?|an[oa]s?|ais(?:es?)?|én[oa]s?|rouge|roja))"
_LINK = rf"(?: (?:{_OF}|pour la |pour le |pour les |pour |para la |para el |para |por la |contra el ))"
_BODY = re.compile(rf"\b{_HEAD}(?:{_QUALITY}|{_LINK}[\w\-’]+| {_NAME_WORD})+")
_MINISTRY = re.compile(rf"\b(?:ministère|ministerio)(?:{_LINK}[A-ZÀ-ÖØ-Þ][\w\-’]+)+")


def romance_people(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of people's names: behind or before a title, and behind a verb of saying; the surest way first."""
    for pattern in (*_BY_TITLE, _BEFORE_TITLE, _BY_SAYING):
        for match in pattern.finditer(text):
            if not _NOT_NAMES.intersection(match["name"].lower().replace("-", " ").split()):
                yield match.span("name")


def romance_bodies(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of organisations: a word that organisations begin with and what belongs to it."""
    for pattern in (_BODY, _MINISTRY):
        for match in pattern.finditer(text):
            yield match.span()
