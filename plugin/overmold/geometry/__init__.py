"""Geometry that knows no part: crowds of circles, loops of wires, lands for balls and bumps."""
