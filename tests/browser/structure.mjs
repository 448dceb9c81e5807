// What a page is made of: parsed without a fault, one outline, names for everything, no
// request, and a way past the head for the keyboard.

import { readFileSync } from 'node:fs';
import { parse } from 'parse5';
import { visit } from './visit.mjs';

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

const VOID = ['br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'wbr'];

/** Elements that the parser had to begin or end itself, and how many it read an end of. */
function mended(node, source, faults) {
  let ends = 0;
  for (const child of node.childNodes ?? []) {
    if (child.tagName === undefined) continue;
    const place = child.sourceCodeLocation;
    const own = place?.startTag && source.slice(place.startTag.startOffset, place.startTag.endOffset);
    if (!own) faults.push(`${child.tagName} is not in the file`);
    else if (place.endTag) ends += 1;
    else if (!VOID.includes(child.tagName) && !own.endsWith('/>')) {
      faults.push(`${place.startLine}:${place.startCol} ${child.tagName} has no end`);
    }
    ends += mended(child, source, faults);
  }
  return ends;
}

/** Places in the file at which the parser of the HTML standard complains or has to mend. */
export async function checkParsing(_, { path, report }) {
  const source = readFileSync(path, 'utf8');
  const faults = [];
  const tree = parse(source, {
    sourceCodeLocationInfo: true,
    onParseError: ({ code, startLine, startCol }) => faults.push(`${startLine}:${startCol} ${code}`),
  });
  const read = mended(tree, source, faults);
  const written = source.match(/<\/[a-z]/gi).length;
  if (written !== read) faults.push(`${written} ends are written, ${read} belong to elements`);
  report('the HTML has no error', faults);
}

/** Structure, requests, and the keyboard's first stop. */
export async function checkPage(browser, { url, report }) {
  await visit(browser, url, {}, async (page, { requests, complaints }) => {
    for (const [name, faults] of Object.entries(await page.evaluate(structure))) {
      report(name, faults);
    }
    await page.keyboard.press('Tab');
    const skip = await page.evaluate(() => {
      const { left, top } = document.activeElement.getBoundingClientRect();
      const target = document.activeElement.getAttribute('href');
      return target === '#main' && left >= 0 && top >= 0;
    });
    report('the first stop of the keyboard skips to the results', skip ? [] : ['it does not']);
    const others = requests.filter((request) => request !== url && !request.startsWith('data:'));
    report('no request besides the file', others);
    report('the browser has no complaint', complaints);
  });
}
