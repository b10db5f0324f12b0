from desktop_app.domain.issues import Issue, Place
from desktop_app.text.catalogue import Catalogue, Language


def test_an_issue_is_told_to_programs_with_the_parts_of_its_place_that_belong_to_it():
    issue = Issue("number_not_finite", {"field": "A"}, Place(unit="STP", cell="E5"))
    told = issue.as_json(Catalogue(Language.EN), "unit", "item")
    assert told == {
        "unit": "STP",
        "item": None,
        "code": "number_not_finite",
        "severity": "error",
        "text": "A is not a number; type a figure.",
    }
