"""Figures, each a ratio within one run: `make bench`, or `make bench ONLY=name`. One script per question.

Both write `bench/out/latest.json`; the second renews only the figures of that script.

`bench/` may use `apps.get_model` for its baselines; nothing in `src/` imports it.
"""
