"""XML as it comes from outside: the gate that input must pass, schemas, and the names of the field."""
