//! essor
fn main() {}
