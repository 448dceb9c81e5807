// Pastes charts of reports into a page of somebody else's and checks that they hold there.
//
//   npm ci && node embed.mjs path/to/report-folder ...
//
// Takes folders of reports, prints one line for each check that fails and a count; exits
// with 1 if any fails. Of each report it takes a chart of every kind. The page around them
// has its own font, colours and rules; its columns are as wide as a phone, a column and a
// desk. The browser is /usr/bin/chromium or what CHROMIUM names.

import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDTHS = [300, 500, 900];
// Narrower than the pictures' own font, as wide, and much wider.
const FONTS = ['"Liberation Serif", Times, serif', 'Arial, "Liberation Sans"', '"DejaVu Sans", Verdana'];
const MOST = 3;

let passed = 0;
let failed = 0;

/** Counts one check; `faults` is what is wrong, empty if nothing is. */
function report(folder, name, faults) {
  if (faults.length === 0) {
    passed += 1;
    return;
  }
  failed += 1;
  console.log(`FAILED ${folder}: ${name}`);
  for (const fault of faults.slice(0, 10)) console.log(`  ${fault}`);
}

/** One fragment of each kind of chart, at most three. */
function fragments(folder) {
  const charts = join(folder, 'charts');
  const kinds = new Map();
  for (const name of readdirSync(charts).filter((file) => file.endsWith('.html')).sort()) {
    const text = readFileSync(join(charts, name), 'utf8');
    const kind = text.match(/<svg[^>]*><title[^>]*>([^:<]*)/)[1];
    if (!kinds.has(kind)) kinds.set(kind, text);
  }
  return [...kinds.values()].slice(0, MOST);
}

/** A page with rules of its own that would reach into what is pasted. */
function host(parts, { width, font, dark, policy = '' }) {
  const colours = dark ? 'background: #14181C; color: #E8EAED' : 'background: #FFF; color: #222';
  const rules = `* { font-family: ${font}; letter-spacing: .02em } html { font-size: 62.5% }
    body { margin: 0; font-size: 1.6rem; ${colours} } main { width: ${width}px }
    figure { margin: 2em 40px } h3 { text-transform: uppercase; color: inherit }
    table { width: 100%; background: #333 } td, th { padding: 20px; color: silver }
    svg { max-width: 50% } .wide, .narrow { display: none } p { font-style: italic }`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">${policy}
    <meta name="viewport" content="width=device-width"><title>News</title>
    <style nonce="host">${rules}</style></head>
    <body><main><h1>News</h1><h2>Our poll</h2>${parts.join('')}</main></body></html>`;
}

/** Opens a page made of a text, gives it to `use` with all that it asked for. */
async function visit(browser, html, width, use) {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.setContent(html);
  try {
    return await use(page, requests);
  } finally {
    await context.close();
  }
}

/** axe's violations, with all tables open. */
async function axe(page) {
  await page.evaluate(AXE);
  const result = await page.evaluate((tags) => {
    for (const details of document.querySelectorAll('details')) details.open = true;
    return window.axe.run(document, { runOnly: { type: 'tag', values: tags } });
  }, TAGS);
  return result.violations.flatMap((rule) => rule.nodes
    .map((node) => `${rule.id}: ${node.target.join(' ')}`));
}

/** What is wrong with what is seen. Runs in the page. */
function seen(width) {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const ids = all('[id]').map((element) => element.id);
  const shown = all('svg').filter((svg) => svg.getBoundingClientRect().width > 0);
  const box = (element) => {
    const { left, right, top, bottom, height } = element.getBoundingClientRect();
    // Letters are lower than their line.
    return { text: element.textContent, left, right, top: top + height / 4, bottom: bottom - height / 4 };
  };
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) > Math.max(a.top, b.top);
  const overlaps = shown.flatMap((svg) => {
    const boxes = [...svg.querySelectorAll('text')].map(box);
    return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => meet(a, b))
      .map((b) => `"${a.text}" and "${b.text}"`));
  });
  const outside = shown.flatMap((svg) => {
    const { left, right } = svg.closest('figure').getBoundingClientRect();
    return [...svg.querySelectorAll('text')].map(box)
      .filter((text) => text.left < left + 4 || text.right > right - 4).map(({ text }) => text);
  });
  const { scrollWidth, clientWidth } = document.documentElement;
  const wide = shown.some((svg) => svg.closest('.pollsmith-wide') !== null);
  const figures = all('figure');
  const cards = figures.map((figure) => getComputedStyle(figure).backgroundColor);
  return {
    'unique ids': ids.filter((id, i) => ids.indexOf(id) !== i),
    'one picture each': shown.length === figures.length ? [] : [`${shown.length} pictures`],
    'the picture fits the column': wide === (width >= 700) ? [] : ['the other one is shown'],
    'no text over another': overlaps,
    'no text outside its card': outside,
    'no sideways scroll': scrollWidth > clientWidth ? [`${scrollWidth} in ${clientWidth} px`] : [],
    'a white card': cards.filter((colour) => colour !== 'rgb(255, 255, 255)'),
  };
}

/** Every width, font and scheme of the page around. */
async function checkHosts(browser, folder, parts) {
  for (const width of WIDTHS) {
    for (const [at, font] of FONTS.entries()) {
      const dark = at === 1;
      const html = host(parts, { width, font, dark });
      await visit(browser, html, width, async (page, requests) => {
        const where = `at ${width} px in ${font}${dark ? ', dark' : ''}`;
        for (const [name, faults] of Object.entries(await page.evaluate(seen, width))) {
          report(folder, `${name} ${where}`, faults);
        }
        report(folder, `axe ${where}`, await axe(page));
        report(folder, `no request ${where}`, requests.filter((url) => url !== 'about:blank'));
      });
    }
  }
}

/** Where style elements are refused, one picture is seen and nothing is wider than its place. */
async function checkWithoutRules(browser, folder, parts) {
  const policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'nonce-host\'">';
  const html = host(parts, { width: 360, font: 'Arial', dark: false, policy });
  await visit(browser, html, 360, async (page) => {
    const faults = await page.evaluate(() => {
      const svgs = [...document.querySelectorAll('svg')].map((svg) => svg.getBoundingClientRect());
      const shown = svgs.filter((box) => box.width > 0);
      return [
        ...(shown.length === svgs.length / 2 ? [] : [`${shown.length} pictures`]),
        ...shown.filter((box) => box.right > window.innerWidth || box.height === 0)
          .map((box) => `${box.width} by ${box.height}`),
      ];
    });
    report(folder, 'one picture each that fits where style elements are refused', faults);
  });
}

const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error('usage: node embed.mjs report-folder ...');
  process.exit(2);
}
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  for (const folder of folders) {
    const parts = fragments(folder);
    report(folder, 'there are charts to paste', parts.length > 0 ? [] : ['none']);
    for (const check of [checkHosts, checkWithoutRules]) await check(browser, folder, parts);
  }
} finally {
  await browser.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
