//! Rebuilds the crate when a content file changes: `include_dir!` alone does not notice.
#![expect(
    clippy::print_stdout,
    reason = "this is how a build script talks to cargo"
)]

fn main() {
    println!("cargo::rerun-if-changed=../../content");
}
