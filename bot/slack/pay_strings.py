"""The sentences about pay, and what a cell of the CSV may say; `strings` says how they work."""

from bot.slack.strings import Phrase
from index.pay.model import Flag, Kind, Period

MISSING = "–"
"""Stands where the statistics give no number; their footnote says why."""

# --- a reply ---
HEADER = Phrase("Pay")
ROLE_PLACE = Phrase("{:name}, {:name}")
MATCHED = Phrase("Matched to {:name}, {:name} ({:number}% sure).")
UNMATCHED = Phrase("No occupation of the official statistics matches this title.")
OUTSIDE = Phrase("That place is outside the official statistics, which cover the United States.")
UNKNOWN_PLACE = Phrase("The official statistics know no such place.")
NO_WAGES = Phrase("The official statistics have no wages for this occupation in this area.")
WHICH = Phrase("That title may mean several occupations. Show official wages for:")
NONE = Phrase("No document in the library states pay for this.")
COUNT_ONE = Phrase("1 figure from a document, copied word for word")
COUNT = Phrase("{:number} figures from documents, copied word for word")
MORE = Phrase("The CSV has all of them; not shown here: {:number}.")
NEAR = Phrase("Near, not the same: another role, level, company or place than you asked for.")

AMOUNT = Phrase("{:money}")
AMOUNTS = Phrase("{:money}–{:money}")
UNDISCLOSED = Phrase("no amount disclosed")
PERIODS: dict[Period, Phrase] = {
    "year": Phrase(" a year"),
    "month": Phrase(" a month"),
    "week": Phrase(" a week"),
    "day": Phrase(" a day"),
    "hour": Phrase(" an hour"),
}
KINDS: dict[Kind, Phrase] = {
    "listing": Phrase(" · listing"),
    "estimate": Phrase(" · estimate"),
    "average": Phrase(" · average"),
    "projection": Phrase(" · projection"),
    "official": Phrase(" · official"),
    "undisclosed": Phrase(""),
}
FLAGS: dict[Flag, Phrase] = {
    "estimate": Phrase("Estimate: the source calls it one, no employer stated it."),
    "undisclosed": Phrase("Undisclosed: the source names the job and no amount."),
    "implausible": Phrase(
        "Implausible: far outside what the official statistics say of this occupation."
    ),
    "sources disagree": Phrase(
        "Sources disagree: another passage gives the same role and company another figure, or none."
    ),
    "currency": Phrase("Currency: given in several, or so far off that it may be another one."),
    "projection": Phrase("Projection: somebody's forecast, not what anybody is paid."),
    "aggregate average": Phrase("Aggregate average: over many jobs, not one job's pay."),
    "rounded": Phrase("Rounded: elsewhere the amount is given more exactly."),
    "hourly rate": Phrase("Hourly rate: not converted to a year."),
    "stale": Phrase("Stale: an old figure."),
    "illustration": Phrase("Illustration: an example, not what anybody is paid."),
}
COMPARED = Phrase(
    "Implausible: the official 10th to 90th percentile of this occupation is {:money} to {:money}."
)

SOURCE = Phrase("{:name}, {:name}")
EMPLOYED = Phrase("{:number} employed")
ERROR = Phrase("relative standard error {:money}")
RETRIEVED = Phrase("retrieved {:date}")

PERCENTILE = Phrase("Percentile")
YEARLY = Phrase("A year")
HOURLY = Phrase("An hour")
PERCENTILES = tuple(map(Phrase, ("10th", "25th", "Median", "75th", "90th")))

CHART_TITLE = Phrase("Official wages and what documents say")
CHART_TITLE_FAR = Phrase("Far beyond the others")
CHART_SERIES = Phrase("Pay")
CHART_OFFICIAL = Phrase("Official wages")
CHART_MEDIAN = Phrase("median {:money}")
CHART_FROM = Phrase("{:name}, from")
CHART_TO = Phrase("{:name}, to")
CHART_NTH_FROM = Phrase("figure {:number}, from")
CHART_NTH_TO = Phrase("figure {:number}, to")
CHART_NTH = Phrase("figure {:number}")
CHART_UNITS: dict[Period, Phrase] = {
    "year": Phrase("{:name} a year"),
    "month": Phrase("{:name} a month"),
    "week": Phrase("{:name} a week"),
    "day": Phrase("{:name} a day"),
    "hour": Phrase("{:name} an hour"),
}
CHART_FILE = Phrase("Pay on one axis")
CHART_ALT = Phrase(
    "Official wages, 10th percentile {:money}, median {:money}, 90th percentile {:money}, and "
    "{:number} figures from documents on the same axis"
)
CHART_ALT_FIGURES = Phrase("{:number} figures from documents on one axis")

_WAGES = "{:name}, {:name}: 10th percentile {:money}, median {:money}, 90th percentile {:money}"
NOTIFY = {"year": Phrase(f"{_WAGES} a year"), "hour": Phrase(f"{_WAGES} an hour")}
NOTIFY_BOTH = {
    period: Phrase(f"{phrase.template}. In documents: “{{:span}}” ({{:name}})")
    for period, phrase in NOTIFY.items()
}
NOTIFY_BOTH_CUT = {
    period: Phrase(f"{phrase.template}. In documents: “{{:span}} […]” ({{:name}})")
    for period, phrase in NOTIFY.items()
}

CHANGE_PLACE = Phrase("Change place")
CSV = Phrase("CSV")
CSV_SENT = Phrase("The figures are in a file that I sent to you directly.")
CSV_HERE = Phrase("The figures that you asked for, with their sources:")
PICTURE_HERE = Phrase("The chart of the figures that you asked for:")
CSV_FILE = Phrase("Pay figures with their sources")
HOW_TO = Phrase(
    "For pay use /salary, or ask what a role makes: I show the official statistics and what "
    "documents say of it, with the reasons to doubt a figure."
)
FORM_TITLE = Phrase("Look up pay")
FORM_ROLE = Phrase("Role")
FORM_LEVEL = Phrase("Level")
FORM_PLACE = Phrase("Place")
FORM_ANY_PLACE = Phrase("Anywhere in the United States")
LEVELS = {
    "junior": Phrase("Junior"),
    "mid": Phrase("Mid-level"),
    "senior": Phrase("Senior"),
    "staff": Phrase("Staff"),
    "principal": Phrase("Principal"),
    "lead": Phrase("Lead"),
}

# --- the CSV ---
COLUMNS = (
    *("match", "kind", "role", "level", "company", "location", "amount_min", "amount_max"),
    *("currency", "period", "as_of", "flags", "quote", "document", "title", "url"),
)
"""The first line of the file."""

CELLS = frozenset(
    {
        *COLUMNS,
        *("asked for", "near", "official", "listing", "estimate", "average", "projection"),
        *("undisclosed", "year", "month", "week", "day", "hour"),
        *("10th percentile", "25th percentile", "median", "75th percentile", "90th percentile"),
    }
)
"""The words that a cell may hold which are neither a quote, a name, a date nor an amount."""

CATALOGUE: tuple[Phrase, ...] = (
    *(value for value in tuple(globals().values()) if isinstance(value, Phrase)),
    *PERIODS.values(),
    *(phrase for phrase in KINDS.values() if phrase.template),
    *FLAGS.values(),
    *PERCENTILES,
    *CHART_UNITS.values(),
    *LEVELS.values(),
    *NOTIFY.values(),
    *NOTIFY_BOTH.values(),
    *NOTIFY_BOTH_CUT.values(),
)
