"""The limited process that opens untrusted workbooks: its own side, its parent's side, and what they say."""
