//! Files: JPEG and PNG, turned and mirrored by their own word, and those that mean harm.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use sheet::{BYTES_MOST, ReadError, SheetId, read};

use crate::draw::{Random, Shot, photograph};
use crate::{SESSION, compared, page, signed};

struct Picture {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
    sheet: SheetId,
    marks: Vec<Vec<bool>>,
}

fn picture() -> Picture {
    let mut random = Random(21);
    let sheet = page(2, 7);
    let (paper, marks) = signed(&sheet, &mut random);
    let shot = Shot::straight(6.0, 0);
    let (width, pixels) = photograph(&[(&paper, &shot)], &mut random);
    Picture {
        width: u32::try_from(width).unwrap(),
        height: u32::try_from(pixels.len() / width).unwrap(),
        pixels,
        sheet,
        marks,
    }
}

fn jpeg(picture: &Picture, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .encode(
            &picture.pixels,
            picture.width,
            picture.height,
            ExtendedColorType::L8,
        )
        .unwrap();
    bytes
}

fn png(picture: &Picture) -> Vec<u8> {
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(
            &picture.pixels,
            picture.width,
            picture.height,
            ExtendedColorType::L8,
        )
        .unwrap();
    bytes
}

/// A JPEG file that says of itself how it is turned (Exif 2.32, tag 0x0112).
fn with_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend([0xFF, 0xE1]);
    bytes.extend(length);
    bytes.extend(exif);
    bytes.extend(&jpeg[2..]);
    bytes
}

#[test]
fn a_jpeg_and_a_png_are_read_also_when_they_say_that_they_are_turned() {
    let picture = picture();
    let check = |bytes: &[u8], what: &str| {
        let reading = read(bytes, SESSION).unwrap_or_else(|why| panic!("{what}: {why}"));
        let (unsure, unread) = compared(&reading, &picture.sheet, &picture.marks, what);
        assert!(unsure <= 1 && unread == 0, "{what}: {unsure} {unread}");
    };
    check(&png(&picture), "png");
    check(&jpeg(&picture, 40), "jpeg of quality 40");
    check(&with_orientation(&jpeg(&picture, 80), 6), "turned");
    let mut mirrored = Picture {
        pixels: picture.pixels.clone(),
        marks: Vec::new(),
        ..picture
    };
    for row in mirrored.pixels.chunks_mut(mirrored.width as usize) {
        row.reverse();
    }
    check(&with_orientation(&jpeg(&mirrored, 80), 2), "mirrored");
}

#[test]
fn what_is_no_picture_is_told_so() {
    let good = jpeg(&picture(), 60);
    for bytes in [
        &b""[..],
        b"%PDF-1.7",
        b"GIF89a\x01\0\x01\0\0\0\0;",
        b"\x89PNG\r\n\x1a\n",
        b"\xFF\xD8\xFF\xE0",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        &good[..300],
    ] {
        assert_eq!(read(bytes, SESSION), Err(ReadError::NotAnImage));
    }
}

#[test]
fn a_file_cut_or_altered_anywhere_is_an_error_or_is_read_and_never_a_panic() {
    let picture = picture();
    let good = jpeg(&picture, 60);
    let mut random = Random(5);
    for _ in 0..5 {
        let cut = random.between(2.0, good.len() as f64) as usize;
        let _ = read(&good[..cut], SESSION);
        let mut altered = good.clone();
        let at = random.between(0.0, good.len() as f64) as usize;
        altered[at] = random.between(0.0, 256.0) as u8;
        if let Ok(reading) = read(&altered, SESSION) {
            assert_eq!(reading.sheet, picture.sheet);
        }
    }
}

#[test]
fn a_small_file_of_enormous_pictures_is_refused_before_it_is_unpacked() {
    // A PNG that claims 60,000 by 60,000 pixels.
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    let mut header = Vec::new();
    header.extend(60_000_u32.to_be_bytes());
    header.extend(60_000_u32.to_be_bytes());
    header.extend([8, 0, 0, 0, 0]);
    bytes.extend(&header);
    let mut crc = u32::MAX;
    for byte in b"IHDR".iter().chain(&header) {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ if crc & 1 == 1 { 0xEDB8_8320 } else { 0 };
        }
    }
    bytes.extend((!crc).to_be_bytes());
    bytes.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
    assert_eq!(read(&bytes, SESSION), Err(ReadError::TooManyPixels));
    let heavy = vec![0xFF; BYTES_MOST + 1];
    assert_eq!(read(&heavy, SESSION), Err(ReadError::TooManyBytes));
}
