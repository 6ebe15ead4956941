import errno

from django.core.files.base import ContentFile

from core.files import WholeFiles


class HalfThenFull(ContentFile):
    """A file that fits in by half."""

    def chunks(self, chunk_size=None):
        yield self.read(5)
        raise OSError(errno.ENOSPC, "No space left on device")


class FullDisk(WholeFiles):
    """A disk that fills up while a file is written."""

    def _save(self, name, content):
        return super()._save(name, HalfThenFull(content.read()))
