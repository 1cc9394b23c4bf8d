"""The thread of one contact: messages in order, holder, ledger, facts, danger, erasure."""
