"""The site under attack, through its front door."""
