"""What run.py asks for: data folder, listening socket, worker, backup, inspection, what the terminal shows."""
