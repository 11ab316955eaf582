import hashlib
from datetime import timedelta

from django.db import models
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

HEXADECIMAL = "0123456789abcdef"
# A file is stored before what refers to it is.
TIME_TO_REFER = timedelta(hours=1)


class StoredFileQuerySet(models.QuerySet):
    def store(self, contents, media_type):
        """Returns the file that has these bytes, which is made unless an equal one is stored."""
        sha256 = hashlib.sha256(contents).hexdigest()
        # One that nothing refers to would be deleted; its time begins anew before it is.
        if self.filter(pk=sha256).update(stored_at=timezone.now()):
            return self.get(pk=sha256)
        # Of two people who store the same bytes at once, the second gets the first one's.
        return self.get_or_create(
            sha256=sha256, defaults={"media_type": media_type, "size": len(contents), "contents": contents}
        )[0]

    def unused(self, at=None):
        """Returns the files that nothing has referred to within an hour of their being stored."""
        unused = self.filter(stored_at__lt=(at or timezone.now()) - TIME_TO_REFER)
        for rows, name in referring_rows():
            unused = unused.exclude(models.Exists(rows.filter(**{name: models.OuterRef("pk")})))
        return unused


def referring_rows():
    """Returns (all rows of a model, the name of its field) for each field that names a stored file.

    Hidden relations count, too: a model may give its files no name by which to come back to it.
    """
    relations = StoredFile._meta.get_fields(include_hidden=True)
    return [
        (relation.related_model._base_manager.all(), relation.field.name)
        for relation in relations
        if relation.is_relation and relation.auto_created and not relation.concrete
    ]


class StoredFileManager(models.Manager.from_queryset(StoredFileQuerySet)):
    def get_queryset(self):
        return super().get_queryset().defer("contents")


class StoredFile(models.Model):
    """The bytes of a picture or a document, once for each checksum; what refers to it says what it is.

    They lie in the database, so that a backup, a restore, a move and a withdrawal have nothing else to look
    after. They are loaded by `read` alone, one file at a time.
    """

    sha256 = models.CharField(_("SHA-256"), max_length=64, primary_key=True)
    media_type = models.CharField(_("media type"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    stored_at = models.DateTimeField(_("stored at"), default=timezone.now)
    contents = models.BinaryField(_("contents"))

    objects = StoredFileManager()

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        # Of what a record refers to, too, the bytes are not loaded.
        base_manager_name = "objects"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="stored_file_named_by_its_checksum",
                # Without a regular expression, which SQLite knows only where Django brings it along.
                condition=models.Q(
                    models.lookups.Exact(Length("sha256"), 64),
                    models.lookups.Exact(
                        models.Func(
                            "sha256",
                            models.Value(HEXADECIMAL),
                            function="TRIM",
                            output_field=models.CharField(),
                        ),
                        models.Value(""),
                    ),
                ),
            ),
            models.CheckConstraint(
                name="stored_file_as_long_as_it_says",
                condition=models.Q(models.lookups.Exact(Length("contents"), models.F("size"))),
            ),
            models.CheckConstraint(name="stored_file_not_empty", condition=models.Q(size__gt=0)),
        ]

    def __str__(self):
        return self.sha256

    def read(self):
        """Returns the bytes, which it does not keep; ValueError if they are not those that were stored."""
        contents = StoredFile.objects.filter(pk=self.pk).values_list("contents", flat=True).get()
        contents = bytes(contents)  # PostgreSQL gives a view of them
        if hashlib.sha256(contents).hexdigest() != self.sha256:
            raise ValueError(f"The stored file {self.sha256} has other bytes than were stored.")
        return contents
