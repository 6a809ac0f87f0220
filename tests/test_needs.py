import pytest

from needs import need, need_command, need_module


def test_what_is_there_lets_the_test_go_on(monkeypatch):
    monkeypatch.setenv("CI", "true")
    need(True, "never shown")
    need_module("json", "test")
    assert need_command("python3", "python3").endswith("python3")


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: need(False, "no cat"), "no cat"),
        (lambda: need_module("no_such_module", "test"), r"pip install -e '\.\[test\]'"),
        (lambda: need_command("no-such-command", "cats"), "apt-get install cats"),
    ],
)
class TestWhatIsMissing:
    def test_skips_here_with_its_reason(self, ask, message, monkeypatch):
        monkeypatch.delenv("CI", raising=False)
        with pytest.raises(pytest.skip.Exception, match=message):
            ask()

    def test_fails_in_ci(self, ask, message, monkeypatch):
        monkeypatch.setenv("CI", "true")
        with pytest.raises(pytest.fail.Exception, match=message):
            ask()
