"""What each subcommand of ``overmold`` does, one module each, loaded when it is asked for.

Each has ``run(arguments)``, which returns the exit code; faults are raised, ``cli.main`` prints them.
"""
