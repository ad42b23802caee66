"""Nouns that cross rooms: frozen, slotted, no behaviour beyond look-ups."""
