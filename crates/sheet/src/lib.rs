//! The attendance sheet that a program can read back: where everything is on the paper, and the
//! reading of its photograph or scan.
//!
//! [`Layout`] says in millimetres where the printer puts markers, codes and boxes; [`SheetId`] says
//! what the codes contain; [`fn@read`] finds the same things again in a picture taken by hand. Pure: a
//! picture comes as bytes, nothing is kept. A reading is a proposal: whoever gave the session
//! confirms it, with the picture of each box before them.

mod code;
mod find;
mod geometry;
mod ink;
mod layout;
mod page;
mod picture;
mod qr;
mod read;

pub use code::{SheetError, SheetId, Tag};
pub use geometry::{Point, Rect};
pub use layout::{Layout, MARKER_CELLS};
pub use picture::{BYTES_MOST, PIXELS_MOST};
pub use read::{BoxReading, LineReading, Mark, ReadError, Reading, read, read_luminance};
