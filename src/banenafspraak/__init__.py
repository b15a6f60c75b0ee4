"""The Dutch banenafspraak as one system: register, bemiddeling, dienstverlening and metingen."""
