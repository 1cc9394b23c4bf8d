"""`relais understand`: lists of messages, as the whole system would understand each message."""
