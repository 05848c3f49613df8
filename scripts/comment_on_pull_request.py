"""Put a markdown report into a comment of the pull request that this job runs for:  comment_on_pull_request.py REPORT

A pull request has one comment of ours: it is written anew by every run. Needs nothing but Python; the service says where it is
and what it runs for in GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_EVENT_PATH and GITHUB_TOKEN.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Optional

MARK = "<!-- overmold drc -->"
LONGEST = 65_000  # characters; the service refuses 65,536
CUT = "\n\n… cut here: the whole report is among the files that this run keeps."
A_PAGE = 100
PAGES = 30


def main(report: str) -> int:
    """Write the comment; 0, or 1 and a sentence where that cannot be done."""
    event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))
    number = event.get("pull_request", {}).get("number")
    if number is None:
        print("This run is for no pull request: there is nothing to comment on.")
        return 0
    words = Path(report).read_text(encoding="utf-8")
    body = f"{MARK}\n{words if len(words) <= LONGEST else whole_lines(words) + CUT}"
    comments = f"/repos/{os.environ['GITHUB_REPOSITORY']}/issues/{number}/comments"
    try:
        ours = own_comment(comments)
        if ours is None:
            asked("POST", comments, {"body": body})
        else:
            asked("PATCH", f"/repos/{os.environ['GITHUB_REPOSITORY']}/issues/comments/{ours}", {"body": body})
    except (OSError, ValueError) as error:  # of what the service says, too: urllib's errors are OSErrors
        print(f"::warning::Overmold could not comment on the pull request: {error}. Does the job have "
              "'permissions: pull-requests: write'? One from a fork never has.")
        return 1
    return 0


def whole_lines(words: str) -> str:
    """As many lines as fit, with no block of code and nothing folded away left open."""
    kept = words[:LONGEST - 200].rpartition("\n")[0]
    if kept.count("```") % 2:
        kept += "\n```"
    return kept + "\n\n</details>" * (kept.count("<details>") - kept.count("</details>"))


def own_comment(comments: str) -> Optional[int]:
    """The number of the comment that an earlier run wrote."""
    for page in range(1, PAGES + 1):
        found = asked("GET", f"{comments}?per_page={A_PAGE}&page={page}")
        ours = next((one["id"] for one in found if str(one.get("body", "")).startswith(MARK)), None)
        if ours is not None or len(found) < A_PAGE:
            return ours
    return None


def asked(method: str, path: str, data: Optional[dict[str, Any]] = None) -> Any:
    """The service's answer; raises OSError or ValueError."""
    request = urllib.request.Request(
        os.environ.get("GITHUB_API_URL", "https://api.github.com") + path, method=method,
        data=None if data is None else json.dumps(data).encode(),
        headers={"Authorization": f"Bearer {os.environ['GITHUB_TOKEN']}", "Accept": "application/vnd.github+json",
                 "Content-Type": "application/json", "X-GitHub-Api-Version": "2022-11-28", "User-Agent": "overmold"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read() or b"null")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
