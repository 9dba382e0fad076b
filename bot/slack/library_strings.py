"""The sentences about the library and its upkeep; `strings` says how they work.

``{:reason}`` holds a sentence of our own about a file or a failure, exactly as it stands in the
report of a build, in the manifest of a version or in an error.
"""

from bot.slack.strings import Phrase, cut

_LONGEST_REASON = 300

# --- /library ---
STATUS = Phrase("Documents: {:number} · passages: {:number}")
BUILT = Phrase("Version {:id}, built {:date}")
NO_PROBLEMS = Phrase("Every file could be read.")
PROBLEMS_ONE = Phrase("1 file was skipped:")
PROBLEMS = Phrase("{:number} files were skipped:")
DOUBTS_ONE = Phrase("1 document was read with doubt:")
DOUBTS = Phrase("{:number} documents were read with doubt:")
PROBLEM = Phrase("{:name}: {:reason}")
NONE_OLD = Phrase("No document is older than {:number} months.")
OLD_ONE = Phrase("1 document is older than {:number} months:")
OLD = Phrase("{:number} documents are older than {:number} months:")
OLD_DOCUMENT = Phrase("{:name}, {:date}")
UNDATED = Phrase("Without a date: {:number}")
AND_MORE = Phrase("and {:number} more")
LIBRARY = Phrase("Library")
HELP = Phrase(
    "/library shows what the library holds.\n"
    "/library add LINK adds a web page or a file.\n"
    "/library remove DOCUMENT takes a document out; I ask first.\n"
    "/library rebuild reads all documents again.\n"
    "/library rollback goes back to the version before; I ask first.\n"
    "To add a file, share it in Slack and choose “Add to the library” from the message's menu."
)
NOT_A_COMMAND = Phrase("I do not know that command. /library help lists what I can do.")

# --- who may ---
LIBRARIANS_ONLY = Phrase("Only librarians can change the library.")
PLEASE_ASK = Phrase(" Please ask ")
NO_LIBRARIANS = Phrase(
    "Only librarians can change the library, and none are named yet. Whoever runs me can name them "
    "in the setting CAREERBOT_LIBRARIANS."
)
COMMA = Phrase(", ")
FULL_STOP = Phrase(".")

# --- questions back ---
WHICH_LINK = Phrase("Which link? Write it after /library add; it starts with http:// or https://.")
WHICH_DOCUMENT = Phrase("Which document? Write its name after /library remove.")
NO_SUCH_DOCUMENT = Phrase("The library has no document of that name.")
NEAR_DOCUMENTS = Phrase("The library has no document of that name. Did you mean one of these?")
ASK_REMOVE = Phrase(
    "Remove {:name} from the library? It is not quoted any more once the library is rebuilt. "
    "The file is kept aside."
)
REMOVE = Phrase("Remove")
ASK_ROLL_BACK = Phrase(
    "Go back to version {:id}, built {:date}, {:number} documents? The documents themselves stay "
    "as they are, and the next rebuild uses them again."
)
ROLL_BACK = Phrase("Roll back")
ROLL_BACK_MEANS = Phrase(
    "The version before answers again. The documents themselves stay as they are, and the next "
    "rebuild uses them again."
)
FORCE = Phrase("Use it anyway")
FORCE_MEANS = Phrase("The new version answers, although it does worse on the test questions.")
CANCEL = Phrase("Cancel")
NOTHING_BEFORE = Phrase("There is no version before the current one.")
NOTHING_TO_ADD = Phrase("That message has neither a file nor a link.")

# --- what became of it ---
WENT_BACK = Phrase(" rolled the library back. ")
ROLLED_BACK = Phrase("Version {:id} answers now. The next rebuild uses all documents again.")
CHANGED_MEANWHILE = Phrase("The library has changed since then, so I did nothing.")
ALREADY_DONE = Phrase("That was done already.")
FAILED = Phrase("That did not work: {:reason}")
SORRY = Phrase(
    "Sorry, something went wrong on my side. Please look at /library and send it again if it is "
    "missing."
)
INTERRUPTED = Phrase(
    "I was stopped before I finished your last change to the library. Please look at /library "
    "and send it again if it is missing."
)
BUSY = Phrase("A rebuild is running. Please try again when it is done.")

# --- the message about a rebuild ---
REBUILDING = Phrase("Rebuilding the library")
ADDING = Phrase("Adding to the library")
REMOVING = Phrase("Removing from the library")
TASKS = {
    "fetch": Phrase("Fetch what is new"),
    "read": Phrase("Read the documents"),
    "encode": Phrase("Work through what is new"),
    "check": Phrase("Write and check the new version"),
    "golden": Phrase("Ask the test questions"),
    "switch": Phrase("Switch to the new version"),
}
WAITING = Phrase("waiting for another rebuild to finish")
DONE = Phrase("{:number}")
DONE_OF = Phrase("{:number} of {:number}")
MARKS = {
    "pending": Phrase("○ "),
    "in_progress": Phrase("● "),
    "complete": Phrase("✓ "),
    "error": Phrase("✗ "),
}
TASK_RESULT = Phrase(" · ")

BUILT_NOW = Phrase("Version {:id} answers now.")
NOTHING_ADDED = Phrase("Nothing was added.")
UP_TO_DATE = Phrase("Nothing has changed: version {:id} still answers.")
KEPT_ASIDE = Phrase(
    "The new version {:id} is kept aside, because it answers the test questions worse. The version "
    "before still answers."
)
WOULD_CHANGE = Phrase("Against the version that answers, it has:")
KEPT_ASIDE_BECAUSE = Phrase(
    "The new version {:id} is kept aside: {:reason}. The version before still answers."
)
REBUILD_FAILED = Phrase("The rebuild failed: {:reason}. The version before still answers.")
ADDED = Phrase("Added: {:number}")
REPLACED = Phrase("Changed: {:number}")
REMOVED = Phrase("Removed: {:number}")
SKIPPED = Phrase("Skipped: {:number}")
ITEM = Phrase("{:name}")
GATE_FIRST = Phrase("Test questions: {:number} of {:number} answered well.")
GATE = Phrase("Test questions: {:number} of {:number} answered well, {:number} before.")
GATE_WORSE = Phrase("Worse: {:name}")
TOOK = Phrase("Documents: {:number} · passages: {:number} · {:number} s")

CATALOGUE: tuple[Phrase, ...] = (
    *(value for value in tuple(globals().values()) if isinstance(value, Phrase)),
    *TASKS.values(),
    *MARKS.values(),
)


def reason(said: str) -> str:
    """Return our own sentence about a failure as replies show it: on one line, not endless."""
    printable = "".join(c if c.isprintable() else " " for c in said)
    return cut(printable, _LONGEST_REASON).rstrip(".")
