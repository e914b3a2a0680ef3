"""The figures of centres: processes, metrics, targets, readings, systems, incidents, documents."""
