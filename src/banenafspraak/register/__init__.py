"""Who belongs to the doelgroep, since when, and since when we knew."""
