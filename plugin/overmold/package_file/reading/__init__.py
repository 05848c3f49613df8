"""From the text of a package file to a ``Package``, and every fault of it by ``file:line:column``."""
