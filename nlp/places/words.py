"""The words around a place name that say what it is."""

from typing import Final


def words_of(text: str) -> frozenset[str]:
    """Split a list written as text."""
    return frozenset(text.split())


PREPOSITIONS: Final = words_of(
    "in at near from to outside around into across toward towards via within throughout inside reach reached reaching à a en dans de du des vers depuis "
    "chez près aux au d l entre sur par pour jusqu desde hacia cerca em no na para da do nan hasta por в у із з до біля из від في فى من الى إلى الي قرب "
    "نحو عبر داخل خارج باتجاه بين"
)
# behind which even small letters may be a name, as in a hasty message
PLACING_WORDS: Final = words_of("in at near from to outside around across toward towards via within throughout inside reach reached reaching en à desde hacia")
# small words inside names: "Port-au-Prince", "Deir ez-Zor", "Isle of Man"
INNER_WORDS: Final = words_of(
    "of the and on upon in under by next de la le les l d du des del sur au aux en sous lès el los las y al an ar as ash at az ad ed er es ez ul ibn bin "
    "abu umm di da do dos das e am im der den bei ob van ter na nad pod i u"
)
# no name goes on behind these: "Mansfield Police ..."
NEVER_INSIDE: Final = words_of(
    "police sheriff department dept office officer court council board commission committee authority agency ministry mayor senator chief director deputy "
    "detective coach chairman spokesman spokeswoman attorney school schools elementary hospital monday tuesday wednesday thursday friday saturday sunday "
    "january february march april june july august september october november december news press fire service center centre"
)
# what no name begins with
NEVER_FIRST: Final = words_of(
    "in on at by for from with without of to and but or nor so if as that this these those there then than when while where who what which why how he she "
    "it we they i you his her their its our my your is was were are be been has have had will would can could may might after before during since until "
    "about against between into through over under not no yes all both each every some many more most other another such only also just even still one "
    "two three dans pour par sur avec sans et ou mais si comme que qui quand il elle nous vous ils elles ce cette ces un une des du au aux para por con "
    "sin y o pero como quien cuando una unos unas este esta estos estas se su sus"
)
# before a name, which they do not belong to: "the town of Goma", "ville de Goma", "مدينة حلب"
KIND_WORDS: Final = words_of(
    "city town village state province district region county governorate municipality island river outskirts suburb capital port republic kingdom "
    "territory ville commune quartier région département préfecture gouvernorat capitale ciudad pueblo aldea provincia región departamento municipio "
    "estado barrio isla río مدينة مدينه محافظة محافظه بلدة بلده قرية قريه ريف حي منطقة منطقه مخيم معبر ولاية دولة إمارة جزيرة ناحية قضاء لواء مطار ميناء "
    "سد شمال جنوب شرق غرب وسط شمالي جنوبي شرقي غربي ضاحية محافظ أمير امير"
)
TITLES: Final = words_of(
    "mr mrs ms dr prof sir miss president minister senator general colonel captain sheikh judge governor mayor ambassador pope saint sgt lt rep sen gov m "
    "mme mlle monsieur madame señor señora don doña السيد الدكتور الرئيس الشيخ"
)
# what stands behind these is a person, whatever else bears the name
FORMS_OF_ADDRESS: Final = words_of("mr mrs ms miss mme mlle monsieur madame señor señora السيد السيدة")
# beside a name: "Aleppo governorate", "gouvernorat d'Alep"
TYPE_WORDS: Final = words_of(
    "governorate province region state district county oblast raion department prefecture municipality territory parish commune canton township "
    "gouvernorat région département préfecture provincia región departamento محافظة محافظه ولاية إقليم قضاء"
)
# behind a name these leave no doubt
DIVISIONS: Final = words_of("governorate province oblast raion prefecture county parish gouvernorat")
# capitalised neighbours that do not make a name part of a longer one
PART_WORDS: Final = TYPE_WORDS | words_of(
    "city town village camp airport port hospital road river bridge valley north south east west northern southern eastern western central greater old "
    "new upper lower rural downtown"
)
# what the name of a district may begin or end with and is also called without
DIVISION_WORDS: Final = TYPE_WORDS | words_of("division subcounty provincia departamento departement distrito municipio muhafazat regency")
# "Bank of Ghana", "University of Aleppo", "Chicago Tribune": a place lent its name to something that is elsewhere, or everywhere
BODY_WORDS: Final = words_of(
    "bank university college institute academy museum church cathedral foundation society association league club orchestra symphony airlines airways "
    "times post journal herald tribune globe gazette chronicle telegraph observer inc ltd llc corp corporation company group plc"
)
# the same in languages that write them in small letters
SMALL_BODY_WORDS: Final = words_of(
    "banque université institut musée fondation banco universidad instituto museo fundación جامعة جامعه بنك مصرف معهد بجامعة لجامعة ببنك لبنك"
)
STREET_WORDS: Final = words_of("street st road rd avenue ave drive dr lane ln boulevard blvd highway hwy parkway")
# what people do and places hardly: "Jordan said"
SPEECH_WORDS: Final = words_of(
    "said says told added explained recalled wrote laughed smiled asked replied went came was is has who dit déclaré dijo afirmó قال قالت وقال وقالت صرح أكد"
)
# given names and surnames that are also names of places
GIVEN_NAMES: Final = words_of(
    "aaron abigail adam adams adelaide alan albert alex alexander alexandra alice allen allison amanda amber amelia amy ana anderson andrea andrew andy "
    "angela anita ann anna anne anthony antonio arnold arthur ashley austin baker barbara barnes barry bell ben benjamin bennett bernard beth betty "
    "beverly bill bob bonnie bradley brandon brian brittany brooke brooks brown bruce bryan bryant burke burns bush butler byron calvin cameron campbell "
    "carl carla carlos carol caroline carter casey catherine cecil chad charles charlie charlotte chase chelsea chester chris christian christina "
    "christine cindy claire clara clark clay clayton clifford clinton cody cole coleman colin collins connor cook cooper craig crawford curtis "
    "cynthia dale dallas dan daniel daniels danny darren dave david davis dawn dean deborah denise dennis derek diana diane dominic don donald donna "
    "doris dorothy douglas duncan dylan earl eddie edgar edward edwards eileen elena eli elizabeth ella ellen elliott ellis emily emma eric erica erin "
    "ernest esther ethan eugene eva evan evans evelyn faith felix fernando fisher florence floyd ford forrest foster fox frances francis francisco frank "
    "franklin fred frederick gabriel gail garcia gardner garrett gary gavin george georgia gerald gibson gilbert gina glen glenn gloria gordon grace "
    "graham grant gray green greene greg gregory griffin guy hailey hall hamilton hannah harold harper harris harrison harry harvey hayes heather hector "
    "helen henderson hilton henry herbert hernandez hill holly holmes hope houston howard hudson hugh hughes hugo hunt hunter ian ida irene iris irma "
    "isaac isabel israel ivan jack jackson jacob jaime james jamie jan jane janet jason jasper jay jean jeff jefferson jeffrey jenkins jennifer jenny "
    "jeremy jerome jerry jesse jessica jesus jill jim jimmy joan joe joel john johnson johnston jon jonathan jones jordan jose joseph joshua joy joyce "
    "juan juanita judith judy julia julian julie june justin karen karl kate katherine katrina kathleen kay keith kelly ken kennedy kenneth kevin kim "
    "king kirk kyle lance larry laura lauren laurence lawrence leah lee leo leon leonard leroy leslie lester lewis lillian lily lincoln linda lindsay "
    "lisa lloyd logan london lois lopez lorenzo loretta louis louise lucas lucia lucy luis luke lydia lyle lynn mabel madeline madison malcolm manuel "
    "marcus margaret maria marie marilyn mario marion marjorie mark marshall martha martin martinez marvin mary mason matthew matthews maurice max "
    "maxwell may melissa melvin meredith mia michael michelle miguel mike mildred miles miller milton miranda mitchell molly monica montgomery moore "
    "morgan morris moses murphy murray myers nancy natalia natalie nathan nathaniel neil nelson nicholas nicole nina noah nora norma norman olive oliver "
    "olivia omar oscar otis owen pamela paris parker patricia patrick patterson paul paula pauline pearl pedro penny perry peter philip phillips phyllis "
    "pierce porter powell preston price quinn rachel ralph ramon ramsey randall randy raul ray raymond rebecca reed regina reid reynolds rhonda ricardo "
    "richard richards richardson rick riley rita robert roberta roberto roberts robertson robin robinson rodney rodriguez roger rogers roland ron ronald "
    "rosa rose ross roy ruby russell ruth ryan sally sam samantha samuel sanchez sanders sandra santiago sara sarah savannah scott sean sebastian sergio "
    "seth shannon sharon shawn sheila shelby shelton sherman sherry shirley sidney simmons simon simpson smith snyder sofia sonia sophia spencer stacy "
    "stanley stella stephen sterling steve steven stewart stone stuart sue sullivan susan suzanne sydney sylvia tamara tara taylor terry theodore theresa "
    "thomas thompson timothy tina todd tom tommy toni tony tracy travis trevor troy tucker turner tyler valencia valentina valerie vanessa vera vernon "
    "veronica vicky victor victoria vincent viola violet virginia vivian wade walker wallace walter ward warren washington watson wayne webb wells wendy "
    "wesley west wheeler white whitney william williams williamson willie willis wilson wood woods wright wyatt yolanda young yvonne zachary zoe"
)
# given to storms, ships and brands alike: what follows them is named like a person
NAMED_WORDS: Final = words_of("hurricane cyclone typhoon storm tropical hms uss ouragan huracán إعصار")
# of the compass, alone never a name
COMPASS_WORDS: Final = words_of(
    "north south east west northern southern eastern western central northeast northwest southeast southwest coast midwest upstate downtown mid nord sud "
    "est ouest norte sur este oeste الشمال الجنوب الشرق الغرب الشمالية الجنوبية الشرقية الغربية"
)
