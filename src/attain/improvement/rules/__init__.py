"""The rules of the room: pure functions over what was read, without Django."""
