"""A running KiCad. The only room that imports ``kipy``; nothing of it is loaded before somebody asks for it."""
