"""Whether a change between two snapshots is allowed: policies, findings and how they are told."""
