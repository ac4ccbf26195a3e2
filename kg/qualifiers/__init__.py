"""What qualifies a claim: stance, who says so, when, where, about what, at which occasion."""
