"""Static files with a content hash in their name and compressed beside them; used by settings only."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Strict about names once `collectstatic` has run; before that (most tests) a file keeps its own name."""

    def stored_name(self, name: str) -> str:
        """The name with its hash."""
        return str(super().stored_name(name)) if self.hashed_files else name
