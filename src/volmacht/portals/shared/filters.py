"""Forms that narrow a list down: everything may be left open, so that nothing needs to say so."""

from typing import Any

from django import forms


class FilterForm(forms.Form):
    """What a list is filtered on."""

    use_required_attribute = False

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for field in self.fields.values():
            field.asked_sometimes = True  # type: ignore[attr-defined] # read by the template of a field
