//! Turns at a session: requests for the same one wait in the node, in order of arrival, rather than each on a connection of the database.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use tokio::sync::{Semaphore, SemaphorePermit};

/// Queues; sessions that share one only wait a little for each other.
const QUEUES: usize = 64;

/// Requests of one queue in hand at a time: while one decides, the next finds its person.
const AT_ONCE: usize = 2;

/// The queues of a node. They spare the database a crowd of connections that wait for one row; what is right is held by the row's lock.
pub(crate) struct Turns(Vec<Semaphore>);

impl Default for Turns {
    fn default() -> Self {
        Self((0..QUEUES).map(|_| Semaphore::new(AT_ONCE)).collect())
    }
}

impl Turns {
    /// Waits for one's turn at `session`, which lasts as long as the value is kept.
    pub(crate) async fn take(&self, session: &str) -> Option<SemaphorePermit<'_>> {
        let mut hasher = DefaultHasher::new();
        session.hash(&mut hasher);
        let queue = usize::try_from(hasher.finish() % QUEUES as u64).unwrap_or_default();
        // The queues are never closed, so that there is always a turn.
        self.0.get(queue)?.acquire().await.ok()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn no_more_than_the_allowed_number_have_their_turn_at_a_session() {
        let turns = Turns::default();
        let _first = turns.take("s").await;
        let second = turns.take("s").await;
        let third = turns.take("s");
        tokio::pin!(third);
        let waited = tokio::time::timeout(Duration::from_millis(1), third.as_mut()).await;
        assert!(waited.is_err());
        drop(second);
        assert!(third.await.is_some());
    }
}
