"""The parts of the page Device: boards, what fits them, what would, and what to buy."""
