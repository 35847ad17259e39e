/* catalogue.c - every picture of the edition, with the words that travel in its file. */
#include "draw.h"

#define TARRANT "Joss Tarrant"
#define HALLORAN "Wen Halloran"

const struct entry catalogue[] = {
    {"ferry-crossing", ferry_crossing, 2000, 1333, "The Senna Queen on the strait",
     "The Senna Queen crosses the strait towards Ebbsmouth shortly after sunrise.",
     "A white and navy car ferry crosses calm water at sunrise, gulls behind it and blue hills on "
     "the horizon.",
     TARRANT, "Ebbsmouth"},
    {"harbour-dusk", harbour_dusk, 2000, 1125, "Port Senna harbour at dusk",
     "Port Senna's inner harbour at dusk, seen from the Long Mole.",
     "A row of coloured harbour houses with lit windows above dark water, and three moored fishing "
     "boats under a purple and orange sky.",
     TARRANT, "Port Senna"},
    {"hollin-head-storm", lighthouse_storm, 2000, 2500, "Hollin Head in the storm",
     "The light at Hollin Head on Thursday night, when gusts reached 94 miles an hour.",
     "A red and white lighthouse throws its beam through rain while waves break on black rocks "
     "below it.",
     TARRANT, "Hollin Head"},
    {"storm-pier", storm_pier, 2000, 1333, "Seas break over the north pier",
     "Seas break over the north pier at Kettle Haven at high water on Friday morning.",
     "Huge green waves burst into white spray over a stone pier and its small striped lighthouse.",
     TARRANT, "Kettle Haven"},
    {"lifeboat-tow", lifeboat_tow, 2000, 1333, "Under tow off Hollin Head",
     "The Kettle Haven lifeboat takes the trawler Constant Anna under tow three miles off Hollin "
     "Head.",
     "An orange and blue lifeboat tows a red trawler through steep grey-green waves.", TARRANT,
     "Kettle Haven"},
    {"cable-ship", cable_ship, 2000, 1125, "The last mile of cable",
     "The cable ship Northern Loop pays out the last mile of the Aldersay link off Ebbsmouth.",
     "A red cable-laying ship with a great coil of yellow cable on deck; wind turbines stand on "
     "the horizon behind it.",
     TARRANT, "Ebbsmouth"},
    {"kettle-haven-quay", fishing_quay, 2000, 1333, "Landing day at Kettle Haven",
     "Boats land herring at Kettle Haven. Eleven of the port's 26 boats fish for nothing else.",
     "Three people in oilskins stand between stacks of fish boxes on a quay; red and green fishing "
     "boats lie behind them.",
     TARRANT, "Kettle Haven"},
    {"strait-race", gig_race, 2000, 1125, "The Strait Race",
     "Ebbsmouth, nearest, lead Kettle Haven and Port Senna off Gull Rock in the women's Strait "
     "Race.",
     "Three six-oared rowing boats race across green water, the nearest one red, with a small town "
     "behind them.",
     TARRANT, "Ebbsmouth"},
    {"brannay-jetty", brannay_jetty, 2000, 1333, "Waiting on Brannay jetty",
     "Waiting for the Marrin on Brannay jetty. From January she will call four days a week instead "
     "of seven.",
     "An adult and a child with a small suitcase stand at the end of a wooden jetty, watching a "
     "distant ferry.",
     TARRANT, "Brannay"},
    {"kelp-forest", kelp_shore, 2000, 1333, "The kelp off Sandwick Bay",
     "Young cod shelter in the kelp of Sandwick Bay, where divers counted 41 species in October.",
     "Small pale fish swim between tall brown and green kelp in shafts of light.", TARRANT,
     "Sandwick Bay"},
    {"fennick-fog", hills_fog, 2000, 1333, "Fog in the Fennick hills",
     "Fog lies in the Fennick hills at dawn, looking north to Cold Law.",
     "Layer behind layer of blue-green hills fade into mist under a pale sun, with dark firs in "
     "front.",
     TARRANT, "Fennick"},
    {"winter-pasture", sheep_walls, 2000, 1333, "Winter pasture below Cold Law",
     "Aldersay Blackface ewes on winter pasture at Upper Hathersay.",
     "White sheep with black faces graze green fields divided by stone walls; a white farmhouse "
     "stands below the hills.",
     TARRANT, "Upper Hathersay"},
    {"night-sky", night_sky, 2000, 1333, "Dark over Brannay",
     "The Milky Way over the old schoolmaster's house on Brannay, one of the darkest places "
     "measured in these latitudes.",
     "A band of stars rises over black hills; one window is lit in a cottage and a person stands "
     "beside a telescope.",
     TARRANT, "Brannay"},
    {"geese-estuary", geese_estuary, 2000, 1333, "Geese over the Senna estuary",
     "Barnacle geese come in to roost on the Senna estuary at sunset.",
     "Two long lines of black and white geese fly over a shallow estuary in front of a red setting "
     "sun.",
     TARRANT, "Port Senna"},
    {"coast-road-slip", coast_road, 2000, 1333, "The slip at Raven's Brow",
     "The slip at Raven's Brow has carried away 70 metres of the coast road.",
     "A brown scar of earth and boulders lies across a road on a green slope above the sea; "
     "striped barriers close the road.",
     TARRANT, "Raven's Brow"},
    {"cold-law-race", hill_runners, 2000, 1333, "On the shoulder of Cold Law",
     "Isla Garrick leads the field up the south shoulder of Cold Law on Saturday.",
     "A runner in a red shirt climbs a steep slope towards a stone cairn, well ahead of six "
     "others.",
     TARRANT, "Fennick"},
    {"hathersay-moss", bog_survey, 2000, 1333, "Measuring Hathersay Moss",
     "A surveyor reads the water level on Hathersay Moss, where 212 drains have been blocked since "
     "2022.",
     "A person in a red coat holds a striped measuring pole in brown bogland with shallow pools "
     "and white cotton grass.",
     TARRANT, "Upper Hathersay"},
    {"thornby-market", market_street, 2000, 2500, "Saturday market, Thornby Cross",
     "Saturday market at Thornby Cross, under the clock that has been four minutes slow since "
     "1962.",
     "Shoppers walk between fruit stalls with striped awnings in a street of tall coloured houses "
     "and a clock tower.",
     TARRANT, "Thornby Cross"},
    {"cup-final", stadium_night, 2000, 1125, "Under the lights at Mole Park",
     "Port Senna, in navy, and Kettle Haven, in red, at Mole Park on Saturday night before 4,112 "
     "people.",
     "Footballers in navy and red shirts play under floodlights in front of a full stand.", TARRANT,
     "Port Senna"},
    {"moot-house", moot_house, 2000, 1333, "The Moot House",
     "The Moot House in Port Senna, where the island's 27 members sit.",
     "A pale stone parliament building with columns, a green bell turret and a red flag; people "
     "cross the square in front.",
     TARRANT, "Port Senna"},
    {"st-ebbas-hospital", hospital_night, 2000, 1125, "St Ebba's at night",
     "St Ebba's hospital, Port Senna. The minor injuries unit closes at 8pm from 11 January.",
     "A hospital with lit windows at night, a red cross on its roof and an ambulance at the door.",
     TARRANT, "Port Senna"},
    {"brannay-school", school_hill, 2000, 1333, "Brannay school",
     "Brannay school has seven pupils, a bell cast in 1884 and, since Thursday, a future until "
     "2029.",
     "A small white school with a bell stands on a green hill above the sea; children play "
     "outside.",
     TARRANT, "Brannay"},
    {"lantern-week", lantern_week, 2000, 1125, "Lantern Week opens",
     "Fore Street, Port Senna, on the first night of Lantern Week. The committee counted 9,400 "
     "lanterns.",
     "Strings of round paper lanterns glow in red, yellow and blue over a crowd in a dark street.",
     TARRANT, "Port Senna"},
    {"fennick-stills", distillery_stills, 2000, 1333, "The stills at Fennick",
     "The three stills at Fennick were made in Port Senna from copper that once roofed the old "
     "ferry shed.",
     "Three tall copper stills stand before arched windows; a worker in navy looks up at them "
     "beside a row of casks.",
     TARRANT, "Fennick"},
    {"quill-boatyard", boatyard, 2000, 1333, "The last boat in Quill's yard",
     "The Patience, number 214 from Quill's yard, stands unfinished where Marta Quill left her.",
     "A half-built wooden boat with bare ribs in a shed that opens on the sea; a person holds a "
     "plan beside it.",
     TARRANT, "Ebbsmouth"},
    {"salt-wedding", salt_wedding, 2000, 1333, "The Salt Wedding",
     "The wedding scene in the Strait Theatre's production of The Salt Wedding.",
     "A bride in white and a man in navy meet on a lit round stage beneath a great moon, watched "
     "by a chorus.",
     TARRANT, "Port Senna"},
    {"friday-kitchen", kitchen_bread, 2000, 1333, "The Friday kitchen",
     "The first loaves at the Friday kitchen in the old net loft, Port Senna.",
     "Three cooks stand behind a long wooden table of flatbreads and bowls; a window looks on the "
     "sea.",
     TARRANT, "Port Senna"},
    {"thornby-mill", wool_mill, 2000, 1333, "Loom four at Thornby Mill",
     "Loom four at Thornby Mill, which starts again in February after eleven years.",
     "Coloured threads run from a row of bobbins down to a wide loom with a patterned cloth; two "
     "weavers stand beside it.",
     TARRANT, "Thornby Cross"},
    {"reading-room", reading_room, 2000, 1333, "The reading room",
     "The reading room of the Aldersay Library, where the wreck papers can now be seen.",
     "Two readers stand at desks with green lamps and open books in a dark library with tall "
     "shelves.",
     TARRANT, "Port Senna"},
    {"map-island", map_island, 2000, 2500, "Aldersay",
     "Aldersay and Brannay, with the main roads and the two ferry routes.",
     "A relief map of an irregular island with brown hills at its centre, towns around the coast "
     "and a smaller island to the north joined by a dashed ferry line.",
     HALLORAN, "Port Senna"},
    {"map-storm", map_storm, 2000, 1333, "Storm Hesper at 11pm on Thursday",
     "Pressure at 11pm on Thursday, in steps of four hectopascals. The centre stood over the "
     "north-west coast for four hours.",
     "A weather map: tightly packed rings of pressure around a low of 957 hectopascals beside the "
     "island, with a warm and a cold front.",
     HALLORAN, "Port Senna"},
    {"map-port-senna", map_port_senna, 2000, 1333, "Where Port Senna lies",
     "Port Senna, at the mouth of the Senna.",
     "A relief map: Port Senna on the east coast of the island, with the roads that lead from it.",
     HALLORAN, "Port Senna"},
    {"map-kettle-haven", map_kettle_haven, 2000, 1333, "Where Kettle Haven lies",
     "Kettle Haven, with the ferry line to Brannay.",
     "A relief map: Kettle Haven on a headland in the north-east of the island; a dashed ferry "
     "line leads north.",
     HALLORAN, "Kettle Haven"},
    {"map-brannay", map_brannay, 2000, 1333, "Where Brannay lies",
     "Brannay, twenty-two kilometres north of the main island.",
     "A relief map: Brannay, a long low island, with a dashed ferry line that leads away to the "
     "south-east.",
     HALLORAN, "Brannay"},
    {"chart-herring", chart_herring, 2000, 1333, "A quarter less, again",
     "Herring quota and landings since 2017. Next year's quota is the smallest since records began "
     "in 1961.",
     "A line chart of the herring quota falling from 41,200 tonnes in 2017 to 25,100 in 2026 and "
     "18,800 in 2027, with landings just below it.",
     HALLORAN, "Kettle Haven"},
    {"chart-power", chart_power, 2000, 1333, "The end of oil, give or take one per cent",
     "Where the island's electricity comes from. With the link in use, oil falls from 35 per cent "
     "last year to one in 2027.",
     "Stacked bars of wind, tide, sun and oil from 2018 to 2027; oil shrinks from 76 per cent to "
     "1.",
     HALLORAN, "Ebbsmouth"},
    {"chart-geese", chart_geese, 2000, 1333, "More geese than ever counted here",
     "Barnacle geese on the Senna estuary in mid-November, 1996 to 2026.",
     "Bars rising from 3,870 geese in 1996 to 14,212 in 2026, with a flight of geese drawn above "
     "them.",
     HALLORAN, "Port Senna"},
    {"chart-moot", chart_moot, 2000, 1333, "One seat short",
     "The Moot after the Ebbsmouth East by-election. The seat that changed hands is ringed.",
     "Twenty-seven dots in a half circle: Commonweal 11, independents 3, Uplands Alliance 3, "
     "Harbour Party 10; thirteen for the government and fourteen against.",
     HALLORAN, "Port Senna"},
    {"portrait-varley", portrait_varley, 1200, 1500, "Nell Varley", "Nell Varley, chief reporter.",
     "Portrait of a woman with a short red bob and a navy jacket.", TARRANT, "Port Senna"},
    {"portrait-brede", portrait_brede, 1200, 1500, "Tomas Brede",
     "Tomas Brede, political correspondent.",
     "Portrait of a man with dark parted hair, round glasses and stubble.", TARRANT, "Port Senna"},
    {"portrait-lind", portrait_lind, 1200, 1500, "Adaeze Lind", "Adaeze Lind, business editor.",
     "Portrait of a smiling woman with dark curls, gold earrings and a teal jacket.", TARRANT,
     "Port Senna"},
    {"portrait-strake", portrait_strake, 1200, 1500, "Callum Strake",
     "Callum Strake, sports writer.", "Portrait of a man with a fair beard and a red woollen hat.",
     TARRANT, "Port Senna"},
    {"portrait-ashdown", portrait_ashdown, 1200, 1500, "Miriam Ashdown",
     "Miriam Ashdown, culture editor.",
     "Portrait of an older woman with grey hair in a bun, round glasses and a plum jacket.",
     TARRANT, "Port Senna"},
    {"portrait-corran", portrait_corran, 1200, 1500, "Ilse Corran",
     "Ilse Corran, science and nature correspondent.",
     "Portrait of a young woman with a dark ponytail and a yellow oilskin.", TARRANT, "Port Senna"},
    {"portrait-pell", portrait_pell, 1200, 1500, "Edwin Pell", "Edwin Pell, columnist.",
     "Portrait of an old bald man with a white moustache and heavy brows.", TARRANT, "Port Senna"},
    {"portrait-haddad", portrait_haddad, 1200, 1500, "Samira Haddad",
     "Samira Haddad, community reporter.", "Portrait of a woman in a teal headscarf.", TARRANT,
     "Port Senna"},
    {"portrait-quill", portrait_quill, 1200, 1500, "Marta Quill",
     "Marta Quill in 2024. She turned down an honour because the tide was right for launching.",
     "Portrait of an old woman with short white hair, a lined face and a blue work coat.", TARRANT,
     "Port Senna"},
    {"portrait-sallow", portrait_sallow, 1200, 1500, "Ingrid Sallow",
     "Ingrid Sallow, premier of Aldersay since 2022.",
     "Portrait of a woman with long fair hair, a red jacket and a set mouth.", TARRANT,
     "Port Senna"},
    {"portrait-garrick", portrait_garrick, 1200, 1500, "Isla Garrick",
     "Isla Garrick, vet and record holder.",
     "Portrait of a young woman with dark hair in a bun and a red running top, smiling.", TARRANT,
     "Port Senna"},
};
const size_t catalogue_length = LENGTH(catalogue);
