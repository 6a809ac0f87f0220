"""Pages: what is in them, and that nothing in them can get out."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from factories import make_snapshot
from neurflow_lightning.render.html import PageRun, page, script_text
from neurflow_lightning.render.record import make_record

HOSTILE = "</script><script>alert(1)</script><!-- <script> \u2028 &amp; \"'` ]]>"


class Parts(HTMLParser):
    """The elements of a page as an HTML parser sees them: tag, attributes, text."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.found, self.open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes), []))
        if tag != "meta":
            self.open.append(self.found[-1])

    def handle_endtag(self, tag):
        self.open.pop()

    def handle_data(self, data):
        if self.open:
            self.open[-1][2].append(data)

    def texts(self, tag):
        return ["".join(text) for name, _, text in self.found if name == tag]


@pytest.fixture(scope="module")
def record():
    return make_record(make_snapshot(), step=10)


def written(record, name="run", script="start()", **settings):
    settings = {"title": "t", **settings}
    return Parts(page([PageRun(name, [record], [12.5])], script, **settings))


def test_the_data_is_what_the_front_end_reads(record):
    state = {"view": "compare", "step": 10}
    data = json.loads(written(record, state=state).texts("script")[0])
    run = data["runs"]["run"]
    assert data["state"] == state
    assert run["graphs"] == [json.loads(json.dumps(record.graph))]
    assert run["wall_times"] == [12.5]
    for address, sheet in zip(run["sheets"][0], record.sheets, strict=True):
        kind, _, encoded = address.partition(",")
        assert kind == "data:image/jpeg;base64"
        assert base64.b64decode(encoded) == sheet


@pytest.mark.parametrize("name", [HOSTILE, "a\ud800b", "\x00", "'\"><img src=x onerror=alert(1)>"])
def test_hostile_names_stay_text(record, name):
    parts = written(record, name=name, title=name, state={"query": name})
    scripts = parts.texts("script")
    assert len(scripts) == 2
    assert [tag for tag, _, _ in parts.found].count("img") == 0
    assert list(json.loads(scripts[0])["runs"]) == [name]
    assert scripts[1] == "start()"


def test_the_programs_digest_is_that_of_what_stands_in_the_page(record):
    program = "a = '</script>'; b = `<!-- <script`;\r\nc()"
    parts = written(record, script=program)
    (policy,) = (
        attributes["content"]
        for _, attributes, _ in parts.found
        if attributes.get("http-equiv") == "Content-Security-Policy"
    )
    stands = parts.texts("script")[1]
    digest = base64.b64encode(hashlib.sha256(stands.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert stands == "a = '<\\/script>'; b = `<\\!-- <script`;\nc()"


def test_a_program_without_such_text_is_left_as_it_is():
    program = "const a = 1 < 2 && 3 <!b; // é\n"
    assert script_text(program) == program


def test_a_page_asks_for_nothing(record):
    parts = written(record)
    for _, attributes, _ in parts.found:
        assert not {"src", "href", "action", "srcset"} & set(attributes)


def test_the_same_run_gives_the_same_page(record):
    runs = [PageRun("run", [record], [1.0])]
    assert page(runs, "start()", title="t") == page(runs, "start()", title="t")


def test_what_is_not_finite_is_refused(record):
    with pytest.raises(ValueError, match="JSON compliant"):
        page([PageRun("run", [record], [float("nan")])], "start()", title="t")


def test_there_is_one_page_title(record):
    found = re.findall("<title>.*?</title>", page([], "", title="a\nb\x1b[31m"))
    assert found == ["<title>a b</title>"]
