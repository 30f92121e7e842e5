"""Records, enums and errors; standard library only."""
