// The charts beside a page: Chromium draws each SVG as the PNG shows it.

import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

// Pixels of a PNG for one of CSS.
const SCALE = 2;
// A pixel differs if a channel does by more than this, of 255.
const LEVELS = 64;
// So many of a picture's pixels may differ: edges of letters.
const SHARE = 0.005;

/** The share of pixels that differ, or why there is none. Runs in an empty page. */
async function difference({ svg, png, scale, levels }) {
  const image = async (type, data) => {
    const picture = new Image();
    picture.src = `data:${type};base64,${data}`;
    await picture.decode();
    return picture;
  };
  const [drawn, made] = [await image('image/svg+xml', svg), await image('image/png', png)];
  const [width, height] = [made.naturalWidth, made.naturalHeight];
  if (drawn.naturalWidth * scale !== width || drawn.naturalHeight * scale !== height) {
    return `${width} x ${height} pixels for ${drawn.naturalWidth} x ${drawn.naturalHeight}`;
  }
  const pixels = (picture) => {
    const pen = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    pen.drawImage(picture, 0, 0, width, height);
    return pen.getImageData(0, 0, width, height).data;
  };
  const [one, other] = [pixels(drawn), pixels(made)];
  let different = 0;
  for (let at = 0; at < one.length; at += 4) {
    const apart = (channel) => Math.abs(one[at + channel] - other[at + channel]) > levels;
    if (apart(0) || apart(1) || apart(2) || apart(3)) different += 1;
  }
  return different / (width * height);
}

/** Every chart of a report. */
export async function checkPictures(browser, { path, report }) {
  const folder = join(dirname(path), 'charts');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.svg')) : [];
  const faults = [];
  const page = await browser.newPage();
  for (const name of names) {
    const png = join(folder, name.replace(/svg$/, 'png'));
    if (!existsSync(png)) {
      faults.push(`${name} has no PNG beside it: publish the report anew`);
      continue;
    }
    const [drawn, made] = [join(folder, name), png].map((file) => readFileSync(file).toString('base64'));
    const share = await page.evaluate(difference, { svg: drawn, png: made, scale: SCALE, levels: LEVELS });
    if (!(share <= SHARE)) {
      faults.push(`${name}: ${typeof share === 'string' ? share : `${(share * 100).toFixed(2)}% of pixels differ`}`);
    }
  }
  await page.close();
  report('pictures look the same in SVG and PNG', faults);
}
