"""Keeps the cache within its time and its room: a little at a write, all of it by command."""

from voice.cache.pruning.caretaker import CHECK_EVERY_S, Caretaker, caretaker
from voice.cache.pruning.letting_go import discard, let_all_go
from voice.cache.pruning.making_room import make_room

__all__ = ["CHECK_EVERY_S", "Caretaker", "caretaker", "discard", "let_all_go", "make_room"]
