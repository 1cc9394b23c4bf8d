"""The newcomer's way in, as README says it."""
