//! The macro that writes an enum of problems together with its two-language text.

/// Declares a closed enum of problems. Each variant states its code and, for each language, what is wrong and what to do.
///
/// Inside the sentences a field is written `{field}`; it is told through [`Say`](super::say::Say) in the language of the sentence.
macro_rules! problem_kinds {
    (
        $(#[$doc:meta])*
        $name:ident: $severity:ident
        $(
            $variant:ident $({ $($field:ident: $ty:ty),* $(,)? })? = $code:literal
            it: $it:literal, $it_remedy:literal;
            en: $en:literal, $en_remedy:literal;
        )*
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
        #[expect(missing_docs, reason = "a field is what the sentence above it names")]
        pub enum $name {
            $(
                #[doc = concat!("```text\n", $en, "\n```")]
                $variant $({ $($field: $ty),* })?,
            )*
        }

        impl $name {
            /// The stable code.
            #[must_use]
            pub fn code(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $code,)* }
            }

            /// Error or warning.
            #[must_use]
            pub fn severity(&self) -> $crate::problem::Severity {
                $crate::problem::Severity::$severity
            }

            /// What is wrong, in one sentence.
            #[must_use]
            pub fn message(&self, language: $crate::model::Language) -> String {
                self.told(language).0
            }

            /// What to do about it.
            #[must_use]
            pub fn remedy(&self, language: $crate::model::Language) -> String {
                self.told(language).1
            }

            fn told(&self, language: $crate::model::Language) -> (String, String) {
                match self {
                    $(
                        Self::$variant $({ $($field),* })? => {
                            $($(let $field = $crate::problem::say::Say::say($field, language);)*)?
                            match language {
                                $crate::model::Language::Italian => (format!($it), format!($it_remedy)),
                                $crate::model::Language::English => (format!($en), format!($en_remedy)),
                            }
                        }
                    )*
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.message($crate::model::Language::English))
            }
        }

        impl miette::Diagnostic for $name {
            fn code<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
                Some(Box::new($name::code(self)))
            }

            fn severity(&self) -> Option<miette::Severity> {
                Some($name::severity(self).into())
            }

            fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
                let remedy = self.remedy($crate::model::Language::English);
                (!remedy.is_empty()).then(|| Box::new(remedy) as Box<dyn std::fmt::Display>)
            }
        }
    };
}

pub(super) use problem_kinds;
