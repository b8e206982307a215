//! Clock, randomness and identifiers, which are parameters everywhere: the real ones, and those of tests and the demonstration.

use std::sync::Mutex;

use domain::id::Id;
use jiff::{SignedDuration, Timestamp};
use rand::rngs::{StdRng, SysRng};
use rand::{Rng as _, SeedableRng as _, TryRng as _};

/// What time it is.
pub trait Clock: Send + Sync {
    /// The present instant, to the millisecond (what the store keeps).
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the machine's clock is read"
    )]
    fn now(&self) -> Timestamp {
        to_millisecond(Timestamp::now())
    }
}

/// A clock that stands still until it is moved.
pub struct FixedClock(Mutex<Timestamp>);

impl FixedClock {
    /// Stands at `now`.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self(Mutex::new(to_millisecond(now)))
    }

    /// Jumps to `now`.
    pub fn set(&self, now: Timestamp) {
        *self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = to_millisecond(now);
    }

    /// Moves forward (or backward) by `by`.
    pub fn advance(&self, by: SignedDuration) {
        let mut now = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        *now = now.saturating_add(by).unwrap_or(*now);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        *self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn to_millisecond(instant: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(instant.as_millisecond()).unwrap_or(instant)
}

/// Random bytes.
pub trait Randomness: Send + Sync {
    /// Fills `bytes` with randomness fit for secrets (in the real one).
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's randomness.
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    fn fill(&self, bytes: &mut [u8]) {
        // The system's generator fails only where no secret could be made at all; stopping is right then.
        if let Err(error) = SysRng.try_fill_bytes(bytes) {
            panic!("the operating system gives no randomness: {error}");
        }
    }
}

/// The same bytes every time for the same seed: tests and the demonstration's generator.
pub struct SeededRandomness(Mutex<StdRng>);

impl SeededRandomness {
    /// Randomness that follows from `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }
}

impl Randomness for SeededRandomness {
    fn fill(&self, bytes: &mut [u8]) {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .fill_bytes(bytes);
    }
}

/// A new identifier from the clock and the randomness at hand.
pub fn new_id<K>(clock: &dyn Clock, randomness: &dyn Randomness) -> Id<K> {
    let mut random = [0; 10];
    randomness.fill(&mut random);
    Id::new(
        u64::try_from(clock.now().as_millisecond()).unwrap_or_default(),
        &random,
    )
}
