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
    | subscribe | reply | (?:your\ )?e-?mail(?:\ address)?\*?
    | (?:(?:home|jobs|companies|salaries|blog|about(?:\ us)?|contact(?:\ us)?|careers?|news|help
      |faqs?|pricing|resources|log\ ?in|sign\ ?in|sign\ ?up|search|menu|products?|support)
      [\s|·•/]?\ ?){3,12}
    | home\s*[>»›/]\s.* | view\ .{0,30}\bin\ your\ browser.*
    | was\ this\ (?:article\ |page\ |post\ )?helpful\b.* | \d+\ .{0,20}found\ this\ helpful.*
    | (?:have\ more|still\ have)\ questions\?.* | reading\ time\b.*
    | (?:popular|recent|latest|recommended)\ (?:posts|articles|stories|reads).*
    | recently\ viewed.* | you\ (?:may|might)\ (?:also\ )?(?:like|enjoy).{0,20} | related:.*
    | about\ the\ authors? | page\ \d+(?:\ (?:of|/)\ \d+)?
    | \d[\d,.]*[km]?\ (?:comments?|responses|replies|shares|likes|views|upvotes|claps|followers)
    | your\ email\ address\ will\ not\ be\ published.* | we\ value\ your\ privacy.*
    | .{0,40}\breject\ all\b.{0,40} | you\ are\ receiving\ this\ .*
    | (?:from|to|cc|bcc|reply-to|sent):\ .*@.* | \$\ [a-z].*
    | on\ this\ page | in\ this\ (?:article|post|guide)
    | table\ of\ contents | contents | (?:back|return)\ to\ top
    | leave\ a\ (?:comment|reply) | comments?
    | advertise?ments? | sponsored(?:\ content)? | loading\b.* | read\ more\b.* | see\ also
    | related\ (?:articles?|posts?|analys[ei]s|stories|reading|topics?|guides?)\b.*
    | (?:other|more)\ (?:articles|posts|professions|stories|from)\b.*
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
    r"""\b(?: sign\ up\ (?:for\ (?:our|the|free|a\ free|updates)|now|today|free)
    | subscribe\ (?:to|now|today) | unsubscribe | no\ spam
    | (?:our|this|free|weekly|daily|monthly|e?-?mail)\ newsletter | ^newsletter
    | (?:in|to)\ (?:your|my)\ inbox | free\ (?:tool|trial|e-?book|demo|consultation
    |course|guide|template|(?:weekly|daily|monthly)\ \w+) | weekly\ briefing | honest\ email
    | schedule\ a\ (?:call|demo)\ with | book\ a\ (?:call|demo)
    | get\ (?:your|my)\ (?:free|personali[sz]ed)
    | affiliate\ (?:links?|disclosure|commission) | earn\ a\ commission
    | download\ (?:our|your|the\ free) | read\ our\ | follow\ (?:us|me|him|her|them)\ on
    | join\ \d[\d,.]*\ ?k?\+?\ )
    | apply\ now[.!]?$ | ^(?:start|begin|continue)\ (?:learning|reading|your\ (?:free|trial))\b
    | ^click\ (?:here|below)\b | →\s*$""",
    re.VERBOSE | re.IGNORECASE,
)

_DISCLOSURE = re.compile(
    r"\b(?:unsubscribe|affiliate (?:links?|disclosure)|earn a commission)", re.IGNORECASE
)

_LINKS_FOLLOW = re.compile(
    r"""(?:related|recommended|popular|recent(?:ly\ viewed)?|latest|other|more)\ (?:articles?|posts?
    |stories|reading|topics?|guides?|reads) | you\ (?:may|might)\ (?:also\ )?(?:like|enjoy)
    | (?:read|see)\ also | further\ reading""",
    re.VERBOSE | re.IGNORECASE,
)
_AUTHOR_FOLLOWS = re.compile(r"about the authors?|written by", re.IGNORECASE)
_COMMENTS_FOLLOW = re.compile(
    r"leave a (?:comment|reply)|(?:\d+ )?(?:comments?|responses|replies)", re.IGNORECASE
)

_LONGEST_LINE = 600
"""Not even a disclosure is longer."""
LONGEST_PITCH = 250
"""An advert's own words have at most so many characters; what is longer is content."""
_MOST_PITCH_LINES = 2


def is_boilerplate(line: str) -> bool:
    """Whether a line, taken alone, is about the page."""
    if len(line) > _LONGEST_LINE:
        return False
    return bool(_WHOLE_LINE.fullmatch(line)) or is_call_to_action(line)


def is_call_to_action(line: str) -> bool:
    """Whether a line asks the reader to subscribe, buy, call or click."""
    if len(line) > _LONGEST_LINE:
        return False
    found = _CALL_TO_ACTION.search(line)
    return bool(found and (len(line) <= LONGEST_PITCH or _DISCLOSURE.search(line)))


def opens_links(line: str) -> bool:
    """Whether the lines after this one are the titles of other pages."""
    return bool(_LINKS_FOLLOW.fullmatch(line.rstrip(" :")))


def opens_author_box(line: str) -> bool:
    """Whether the lines after this one are about the author."""
    return bool(_AUTHOR_FOLLOWS.fullmatch(line.rstrip(" :")))


def opens_comments(line: str) -> bool:
    """Whether what readers wrote follows, up to the end of the page."""
    return bool(_COMMENTS_FOLLOW.fullmatch(line.rstrip(" :")))


def is_pitch(lines: Sequence[str]) -> bool:
    """Whether what stands under a heading is an advert as a whole: an offer and few other words."""
    others = [line for line in lines if not is_boilerplate(line)]
    return (
        any(is_call_to_action(line) for line in lines)
        and len(others) <= _MOST_PITCH_LINES
        and sum(len(line) for line in others) <= LONGEST_PITCH
    )
