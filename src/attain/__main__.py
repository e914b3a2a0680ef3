"""Run attain as `python -m attain`."""

from attain.commands import main

main()
