//! Index types: a position in the model's own lists, one type per list so that they cannot be mixed up.

macro_rules! index_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(usize);

        impl $name {
            /// The position `index` of the list.
            #[must_use]
            pub const fn new(index: usize) -> Self {
                Self(index)
            }

            /// The position in the list.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0
            }
        }
    };
}

index_type! {
    /// Position of a fund in `Model::funds`.
    FundIdx
}
index_type! {
    /// Position of an action in `Model::actions`.
    ActionIdx
}
index_type! {
    /// Position of a zone in `Model::zones`.
    ZoneIdx
}
