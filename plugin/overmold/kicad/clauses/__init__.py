"""KiCad's file grammar: where every clause begins and ends, as columns and as objects, edits that keep other bytes."""
