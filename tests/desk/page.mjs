// Opens a page as people do, in Chromium, and says what it found: one line for each check, `ok` or `FAIL` first.
//
//     node page.mjs CHROMIUM PAGE.html NAME [SCREENSHOTS]
//
// Accessibility (axe-core, WCAG 2.1 A and AA) light and dark, wide and narrow; no request; nothing on the console; the keyboard
// reaches everything; nothing sticks out; no foreign script; every Vega-Lite specification compiles and draws.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import * as vega from 'vega';
import * as vegaLite from 'vega-lite';

const [executablePath, file, name, shots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const url = pathToFileURL(file).href;
const say = (good, what) => console.log(`${good ? 'ok   ' : 'FAIL '} ${name}: ${what}`);

const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

const requests = [];
const noises = [];
let specs = [];
for (const colorScheme of ['light', 'dark']) {
  for (const width of [1280, 320]) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
    const page = await context.newPage();
    page.on('request', (request) => request.url() !== url && requests.push(request.url()));
    page.on('console', (message) => noises.push(message.text()));
    page.on('pageerror', (error) => noises.push(String(error)));
    page.on('dialog', (dialog) => { noises.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
    await page.goto(url);
    await page.evaluate(() => document.querySelectorAll('details').forEach((details, n) => { details.open = n < 6; }));
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }));
    const said = found.violations.map((one) => `${one.id} (${one.nodes.length}: ${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', ')})`);
    say(!said.length, `axe, ${colorScheme}, ${width} px: ${found.passes.length} rules passed, ${said.length} violated ${said.join('; ')}`);
    const over = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
    say(over <= 0, `nothing sticks out at ${width} px, ${colorScheme} (${over} px)`);
    if (shots) await page.screenshot({ path: join(shots, `${name}-${width}-${colorScheme}.png`), fullPage: false });
    await context.close();
  }
}

const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
const page = await context.newPage();
page.on('request', (request) => request.url() !== url && requests.push(request.url()));
page.on('console', (message) => noises.push(message.text()));
await page.goto(url);

// The keyboard: Tab comes to everything that can be reached, in order, and back to the start.
const reachable = await page.evaluate(() => {
  const all = [...document.querySelectorAll('a[href], summary, [tabindex="0"]')];
  // What is folded away is reached once it is opened; the summary of its own is not.
  const folded = (one) => (one.tagName === 'SUMMARY' ? one.parentElement.parentElement : one).closest('details:not([open])');
  const seen = all.filter((one) => one.checkVisibility() && !folded(one));
  seen.forEach((one, n) => { one.dataset.stop = n; });
  return seen.length;
});
const stops = new Set();
for (let n = 0; n < reachable + 5 && stops.size < reachable; n += 1) {
  await page.keyboard.press('Tab');
  const stop = await page.evaluate(() => document.activeElement?.dataset?.stop);
  if (stop !== undefined) stops.add(stop);
}
say(stops.size === reachable && reachable > 0, `the keyboard reaches ${stops.size} of ${reachable} places`);
const opened = await page.evaluate(() => document.querySelector('main details')?.open ?? null);
if (opened !== null) {
  await page.locator('main summary').first().focus();
  await page.keyboard.press('Enter');
  say(await page.evaluate(() => document.querySelector('main details').open) !== opened, 'Enter opens what is folded away');
}
await page.keyboard.press('Home');

const active = await page.evaluate(() => ({
  hit: window.hit,
  scripts: [...document.scripts].filter((script) => script.type !== 'application/json').length,
  handlers: [...document.querySelectorAll('*')].filter((one) => [...one.attributes].some((attribute) => /^on/i.test(attribute.name))).length,
  strange: document.querySelectorAll('iframe, object, embed, form, base, link, img, meta[http-equiv="refresh"]').length,
  links: [...document.links].filter((link) => !/^(https?:|file:.*#)/.test(link.href)).length,
}));
say(active.hit === undefined && !active.scripts && !active.handlers && !active.strange && !active.links, `nothing active: ${JSON.stringify(active)}`);

await page.emulateMedia({ media: 'print' });
await page.setViewportSize({ width: 703, height: 1000 });
const printed = await page.pdf({ preferCSSPageSize: true, printBackground: true, path: shots ? join(shots, `${name}.pdf`) : undefined });
say(printed.length > 10_000, `prints on A4 (${printed.length} bytes of PDF)`);

specs = await page.evaluate(() => [...document.querySelectorAll('script.vega-lite')].map((script) => script.textContent));
await browser.close();
say(!requests.length, `no request leaves the page ${requests.join(' ')}`);
say(!noises.length, `nothing on the console ${noises.join(' | ')}`);

let marks = 0;
const wrong = [];
for (const text of specs) {
  const spec = JSON.parse(text);
  const warnings = [];
  const warn = (...words) => { warnings.push(words.join(' ')); return logger; };
  const logger = { level: () => logger, warn, error: warn, info: () => logger, debug: () => logger };
  try {
    const compiled = vegaLite.compile(spec, { logger });
    const view = new vega.View(vega.parse(compiled.spec), { renderer: 'none', logger });
    const svg = await view.toSVG();
    marks += (svg.match(/<(path|text) /g) ?? []).length;
    if (warnings.length) wrong.push(`${spec.title}: ${warnings[0]}`);
  } catch (error) {
    wrong.push(`${spec.title}: ${error.message}`);
  }
}
say(!wrong.length, `${specs.length} Vega-Lite specifications compile and draw (${marks} marks) ${wrong.join(' | ')}`);
