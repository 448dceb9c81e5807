// Opens report pages in Chromium and checks that everybody can read them.
//
//   npm ci && node check.mjs path/to/report.html ...
//
// Takes pages, prints one line for each check that fails and a count; exits with 1 if any
// fails. The browser is /usr/bin/chromium or what CHROMIUM names. axe-core is a test tool
// only: nothing of it is ever published.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDTHS = [1280, 360, 320];
const SCHEMES = ['light', 'dark'];
// A4 less the margins of the print style sheet, in CSS pixels: 210 mm - 2 x 14 mm.
const PAPER = Math.floor((182 / 25.4) * 96);

let passed = 0;
let failed = 0;

/** Counts one check; `faults` is what is wrong, empty if nothing is. */
function report(file, name, faults) {
  if (faults.length === 0) {
    passed += 1;
    return;
  }
  failed += 1;
  console.log(`FAILED ${file}: ${name}`);
  for (const fault of faults.slice(0, 10)) console.log(`  ${fault}`);
}

/** Opens a page, gives it to `use` with what it asked for and complained of, closes it. */
async function visit(browser, url, options, use) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const requests = [];
  const complaints = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url);
  try {
    return await use(page, { requests, complaints });
  } finally {
    await context.close();
  }
}

/**
 * Whether axe's doubt about a colour is settled. It cannot judge text in pictures, whose
 * colours are tested where they are drawn, nor cells that a table has scrolled out of
 * sight: for those the contrast (WCAG 2.2, relative luminance) is worked out here.
 */
function settled(selector) {
  const element = document.querySelector(selector);
  if (element === null) return false;
  if (element.closest('svg')) return true;
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = channels(colour).map((c) => c / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let paper = element;
  while (paper && channels(getComputedStyle(paper).backgroundColor)[3] === 0) {
    paper = paper.parentElement;
  }
  if (paper === null) return false;
  const [low, high] = [getComputedStyle(element).color, getComputedStyle(paper).backgroundColor]
    .map(light).sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05) >= 4.5;
}

/** axe's violations, and its doubts where they are not settled. */
async function axe(page) {
  await page.evaluate(AXE);
  const result = await page.evaluate((tags) => window.axe.run(document, {
    runOnly: { type: 'tag', values: tags },
  }), TAGS);
  const told = (rules) => rules.flatMap((rule) => rule.nodes
    .map((node) => ({ rule: rule.id, target: node.target.join(' ') })));
  const faults = told(result.violations).map(({ rule, target }) => `${rule}: ${target}`);
  for (const { rule, target } of told(result.incomplete)) {
    const fine = rule === 'color-contrast' && await page.evaluate(settled, target);
    if (!fine) faults.push(`unsure, ${rule}: ${target}`);
  }
  return faults;
}

/** What is wrong with the page's structure. Runs in the page. */
function structure() {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const levels = all('h1, h2, h3, h4, h5, h6').map((h) => Number(h.tagName[1]));
  const ids = all('[id]').map((element) => element.id);
  const events = all('*').flatMap((element) => element.getAttributeNames())
    .filter((name) => name.startsWith('on') || name === 'style');
  const named = (svg) => ['title', 'desc'].every((tag) => {
    const element = svg.querySelector(`:scope > ${tag}`);
    return element !== null && element.textContent.trim() !== '';
  });
  const targets = all('a[href^="#"]').map((a) => a.getAttribute('href').slice(1));
  return {
    'one h1': levels.filter((level) => level === 1).length === 1 ? [] : ['not exactly one'],
    'no skipped heading level': levels
      .filter((level, i) => level > (levels[i - 1] ?? 0) + 1).map((level) => `h${level}`),
    'unique ids': ids.filter((id, i) => ids.indexOf(id) !== i),
    'every link within the page has its target': targets.filter((id) => !ids.includes(id)),
    'every picture has title and description': all('svg:not(svg svg)')
      .filter((svg) => !named(svg) || svg.getAttribute('role') !== 'img')
      .map((svg) => svg.getAttribute('aria-labelledby') ?? 'svg without a name'),
    'no script, no style attribute, no event handler': [
      ...all('script, link, iframe, object, embed').map((e) => e.tagName), ...events,
    ],
    'tables have caption, scopes and no empty header': all('table').flatMap((table) => [
      ...(table.firstElementChild.tagName === 'CAPTION' ? [] : ['no caption']),
      ...[...table.querySelectorAll('th')]
        .filter((th) => !th.scope || th.textContent.trim() === '').map(() => table.id),
    ]),
    'fonts of the page are used': document.fonts.size === 2
      && [...document.fonts].every((font) => font.status === 'loaded')
      ? [] : [...document.fonts].map((font) => `${font.family} ${font.weight}: ${font.status}`),
  };
}

/** By how much the page is wider than the window. */
function overflow() {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth ? [`${scrollWidth} px in ${clientWidth} px`] : [];
}

/** Every width and colour scheme through axe, and the width itself. */
async function checkScreens(browser, file, url) {
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      const options = { viewport: { width, height: 900 }, colorScheme };
      await visit(browser, url, options, async (page) => {
        report(file, `axe at ${width} px, ${colorScheme}`, await axe(page));
        report(file, `no sideways scroll at ${width} px, ${colorScheme}`,
          await page.evaluate(overflow));
      });
    }
  }
}

/** Structure, requests, and the keyboard's first stop. */
async function checkPage(browser, file, url) {
  await visit(browser, url, {}, async (page, { requests, complaints }) => {
    for (const [name, faults] of Object.entries(await page.evaluate(structure))) {
      report(file, name, faults);
    }
    await page.keyboard.press('Tab');
    const skip = await page.evaluate(() => {
      const { left, top } = document.activeElement.getBoundingClientRect();
      const target = document.activeElement.getAttribute('href');
      return target === '#main' && left >= 0 && top >= 0;
    });
    report(file, 'the first stop of the keyboard skips to the results', skip ? [] : ['it does not']);
    const others = requests.filter((request) => request !== url && !request.startsWith('data:'));
    report(file, 'no request besides the file', others);
    report(file, 'the browser has no complaint', complaints);
  });
}

/** The same picture with scripts off. */
async function checkWithoutScript(browser, file, url) {
  const picture = (javaScriptEnabled) => visit(browser, url, { javaScriptEnabled },
    (page) => page.screenshot({ fullPage: true }));
  const [on, off] = [await picture(true), await picture(false)];
  report(file, 'the same picture without scripts', on.equals(off) ? [] : ['pictures differ']);
}

/** Paper: light colours, nothing cut off, and a file that is a PDF. */
async function checkPrint(browser, file, url) {
  const options = { viewport: { width: PAPER, height: 900 }, colorScheme: 'dark' };
  await visit(browser, url, options, async (page) => {
    await page.emulateMedia({ media: 'print' });
    report(file, 'nothing is cut off on paper', await page.evaluate(overflow));
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    report(file, 'paper is white', paper === 'rgb(255, 255, 255)' ? [] : [paper]);
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    report(file, 'prints to PDF', pdf.subarray(0, 5).toString() === '%PDF-' ? [] : ['no PDF']);
  });
}

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('usage: node check.mjs report.html ...');
  process.exit(2);
}
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  for (const file of files) {
    const url = pathToFileURL(resolve(file)).href;
    for (const check of [checkPage, checkScreens, checkWithoutScript, checkPrint]) {
      await check(browser, file, url);
    }
  }
} finally {
  await browser.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
