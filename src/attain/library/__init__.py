"""The open library: schemes, models and their cases, as YAML. No code lives in this room."""
