"""Stand-ins for what Relais talks to: real servers on the loopback, scripted by the tests."""
