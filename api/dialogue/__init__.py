"""Speaking with the bot: its client, its replies, and the script for when it fails."""
