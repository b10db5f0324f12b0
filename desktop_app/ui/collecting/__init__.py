"""The parts of the exchange page: the round, the files of a collection, and their cells, as lines and cards."""
