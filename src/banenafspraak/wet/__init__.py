"""What the law says, as functions of facts and a date."""
