"""Long work: put into a queue in the transaction that asks for it, done by a worker, seen by all.

A room writes a task in its `tasks.py`, puts it into the queue by `actions.enqueue`, and inside it
tells by `running.progress` how far it is and does each effect within a `running.step`.
"""
