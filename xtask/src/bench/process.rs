//! Running a program and looking what it uses (Linux: `/proc`).

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(5);
/// Ticks of processor time a second: the same on every Linux.
const TICKS: f64 = 100.0;

/// What a run used.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Used {
    /// Seconds until it ended.
    pub(super) wall: f64,
    /// Seconds of processor time, all threads; what fell after the last look is not in it (5 ms).
    pub(super) cpu: f64,
    /// Peak of resident memory (MB).
    pub(super) memory: f64,
}

/// Runs a program to its end; one that fails is an error.
pub(super) fn measure(command: &mut Command) -> anyhow::Result<Used> {
    let begun = Instant::now();
    let mut child =
        command.stdout(Stdio::null()).spawn().context("the program cannot be started")?;
    let mut used = Used::default();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        let of = |name: &str| {
            fs::read_to_string(format!("/proc/{}/{name}", child.id())).unwrap_or_default()
        };
        let (stat, status) = (of("stat"), of("status"));
        // Behind the name in brackets: fields 14 and 15 are user and system time.
        let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
        let ticks = |at: usize| fields.get(at).and_then(|it| it.parse::<f64>().ok()).unwrap_or(0.0);
        used.cpu = used.cpu.max((ticks(11) + ticks(12)) / TICKS);
        let peak = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
        let peak =
            peak.and_then(|it| it.trim().split(' ').next()?.parse::<f64>().ok()).unwrap_or(0.0);
        used.memory = used.memory.max(peak / 1024.0);
        thread::sleep(PAUSE);
    };
    used.wall = begun.elapsed().as_secs_f64();
    if !status.success() {
        bail!("the program failed: {status}");
    }
    Ok(used)
}
