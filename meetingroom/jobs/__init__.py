"""Slow work beside the server: the queue, its table, the worker process and what it does next."""
