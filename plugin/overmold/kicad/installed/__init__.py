"""The plugin where KiCad looks for it: putting it there, switching KiCad's API on, and finding out what is missing."""
