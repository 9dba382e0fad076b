"""Lines of a page that are about the page: navigation, newsletters, adverts, cookie banners.

They stay in the text, so that offsets stay true to the source, and never become passages. The
phrases are those that web pages of any kind use; what is content in doubt is kept.
"""

import re
from collections.abc import Sequence

_WHOLE_LINE = re.compile(
    r"""(?: skip\ to\ .* | (?:main\ )?menu | home | search | share(?:\ (?:this|on|x)\b.*)?
    | share\s?x\b.* | (?:x|twitter|facebook|linkedin|instagram|youtube|whatsapp|reddit|email)
      (?:\s*[/|·•,]?\s*(?:x|twitter|facebook|linkedin|instagram|youtube|whatsapp|reddit|email))*
    | table\ of\ contents | contents | back\ to\ top | leave\ a\ (?:comment|reply) | comments?
    | advertise?ments? | sponsored(?:\ content)? | loading\b.* | read\ more\b.* | see\ also
    | related\ (?:articles?|posts?|analys[ei]s|stories|reading|topics?|guides?)\b.*
    | (?:other|more)\ (?:articles|posts|professions|stories|from)\b.* | you\ may\ also\ like\b.*
    | previous(?:\ post)? | next(?:\ post)? | tags?:.* | categories:.* | filed\ under.*
    | all\ rights\ reserved.* | (?:©|\(c\)|copyright)\ .* | privacy\ policy.* | terms\ of\ .*
    | photo\ (?:by|credit).{0,80} | image\ (?:by|credit|source|courtesy).{0,80}
    | jobs\ referenced\ in\ .* | written\ by | log\ ?in | sign\ ?in | register
    | (?:we|this\ site)\ uses?\ cookies.* | accept(?:\ all)?(?:\ cookies)? | cookie\ .{0,40}
    | [a-z]+\s*[·•|>»]  # the crumb of a category: "trends·"
    | (?:\d+\s+)?min(?:ute)?s?\ read | [·•|/\-–—_=*#\s]+ ) [.!]?""",
    re.VERBOSE | re.IGNORECASE,
)

_CALL_TO_ACTION = re.compile(
    r"""\b(?: sign\ up\ (?:for|now|today|free) | subscribe\ (?:to|now|today) | unsubscribe
    | no\ spam | newsletter\b | (?:your|my)\ inbox | free\ (?:tool|trial|e-?book|demo|consultation
    |course|guide|template|(?:weekly|daily|monthly)\ \w+) | weekly\ briefing | honest\ email
    | schedule\ a\ (?:call|demo)\ with | book\ a\ (?:call|demo)
    | get\ (?:your|my)\ (?:free|personali[sz]ed)
    | affiliate\ (?:links?|disclosure|commission) | earn\ a\ commission
    | download\ (?:our|your|the\ free) | read\ our\ | follow\ us\ on | join\ \d[\d,.]*\ ?k?\+?\ )
    | ^(?:start|begin|continue)\ (?:learning|reading|your\ (?:free|trial))\b
    | ^click\ (?:here|below)\b | →\s*$""",
    re.VERBOSE | re.IGNORECASE,
)

LONGEST_PITCH = 250
"""An advert's own words have at most so many characters; what is longer is content."""
_MOST_PITCH_LINES = 2


def is_boilerplate(line: str) -> bool:
    """Whether a line, taken alone, is about the page."""
    return bool(_WHOLE_LINE.fullmatch(line)) or is_call_to_action(line)


def is_call_to_action(line: str) -> bool:
    """Whether a line asks the reader to subscribe, buy, call or click."""
    return bool(_CALL_TO_ACTION.search(line))


def is_pitch(lines: Sequence[str]) -> bool:
    """Whether what stands under a heading is an advert as a whole: an offer and few other words."""
    others = [line for line in lines if not is_boilerplate(line)]
    return (
        any(is_call_to_action(line) for line in lines)
        and len(others) <= _MOST_PITCH_LINES
        and sum(len(line) for line in others) <= LONGEST_PITCH
    )
