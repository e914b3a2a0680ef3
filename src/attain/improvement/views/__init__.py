"""The pages of the room. Each begins with a read that finds and authorises."""
