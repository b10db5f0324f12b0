"""The parts of the target pages: lines of the tables and the cards that explain them."""
