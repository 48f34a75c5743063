//! Sweeps: many scenarios from one file; scenario k is a function of the file, its seed and k alone.
