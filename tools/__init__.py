"""What the words of the Makefile run: set-up in shell, and the writing of the reference pages."""
