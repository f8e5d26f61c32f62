"""Bodies: which organisation a mention means."""

from nlp.names.bodies import is_tie, untitled
from tests.nlp.names.conftest import Told


def test_the_table_joins_short_long_and_former_names(tell: Told) -> None:
    (one,) = tell("UNHCR came.", "UNHCR|ORG")
    (other,) = tell("The UN Refugee Agency left.", "The UN Refugee Agency|ORG")
    assert (one.name_id, one.canonical, one.reason) == ("org:unhcr", "UNHCR", "known short form of UNHCR")
    assert (other.name_id, other.reason) == ("org:unhcr", "known name of UNHCR")


def test_a_short_form_means_what_its_report_defines_before_what_the_table_says(tell: Told) -> None:
    council, short = tell("The Ilemba Residents Council (IRC) met.", "Ilemba Residents Council|ORG", "IRC|ORG")
    assert council.name_id == short.name_id
    assert short.reason == "defined in this report as Ilemba Residents Council"
    assert tell("The IRC met.", "IRC|ORG")[0].name_id == "org:irc"


def test_a_short_form_the_table_knows_means_what_its_country_or_voice_has_defined(tell: Told) -> None:
    council = tell("The Ilemba Residents Council (IRC) met.", "Ilemba Residents Council|ORG", places="TZ/Mbeya", voice="radio")[0]
    assert tell("The IRC met.", "IRC|ORG", places="TZ/Dodoma")[0].name_id == council.name_id
    assert tell("The IRC met.", "IRC|ORG", voice="radio")[0].name_id == council.name_id
    assert tell("The IRC met.", "IRC|ORG", places="SY/Homs")[0].name_id == "org:irc"


def test_a_definition_is_known_in_later_reports_though_nobody_named_the_long_form_then(tell: Told) -> None:
    tell("The Lake Fishers Association (LFA) is on strike.", places="TZ/Mwanza")
    (short,) = tell("LFA members met.", "LFA|ORG", places="TZ/Mwanza")
    (long,) = tell("The Lake Fishers Association met.", "Lake Fishers Association|ORG")
    assert short.name_id == long.name_id
    assert short.reason == "defined in an earlier report as Lake Fishers Association, both in Tanzania"
    assert tell("LFA met.", "LFA|ORG")[0].name_id == long.name_id
    assert tell("LFA met.", "LFA|ORG", places="PE/Lima")[0].name_id != long.name_id


def test_a_long_short_form_is_not_bound_to_its_country(tell: Told) -> None:
    tell("The Mobile Aid Teams for River Islands (MATRI) came.", places="TZ/Mwanza")
    assert "defined in an earlier report" in tell("MATRI came.", "MATRI|ORG", places="PE/Lima")[0].reason


def test_rival_meanings_are_decided_by_country_then_voice_and_else_stay_apart(tell: Told) -> None:
    (front,) = tell("The People's Democratic Front (PDF) won.", "People's Democratic Front|ORG", places="NG/Plateau", voice="radio")
    (fund,) = tell("The Pastoral Development Fund (PDF) lends.", "Pastoral Development Fund|ORG", places="KE/Garissa")
    assert tell("PDF won.", "PDF|ORG", places="NG/Kano")[0].name_id == front.name_id
    assert tell("PDF lends.", "PDF|ORG", places="KE/Lamu")[0].name_id == fund.name_id
    assert tell("PDF won.", "PDF|ORG", voice="radio")[0].name_id == front.name_id
    (neither,) = tell("PDF met.", "PDF|ORG")
    assert neither.name_id not in {front.name_id, fund.name_id}
    assert neither.reason == "may mean 2 known bodies, and nothing decides"
    assert tell("PDF met.", "PDF|ORG", places="PE/Lima")[0].name_id not in {front.name_id, fund.name_id, neither.name_id}


def test_what_no_report_explains_means_one_body_only_within_a_country(tell: Told) -> None:
    one, other, third, fourth = (tell("PKT met.", "PKT|ORG", places=place)[0] for place in ("PH/Davao", "PH/Cebu", "BR/Bahia", ""))
    assert (one.canonical, other.reason) == ("PKT (Philippines)", "same name, both in Philippines")
    assert one.name_id == other.name_id
    assert len({one.name_id, third.name_id, fourth.name_id, tell("PKT met.", "PKT|ORG")[0].name_id}) == 4


def test_a_ministry_is_one_within_its_country_and_a_city_council_within_its_region(tell: Told) -> None:
    ministry, also, far = (
        tell(f"{name} met.", f"{name}|ORG", places=place)[0].name_id
        for name, place in (("The Ministry of Health", "KE/Kisumu"), ("Ministère de la Santé", "KE/Lamu"), ("Ministry of Health", "PE/Lima"))
    )
    assert ministry == also != far
    council, near, away = (tell("The City Council met.", "The City Council|ORG", places=place)[0] for place in ("KE/Kisumu", "KE/Kisumu", "KE/Lamu"))
    assert council.name_id == near.name_id != away.name_id
    assert council.canonical == "City Council (Kisumu, Kenya)"
    assert "no place is named" in tell("The City Council met.", "The City Council|ORG", places="KE")[0].reason


def test_one_folded_name_is_one_organisation(tell: Told) -> None:
    (one,) = tell("The Tide Foundation's boat.", "The Tide Foundation's|ORG")
    (other,) = tell("TIDE FOUNDATION", "TIDE FOUNDATION|ORG", places="KE/Lamu")
    assert (one.name_id, one.canonical, other.reason) == (other.name_id, "Tide Foundation", "same name")


def test_press_agencies_and_the_widest_bodies_tie_nobody() -> None:
    assert not is_tie("org:reuters")
    assert not is_tie("org:un")
    assert is_tie("org:unicef")
    assert is_tie("org:123456789abc")


def test_a_name_is_called_without_its_article() -> None:
    assert untitled("the  Tide Foundation’s") == "Tide Foundation"


def test_a_definition_whose_long_form_the_table_knows_leads_to_the_table(tell: Told) -> None:
    long, short = tell("The International Rescue Committee (IRC) met.", "International Rescue Committee|ORG", "IRC|ORG")
    assert (long.name_id, short.name_id) == ("org:irc", "org:irc")
    assert short.reason == "defined in this report as International Rescue Committee"
