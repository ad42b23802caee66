"""Data files: cue lists, boilerplate rules, gazetteer, readings. No code that decides anything."""
