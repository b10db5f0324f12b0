"""What arrives, looked at before any parser may open it: no number that a file declares is believed."""
