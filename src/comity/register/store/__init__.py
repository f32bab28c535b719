"""The only SQL of the register: entities and statements, what makes them findable, entered acts, judgements."""
