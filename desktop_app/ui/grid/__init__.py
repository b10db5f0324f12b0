"""The entry grid: model, drawing, keys, paste and the card that explains a cell."""
