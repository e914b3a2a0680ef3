"""Every read of the room, a file for each page or noun."""
