//! Instruments: the processor time and memory of a process, and the spread of durations.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};

/// Processor time that a process has used so far, all its threads together, user and system.
pub(crate) fn cpu(process: u32) -> Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The second field is the program's name in parentheses and may contain anything.
    let (_, fields) = stat
        .rsplit_once(')')
        .context("/proc/PID/stat has no name")?;
    let mut fields = fields.split_whitespace().skip(11);
    let mut ticks = || fields.next().and_then(|field| field.parse::<u64>().ok());
    let used = ticks().zip(ticks()).map(|(user, system)| user + system);
    let used = used.context("/proc/PID/stat has no times")?;
    let per_second = rustix::param::clock_ticks_per_second();
    Ok(Duration::from_millis(used * 1000 / per_second))
}

/// Memory that a process holds now, in bytes.
pub(crate) fn resident(process: u32) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    Ok(kilobytes.context("/proc/PID/status has no VmRSS")? * 1024)
}

/// The duration that `share` (0 to 1) of all stay under.
pub(crate) fn percentile(durations: &mut [Duration], share: f64) -> Duration {
    durations.sort_unstable();
    let last = durations.len().saturating_sub(1);
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an index among some thousands"
    )]
    let index = (last as f64 * share).round() as usize;
    durations.get(index).copied().unwrap_or_default()
}

/// Milliseconds with their fraction.
pub(crate) fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_one_of_the_durations() {
        let mut all: Vec<Duration> = (1..=101).rev().map(Duration::from_millis).collect();
        assert_eq!(percentile(&mut all, 0.5), Duration::from_millis(51));
        assert_eq!(percentile(&mut all, 0.99), Duration::from_millis(100));
        assert_eq!(percentile(&mut [], 0.5), Duration::ZERO);
    }

    #[test]
    fn this_very_process_uses_time_and_memory() {
        let me = std::process::id();
        assert!(cpu(me).unwrap() < Duration::from_secs(60));
        assert!(resident(me).unwrap() > 100_000);
    }
}
