"""How words come in and go out: SMS through Twilio, and the chat page."""
