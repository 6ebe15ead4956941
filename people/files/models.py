from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, ManyToOneRel, OuterRef
from django.utils.translation import gettext_lazy as _

from people.files.rules import NAME_LENGTH


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def held_by_nothing(self, before: datetime) -> Self:
        """Files that were there before a moment and that no row of any table holds."""
        files = self.filter(added_at__lt=before)
        # Those without a name for the way back are hidden, and hold files as all others do
        for relation in StoredFile._meta.get_fields(include_hidden=True):
            if isinstance(relation, ManyToOneRel):
                holders = relation.related_model._base_manager
                held = holders.filter(**{relation.field.name: OuterRef("pk")})
                files = files.exclude(Exists(held))
        return files


class StoredFile(models.Model):
    """
    A file that somebody added to a thing: the thing's own row holds it by a key that PROTECTs.

    It has no address: whoever may see the thing reads it there (`views.send_file`). A file that
    nothing holds any more goes within a day.
    """

    content = models.FileField(_("file"), max_length=80)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    media_type = models.CharField(max_length=100)
    is_shown = models.BooleanField(default=False)  # a page may show it: a picture, a video
    size_bytes = models.PositiveBigIntegerField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField()

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return self.name
