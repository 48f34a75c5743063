//! A value together with its place.

use crate::problem::Place;

/// A value and the place it was written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct At<T> {
    /// The value.
    pub(crate) value: T,
    /// Where it was written.
    pub(crate) place: Place,
}

impl<T> At<T> {
    /// A value at a place.
    pub(crate) fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }

    /// The same place with another value.
    pub(crate) fn with<U>(&self, value: U) -> At<U> {
        At::new(value, self.place.clone())
    }
}
