// Opens a page for a check.

/** Opens a page, gives it to `use` with what it asked for and complained of, closes it. */
export async function visit(browser, url, options, use) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  // Long pages on a busy machine take their time.
  context.setDefaultTimeout(180_000);
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
