"""The pages of the room. Each begins by finding what it is about, and authorises by that."""
