//! Sheets drawn from the layout, signed, and photographed: with a camera held by hand, bad light,
//! bent and folded paper.

use fast_qr::{ECL, QRBuilder, Version};
use sheet::{Layout, MARKER_CELLS, Rect, SheetId, Tag};

/// Random numbers from a seed (`SplitMix64`).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        value ^ (value >> 31)
    }

    pub(crate) fn between(&mut self, from: f64, to: f64) -> f64 {
        from + (self.next() >> 11) as f64 / (1_u64 << 53) as f64 * (to - from)
    }

    pub(crate) fn chance(&mut self, share: f64) -> bool {
        self.between(0.0, 1.0) < share
    }

    /// About normal, with a deviation of one.
    fn normal(&mut self) -> f64 {
        let bits = self.next();
        let sum: u64 = (0..4).map(|n| (bits >> (16 * n)) & 0xFFFF).sum();
        (sum as f64 / 65_536.0 - 2.0) * 1.732
    }
}

/// Pixels a millimetre of the drawn page.
const SCALE: f64 = 10.0;

/// A printed page, seen straight.
#[derive(Clone)]
pub(crate) struct Paper {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) pixels: Vec<u8>,
}

impl Paper {
    pub(crate) fn blank() -> Self {
        let (width, height) = (
            (Layout::WIDTH * SCALE) as usize,
            (Layout::HEIGHT * SCALE) as usize,
        );
        Self {
            width,
            height,
            pixels: vec![235; width * height],
        }
    }

    /// A page as the printer makes it.
    pub(crate) fn printed(sheet: &SheetId, tags: &[Tag]) -> Self {
        let mut paper = Self::blank();
        let layout = Layout::of(sheet);
        for marker in Layout::markers() {
            paper.cells(marker, MARKER_CELLS, |x, y| {
                x.min(y).min(MARKER_CELLS - 1 - x).min(MARKER_CELLS - 1 - y) != 1
            });
        }
        paper.code(Layout::sheet_code(), &sheet.code(), Version::V03);
        paper.words(Layout::HEADING, 5);
        paper.words(Layout::COLUMNS, 2);
        paper.words(Layout::FOOT, 1);
        for line in 0..layout.lines() {
            let tag = tags.get(usize::from(line)).copied().unwrap_or(Tag::NOBODY);
            paper.code(
                layout.line_code(line),
                &sheet.line_code(line, tag),
                Version::V01,
            );
            paper.fill(layout.anchor(line), 25);
            if tag != Tag::NOBODY {
                paper.words(layout.name(line), 2);
            }
            for half_day in 0..layout.half_days() {
                paper.frame(layout.signature(line, half_day));
            }
        }
        paper
    }

    pub(crate) fn fill(&mut self, rect: Rect, value: u8) {
        let end = |from: f64, length: f64| ((from + length) * SCALE).round() as usize;
        let (left, upper) = (end(rect.x, 0.0), end(rect.y, 0.0));
        for y in upper..end(rect.y, rect.height).min(self.height) {
            for x in left..end(rect.x, rect.width).min(self.width) {
                self.pixels[y * self.width + x] = value;
            }
        }
    }

    fn cells(&mut self, rect: Rect, cells: usize, dark: impl Fn(usize, usize) -> bool) {
        let side = rect.width / cells as f64;
        for y in 0..cells {
            for x in 0..cells {
                if dark(x, y) {
                    let cell = Rect {
                        x: rect.x + x as f64 * side,
                        y: rect.y + y as f64 * side,
                        width: side,
                        height: side,
                    };
                    self.fill(cell, 25);
                }
            }
        }
    }

    pub(crate) fn code(&mut self, rect: Rect, text: &str, version: Version) {
        let code = QRBuilder::new(text)
            .ecl(ECL::Q)
            .version(version)
            .build()
            .unwrap();
        let size = code.size;
        self.cells(rect, size, |x, y| code.data[y * size + x].value());
    }

    /// Lines of something like letters.
    fn words(&mut self, rect: Rect, lines: usize) {
        let height = rect.height / lines as f64;
        for line in 0..lines {
            let mut x = rect.x + 1.0;
            let mut n = line;
            while x < rect.x + rect.width * 0.7 {
                let letter = Rect {
                    x,
                    y: rect.y + height * (line as f64 + 0.3),
                    width: 0.4,
                    height: height * 0.5,
                };
                self.fill(letter, 40);
                x += if n % 6 == 5 { 3.0 } else { 1.2 };
                n += 1;
            }
        }
    }

    fn frame(&mut self, rect: Rect) {
        let line = 0.2;
        let (right, below) = (rect.x + rect.width, rect.y + rect.height);
        for side in [
            Rect {
                height: line,
                ..rect
            },
            Rect {
                y: below - line,
                height: line,
                ..rect
            },
            Rect {
                width: line,
                ..rect
            },
            Rect {
                x: right - line,
                width: line,
                ..rect
            },
        ] {
            self.fill(side, 190);
        }
    }

    /// Draws with a round pen.
    pub(crate) fn stroke(&mut self, points: &[(f64, f64)], thick: f64, value: u8) {
        for pair in points.windows(2) {
            let [(x0, y0), (x1, y1)] = [pair[0], pair[1]];
            let steps = ((x1 - x0).hypot(y1 - y0) * SCALE).ceil().max(1.0);
            for step in 0..=steps as usize {
                let share = step as f64 / steps;
                self.dot(
                    x0 + (x1 - x0) * share,
                    y0 + (y1 - y0) * share,
                    thick / 2.0,
                    value,
                );
            }
        }
    }

    fn dot(&mut self, x: f64, y: f64, radius: f64, value: u8) {
        let reach = (radius * SCALE).ceil() as i64;
        let (middle_x, middle_y) = ((x * SCALE) as i64, (y * SCALE) as i64);
        for dy in -reach..=reach {
            for dx in -reach..=reach {
                let (column, row) = (middle_x + dx, middle_y + dy);
                let inside = (dx as f64).hypot(dy as f64) <= radius * SCALE;
                if inside && column >= 0 && row >= 0 {
                    let (column, row) = (column as usize, row as usize);
                    if column < self.width && row < self.height {
                        let pixel = &mut self.pixels[row * self.width + column];
                        *pixel = (*pixel).min(value);
                    }
                }
            }
        }
    }

    /// Somebody's name in a hurry: loops along the box, of any size, colour and pen.
    pub(crate) fn sign(&mut self, rect: Rect, random: &mut Random) {
        let width = random.between(12.0, (rect.width - 8.0).min(42.0));
        let height = random.between(1.6, 4.2);
        let left = rect.x + random.between(3.5, rect.width - width - 3.5);
        let middle = rect.y + rect.height / 2.0 + random.between(-0.8, 0.8);
        let letters = random.between(3.0, 9.0);
        let (second, third) = (random.between(0.2, 0.7), random.between(0.0, 6.0));
        let points: Vec<(f64, f64)> = (0..240)
            .map(|n| {
                let share = f64::from(n) / 239.0;
                let turn = share * letters * std::f64::consts::TAU;
                let x = left + width * share + 1.4 * (turn + third).cos();
                let high = turn.sin() + second * (turn * 0.37 + third).sin();
                (x, middle + height * high / (1.0 + second))
            })
            .collect();
        let thick = random.between(0.3, 0.7);
        let value = random.between(20.0, 105.0) as u8;
        self.stroke(&points, thick, value);
    }
}

/// A crease in the paper: from a point of the upper edge to one of the lower, or from left to right.
#[derive(Clone, Copy)]
pub(crate) struct Fold {
    pub(crate) from: (f64, f64),
    pub(crate) to: (f64, f64),
}

/// How a picture is taken.
#[derive(Clone)]
pub(crate) struct Shot {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Where the page's corners come to lie, clockwise from its top left.
    pub(crate) corners: [(f64, f64); 4],
    /// How far the middle of the page bends away, in millimetres.
    pub(crate) bend: f64,
    pub(crate) folds: Vec<Fold>,
    /// Brightness, and how it changes across and down the picture.
    pub(crate) light: (f64, f64, f64),
    /// A shadow beyond this line of the picture (`a x + b y > c`, in shares of it), with its strength.
    pub(crate) shadow: Option<(f64, f64, f64, f64)>,
    /// Radius of the blur in pixels.
    pub(crate) blur: usize,
    pub(crate) noise: f64,
}

impl Shot {
    /// Straight from above, turned by quarters, with a border of the table around the page.
    pub(crate) fn straight(scale: f64, quarters: usize) -> Self {
        let border = 14.0;
        let (mut width, mut height) = (Layout::WIDTH + 2.0 * border, Layout::HEIGHT + 2.0 * border);
        let (right, below) = (Layout::WIDTH + border, Layout::HEIGHT + border);
        let mut corners = [
            (border, border),
            (right, border),
            (right, below),
            (border, below),
        ];
        for _ in 0..quarters {
            for corner in &mut corners {
                *corner = (height - corner.1, corner.0);
            }
            (width, height) = (height, width);
        }
        Self {
            width: (width * scale) as usize,
            height: (height * scale) as usize,
            corners: corners.map(|(x, y)| (x * scale, y * scale)),
            bend: 0.0,
            folds: Vec::new(),
            light: (1.0, 0.0, 0.0),
            shadow: None,
            blur: 0,
            noise: 0.0,
        }
    }

    /// By hand: any turn, slanted, and everything else a little wrong.
    pub(crate) fn by_hand(random: &mut Random) -> Self {
        let (width, height) = (2_900.0, 2_500.0);
        let turn = random.between(0.0, std::f64::consts::TAU);
        let scale = random.between(6.6, 7.1);
        let slant = random.between(0.0, 0.00075);
        let lean = random.between(0.0, std::f64::consts::TAU);
        let place = |x: f64, y: f64| {
            let (x, y) = (x - Layout::WIDTH / 2.0, y - Layout::HEIGHT / 2.0);
            let away = 1.0 + slant * (x * lean.cos() + y * lean.sin());
            let (x, y) = (x * scale / away, y * scale / away);
            (
                width / 2.0 + x * turn.cos() - y * turn.sin(),
                height / 2.0 + x * turn.sin() + y * turn.cos(),
            )
        };
        let (right, below) = (Layout::WIDTH, Layout::HEIGHT);
        let mut corners = [
            place(0.0, 0.0),
            place(right, 0.0),
            place(right, below),
            place(0.0, below),
        ];
        // The picture is as large as the page needs.
        let least = |of: fn(&(f64, f64)) -> f64, all: &[(f64, f64)]| {
            all.iter().map(of).fold(f64::MAX, f64::min)
        };
        let (left, upper) = (least(|at| at.0, &corners), least(|at| at.1, &corners));
        for corner in &mut corners {
            *corner = (corner.0 - left + 40.0, corner.1 - upper + 40.0);
        }
        let most = |of: fn(&(f64, f64)) -> f64| corners.iter().map(of).fold(0.0, f64::max);
        let folds = if random.chance(0.6) {
            let across = random.between(60.0, 240.0);
            let down = random.between(70.0, 180.0);
            vec![
                Fold {
                    from: (across, 0.0),
                    to: (across + random.between(-6.0, 6.0), below),
                },
                Fold {
                    from: (0.0, down),
                    to: (right, down + random.between(-6.0, 6.0)),
                },
            ]
        } else {
            Vec::new()
        };
        Self {
            width: (most(|at| at.0) + 40.0) as usize,
            height: (most(|at| at.1) + 40.0) as usize,
            corners,
            bend: random.between(-1.8, 1.8),
            folds,
            light: (
                random.between(0.45, 1.0),
                random.between(-0.3, 0.3),
                random.between(-0.3, 0.3),
            ),
            shadow: random.chance(0.6).then(|| {
                let angle = random.between(0.0, std::f64::consts::TAU);
                (
                    angle.cos(),
                    angle.sin(),
                    0.5 * (angle.cos() + angle.sin()) + random.between(-0.2, 0.2),
                    random.between(0.5, 0.85),
                )
            }),
            blur: usize::from(random.chance(0.5)),
            noise: random.between(0.0, 5.0),
        }
    }
}

/// A picture of the papers on a table, a byte a pixel; and its width.
pub(crate) fn photograph(papers: &[(&Paper, &Shot)], random: &mut Random) -> (usize, Vec<u8>) {
    let shot = papers[0].1;
    let (width, height) = (shot.width, shot.height);
    let backs: Vec<[f64; 8]> = papers.iter().map(|(_, shot)| back(shot.corners)).collect();
    let mut pixels = vec![0.0_f32; width * height];
    for y in 0..height {
        for x in 0..width {
            // The grain of a table.
            let mut value = 95.0 + 12.0 * (x as f64 / 37.0 + (y as f64 / 90.0).sin()).sin();
            for ((paper, shot), back) in papers.iter().zip(&backs) {
                let [a, b, c, d, e, f, g, h] = back;
                let (px, py) = (x as f64 + 0.5, y as f64 + 0.5);
                let below = g * px + h * py + 1.0;
                let (u, v) = ((a * px + b * py + c) / below, (d * px + e * py + f) / below);
                if (0.0..Layout::WIDTH).contains(&u) && (0.0..Layout::HEIGHT).contains(&v) {
                    value = seen(paper, shot, u, v);
                }
            }
            let (across, down) = (x as f64 / width as f64, y as f64 / height as f64);
            let (light, right, lower) = shot.light;
            let mut bright = light + right * (across - 0.5) + lower * (down - 0.5);
            if let Some((a, b, c, strength)) = shot.shadow {
                // Its edge is a few pixels soft.
                let beyond = ((a * across + b * down - c) * 400.0).clamp(0.0, 1.0);
                bright *= 1.0 + (strength - 1.0) * beyond;
            }
            pixels[y * width + x] = (value * bright.max(0.02)) as f32;
        }
    }
    for _ in 0..2 {
        pixels = blurred(&pixels, width, shot.blur);
    }
    let noisy = pixels
        .iter()
        .map(|value| (f64::from(*value) + shot.noise * random.normal()).clamp(0.0, 255.0) as u8)
        .collect();
    (width, noisy)
}

/// One point of the page, bent and folded.
fn seen(paper: &Paper, shot: &Shot, u: f64, v: f64) -> f64 {
    let bent = v + shot.bend * (std::f64::consts::PI * u / Layout::WIDTH).sin();
    let (x, y) = (u * SCALE - 0.5, bent * SCALE - 0.5);
    let (left, upper) = (x.floor(), y.floor());
    let value = |x: f64, y: f64| {
        let x = x.clamp(0.0, paper.width as f64 - 1.0) as usize;
        let y = y.clamp(0.0, paper.height as f64 - 1.0) as usize;
        f64::from(paper.pixels[y * paper.width + x])
    };
    let (across, down) = (x - left, y - upper);
    let mut sum = value(left, upper) * (1.0 - across) * (1.0 - down)
        + value(left + 1.0, upper) * across * (1.0 - down)
        + value(left, upper + 1.0) * (1.0 - across) * down
        + value(left + 1.0, upper + 1.0) * across * down;
    for fold in &shot.folds {
        let (dx, dy) = (fold.to.0 - fold.from.0, fold.to.1 - fold.from.1);
        let beside = ((u - fold.from.0) * dy - (v - fold.from.1) * dx) / dx.hypot(dy);
        if beside.abs() < 0.35 {
            sum *= 0.7;
        } else if beside > 0.0 {
            // The other side looks away from the light.
            sum *= 0.93;
        }
    }
    sum
}

fn blurred(pixels: &[f32], width: usize, radius: usize) -> Vec<f32> {
    if radius == 0 {
        return pixels.to_vec();
    }
    let height = pixels.len() / width;
    let mean = |from: &[f32], along: usize, length: usize, at: &dyn Fn(usize) -> usize| {
        let (first, last) = (
            along.saturating_sub(radius),
            (along + radius).min(length - 1),
        );
        (first..=last).map(|n| from[at(n)]).sum::<f32>() / (last - first + 1) as f32
    };
    let mut rows = vec![0.0; pixels.len()];
    for (n, pixel) in rows.iter_mut().enumerate() {
        let y = n / width;
        *pixel = mean(pixels, n % width, width, &|x| y * width + x);
    }
    let mut both = vec![0.0; pixels.len()];
    for (n, pixel) in both.iter_mut().enumerate() {
        let x = n % width;
        *pixel = mean(&rows, n / width, height, &|y| y * width + x);
    }
    both
}

/// From the picture to the page: eight numbers of a projection, by elimination.
fn back(corners: [(f64, f64); 4]) -> [f64; 8] {
    let page = [
        (0.0, 0.0),
        (Layout::WIDTH, 0.0),
        (Layout::WIDTH, Layout::HEIGHT),
        (0.0, Layout::HEIGHT),
    ];
    let mut rows: Vec<[f64; 9]> = Vec::new();
    for ((x, y), (u, v)) in corners.into_iter().zip(page) {
        rows.push([x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u]);
        rows.push([0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v]);
    }
    for column in 0..8 {
        let pivot = (column..8)
            .max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))
            .unwrap();
        rows.swap(column, pivot);
        let chosen = rows[column];
        for (n, row) in rows.iter_mut().enumerate() {
            if n != column {
                let share = row[column] / chosen[column];
                for (value, from) in row.iter_mut().zip(chosen) {
                    *value -= share * from;
                }
            }
        }
    }
    std::array::from_fn(|n| rows[n][8] / rows[n][n])
}
