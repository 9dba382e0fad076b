"""Print the exact versions of this environment as a lock file.

    python -m benchmarks.lock > requirements.lock

Local version labels (torch's "+cpu") are left out: which build of a version is installed is the
machine's business. Packages that only some systems need are not named here; pip adds them.
"""

import re
from importlib.metadata import distributions

OURS = {"careerbot", "pip", "wheel"}


def main() -> None:
    """Print one line a package, in the order of their names."""
    print("# Written by python -m benchmarks.lock; ranges are in pyproject.toml.")
    found = {
        re.sub(r"[-_.]+", "-", d.metadata["Name"]).lower(): d.version.split("+")[0]
        for d in distributions()
    }
    for name, version in sorted(found.items()):
        if name not in OURS:
            print(f"{name}=={version}")


if __name__ == "__main__":
    main()
