"""One file a format: ``write(reports, view)`` gives the whole report as text. A new file here is a new ``--format``."""
