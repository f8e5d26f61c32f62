"""The words around a place name that say what it is."""

from typing import Final


def words_of(text: str) -> frozenset[str]:
    """Split a list written as text."""
    return frozenset(text.split())


PREPOSITIONS: Final = words_of(
    "in at near from to outside around into across toward towards via within throughout inside reach reached reaching "
    "à a en dans de du des vers depuis chez près aux au "
    "desde hacia cerca em no na para da do nan "
    "в у із з до біля из від في من الى إلى قرب نحو مدينة محافظة بلدة قرية ريف حي منطقة مخيم معبر"
)
TITLES: Final = words_of(
    "mr mrs ms dr prof sir miss president minister senator general colonel captain sheikh judge governor mayor ambassador pope saint "
    "m mme monsieur madame señor señora don doña السيد الدكتور الرئيس"
)
# behind a name: "Aleppo governorate"
TYPE_WORDS: Final = words_of(
    "governorate province region state district county oblast raion department prefecture municipality territory parish commune canton"
)
# capitalised neighbours that do not make a name part of a longer one
PART_WORDS: Final = TYPE_WORDS | words_of(
    "city town village camp airport port hospital road river bridge valley north south east west northern southern eastern western central greater old new "
    "upper lower rural downtown"
)
# what the name of a district may begin or end with and is also called without
DIVISION_WORDS: Final = TYPE_WORDS | words_of("division subcounty provincia departamento departement distrito municipio muhafazat regency")
