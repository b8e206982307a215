//! Rebuilds the crate when a content file changes: `include_dir!` alone does not notice.

fn main() {
    println!("cargo::rerun-if-changed=../../content");
}
