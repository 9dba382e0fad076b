"""Names of places that the statistics' own area names do not spell out."""

# ruff: noqa: E501 - one line an area reads and merges better

STATES = {
    "al": "Alabama", "ak": "Alaska", "az": "Arizona", "ar": "Arkansas", "ca": "California",
    "co": "Colorado", "ct": "Connecticut", "de": "Delaware", "dc": "District of Columbia",
    "fl": "Florida", "ga": "Georgia", "hi": "Hawaii", "id": "Idaho", "il": "Illinois",
    "in": "Indiana", "ia": "Iowa", "ks": "Kansas", "ky": "Kentucky", "la": "Louisiana",
    "me": "Maine", "md": "Maryland", "ma": "Massachusetts", "mi": "Michigan", "mn": "Minnesota",
    "ms": "Mississippi", "mo": "Missouri", "mt": "Montana", "ne": "Nebraska", "nv": "Nevada",
    "nh": "New Hampshire", "nj": "New Jersey", "nm": "New Mexico", "ny": "New York",
    "nc": "North Carolina", "nd": "North Dakota", "oh": "Ohio", "ok": "Oklahoma", "or": "Oregon",
    "pa": "Pennsylvania", "pr": "Puerto Rico", "ri": "Rhode Island", "sc": "South Carolina",
    "sd": "South Dakota", "tn": "Tennessee", "tx": "Texas", "ut": "Utah", "vt": "Vermont",
    "va": "Virginia", "vi": "Virgin Islands", "wa": "Washington", "wv": "West Virginia",
    "wi": "Wisconsin", "wy": "Wyoming", "gu": "Guam",
}  # fmt: skip

NATIONWIDE = (
    "united states; united states of america; usa; u s a; u s; us; america; the us; the usa; "
    "the states; nationwide; nationally; national; countrywide; remote; remotely; anywhere; worldwide; remote worldwide; "
    "work from home; wfh; fully remote; us remote; remote us; estados unidos; etats unis; "
    "vereinigte staaten; stati uniti; all states; national average; us average"
)

METROS = {
    "0041860": "sf; san fran; san francisco; frisco ca; bay area; sf bay area; san francisco bay area; the bay area; east bay; oakland; berkeley; san mateo; redwood city; south san francisco; daly city; walnut creek; burlingame; emeryville; concord ca; hayward; foster city; san ramon; san bruno; menlo park; san rafael",
    "0041940": "silicon valley; san jose; mountain view; palo alto; cupertino; sunnyvale; santa clara; los gatos; milpitas; south bay; stanford; los altos; campbell ca",
    "0035620": "nyc; ny city; new york city; new york; new york ny; new york new york; manhattan; brooklyn; queens; bronx; the bronx; staten island; long island; hoboken; jersey city; newark; yonkers; white plains; nueva york; big apple; wall street; harlem; westchester; tri state area; greater new york",
    "0031080": "la; l a; los angeles; hollywood; santa monica; pasadena ca; burbank; long beach; anaheim; irvine; orange county; beverly hills; glendale ca; torrance; culver city; costa mesa; el segundo; santa ana; huntington beach; socal; compton; newport beach; malibu; venice beach; playa vista",
    "0047900": "dc; d c; washington dc; washington d c; dmv area; nova; northern virginia; arlington va; alexandria va; reston; mclean; tysons; bethesda; silver spring; rockville; fairfax; herndon; ashburn; dc metro; chantilly; gaithersburg; capitol hill",
    "0042660": "seattle; sea tac; redmond; bellevue; kirkland wa; tacoma; puget sound; everett; bothell; renton",
    "0016980": "chicago; chi town; chicagoland; naperville; evanston; schaumburg; oak brook; gary in; elgin; skokie",
    "0014460": "boston; cambridge ma; somerville; waltham; greater boston; quincy ma; burlington ma; framingham; brookline; newton ma; lexington ma; woburn",
    "0019100": "dallas; dfw; fort worth; plano; irving; frisco; arlington tx; richardson; mckinney; dallas fort worth; garland tx; carrollton tx; denton; grand prairie; southlake; the metroplex",
    "0012420": "austin; atx; round rock; cedar park; san marcos tx; georgetown tx; pflugerville",
    "0026420": "houston; the woodlands; sugar land; katy; pearland; baytown; pasadena tx; galveston",
    "0012060": "atlanta; atl; sandy springs; alpharetta; marietta; roswell ga; duluth ga; decatur ga; buckhead; dunwoody; kennesaw",
    "0033100": "miami; fort lauderdale; west palm beach; boca raton; south florida; hialeah; coral gables; miami beach; pompano beach; hollywood fl; doral; broward; palm beach; delray beach",
    "0037980": "philadelphia; philly; camden; king of prussia; wilmington de; cherry hill",
    "0038060": "phoenix; phx; scottsdale; tempe; mesa; chandler; gilbert az; glendale az; peoria az; chandler az",
    "0019820": "detroit; dearborn; warren mi; southfield; motor city; sterling heights; troy mi; auburn hills; novi; livonia",
    "0033460": "minneapolis; twin cities; st paul; saint paul; minneapolis st paul; bloomington mn; eden prairie; msp; plymouth mn; minnetonka",
    "0019740": "denver; aurora co; aurora; centennial; lakewood co; littleton; englewood co; lone tree; mile high city; golden co",
    "0041740": "san diego; carlsbad; chula vista; la jolla; oceanside; escondido; encinitas",
    "0038900": "portland; pdx; portland or; hillsboro; beaverton; vancouver wa; tigard; gresham",
    "0029820": "las vegas; vegas; henderson; north las vegas; paradise nv; the strip; sin city",
    "0034980": "nashville; murfreesboro; franklin tn; brentwood tn; music city",
    "0045300": "tampa; st petersburg; saint petersburg fl; clearwater; tampa bay",
    "0036740": "orlando; kissimmee; sanford fl; disney world",
    "0041620": "salt lake city; slc; salt lake; murray ut; sandy ut; draper; silicon slopes",
    "0039340": "provo; lehi; orem",
    "0041180": "st louis; saint louis; stl; chesterfield mo; clayton mo",
    "0035380": "new orleans; nola; metairie",
    "0028140": "kansas city; kc; kcmo; overland park; olathe; lenexa",
    "0012580": "baltimore; columbia md; towson; annapolis",
    "0040060": "richmond; rva; richmond va",
    "0039580": "raleigh; cary; cary nc; research triangle; raleigh durham; the triangle",
    "0020500": "durham; chapel hill; durham nc",
    "0016740": "charlotte; clt; concord nc; gastonia",
    "0041700": "san antonio; new braunfels; san antonio tx",
    "0040900": "sacramento; sac town; roseville ca; folsom; elk grove",
    "0040140": "riverside; san bernardino; inland empire; ontario ca; rancho cucamonga",
    "0026900": "indianapolis; indy; carmel in; fishers in",
    "0017140": "cincinnati; cincy",
    "0038300": "pittsburgh; steel city",
    "0017410": "cleveland; cleveland oh",
    "0018140": "columbus; columbus oh; dublin oh",
    "0033340": "milwaukee; waukesha; milwaukee wi",
    "0046520": "honolulu; oahu; waikiki",
    "0027980": "maui; kahului",
    "0014260": "boise; boise id; meridian id; nampa",
    "0031140": "louisville; louisville ky",
    "0032820": "memphis",
    "0047260": "virginia beach; norfolk; chesapeake; hampton roads; newport news; norfolk va",
    "0025540": "hartford",
    "0014860": "stamford; greenwich ct; bridgeport; norwalk ct; danbury",
    "0014500": "boulder",
    "0017820": "colorado springs",
    "0046060": "tucson",
    "0010740": "albuquerque; abq",
    "0027260": "jacksonville; jax",
    "0016700": "charleston; charleston sc",
    "0040380": "rochester; rochester ny",
    "0017900": "columbia; columbia sc",
    "0010580": "albany; albany ny; schenectady; troy ny",
    "0015540": "burlington; burlington vt",
    "0026620": "huntsville; huntsville al; rocket city",
    "0022220": "bentonville; bentonville ar; fayetteville ar; northwest arkansas; rogers ar; springdale ar",
    "0042220": "santa rosa; sonoma",
    "0013820": "birmingham; birmingham al",
    "0040340": "rochester mn; mayo clinic rochester",
    "0012260": "augusta; augusta ga",
    "0037100": "ventura; oxnard; thousand oaks",
    "0042200": "santa barbara",
    "0041980": "san juan; san juan pr",
    "0049340": "worcester",
    "0049180": "winston salem",
    "0042540": "scranton; wilkes barre",
    "0031700": "manchester nh; nashua",
    "0029180": "lafayette; lafayette la",
    "0033260": "midland; midland tx",
    "0021660": "eugene",
    "0045940": "trenton; princeton; princeton nj",
    "0035300": "new haven; yale",
    "0039300": "providence; providence ri",
    "0036420": "oklahoma city; okc",
    "0011260": "anchorage",
    "0030460": "lexington; lexington ky",
    "0044060": "spokane",
}
"""What people call metropolitan areas and the cities in them, where the name is not enough or
means more than one: by area code."""

COUNTRIES = (
    "afghanistan; albania; algeria; andorra; angola; argentina; armenia; australia; austria; "
    "azerbaijan; bahamas; bahrain; bangladesh; barbados; belarus; belgium; belize; benin; bhutan; "
    "bolivia; bosnia; botswana; brazil; brasil; brunei; bulgaria; burkina faso; burundi; cambodia; "
    "cameroon; canada; cape verde; chad; chile; china; colombia; congo; costa rica; croatia; cuba; "
    "cyprus; czechia; czech republic; denmark; dominican republic; ecuador; egypt; el salvador; "
    "england; eritrea; estonia; eswatini; ethiopia; fiji; finland; france; gabon; gambia; germany; "
    "deutschland; ghana; gibraltar; greece; greenland; grenada; guatemala; guinea; guyana; haiti; "
    "honduras; hong kong; hungary; iceland; india; indonesia; iran; iraq; ireland; isle of man; "
    "israel; italy; italia; ivory coast; jamaica; japan; jersey uk; kazakhstan; kenya; kosovo; "
    "kuwait; kyrgyzstan; laos; latvia; lesotho; liberia; libya; liechtenstein; lithuania; "
    "luxembourg; macau; madagascar; malawi; malaysia; maldives; mali; malta; mauritania; mauritius; "
    "mexico; moldova; monaco; mongolia; montenegro; morocco; mozambique; myanmar; namibia; nepal; "
    "netherlands; the netherlands; holland; new zealand; nicaragua; niger; nigeria; north korea; "
    "north macedonia; northern ireland; norway; oman; pakistan; palestine; panama; "
    "papua new guinea; paraguay; peru; philippines; poland; portugal; qatar; romania; russia; "
    "rwanda; samoa; san marino; saudi arabia; scotland; senegal; serbia; seychelles; sierra leone; "
    "singapore; slovakia; slovenia; somalia; south africa; south korea; korea; south sudan; spain; "
    "espana; sri lanka; sudan; suriname; sweden; switzerland; schweiz; suisse; syria; taiwan; "
    "tajikistan; tanzania; thailand; togo; tonga; trinidad; trinidad and tobago; tunisia; turkey; "
    "turkiye; turkmenistan; uganda; ukraine; united arab emirates; uae; united kingdom; uk; "
    "u k; great britain; britain; uruguay; uzbekistan; vatican; venezuela; vietnam; viet nam; "
    "wales; yemen; zambia; zimbabwe; europe; eu; asia; africa; latin america; latam; south america; "
    "middle east; emea; apac; scandinavia; southeast asia; european union; western europe; "
    "eastern europe; oceania; caribbean; republic of georgia; tbilisi; osterreich; "
    "ontario; quebec; british columbia; alberta; manitoba; saskatchewan; nova scotia; "
    "new south wales; queensland; bavaria; bayern; catalonia; karnataka; maharashtra; tamil nadu; "
    "telangana; west java; east java; central java; java island; bali; "
    "new brunswick canada; tasmania; lombardy; andalusia; ile de france; kerala; gujarat"
)

CITIES = (
    "london; manchester uk; birmingham uk; leeds; glasgow; edinburgh; liverpool; bristol uk; "
    "sheffield; cardiff; belfast; oxford uk; cambridge uk; dublin; cork; galway; paris; lyon; "
    "marseille; toulouse; nice france; bordeaux; lille; nantes; strasbourg; berlin; munich; munchen; "
    "hamburg; frankfurt; cologne; koln; stuttgart; dusseldorf; leipzig; dresden; nuremberg; hannover; "
    "bonn; vienna; wien; graz; salzburg; zurich; geneva switzerland; basel; bern; lausanne; "
    "amsterdam; rotterdam; the hague; utrecht; eindhoven; brussels; antwerp; ghent; madrid; "
    "barcelona; valencia; seville; malaga; bilbao; lisbon; lisboa; porto; milan; milano; rome; roma; "
    "turin; naples italy; florence italy; bologna; athens; athens greece; thessaloniki; "
    "stockholm; gothenburg; malmo; oslo; bergen; copenhagen; aarhus; helsinki; tampere; reykjavik; "
    "tallinn; riga; vilnius; warsaw; krakow; wroclaw; gdansk; poznan; prague; brno; bratislava; "
    "budapest; bucharest; cluj; sofia; belgrade; zagreb; ljubljana; sarajevo; skopje; "
    "tirana; kyiv; kiev; lviv; kharkiv; minsk; moscow; saint petersburg russia; novosibirsk; "
    "istanbul; ankara; izmir; tel aviv; jerusalem; haifa; beirut; amman; damascus; baghdad; tehran; "
    "dubai; abu dhabi; doha; riyadh; jeddah; kuwait city; muscat; manama; cairo; "
    "casablanca; rabat; tunis; algiers; lagos; abuja; accra; nairobi; mombasa; kampala; kigali; "
    "addis ababa; dar es salaam; johannesburg; cape town; pretoria; durban; harare; lusaka; dakar; "
    "abidjan; luanda; kinshasa; mumbai; bombay; delhi; new delhi; bangalore; bengaluru; hyderabad; "
    "chennai; madras; kolkata; calcutta; pune; ahmedabad; jaipur; gurgaon; gurugram; noida; kochi; "
    "lucknow; chandigarh; indore; coimbatore; karachi; lahore; islamabad; rawalpindi; dhaka; "
    "chittagong; colombo; kathmandu; kabul; tashkent; almaty; astana; beijing; shanghai; shenzhen; "
    "guangzhou; hangzhou; chengdu; wuhan; nanjing; xian; tianjin; chongqing; suzhou; hongkong; "
    "taipei; kaohsiung; hsinchu; tokyo; osaka; kyoto; nagoya; fukuoka; yokohama; sapporo; seoul; "
    "busan; incheon; pyongyang; ulaanbaatar; bangkok; chiang mai; phuket; hanoi; ho chi minh city; "
    "ho chi minh; saigon; da nang; kuala lumpur; penang; johor bahru; jakarta; surabaya; bandung; "
    "medan; yogyakarta; jogja; semarang; denpasar; makassar; tangerang; bekasi; depok; bogor; "
    "malang; batam; manila; makati; quezon city; cebu; davao; phnom penh; vientiane; "
    "yangon; sydney; melbourne; melbourne australia; brisbane; perth; adelaide; canberra; "
    "auckland; wellington nz; christchurch; toronto; montreal; vancouver; vancouver bc; calgary; "
    "edmonton; ottawa; winnipeg; quebec city; mississauga; waterloo ontario; halifax; victoria bc; "
    "mexico city; cdmx; ciudad de mexico; guadalajara; monterrey; tijuana; cancun; puebla; "
    "guatemala city; san salvador; tegucigalpa; managua; panama city panama; "
    "bogota; medellin; cali colombia; quito; guayaquil; cusco; santiago; "
    "santiago de chile; valparaiso; buenos aires; cordoba argentina; rosario; montevideo; asuncion; "
    "sao paulo; rio de janeiro; rio; brasilia; belo horizonte; curitiba; porto alegre; recife; "
    "salvador bahia; fortaleza; campinas; florianopolis; caracas; havana; santo domingo; kingston "
    "jamaica; port au prince"
)
