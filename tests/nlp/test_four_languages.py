"""Read: one report in English, French, Spanish and Arabic names the same places, with pipelines for the first two alone."""

from pathlib import Path

import pytest

from nlp.models import ModelChoice, load
from nlp.obstacles import load_obstacles
from nlp.places.gazetteer import Gazetteer
from nlp.read import Memory, Reader, read
from tests.nlp.conftest import Write

REPORTS = {
    "an epidemic": {
        "en": "Cholera has reached Goma and Bukavu, and Rwanda asked the hospital in Kinshasa for doctors.",
        "fr": "Le choléra a atteint Goma et Bukavu, et le Rwanda a demandé des médecins à l'hôpital de Kinshasa.",
        "es": "El cólera ha llegado a Goma y Bukavu, y Ruanda pidió médicos al hospital de Kinshasa.",
        "ar": "وصلت الكوليرا إلى غوما وبوكافو، وطلبت رواندا أطباء من مستشفى في كينشاسا.",
    },
    "a flood": {
        "en": "Floods cut the road between Beira and Quelimane in Mozambique; boats are coming from Maputo.",
        "fr": "Les inondations ont coupé la route entre Beira et Quelimane au Mozambique ; des bateaux arrivent de Maputo.",
        "es": "Las inundaciones cortaron la carretera entre Beira y Quelimane, en Mozambique; llegan barcos desde Maputo.",
        "ar": "قطعت الفيضانات الطريق بين بيرا وكيليماني في موزمبيق، والقوارب قادمة من مابوتو.",
    },
    "a strike": {
        "en": "Teachers in Santiago and Temuco are on strike, and Chile's government closed the schools near the border with Bolivia.",
        "fr": "Les enseignants de Santiago et de Temuco sont en grève, et le gouvernement du Chili a fermé les écoles près de la frontière avec la Bolivie.",
        "es": "Los maestros de Santiago y Temuco están en huelga, y el gobierno de Chile cerró las escuelas cerca de la frontera con Bolivia.",
        "ar": "المعلمون في سانتياغو وتيموكو مضربون، وأغلقت حكومة تشيلي المدارس قرب الحدود مع بوليفيا.",
    },
    "a closed road": {
        "en": "Trucks left Aleppo for Al-Hasakah and Raqqa, but the road from Qamishli is closed.",
        "fr": "Des camions sont partis d'Alep vers Hassaké et Raqqa, mais la route de Qamichli est fermée.",
        "es": "Los camiones salieron de Alepo hacia Hasaka y Raqqa, pero la carretera desde Qamishli está cerrada.",
        "ar": "غادرت الشاحنات حلب إلى الحسكة والرقة، لكن الطريق من القامشلي مغلق.",
    },
    "an earthquake": {
        "en": "The earthquake near Tangier was felt in Agadir and Casablanca; Spain and France sent rescuers to Morocco.",
        "fr": "Le séisme près de Tanger a été ressenti à Agadir et à Casablanca ; l'Espagne et la France ont envoyé des secouristes au Maroc.",
        "es": "El terremoto cerca de Tánger se sintió en Agadir y Casablanca; España y Francia enviaron socorristas a Marruecos.",
        "ar": "شعر الناس في أغادير والدار البيضاء بالزلزال قرب طنجة، وأرسلت إسبانيا وفرنسا فرق إنقاذ إلى المغرب.",
    },
}
PLACES = {
    "an epidemic": {"Goma CD", "Bukavu CD", "Kinshasa CD", "Rwanda RW"},
    "a flood": {"Beira MZ", "Quelimane MZ", "Mozambique MZ", "Maputo MZ"},
    "a strike": {"Santiago CL", "Temuco CL", "Chile CL", "Bolivia BO"},
    "a closed road": {"Aleppo SY", "Al Ḩasakah SY", "Ar Raqqah SY", "Al Qāmishlī SY"},
    "an earthquake": {"Tangier MA", "Agadir MA", "Casablanca MA", "Spain ES", "France FR", "Morocco MA"},
}


@pytest.fixture(scope="module")
def reader(models_folder: Path, gazetteer: Gazetteer) -> Reader:
    """Make a reader with the default pipelines and no encoder."""
    return Reader(models=load(ModelChoice(folder=models_folder, encoder="")), gazetteer=gazetteer, obstacles=load_obstacles(None))


@pytest.mark.slow
@pytest.mark.parametrize("about", REPORTS)
@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_each_language_gives_the_same_places(reader: Reader, write: Write, about: str, language: str) -> None:
    (reading,), _, _ = read([write("a", REPORTS[about][language])], reader, Memory())
    assert {f"{one.place.name} {one.place.country}" for one in reading.toponyms} == PLACES[about]


@pytest.mark.slow
@pytest.mark.parametrize("about", REPORTS)
def test_the_places_have_the_same_ids_in_all_languages(reader: Reader, write: Write, about: str) -> None:
    readings, _, _ = read([write(language, text) for language, text in REPORTS[about].items()], reader, Memory())
    ids = [{one.place.id for one in reading.toponyms} for reading in readings]
    assert ids == [ids[0]] * 4
