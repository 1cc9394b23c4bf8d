"""The counsellors' side: accounts, sessions, roles, notes, and what they do with a conversation."""
