"""What a member of a circle answers."""

from django import forms

from .models import Choice


class AnswerForm(forms.Form):
    """One of two buttons."""

    choice = forms.ChoiceField(choices=Choice.choices)
