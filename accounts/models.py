"""What signing in has to remember: attempts by keyed hash, and who needs a second factor."""

from django.db import models
from django.utils.translation import gettext_noop


class Attempts(models.Model):
    """How often something was tried, without saying by whom: ``mark`` is a keyed hash, void from ``until`` on."""

    mark = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.mark}: {self.count}"


class SecondFactor(models.Model):
    """Has no table; carries the permission that obliges whoever holds it, instead of allowing something."""

    class Meta:
        managed = False
        default_permissions = ()
        permissions = [("needs_second_factor", gettext_noop("Has to sign in with a second factor"))]
