"""For what this database is: trying out (profile demo) or real use. Decided once, at the first start."""
