// Opens report pages in Chromium and checks that everybody can read them, on screens and on
// paper, and that their pictures are the same in every form.
//
//   npm ci && node check.mjs path/to/report.html ...
//
// Takes pages beside whose `charts` a run has written the PNGs, prints one line for each
// check that fails, how long each took, and a count; exits with 1 if any fails. The browser
// is /usr/bin/chromium or what CHROMIUM names; paper needs `pdftotext` and `pdftoppm` of
// poppler. axe-core and parse5 are test tools only: nothing of them is ever published.

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { checkLicence, checkWidths } from './fonts.mjs';
import { checkPictures } from './pictures.mjs';
import { checkPrint } from './print.mjs';
import { checkScreens, checkWithoutScript } from './screens.mjs';
import { checkPage, checkParsing } from './structure.mjs';

const CHECKS = {
  parsing: checkParsing,
  structure: checkPage,
  screens: checkScreens,
  'without scripts': checkWithoutScript,
  'licence of the font': checkLicence,
  'widths of texts': checkWidths,
  pictures: checkPictures,
  paper: checkPrint,
};
// So many pages at a time.
const WORKERS = 2;

let passed = 0;
let failed = 0;
const seconds = Object.fromEntries(Object.keys(CHECKS).map((name) => [name, 0]));

/** Counts one check of a file; `faults` is what is wrong, empty if nothing is. */
function count(file, name, faults) {
  if (faults.length === 0) {
    passed += 1;
    return;
  }
  failed += 1;
  const more = faults.length > 10 ? [`and ${faults.length - 10} more`] : [];
  const lines = [...faults.slice(0, 10), ...more].map((fault) => `\n  ${fault}`);
  console.log(`FAILED ${file}: ${name}${lines.join('')}`);
}

/** Every check of the pages that are left. */
async function work(browser, files) {
  for (let file = files.shift(); file !== undefined; file = files.shift()) {
    const path = resolve(file);
    const report = (name, faults) => count(file, name, faults);
    for (const [name, check] of Object.entries(CHECKS)) {
      const started = performance.now();
      await check(browser, { path, url: pathToFileURL(path).href, report });
      seconds[name] += (performance.now() - started) / 1000;
    }
  }
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
  await Promise.all(Array.from({ length: WORKERS }, () => work(browser, files)));
} finally {
  await browser.close();
}
const times = Object.entries(seconds).map(([name, time]) => `${name} ${Math.round(time)}s`);
console.log(`of ${WORKERS} workers: ${times.join(', ')}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
