"""A walk notices what is wrong, also behind forms: else a walk without problems would prove nothing."""

from django.test import Client
from pytest_django import Settings

from tests.crawl.pages import read
from tests.crawl.walking import Walk, fillings


def test_everything_that_is_wrong_is_noticed(db: None, settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.crawl.broken_site"
    walk = Walk(Client(raise_request_exception=False), "somebody")
    walk.from_addresses("/")
    assert sorted(walk.problems) == [
        "somebody: /: links to #nergens, which is not there",
        "somebody: /dubbel/: has ids more than once: ['a']",
        "somebody: /kop/: has 0 main headings",
        "somebody: /later/: says 'nog niet beschikbaar'",
        "somebody: /stuk/: answers 500",
        "somebody: /titel/: has no title",
        "somebody: /verder/: answers a submitted form with 500",
        "somebody: /weg/: answers 404",
    ]
    assert walk.posted == {"/stappen/", "/verder/"}
    assert not any("elders" in address for address in walk.seen)


FORM = """
<form method="post" action="/x/"><input type="hidden" name="h" value="1"><input name="leeg" type="email">
<input name="vol" value="al ingevuld"><textarea name="tekst"></textarea>
<select name="s"><option value="">kies</option><option value="a">A</option><option value="b">B</option></select>
<input type="radio" name="r" value="een"><input type="radio" name="r" value="twee"><input type="checkbox" name="c">
<button name="knop" value="1">x</button><button>y</button></form>
"""


def test_a_form_is_read_with_what_it_holds_and_offers() -> None:
    (form,) = read(FORM).forms
    assert (form.action, form.method) == ("/x/", "post")
    assert form.fields == {"h": "1", "vol": "al ingevuld"}
    assert form.choices == {"s": ["", "a", "b"], "r": ["een", "twee"], "c": ["on"]}
    assert form.typed == [("leeg", "email"), ("tekst", "textarea")]
    assert form.buttons == [("knop", "1"), ("", "")]


def test_a_form_is_sent_as_it_is_with_each_first_choice_and_with_everything_typed_in() -> None:
    (form,) = read(FORM).forms
    usual = {"h": "1", "vol": "al ingevuld", "s": "a", "r": "een", "c": "on"}
    assert list(fillings(form, {"tekst": "goed", "r": "twee", "onbekend": "x"})) == [
        usual | {"r": "twee", "tekst": "goed"},
        usual | {"r": "twee", "tekst": "goed"},
        usual | {"r": "twee", "tekst": "goed"},
        usual | {"leeg": "iemand@voorbeeld.example", "tekst": "test"},
    ]
