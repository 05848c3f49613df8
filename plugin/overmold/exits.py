"""How the command ends: what its exit codes mean."""

KEPT = 0  # every rule that could be tested is kept, and everything was written
BROKEN = 1  # a rule is broken (with --strict: or warns)
UNREADABLE = 2  # something could not be read or written
