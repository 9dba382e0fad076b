"""Words of job titles, levels and places, as people write them in any document or question."""

import re

_HEADS = """
engineer developer programmer coder architect designer analyst scientist researcher manager director
administrator admin consultant specialist coordinator supervisor lead officer executive president
assistant associate representative rep technician technologist operator accountant auditor
bookkeeper clerk
cashier teller teacher professor lecturer tutor instructor principal nurse physician doctor surgeon
dentist pharmacist therapist paramedic veterinarian midwife carer caregiver driver pilot mechanic
electrician plumber carpenter welder machinist roofer painter mason chef cook baker waiter waitress
barista bartender janitor cleaner custodian housekeeper gardener landscaper farmer fisher guard
firefighter detective lawyer attorney paralegal judge solicitor barrister writer editor copywriter
journalist reporter translator interpreter photographer videographer illustrator animator artist
musician actor producer recruiter planner buyer agent broker trader actuary economist statistician
mathematician physicist chemist biologist geologist psychologist counselor counsellor librarian
curator archivist surveyor estimator inspector dispatcher receptionist secretary salesperson
marketer strategist evangelist advocate owner tester dba sre swe cto ceo cfo coo ciso vp
intern apprentice trainee graduate worker labourer laborer packer picker courier postman
hygienist dietitian nutritionist optometrist radiographer sonographer phlebotomist stylist
hairdresser barber beautician florist tailor jeweler jeweller butcher foreman crew attendant
controller treasurer underwriter adjuster appraiser realtor banker advisor adviser sysadmin
staffer contractor freelancer head police foreperson marshal
"""
HEADS = frozenset(_HEADS.split())
"""The nouns that a job title ends in (or, before "of", begins with)."""

_FIELDS = """
backend back-end frontend front-end fullstack full-stack full stack back front end software web
mobile ios
android cloud platform infrastructure network systems system security cybersecurity cyber
information
data database ml ai machine learning nlp vision robotics embedded firmware hardware electrical
mechanical civil chemical industrial process manufacturing aerospace structural environmental
biomedical devops site reliability release build test qa quality assurance automation performance
game games graphics
product project program programme portfolio scrum agile delivery operations business intelligence bi
marketing growth content brand social media seo sales account customer client success support
service technical solutions solution presales pre-sales field implementation integration finance
financial accounting tax audit risk compliance legal human resources hr people talent acquisition
recruiting office executive administrative personal payroll procurement purchasing supply chain
logistics warehouse retail store shop assistant design ux ui user experience interaction visual
graphic
interior fashion motion research clinical registered licensed practical primary secondary school
elementary kindergarten preschool special education university high math mathematics science english
medical dental physical occupational speech care health home truck lorry bus taxi delivery train
forklift crane heavy equipment maintenance repair construction line head sous pastry kitchen
restaurant hotel event events travel flight air traffic police fire public relations
communications community
policy government research analytics quantitative quant investment credit loan insurance claims
real estate property blockchain crypto web3 salesforce sap erp oracle java javascript typescript
python golang go ruby rails php node node.js react angular vue .net c c++ c# rust scala kotlin swift
django laravel wordpress magento linux windows unix database big video audio sound lighting
engineering development it tech technology chief vice deputy general regional area district
national global
branch machine-learning deep computer applications application api apis distributed search
relational storage developer engineer nurse staff generalist night shift part-time full-time
"""
FIELDS = frozenset(_FIELDS.split())
"""What may stand before the noun of a job title, in lower case too."""

LEVELS: dict[str, str] = {
    "intern": "intern", "trainee": "trainee", "apprentice": "apprentice",
    "graduate": "entry", "entry": "entry",
    "junior": "junior", "jr": "junior", "jr.": "junior", "associate": "associate",
    "mid": "mid", "middle": "mid", "intermediate": "mid",
    "senior": "senior", "sr": "senior", "sr.": "senior", "snr": "senior",
    "staff": "staff", "senior-staff": "staff", "principal": "principal", "lead": "lead",
    "distinguished": "distinguished", "experienced": "experienced", "fellow": "fellow",
}  # fmt: skip
_LEVEL = "|".join(sorted(map(re.escape, LEVELS), key=len, reverse=True))
_WITH_LEVEL = re.compile(rf"\b({_LEVEL})[ -]*level\b")
LEVELS |= {f"{word}{end}": name for word, name in LEVELS.items() for end in ("-level", "level")}
"""How a level is written → its one name: "sr", "sr-level"."""

_PLACES = """
afghanistan|afghan albania|albanian algeria|algerian argentina|argentine|argentinian
armenia|armenian
australia|australian austria|austrian azerbaijan bahrain bangladesh|bangladeshi belarus|belarusian
belgium|belgian bolivia|bolivian brazil|brazilian bulgaria|bulgarian cambodia|cambodian
cameroon canada|canadian chile|chilean china|chinese colombia|colombian costa_rica croatia|croatian
cyprus|cypriot czech_republic|czechia|czech denmark|danish ecuador egypt|egyptian estonia|estonian
ethiopia|ethiopian finland|finnish france|french georgia germany|german|deutschland ghana|ghanaian
greece|greek guatemala hong_kong hungary|hungarian iceland|icelandic india|indian
indonesia|indonesian iran|iranian iraq|iraqi ireland|irish israel|israeli italy|italian
japan|japanese
jordan|jordanian kazakhstan kenya|kenyan kuwait|kuwaiti latvia|latvian lebanon|lebanese
lithuania|lithuanian luxembourg malaysia|malaysian malta|maltese mexico|mexican moldova
morocco|moroccan myanmar nepal|nepali netherlands|the_netherlands|dutch|holland
new_zealand nigeria|nigerian norway|norwegian oman pakistan|pakistani panama paraguay peru|peruvian
philippines|filipino|philippine poland|polish portugal|portuguese puerto_rico qatar
romania|romanian russia|russian rwanda|rwandan saudi_arabia|saudi senegal serbia|serbian
singapore|singaporean
slovakia|slovak slovenia|slovenian south_africa|south_african south_korea|korea|korean spain|spanish
sri_lanka|sri_lankan sweden|swedish switzerland|swiss taiwan|taiwanese tanzania|tanzanian
thailand|thai tunisia|tunisian
turkey|turkish|türkiye uganda|ugandan ukraine|ukrainian united_arab_emirates|uae|emirati
united_kingdom|uk|u.k.|britain|british|great_britain
united_states|usa|u.s.|us|u.s.a.|american|united_states_of_america
uruguay vietnam|vietnamese zambia zimbabwe england|english scotland|scottish wales|welsh
northern_ireland europe|european|eu asia|asian africa|african latin_america|latam
north_america south_america
middle_east scandinavia emea apac
london manchester birmingham leeds edinburgh glasgow bristol cambridge oxford belfast liverpool
dublin cork paris lyon marseille toulouse berlin munich|münchen hamburg frankfurt cologne|köln
stuttgart düsseldorf
vienna zurich|zürich geneva basel bern lausanne amsterdam rotterdam utrecht eindhoven brussels
antwerp madrid barcelona valencia lisbon porto rome milan turin athens warsaw krakow|kraków
wroclaw|wrocław gdansk|gdańsk prague brno budapest bucharest cluj sofia belgrade zagreb stockholm
gothenburg oslo copenhagen helsinki tallinn riga vilnius kyiv|kiev lviv moscow istanbul ankara
tel_aviv jerusalem dubai abu_dhabi riyadh doha cairo lagos abuja nairobi accra cape_town
johannesburg casablanca mumbai delhi|new_delhi bangalore|bengaluru hyderabad chennai pune kolkata
gurgaon|gurugram noida karachi lahore dhaka colombo kathmandu beijing shanghai shenzhen guangzhou
hangzhou taipei tokyo osaka kyoto seoul busan bangkok hanoi ho_chi_minh_city jakarta bandung
surabaya bali kuala_lumpur manila cebu sydney melbourne brisbane perth adelaide canberra auckland
wellington toronto vancouver montreal ottawa calgary edmonton waterloo mexico_city guadalajara
monterrey bogota|bogotá medellin|medellín lima santiago buenos_aires montevideo sao_paulo|são_paulo
rio_de_janeiro
new_york|nyc|new_york_city san_francisco|sf bay_area|san_francisco_bay_area silicon_valley
los_angeles
seattle austin boston chicago denver atlanta dallas houston miami philadelphia phoenix portland
san_diego san_jose washington_dc|washington,_d.c.|dc detroit minneapolis nashville pittsburgh
raleigh charlotte
salt_lake_city orlando tampa baltimore columbus cleveland cincinnati indianapolis kansas_city
st._louis las_vegas sacramento oakland honolulu san_antonio fort_worth jacksonville milwaukee
albuquerque tucson omaha boise richmond memphis louisville new_orleans
alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho
illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota
mississippi missouri montana nebraska nevada new_hampshire new_jersey new_mexico north_carolina
north_dakota ohio oklahoma oregon pennsylvania rhode_island south_carolina south_dakota tennessee
texas utah vermont virginia washington west_virginia wisconsin wyoming
ontario quebec british_columbia alberta bavaria catalonia
"""
_CALLED: dict[str, str] = {}
for _entry in _PLACES.split():
    _names = [name.replace("_", " ") for name in _entry.split("|")]
    for _name in _names:
        _CALLED[_name] = _names[0]

_AMBIGUOUS = frozenset({"us", "dc", "sf", "eu", "polish", "bali", "lima", "perth", "phoenix"})
"""Also other words: a place only with the capitals of one."""

_PLACE = re.compile(
    r"(?<![\w.])(?:"
    + "|".join(sorted((re.escape(name) for name in _CALLED), key=len, reverse=True))
    + r")(?:s(?=\s|$))?(?![\w])",
    re.IGNORECASE,
)
_CITY_AND_STATE = re.compile(r"\b([A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,2}), ([A-Z]{2})\b(?![\w$])")
_REMOTE = re.compile(
    r"\b(?:fully[ -])?remote(?:ly)?\b(?:[ -](?:worldwide|global(?:ly)?|anywhere))?", re.IGNORECASE
)

DOLLAR_PLACES = frozenset(
    """canada australia singapore toronto vancouver montreal ottawa calgary edmonton waterloo
    ontario quebec alberta sydney melbourne brisbane perth adelaide canberra auckland wellington
    taiwan taipei""".split()
) | {"new zealand", "hong kong", "british columbia"}
"""Places whose own dollar is not the American one."""

_TOKEN = re.compile(r"[\w.+#'’&/-]*[\w+#]")

_JOINED = (
    (r"\bfull[ -]*stack\b", "fullstack"), (r"\bfront[ -]*end\b", "frontend"),
    (r"\bback[ -]*end\b", "backend"), (r"\bdev[ -]+ops\b", "devops"),
    (r"\bmachine[ -]+learning\b", "ml"),
    (r"\bartificial[ -]+intelligence\b", "ai"), (r"\bsite[ -]+reliability engineer\b", "sre"),
    (r"\bswe\b|\bsde\b", "software engineer"), (r"\bpms?\b", "product manager"),
    (r"\bdba\b", "database administrator"), (r"\bsys[ -]*admin\b", "system administrator"),
    (r"\bquality assurance\b", "qa"), (r"\buser experience\b", "ux"),
    (r"\bhuman resources\b", "hr"),
    (r"\bpart[ -]time\b", "parttime"), (r"\bcyber[ -]+security\b", "security"),
    (r"\brn\b", "registered nurse"), (r"\bvice president\b", "vp"),
)  # fmt: skip
_SAME = {
    "developer": "engineer", "dev": "engineer", "programmer": "engineer", "coder": "engineer",
    "eng": "engineer", "mgr": "manager", "rep": "representative", "admin": "administrator",
    "cybersecurity": "security", "infosec": "security", "systems": "system",
    "physician": "doctor", "lawyer": "attorney", "adviser": "advisor", "golang": "go",
    "people": "people", "sales": "sales", "ops": "operations", "js": "javascript",
    "analytics": "analytics", "operations": "operations", "resources": "resources",
    "devs": "engineer", "relations": "relations", "ios": "ios", "devops": "devops",
}  # fmt: skip
_KEEP_S = frozenset("business success process sales access analytics devops sass aws js".split())


def singular(word: str) -> str:
    """The singular, "engineers" → "engineer", in lower case; what is no plural stays."""
    lower = word.lower().removesuffix("'s").removesuffix("’s")
    if lower in _KEEP_S or len(lower) < 4 or lower.endswith(("ss", "us", "is")):
        return lower
    if lower.endswith("ies"):
        return lower[:-3] + "y"
    return lower.removesuffix("s")


def role_terms(text: str) -> list[str]:
    """The words of a title in one spelling: "Sr. Back-End Devs" → senior, backend, engineer."""
    folded = _WITH_LEVEL.sub(lambda m: LEVELS[m[1]], text.lower().replace("’", "'"))
    for pattern, joined in _JOINED:
        folded = re.sub(pattern, joined, folded)
    found = []
    for word in _TOKEN.findall(folded):
        for part in re.split(r"[/&-]", word.strip(".'")) if word != "pre-sales" else [word]:
            if part and part not in {"of", "the", "a", "an", "and", "in", "for", "at"}:
                term = LEVELS.get(part) or _SAME.get(part) or singular(part)
                found.append(_SAME.get(term, term))
    return found


def level_of(title: str) -> str | None:
    """The level that a title states, by its one name; a bare "L5" or "III" as written."""
    words = [w.lower().strip(",()") for w in title.split()]
    words = _WITH_LEVEL.sub(r"\1-level", " ".join(words)).split()
    for number, word in enumerate(words):
        if word in LEVELS and not (
            word in {"principal", "lead", "associate"} and number == len(words) - 1
        ):
            return LEVELS[word]
    code = re.search(r"\b(?:L|IC|E)\d{1,2}\b|\b(?:III?|IV)\b", title)
    return code[0] if code else None


def places_in(text: str) -> list[tuple[int, int, str]]:
    """Places named in ``text``: start, end and the place's one name; remote is none."""
    found = [(m.start(), m.end(), m[0].lower()) for m in _CITY_AND_STATE.finditer(text)]
    for match in _PLACE.finditer(text):
        if any(start <= match.start() < end for start, end, _ in found):
            continue
        name = match[0].lower()
        name = name if name in _CALLED else name.removesuffix("s")
        if name in _AMBIGUOUS and not match[0][0].isupper():
            continue
        if name == "us" and match[0] != "US":
            continue
        found.append((match.start(), match.end(), _CALLED[name]))
    return sorted(found)


def remote_in(text: str) -> str | None:
    """The words that say the work is remote, as written."""
    match = _REMOTE.search(text)
    return match[0] if match else None


ALSO: dict[str, set[str]] = {}
"""Other nouns for a place, which may be shown as written; "German" is none."""
for _written in (
    "usa|u.s.|us|u.s.a.|uk|u.k.|britain|nyc|sf|bay area|uae|bengaluru|gurugram|new delhi|münchen|"
    "zürich|köln|são paulo|korea|washington, d.c.|dc|czechia|holland|eu|united states of america"
).split("|"):
    ALSO.setdefault(_CALLED[_written], set()).add(_written)
