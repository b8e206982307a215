//! Measures the reading of a photograph of twelve million pixels, as telephones make them: prints
//! figures by name, for `cargo xtask bench sheet`. With a file name, reads that picture instead and
//! says what is on it.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::print_stdout,
    dead_code,
    reason = "an example that measures: it may stop with a message"
)]

#[path = "../tests/sheet/draw.rs"]
mod draw;

use std::time::Instant;

use draw::{Paper, Random, Shot, photograph};
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use sheet::{Layout, Mark, SheetId, Tag, read};

const SESSION: [u8; 16] = *b"a measured sheet";
const PHOTOGRAPHS: u64 = 8;

fn main() {
    if let Some(file) = std::env::args().nth(1) {
        let bytes = std::fs::read(file).expect("a file to read");
        match read(&bytes, SESSION) {
            Ok(reading) => {
                for line in reading.lines {
                    let marks: Vec<Mark> = line.boxes.iter().map(|read| read.mark).collect();
                    println!("{:?} {marks:?}", line.tag);
                }
            }
            Err(why) => println!("{why}"),
        }
        return;
    }
    let (mut slowest, mut sum, mut wrong, mut unsure, mut boxes) = (0.0_f64, 0.0, 0, 0, 0);
    let (mut unread, mut lines) = (0, 0);
    let mut megapixels = 0.0;
    for seed in 0..PHOTOGRAPHS {
        let (bytes, marks, pixels) = taken(seed);
        megapixels = pixels as f64 / 1e6;
        let (begun, before) = (Instant::now(), processor());
        let reading = read(&bytes, SESSION).expect("a sheet in the picture");
        let seconds = match (before, processor()) {
            (Some(before), Some(after)) => after - before,
            _ => begun.elapsed().as_secs_f64(),
        };
        slowest = slowest.max(seconds);
        sum += seconds;
        for (line, signed) in reading.lines.iter().zip(marks) {
            lines += 1;
            unread += u32::from(line.tag.is_none());
            for (read, signed) in line.boxes.iter().zip(signed) {
                boxes += 1;
                match read.mark {
                    Mark::Unsure => unsure += 1,
                    mark => wrong += u32::from((mark == Mark::Signed) != signed),
                }
            }
        }
    }
    println!("megapixels\t{megapixels:.1}");
    println!("mean-seconds\t{:.4}", sum / PHOTOGRAPHS as f64);
    println!("slowest-seconds\t{slowest:.4}");
    println!("lines\t{lines}");
    println!("unread\t{unread}");
    println!("boxes\t{boxes}");
    println!("unsure\t{unsure}");
    println!("wrong\t{wrong}");
}

/// Seconds of a processor that this program had, where the system tells it: other programs on the
/// machine do not count.
fn processor() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    let nanoseconds: f64 = told.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}

/// A full sheet of four half days, half of it signed, taken by hand with 4,032 by 3,024 pixels.
fn taken(seed: u64) -> (Vec<u8>, Vec<Vec<bool>>, usize) {
    let mut random = Random(seed);
    let sheet = SheetId::new(SESSION, (1, 1), 0, 4, Layout::LINES_MOST).unwrap();
    let tags: Vec<Tag> = (1..=u32::from(Layout::LINES_MOST)).map(Tag).collect();
    let mut paper = Paper::printed(&sheet, &tags);
    let layout = Layout::of(&sheet);
    let mut marks = Vec::new();
    for line in 0..layout.lines() {
        let mut signed = Vec::new();
        for half_day in 0..layout.half_days() {
            signed.push(random.chance(0.5));
            if signed[usize::from(half_day)] {
                paper.sign(layout.signature(line, half_day), &mut random);
            }
        }
        marks.push(signed);
    }
    let (width, height) = (4_032, 3_024);
    let mut edge = |x: f64, y: f64| {
        (
            x + random.between(-90.0, 90.0),
            y + random.between(-90.0, 90.0),
        )
    };
    let mut corners = [
        edge(300.0, 300.0),
        edge(3_730.0, 300.0),
        edge(3_730.0, 2_700.0),
        edge(300.0, 2_700.0),
    ];
    corners.rotate_left(if seed.is_multiple_of(2) { 0 } else { 2 });
    let shot = Shot {
        width,
        height,
        corners,
        light: (0.8, 0.2, -0.2),
        bend: 1.0,
        blur: 1,
        noise: 3.0,
        ..Shot::straight(10.0, 0)
    };
    let (_, pixels) = photograph(&[(&paper, &shot)], &mut random);
    // In colour, as from a camera.
    let colour: Vec<u8> = pixels.iter().flat_map(|value| [*value; 3]).collect();
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 88)
        .encode(&colour, 4_032, 3_024, ExtendedColorType::Rgb8)
        .expect("a picture fits into memory");
    (bytes, marks, pixels.len())
}
