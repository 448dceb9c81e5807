// The page's font: its licence goes with it, and texts are as wide as the layout of the
// charts took them to be.

import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { visit } from './visit.mjs';

// What the layout measures with.
const MEASURED = Object.fromEntries(Object.entries({ 400: 'Regular', 600: 'SemiBold' })
  .map(([weight, name]) => [weight, new URL(`../../src/chart/font/PollSans-${name}.ttf`, import.meta.url)]));
// The layout leaves kerning out: texts are narrower for it by this share at most, and hardly
// ever wider, by so many pixels.
const NARROWER = 0.04;
const WIDER = 1;
// What reports are written in: letters of Welsh and of European names, marks, figures.
const NEEDED = 'ŵŷâêîôûŴŶÂÊÎÔÛáàäãåæçéèëěíïñńóòöõøœßúùüůýžšřłđğşţőű‘’“”„–—−…•†‡€£%‰'
  + '←↑→↓▲▼◆▶◀●■¹²³½¼°×÷≤≥≠≈0123456789';

/** The tables of a WOFF2 file, unpacked into one stream (W3C, WOFF File Format 2.0, 4 to 5). */
function unpacked(file) {
  let at = 48;
  const number = () => {
    let value = 0;
    let byte;
    do {
      byte = file[at];
      at += 1;
      value = value * 128 + (byte & 127);
    } while (byte & 128);
    return value;
  };
  for (let table = file.readUInt16BE(12); table > 0; table -= 1) {
    const flags = file[at];
    at += (flags & 63) === 63 ? 5 : 1;
    const [tag, version] = [flags & 63, flags >> 6];
    number();
    // Outlines (10 and 11) are repacked unless the version says not, others if it says so.
    if ([10, 11].includes(tag) ? version !== 3 : version !== 0) number();
  }
  return brotliDecompressSync(file.subarray(at, at + file.readUInt32BE(20)));
}

/** Whether each font of the page names its copyright and its licence, as that asks. */
export async function checkLicence(_, { path, report }) {
  const fonts = [...readFileSync(path, 'utf8').matchAll(/url\("?data:font\/woff2;base64,([^")]+)/g)];
  const faults = fonts.length === 2 ? [] : [`${fonts.length} fonts`];
  for (const [, data] of fonts) {
    const tables = unpacked(Buffer.from(data, 'base64'));
    for (const words of ['Adobe', "Reserved Font Name 'Source'", 'SIL Open Font License, Version 1.1', 'openfontlicense.org']) {
      // Names are written in UTF-16, high byte first.
      const written = Buffer.from(words, 'utf16le').swap16();
      if (!tables.includes(written)) faults.push(`without “${words}”`);
    }
  }
  report('copyright and licence stand in the fonts', faults);
}

/** Texts of the pictures that are shown, and letters, whose width is another one. Runs in the page. */
async function misjudged({ fonts, needed, narrower, wider }) {
  for (const [weight, data] of Object.entries(fonts)) {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    document.fonts.add(await new FontFace('Measured', bytes, { weight }).load());
  }
  const pen = new OffscreenCanvas(1, 1).getContext('2d');
  pen.fontKerning = 'none';
  const width = (text, weight, family) => {
    pen.font = `${weight} 100px ${family}`;
    return pen.measureText(text).width / 100;
  };
  const faults = [];
  const texts = [...document.querySelectorAll('svg.chart text')].filter((text) => text.getClientRects().length > 0);
  for (const text of texts) {
    const { fontSize, fontWeight } = getComputedStyle(text);
    const assumed = width(text.textContent, fontWeight, 'Measured') * parseFloat(fontSize);
    const real = text.getComputedTextLength();
    if (real > assumed + wider || real < assumed * (1 - narrower) - wider) {
      faults.push(`“${text.textContent}” is ${real} px wide, not ${assumed}`);
    }
  }
  if (texts.length === 0) faults.push('no text');
  for (const weight of Object.keys(fonts)) {
    for (const letter of needed) {
      const [page, measured] = ['PollSans', 'Measured'].map((name) => width(letter, weight, `${name}, "Adobe Blank"`));
      if (Math.abs(page - measured) > 1e-6) faults.push(`${letter} is ${page} em wide, not ${measured}`);
    }
  }
  return faults;
}

/** Texts are as wide as assumed, in either width of the charts. */
export async function checkWidths(browser, { url, report }) {
  const data = ([weight, place]) => [weight, readFileSync(place).toString('base64')];
  const fonts = Object.fromEntries(Object.entries(MEASURED).map(data));
  for (const width of [1280, 360]) {
    await visit(browser, url, { viewport: { width, height: 900 } }, async (page) => {
      const given = { fonts, needed: NEEDED, narrower: NARROWER, wider: WIDER };
      report(`texts are as wide as assumed at ${width} px`, await page.evaluate(misjudged, given));
    });
  }
}
