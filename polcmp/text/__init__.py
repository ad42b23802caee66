"""Text: spans, the fold with its offset map, places and figures. Knows nothing of policy."""
