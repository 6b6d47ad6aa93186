"""Sends the browser to Volmacht with a message: a page with a form that sends itself, and a button without script."""

from typing import Literal
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from volmacht.standins.sample_provider.asking import Form
from volmacht.standins.sample_provider.headers import policy


def post_on(request: HttpRequest, form: Form, *, going: Literal["in", "out"]) -> HttpResponse:
    """The page; its policy allows the form to go to that address, and to no other site."""
    context = {"location": form.location, "fields": form.fields.items(), "going": going}
    response = render(request, "sample_provider/posting.html", context)
    parts = urlsplit(form.location)
    response["Content-Security-Policy"] = policy(f"'self' {parts.scheme}://{parts.netloc}")
    return response
