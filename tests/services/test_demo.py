import pytest

from desktop_app.domain.issues import UserError
from desktop_app.services.demo import run_demo
from desktop_app.services.history import list_operations, title
from desktop_app.services.session import Session
from desktop_app.text.catalogue import Catalogue

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    told = []
    folder = tmp_path_factory.mktemp("một năm")
    result = run_demo(folder, "Lan", lambda message, params: told.append(message.format(**params)), lambda *_: None)
    return folder, result, told


def test_everything_that_it_lists_is_there(demo):
    _folder, result, _told = demo
    assert all(path.stat().st_size for path in result.files)
    assert {path.suffix for path in result.files} == {".skh", ".xlsx", ".pdf", ".docx"}


def test_its_verdicts_are_mixed_as_in_life(demo):
    _folder, result, _told = demo
    assert len(result.progress.counts()) >= 4


def test_every_operation_that_it_made_has_a_title(demo):
    _folder, result, _told = demo
    session = Session.open(result.data_file, read_only=True)
    titles = [title(session, Catalogue(), record) for record in list_operations(session)]
    session.close()
    assert len(titles) == 5
    assert all(titles)


def test_it_does_not_run_over_an_earlier_one(demo):
    folder, result, _told = demo
    before = result.data_file.read_bytes()
    with pytest.raises(UserError) as refusal:
        run_demo(folder, "Lan", lambda *_: None, lambda *_: None)
    assert refusal.value.code == "demo_exists"
    assert result.data_file.read_bytes() == before
