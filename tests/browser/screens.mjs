// A page on screens: every width and colour scheme through axe-core, no sideways scroll, and
// the same picture with scripts off.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { visit } from './visit.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDTHS = [1280, 360, 320];
const SCHEMES = ['light', 'dark'];

/**
 * Where axe's doubt about a colour is not settled. It cannot judge text in pictures, whose
 * colours are tested where they are drawn, nor cells that a table has scrolled out of
 * sight: for those the contrast (WCAG 2.2, relative luminance) is worked out here. All at
 * once, since there are thousands. Runs in the page.
 */
function unsettled(selectors) {
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = channels(colour).map((c) => c / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const settled = (element) => {
    if (element === null) return false;
    if (element.closest('svg')) return true;
    let paper = element;
    while (paper && channels(getComputedStyle(paper).backgroundColor)[3] === 0) {
      paper = paper.parentElement;
    }
    if (paper === null) return false;
    const [low, high] = [getComputedStyle(element).color, getComputedStyle(paper).backgroundColor]
      .map(light).sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05) >= 4.5;
  };
  return selectors.filter((selector) => !settled(document.querySelector(selector)));
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
  const doubts = told(result.incomplete);
  const colours = doubts.filter(({ rule }) => rule === 'color-contrast').map(({ target }) => target);
  const left = new Set(await page.evaluate(unsettled, colours));
  const open = doubts.filter(({ rule, target }) => rule !== 'color-contrast' || left.has(target));
  return [...faults, ...open.map(({ rule, target }) => `unsure, ${rule}: ${target}`)];
}

/** By how much the page is wider than the window. */
export function overflow() {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth ? [`${scrollWidth} px in ${clientWidth} px`] : [];
}

/** Every width and colour scheme through axe, and the width itself. */
export async function checkScreens(browser, { url, report }) {
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      const options = { viewport: { width, height: 900 }, colorScheme };
      await visit(browser, url, options, async (page) => {
        report(`axe at ${width} px, ${colorScheme}`, await axe(page));
        report(`no sideways scroll at ${width} px, ${colorScheme}`,
          await page.evaluate(overflow));
      });
    }
  }
}

/** The same picture with scripts off. */
export async function checkWithoutScript(browser, { url, report }) {
  const picture = (javaScriptEnabled) => visit(browser, url, { javaScriptEnabled },
    (page) => page.screenshot({ fullPage: true }));
  const [on, off] = [await picture(true), await picture(false)];
  report('the same picture without scripts', on.equals(off) ? [] : ['pictures differ']);
}
