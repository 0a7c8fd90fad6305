//! Other people's parsers on other people's bytes: with an end, and without taking the program along.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Parsers descend into what they read; documents are cut off at a depth that this stack has room for.
const STACK: usize = 16 << 20;

/// How a piece of work failed to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Overrun {
    /// It took longer than it was given. It is left to itself and ends with the program.
    TimedOut,
    /// It ran into a fault.
    Panicked,
}

/// Does `work` on a thread of its own; waits for it no longer than `limit`.
pub(crate) fn run<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Overrun> {
    let (to, from) = mpsc::sync_channel(1);
    let worker = thread::Builder::new().name("ingest".to_owned()).stack_size(STACK);
    // The sender goes with the thread: where the work panics, nothing comes.
    let started = worker.spawn(move || to.send(work()));
    if started.is_err() {
        return Err(Overrun::Panicked);
    }
    from.recv_timeout(limit).map_err(|error| match error {
        mpsc::RecvTimeoutError::Timeout => Overrun::TimedOut,
        mpsc::RecvTimeoutError::Disconnected => Overrun::Panicked,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_ends_in_time_or_is_left() {
        assert_eq!(run(Duration::from_secs(9), || 7), Ok(7));
        let slow = run(Duration::from_millis(20), || thread::sleep(Duration::from_millis(300)));
        assert_eq!(slow, Err(Overrun::TimedOut));
        let faulty = run(Duration::from_secs(9), || "nine".parse::<u8>().unwrap());
        assert_eq!(faulty, Err(Overrun::Panicked));
    }
}
