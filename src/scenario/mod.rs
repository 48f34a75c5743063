//! Scenarios: named changes to the files of a model, which stack.
