//! Why somebody could not be signed in.

/// Why somebody could not be signed in: told to that person, so nothing in it is secret or came from elsewhere unread.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// No such provider is in the settings.
    #[error("there is no such way to sign in here")]
    Unknown,
    /// The person said no.
    #[error("you did not allow it, so nobody was signed in")]
    Denied,
    /// What came back does not belong to what this browser began: it was begun elsewhere, too long ago, or ended already.
    #[error("this sign-in was not begun in this browser, or too long ago; begin it anew")]
    NotBegun,
    /// Another than the provider that was asked has answered.
    #[error("the answer is not from {0}; nobody was signed in")]
    WrongIssuer(String),
    /// The provider cannot be reached, or is busy.
    #[error("{provider} cannot be reached now ({reason}); try again in a minute")]
    Passing {
        /// Which.
        provider: String,
        /// What is the matter.
        reason: String,
    },
    /// The provider answered with something that cannot be taken.
    #[error(
        "{provider} gave an answer that cannot be taken ({reason}); whoever runs this application should look at its settings"
    )]
    Provider {
        /// Which.
        provider: String,
        /// What is the matter.
        reason: String,
    },
    /// The system gives no random numbers.
    #[error("the system gives no random numbers")]
    NoChance,
}
