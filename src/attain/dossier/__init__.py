"""A centre's figures as a folder of files: read, checked, mapped and written."""
