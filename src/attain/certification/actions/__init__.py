"""Every write of the room, a file for each noun. The page or the API that calls one authorises."""
