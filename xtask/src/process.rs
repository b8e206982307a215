//! Child processes that are never left behind.
//!
//! Each child runs in its own process group. Signals that reach xtask are passed on to every group
//! still running; on Linux the kernel also ends the child when xtask itself is killed outright.

use std::io;
use std::os::fd::AsFd;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process_group};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
static RUNNING: Mutex<Vec<Pid>> = Mutex::new(Vec::new());

fn running() -> std::sync::MutexGuard<'static, Vec<Pid>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Pass Ctrl-C, hang-up and termination on to the children, and remember that they came.
pub(crate) fn forward_signals() -> Result<()> {
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    thread::spawn(move || {
        for signal in signals.forever() {
            INTERRUPTED.store(true, Ordering::SeqCst);
            let sent = if signal == SIGINT {
                Signal::INT
            } else {
                Signal::TERM
            };
            let groups = running().clone();
            if groups.is_empty() {
                std::process::exit(130);
            }
            for group in groups {
                // A child that has just ended is no error.
                let _ = kill_process_group(group, sent);
            }
        }
    });
    Ok(())
}

/// Whether someone asked xtask to stop.
pub(crate) fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

/// A running child; dropping it ends it.
pub(crate) struct Running {
    child: Child,
    name: String,
    stop_signal: Signal,
}

impl Running {
    /// Start `command` in its own process group, without standard input.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let name = describe(command);
        let child = command
            .stdin(Stdio::null())
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        let running_child = Self {
            child,
            name,
            stop_signal: Signal::TERM,
        };
        if let Some(pid) = running_child.pid() {
            running().push(pid);
        }
        Ok(running_child)
    }

    /// The signal that stops this child in good order (by default SIGTERM).
    pub(crate) fn stopped_by(mut self, signal: Signal) -> Self {
        self.stop_signal = signal;
        self
    }

    /// The process id, as the kernel shows it under /proc.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    fn pid(&self) -> Option<Pid> {
        i32::try_from(self.child.id()).ok().and_then(Pid::from_raw)
    }

    fn forget(&self) {
        if let Some(pid) = self.pid() {
            running().retain(|other| *other != pid);
        }
    }

    /// The exit status when the child has ended already.
    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    /// Wait for the child's own end. After a request to stop it gets ten seconds.
    pub(crate) fn wait(&mut self) -> Result<ExitStatus> {
        let mut asked_to_stop: Option<Instant> = None;
        let mut pause = Duration::from_millis(5);
        loop {
            if let Some(status) = self.child.try_wait()? {
                self.forget();
                return Ok(status);
            }
            if interrupted() && asked_to_stop.is_none() {
                asked_to_stop = Some(Instant::now());
            }
            if asked_to_stop.is_some_and(|since| since.elapsed() > Duration::from_secs(10)) {
                self.stop();
            }
            thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(100));
        }
    }

    /// Ask the child to stop; after five seconds insist.
    pub(crate) fn stop(&mut self) {
        let Some(pid) = self.pid() else { return };
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = kill_process_group(pid, self.stop_signal);
            let since = Instant::now();
            while matches!(self.child.try_wait(), Ok(None)) {
                if since.elapsed() > Duration::from_secs(5) {
                    let _ = kill_process_group(pid, Signal::KILL);
                    let _ = self.child.wait();
                    break;
                }
                thread::sleep(Duration::from_millis(10));
            }
        }
        self.forget();
    }

    /// What was started, for messages.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Run to the end; anything but success is an error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    if succeeds(command)? {
        return Ok(());
    }
    bail!("{} failed", describe(command))
}

/// Run to the end and tell whether it succeeded; an interruption is an error.
pub(crate) fn succeeds(command: &mut Command) -> Result<bool> {
    let mut child = Running::start(command)?;
    let status = child.wait()?;
    if interrupted() {
        bail!("stopped on request");
    }
    if let Some(signal) = status.signal() {
        eprintln!("xtask: {} was ended by signal {signal}", child.name());
    }
    Ok(status.success())
}

/// Run a short command and return its standard output; a failure carries its standard error.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let name = describe(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start {name}"))?;
    if !output.status.success() {
        bail!(
            "{name} failed:\n{}",
            String::from_utf8_lossy(&output.stderr).trim_end()
        );
    }
    String::from_utf8(output.stdout).with_context(|| format!("{name} did not answer in UTF-8"))
}

/// Standard error as a child's standard output, for commands whose own output must stay clean.
pub(crate) fn to_stderr() -> Result<Stdio> {
    let copy = io::stderr().as_fd().try_clone_to_owned()?;
    Ok(Stdio::from(copy))
}

/// `program` as a command that the kernel ends with `signal` when xtask dies, where possible.
pub(crate) fn tied(program: &Path, signal: &str) -> Command {
    match find("setpriv") {
        Some(setpriv) => {
            let mut command = Command::new(setpriv);
            command.args(["--pdeathsig", signal, "--"]).arg(program);
            command
        }
        None => Command::new(program),
    }
}

/// The full path of a program on the PATH (and in the system's sbin, often left out of it).
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(["/usr/sbin".into(), "/sbin".into()])
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
}

fn describe(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(
        command
            .get_args()
            .take(6)
            .map(|word| word.to_string_lossy().into_owned()),
    );
    words.join(" ")
}
