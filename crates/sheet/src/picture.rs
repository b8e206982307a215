//! Pictures: from bytes to grey pixels, smaller ones, and pieces of the page cut out of them.
#![expect(
    clippy::indexing_slicing,
    reason = "loops over pixels, within bounds that they compute"
)]

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageFormat, ImageReader, Limits};

use crate::geometry::{Point, Rect};
use crate::read::ReadError;

/// Most bytes of a picture: the largest of telephones' JPEG files take half of it.
pub const BYTES_MOST: usize = 25_000_000;
/// Most pixels of a picture: telephones make 12 to 50 million.
pub const PIXELS_MOST: u64 = 52_000_000;
/// Fewest pixels on the longer side; below, a cell of a line's code has no pixel and a half.
pub(crate) const SIDE_LEAST: usize = 900;
/// What the decoder may take: four bytes a pixel and a little.
const DECODER_BYTES_MOST: u64 = PIXELS_MOST * 4 + 20_000_000;

/// Grey pixels, row by row; 0 is black.
#[derive(Debug, Clone)]
pub(crate) struct Grey {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) pixels: Vec<u8>,
}

/// Reads a JPEG or PNG file. Turned pictures stay turned, since the sheet is found whichever way it
/// lies; mirrored ones are put right.
pub(crate) fn decode(bytes: &[u8]) -> Result<Grey, ReadError> {
    if bytes.len() > BYTES_MOST {
        return Err(ReadError::TooManyBytes);
    }
    let format = image::guess_format(bytes).map_err(|_| ReadError::NotAnImage)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png) {
        return Err(ReadError::NotAnImage);
    }
    // The size that the file claims, before a byte is unpacked.
    let size = ImageReader::with_format(Cursor::new(bytes), format).into_dimensions();
    let (width, height) = size.map_err(|_| ReadError::NotAnImage)?;
    if u64::from(width) * u64::from(height) > PIXELS_MOST {
        return Err(ReadError::TooManyPixels);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODER_BYTES_MOST);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| ReadError::NotAnImage)?;
    let mirrored = matches!(
        decoder.orientation(),
        Ok(Orientation::FlipHorizontal
            | Orientation::FlipVertical
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH)
    );
    let picture = DynamicImage::from_decoder(decoder).map_err(|_| ReadError::NotAnImage)?;
    let mut grey = picture.into_luma8();
    if mirrored {
        image::imageops::flip_horizontal_in_place(&mut grey);
    }
    Ok(Grey {
        width: width as usize,
        height: height as usize,
        pixels: grey.into_raw(),
    })
}

impl Grey {
    pub(crate) fn filled(width: usize, height: usize, value: u8) -> Self {
        Self {
            width,
            height,
            pixels: vec![value; width * height],
        }
    }

    pub(crate) fn get(&self, x: usize, y: usize) -> u8 {
        self.pixels[y * self.width + x]
    }

    pub(crate) const fn longer_side(&self) -> usize {
        if self.width > self.height {
            self.width
        } else {
            self.height
        }
    }

    /// A picture of which each pixel is the mean of `by` times `by`.
    pub(crate) fn smaller(&self, by: usize) -> Self {
        let (width, height) = (self.width / by, self.height / by);
        let mut pixels = Vec::with_capacity(width * height);
        let mut sums = vec![0_u32; width];
        let count = u32::try_from(by * by).unwrap_or(u32::MAX);
        for y in 0..height {
            sums.fill(0);
            for row in self.pixels[y * by * self.width..]
                .chunks(self.width)
                .take(by)
            {
                for (sum, values) in sums.iter_mut().zip(row.chunks_exact(by)) {
                    *sum += values.iter().map(|value| u32::from(*value)).sum::<u32>();
                }
            }
            pixels.extend(sums.iter().map(|sum| to_byte(f64::from(sum / count))));
        }
        Self {
            width,
            height,
            pixels,
        }
    }

    /// The value between the four pixels around a place; beyond the edge, the nearest one's.
    pub(crate) fn between(&self, at: Point) -> f32 {
        let hold = |value: f64, size: usize| {
            let value = if value.is_nan() { 0.0 } else { value - 0.5 };
            let value = value.clamp(0.0, (size - 1) as f64);
            let whole = (value as usize).min(size.saturating_sub(2));
            (whole, (value - whole as f64) as f32)
        };
        let ((x, across), (y, down)) = (hold(at.x, self.width), hold(at.y, self.height));
        let right = usize::from(self.width > 1);
        let below = if self.height > 1 { self.width } else { 0 };
        let first = y * self.width + x;
        let value = |at: usize| f32::from(self.pixels[at]);
        let upper = value(first) + (value(first + right) - value(first)) * across;
        let lower = value(first + below);
        let lower = lower + (value(first + below + right) - lower) * across;
        upper + (lower - upper) * down
    }

    /// Cuts a piece of the page out, laid flat, with so many pixels a millimetre. `place` says where
    /// in this picture a point of the page is.
    pub(crate) fn cut(&self, piece: Rect, scale: f64, place: impl Fn(Point) -> Point) -> Self {
        let pixels = |length: f64| (length * scale).round().max(1.0) as usize;
        let (width, height) = (pixels(piece.width), pixels(piece.height));
        let mut cut = Self::filled(width, height, 0);
        for (y, row) in cut.pixels.chunks_mut(width).enumerate() {
            for (x, pixel) in row.iter_mut().enumerate() {
                let at = Point::new(
                    piece.x + (x as f64 + 0.5) / scale,
                    piece.y + (y as f64 + 0.5) / scale,
                );
                *pixel = to_byte(f64::from(self.between(place(at))));
            }
        }
        cut
    }

    /// As a small JPEG file.
    pub(crate) fn jpeg(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let size = |side: usize| u32::try_from(side).unwrap_or_default();
        let (width, height) = (size(self.width), size(self.height));
        // Writing into memory cannot fail; a picture of no size gives no file.
        let _ = JpegEncoder::new_with_quality(&mut bytes, 72).encode(
            &self.pixels,
            width,
            height,
            ExtendedColorType::L8,
        );
        bytes
    }

    /// The value below which that share of the pixels lies.
    pub(crate) fn quantile(&self, share: f64) -> u8 {
        let mut counts = [0_usize; 256];
        for value in &self.pixels {
            counts[usize::from(*value)] += 1;
        }
        let goal = share * self.pixels.len() as f64;
        let mut sum = 0;
        for (value, count) in (0..=255).zip(counts) {
            sum += count;
            if sum as f64 >= goal {
                return value;
            }
        }
        255
    }

    /// How steep edges are: the step between two pixels two apart that one in two hundred exceeds, as
    /// a share of the range from dark to bright.
    pub(crate) fn sharpness(&self) -> f64 {
        let mut counts = [0_usize; 256];
        for row in self.pixels.chunks(self.width) {
            for three in row.windows(3).step_by(2) {
                counts[usize::from(three[0].abs_diff(three[2]))] += 1;
            }
        }
        let total: usize = counts.iter().sum();
        let mut beyond = 0;
        let step = (0..256).rev().find(|step| {
            beyond += counts[*step];
            beyond * 200 >= total
        });
        let range = f64::from(self.quantile(0.98)) - f64::from(self.quantile(0.02));
        step.unwrap_or_default() as f64 / range.max(1.0)
    }
}

pub(crate) fn to_byte(value: f64) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

/// Sums over rectangles in four steps.
pub(crate) struct Sums {
    width: usize,
    sums: Vec<u32>,
}

impl Sums {
    pub(crate) fn of(grey: &Grey) -> Self {
        let width = grey.width + 1;
        let mut sums = vec![0_u32; width * (grey.height + 1)];
        for (y, row) in grey.pixels.chunks(grey.width).enumerate() {
            let mut along = 0_u32;
            for (x, value) in row.iter().enumerate() {
                along = along.wrapping_add(u32::from(*value));
                let at = (y + 1) * width + x + 1;
                // Differences stay right when the sum runs over.
                sums[at] = sums[at - width].wrapping_add(along);
            }
        }
        Self { width, sums }
    }

    /// The sum of `left..right` and `upper..lower`.
    pub(crate) fn sum(&self, (left, right): (usize, usize), (upper, lower): (usize, usize)) -> u32 {
        let at = |x: usize, y: usize| self.sums[y * self.width + x];
        at(right, lower)
            .wrapping_sub(at(left, lower))
            .wrapping_sub(at(right, upper))
            .wrapping_add(at(left, upper))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smaller_picture_has_the_means() {
        let grey = Grey {
            width: 5,
            height: 2,
            pixels: vec![0, 100, 10, 10, 7, 100, 200, 10, 10, 7],
        };
        let small = grey.smaller(2);
        assert_eq!((small.width, small.height), (2, 1));
        assert_eq!(small.pixels, [100, 10]);
    }

    #[test]
    fn between_two_pixels_lies_their_mean_and_beyond_the_edge_the_nearest() {
        let grey = Grey {
            width: 2,
            height: 1,
            pixels: vec![10, 30],
        };
        assert!((grey.between(Point::new(1.0, 0.5)) - 20.0).abs() < 1e-6);
        assert!((grey.between(Point::new(-4.0, 9.0)) - 10.0).abs() < 1e-6);
        assert!((grey.between(Point::new(f64::NAN, 0.0)) - 10.0).abs() < 1e-6);
    }

    #[test]
    fn sums_of_rectangles_are_right() {
        let grey = Grey {
            width: 3,
            height: 2,
            pixels: vec![1, 2, 3, 4, 5, 6],
        };
        let sums = Sums::of(&grey);
        assert_eq!(sums.sum((0, 3), (0, 2)), 21);
        assert_eq!(sums.sum((1, 3), (1, 2)), 11);
    }
}
