//! Why a use case did not do what was asked, in terms that a form, a page or the API can put into words.

use domain::input::InputError;

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in, and somebody must be.
    #[error("sign-in needed")]
    SignInNeeded,
    /// Whoever asks may not do this here.
    #[error("forbidden")]
    Forbidden,
    /// What is asked about does not exist, or not for whoever asks.
    #[error("not found")]
    NotFound,
    /// The command's fields: every one that is wrong, not only the first.
    #[error("invalid: {0:?}")]
    Invalid(Vec<FieldError>),
    /// What is to be changed was changed meanwhile by somebody else; nothing was written.
    #[error("changed meanwhile")]
    Stale,
    /// A rule says no; the sentence is in the locale files.
    #[error("refused: {0:?}")]
    Refused(Refused),
    /// Too many tries at something that can be guessed.
    #[error("too many tries")]
    TooMany {
        /// Seconds until the next try is allowed.
        retry_after: i64,
    },
    /// More is asked at once than can be answered; it may be asked again soon.
    #[error("busy")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Store(store::Error),
    /// Something that must not happen did (a template, a policy or a stored value is broken).
    #[error("internal: {0}")]
    Internal(String),
}

/// A field of a form, import line or API body that cannot be taken as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldError {
    /// The field's name, as in the form and the API.
    pub field: String,
    /// What is wrong with it.
    pub error: InputError,
}

impl FieldError {
    /// An error on `field`.
    pub fn new(field: impl Into<String>, error: InputError) -> Self {
        Self {
            field: field.into(),
            error,
        }
    }
}

/// A rule's refusal: the key of its sentence in the locale files, and what fills it.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// Key in the locale files.
    pub key: &'static str,
    /// Variables of the sentence.
    pub arguments: Vec<(&'static str, String)>,
}

impl Refused {
    /// A refusal whose sentence has no variables.
    #[must_use]
    pub fn new(key: &'static str) -> Self {
        Self {
            key,
            arguments: Vec::new(),
        }
    }

    /// Adds a variable of the sentence.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "written in place: numbers and names"
    )]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.arguments.push((name, value.to_string()));
        self
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Stale => Self::Stale,
            store::Error::Busy => Self::Busy,
            other => Self::Store(other),
        }
    }
}

impl Error {
    /// One wrong field.
    pub fn field(field: impl Into<String>, error: InputError) -> Self {
        Self::Invalid(vec![FieldError::new(field, error)])
    }
}
