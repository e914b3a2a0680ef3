"""Attain tells a contact centre how mature it is, and proves it from the centre's own data."""
