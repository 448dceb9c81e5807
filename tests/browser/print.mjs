// A page on paper, on the screen as a browser sees paper and as a PDF that poppler reads:
// nothing is cut off, no row is torn, no word is lost.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { visit } from './visit.mjs';

// A4 and the margins of the print style sheet, in millimetres.
const [WIDTH, HEIGHT, ASIDE, ABOVE, BELOW] = [210, 297, 14, 18, 16];
// The lines at the head and the foot of a sheet stand so far from its edge.
const EDGE = 5;
const pixels = (millimetres) => (millimetres / 25.4) * 96;
const points = (millimetres) => (millimetres / 25.4) * 72;
const PAPER = Math.floor(pixels(WIDTH - 2 * ASIDE));
const SHEET = pixels(HEIGHT - ABOVE - BELOW);
// Sheets that figures and tables kept whole may add, of those that the page would fill.
const LOOSE = 1.6;
// Dots for an inch at which the white margin is looked at.
const DOTS = 40;

/** What does not fit on paper as wide as the window. Runs in the page. */
function cut(sheet) {
  const { clientWidth } = document.documentElement;
  const faults = [];
  const seen = (element) => element.getClientRects().length > 0;
  for (const element of [...document.querySelectorAll('body *')].filter(seen)) {
    const { left, right, height } = element.getBoundingClientRect();
    const name = `${element.tagName.toLowerCase()} ${element.textContent.trim().slice(0, 40)}`;
    const within = element.closest('svg');
    if (element !== within && within) continue;
    if (left < -1 || right > clientWidth + 1) faults.push(`${name}: ${left} to ${right} of ${clientWidth} px`);
    const style = getComputedStyle(element);
    if (element.scrollWidth > element.clientWidth + 1 && ['auto', 'scroll', 'hidden'].includes(style.overflowX)) {
      faults.push(`${name}: ${element.scrollWidth} px in ${element.clientWidth} px`);
    }
    if (['TR', 'FIGURE'].includes(element.tagName) && (style.breakInside !== 'avoid' || height > sheet)) {
      faults.push(`${name}: may be torn`);
    }
  }
  return faults;
}

/** The words of the page as a reader of the paper sees them, and how high it is. Runs in the page. */
function text() {
  const pieces = [document.body.innerText];
  for (const words of document.querySelectorAll('svg text')) {
    if (words.getClientRects().length > 0) pieces.push(words.textContent);
  }
  return { words: [...new Set(pieces.join(' ').split(/\s+/))], height: document.body.scrollHeight };
}

/** Words that stand aside of the text or at the edge of the sheet, in what `pdftotext -bbox` says of a PDF. */
function outside(boxes) {
  const words = boxes.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/g);
  const [left, top] = [points(ASIDE) - 3, points(EDGE)];
  const [right, bottom] = [points(WIDTH - ASIDE) + 3, points(HEIGHT - EDGE)];
  return [...words].filter(([, x, y, toX, toY]) => x < left || y < top || toX > right || toY > bottom)
    .map(([, x, y, , , word]) => `${word} at ${x}, ${y} points`);
}

/** Sheets with something in their margins, of which half is looked at, or at their edge. */
function marked(folder) {
  const dots = (millimetres) => Math.floor((millimetres / 25.4) * DOTS);
  return readdirSync(folder).filter((name) => name.endsWith('.pgm')).filter((name) => {
    const file = readFileSync(join(folder, name));
    const [head, width, height] = file.subarray(0, 40).toString('latin1').match(/^P5\s+(\d+)\s+(\d+)\s+255\s/);
    const grey = file.subarray(head.length);
    const [aside, above] = [dots(ASIDE / 2), dots(EDGE)];
    return grey.some((level, at) => {
      const [x, y] = [at % width, Math.floor(at / width)];
      const inside = x >= aside && x < width - aside && y >= above && y < height - above;
      return level < 250 && !inside;
    });
  });
}

/**
 * The words that poppler gives back as they are written: it turns lines from right to left, and
 * the signs beside such words, about, and does not know all pictographs.
 */
function readable(words) {
  const turned = /[\u0590-\u08FF]/u;
  const about = words.some((word) => turned.test(word));
  const plain = (word) => !turned.test(word) && !/\p{Extended_Pictographic}/u.test(word);
  return words.filter(plain).filter((word) => !about || /\p{L}/u.test(word));
}

/** The PDF, read by poppler: all words, inside the margins, on a fair number of sheets. */
function checkPdf(pdf, { words, height }, report) {
  const folder = mkdtempSync(join(tmpdir(), 'paper-'));
  try {
    const file = join(folder, 'report.pdf');
    writeFileSync(file, pdf);
    const run = (program, ...options) => execFileSync(program, [...options], { encoding: 'utf8', maxBuffer: 2 ** 28 });
    const read = run('pdftotext', '-layout', file, '-');
    const boxes = run('pdftotext', '-bbox', file, '-');
    run('pdftoppm', '-gray', '-r', String(DOTS), file, join(folder, 'sheet'));
    const found = new Set(read.split(/\s+/));
    // A long word may be broken, and then stands in lines beside others.
    const run_on = run('pdftotext', '-raw', file, '-').replace(/\s+/g, '');
    const lost = readable(words).filter((word) => !found.has(word) && !run_on.includes(word));
    report('no word is lost on paper', lost);
    report('no word leaves the sheet', outside(boxes));
    report('margins are white', marked(folder));
    const sheets = read.split('\f').length - 1;
    const fair = Math.ceil(height / SHEET) * LOOSE + 2;
    report('a fair number of sheets', sheets <= fair ? [] : [`${sheets} sheets, ${fair} would do`]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Paper: light colours, nothing cut off, and a PDF with all of it. */
export async function checkPrint(browser, { url, report }) {
  const options = { viewport: { width: PAPER, height: 900 }, colorScheme: 'dark' };
  await visit(browser, url, options, async (page) => {
    await page.emulateMedia({ media: 'print' });
    report('nothing is cut off on paper', await page.evaluate(cut, SHEET));
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    report('paper is white', paper === 'rgb(255, 255, 255)' ? [] : [paper]);
    const said = await page.evaluate(text);
    checkPdf(await page.pdf({ preferCSSPageSize: true, printBackground: true }), said, report);
  });
}
