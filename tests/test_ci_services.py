"""What GitHub and GitLab run of ours: the action with its comment, and the template; as far as that goes without them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml

from paths import DEMO, REPOSITORY

ACTION = yaml.safe_load((REPOSITORY / "action.yml").read_text(encoding="utf-8"))
TEMPLATE = yaml.safe_load((REPOSITORY / "ci/gitlab.yml").read_text(encoding="utf-8"))
PATH = f"{Path(sys.executable).parent}:{os.environ['PATH']}"


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A folder with a good and a bad package."""
    shutil.copy(DEMO, tmp_path / "good.yaml")
    shutil.copy(DEMO.parent / "demo_nets.csv", tmp_path)
    (tmp_path / "bad.yaml").write_text(DEMO.read_text(encoding="utf-8").replace("cap: 315 um", "cap: 440 um"), encoding="utf-8")
    return tmp_path


@pytest.mark.skipif(sys.version_info < (3, 10), reason="check-jsonschema does not run on Python 3.9")
@pytest.mark.parametrize(("schema", "file"), [("vendor.github-actions", "action.yml"), ("vendor.gitlab-ci", "ci/gitlab.yml")])
def test_both_services_schemas_take_our_files(schema: str, file: str) -> None:
    done = subprocess.run([sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(REPOSITORY / file)],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_the_action_runs_ends_with_the_code_of_the_check_and_leaves_its_reports(packages: Path) -> None:
    step = next(one for one in ACTION["runs"]["steps"] if "check_in_ci.sh" in one.get("run", ""))
    baseline = ""
    for files, code in (("good.yaml", 0), ("*.yaml", 1)):
        notes = {name: packages / f"{name}.{code}" for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        given = {"FILES": files, "ARGUMENTS": "--complete", "BASELINE": baseline, "HERE": str(REPOSITORY)}
        assert step["env"].keys() == given.keys()
        done = subprocess.run(["bash", "-c", step["run"]], cwd=packages, check=False, text=True, stdout=subprocess.PIPE,
                              env={**os.environ, **{name: str(file) for name, file in notes.items()}, **given, "PATH": PATH})
        assert done.returncode == code
        assert ("::error file=bad.yaml,line=" in done.stdout) == bool(code)
        outputs = dict(line.split("=", 1) for line in notes["GITHUB_OUTPUT"].read_text().splitlines())
        assert json.loads(Path(outputs["sarif"]).read_text(encoding="utf-8"))["version"] == "2.1.0"
        pages = {"1-good.yaml.html"} if not code else {"1-bad.yaml.html", "2-good.yaml.html"}
        report = Path(outputs["report"])
        assert {file.name for file in report.iterdir()} == {
            "overmold.sarif", "overmold.xml", "overmold.json", "overmold.md", *pages}
        assert all("<html" in (report / page).read_text(encoding="utf-8") for page in pages)
        summary = notes["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        assert ("BROKEN" in summary) == bool(code)
        assert ("nothing changed" in summary) == bool(code)  # of the good one, since the first run
        baseline = str(report / "overmold.json")


class Service(BaseHTTPRequestHandler):
    """Answers as GitHub's interface for comments does, a hundred a page."""

    comments: ClassVar[list[dict[str, Any]]] = []
    refuses = False

    def do_GET(self) -> None:
        page = int(self.path.rpartition("page=")[2])
        self._answer(200, self.comments[100 * (page - 1):100 * page])

    def do_POST(self) -> None:
        self.comments.append({"id": len(self.comments) + 1, **self._body()})
        self._answer(403 if self.refuses else 201, self.comments[-1])

    def do_PATCH(self) -> None:
        number = int(self.path.rpartition("/")[2])
        self.comments[number - 1].update(self._body())
        self._answer(200, self.comments[number - 1])

    def _body(self) -> dict[str, Any]:
        assert self.headers["Authorization"] == "Bearer secret"
        found: dict[str, Any] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert len(found["body"]) <= 65_536
        return found

    def _answer(self, code: int, data: Any) -> None:
        words = json.dumps(data).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)

    def log_message(self, format: str, *args: Any) -> None:
        """No news."""


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Service]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    monkeypatch.setenv("GITHUB_API_URL", f"http://127.0.0.1:{server.server_address[1]}")
    monkeypatch.setattr(Service, "comments", [{"id": i + 1, "body": f"number {i}"} for i in range(130)])
    monkeypatch.setattr(Service, "refuses", False)
    yield Service
    server.shutdown()
    server.server_close()


def test_a_pull_request_has_one_comment_of_ours_that_every_run_writes_anew(service: type[Service], tmp_path: Path) -> None:
    step = next(one for one in ACTION["runs"]["steps"] if "comment_on_pull_request" in one.get("run", ""))
    event, report = tmp_path / "event.json", tmp_path / "overmold.md"

    def run(words: str, what: dict[str, Any]) -> subprocess.CompletedProcess[str]:
        event.write_text(json.dumps(what), encoding="utf-8")
        report.write_text(words, encoding="utf-8")
        given = {"GITHUB_TOKEN": "secret", "REPORT": str(report), "HERE": str(REPOSITORY)}
        assert step["env"].keys() == given.keys()
        return subprocess.run(["bash", "-c", step["run"]], text=True, capture_output=True, check=False, env={
            **os.environ, **given, "GITHUB_REPOSITORY": "o/r", "GITHUB_EVENT_PATH": str(event), "PATH": PATH})

    pull = {"pull_request": {"number": 7}}
    assert run("### first", pull).returncode == 0
    assert run("### second", pull).returncode == 0
    assert len(service.comments) == 131
    assert service.comments[-1]["body"] == "<!-- overmold drc -->\n### second"
    # Too long for the service: cut between lines, with nothing left open.
    assert run("<details>\n\n```text\n" + "words of a line\n" * 9000, pull).returncode == 0
    body = service.comments[-1]["body"]
    assert (body.count("```"), body.count("</details>")) == (2, 1)
    assert "cut here" in body
    # A push is for no pull request; a service that refuses is a warning of the job.
    assert run("x", {"ref": "refs/heads/main"}).returncode == 0
    service.comments[:] = []
    service.refuses = True
    refused = run("x", pull)
    assert refused.returncode == 1
    assert refused.stdout.startswith("::warning::Overmold could not comment on the pull request")
    assert step["continue-on-error"]


def test_the_template_leaves_what_it_says_it_does(packages: Path) -> None:
    job = TEMPLATE["overmold"]
    given = {**job["variables"], "PATH": PATH}
    done = subprocess.run(["sh", "-e", "-c", "\n".join(job["script"])], cwd=packages, env={**os.environ, **given}, check=False)
    assert done.returncode == 1  # of the bad one
    quality = json.loads((packages / job["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8"))
    assert "bad.yaml" in {one["location"]["path"] for one in quality}
    assert (packages / job["artifacts"]["reports"]["junit"]).stat().st_size > 100
    assert {path.name for path in (packages / "overmold-report").glob("*.html")} == {"bad.yaml.html", "good.yaml.html"}
