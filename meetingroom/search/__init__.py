"""Search: one field for papers, agendas, minutes, conclusions, ballots and own notes; only what the reader may see."""
