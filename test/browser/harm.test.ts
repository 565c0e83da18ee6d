/** Names, tags and messages are other people's: none becomes markup or script, and none is lost. */
import type { Browser } from 'playwright-core';
import { RunBuilder, Tracks } from '../../report/history/run.ts';
import type { Header, Result, ResultError, Summary } from '../../report/result.ts';
import { removeFolders } from '../account/snapshot/support.ts';
import { header as earlier, error, result } from '../report/support.ts';
import { ALL_HOSTILE } from '../support/hostile.ts';
import { launch, onPaper, opened, reported } from './support.ts';

jest.setTimeout(120_000);
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await removeFolders();
});

const HARM: readonly (readonly [string, string])[] = [
  ['a script', '<script>window.harmed = 1</script>'],
  ['the end of a script', '</script><script>window.harmed = 1</script>'],
  ['the end of a script, in capitals and open', '</SCRIPT ><img src=x onerror="window.harmed=1">'],
  ['a comment that opens a script', '<!--<script>'],
  ['an image', '<img src="x" onerror="window.harmed=1">'],
  ['a picture of vectors', '<svg/onload=window.harmed=1>'],
  ['the end of an attribute', '"><img src=x onerror=window.harmed=1>'],
  ['the end of a quoted attribute', "' onfocus='window.harmed=1' autofocus='"],
  ['a template, a style and a frame', '</template></style><iframe srcdoc="<script>top.harmed=1</script>">'],
  ['a link', 'javascript:window.harmed=1'],
  ['Markdown', '[x](javascript:window.harmed=1) ![x](https://evil.example/x.png) `code` # head'],
  ['an entity', '&lt;img src=x onerror=window.harmed=1&gt;'],
  ['a slot of the template', '{{script}} {shown} $& $1'],
  ['what ends a line of a script', `\u2028\u2029 ';window.harmed=1;//`],
  ['JSON', '"},{"__proto__":{"harmed":1}}],"rows":[],"x":"\\'],
  ['what hides', ALL_HOSTILE],
];

/** The text in every field that is somebody else's. */
function everywhere(text: string): Parameters<typeof reported>[0] {
  const place = { accountId: text, region: text, resourceType: text, resourceId: text, resourceName: text };
  const waiver = { reason: text, ticket: text, owner: text, until: text };
  const ref = { line: 1, rule: text, resource: text, ticket: text, owner: text, until: text };
  const finding = { kind: text, [text]: text, deep: { [text]: [text] } };
  const bad: Result = result({ ...place, annotation: text, findings: [finding], findingId: text, fix: text });
  const waived: Result = { ...bad, waivers: [waiver] };
  const fine: Result = { ...bad, compliance: 'COMPLIANT', fix: null };
  const unknown: ResultError = error({ ...place, code: text, api: text, message: text, findingId: text });
  const header: Partial<Header> = {
    accountIds: [text],
    settings: { file: text, homeRegion: text, regions: [text] },
    inputs: [{ accountId: text, source: text, asOf: new Date(0), regions: [text] }],
    parameters: { 'sg-open-ports': { [text]: text } },
  };
  const summary: Partial<Summary> = {
    waivers: {
      file: text,
      expired: [ref],
      expiring: [ref],
      unused: [ref],
      undecided: [{ ...ref, tag: { key: text, value: text } }],
    },
  };
  const was = [{ ...bad, compliance: 'COMPLIANT' as const }];
  const baseline = { file: text, evaluated: { results: was, errors: [] } };
  const tracks = new Tracks();
  const runs = [bad, { ...bad, compliance: 'COMPLIANT' as const }, bad, fine].map((one, day) => {
    const builder = new RunBuilder(tracks);
    builder.result({ ...one, resourceId: text });
    const at = new Date(Date.UTC(2026, 9, day + 1));
    return builder.finish(text, {
      ...earlier,
      generatedAt: at,
      now: at,
      accountIds: [text],
      rules: [bad.rule],
    });
  });
  const history = { tracks, runs, unread: [{ file: text, why: { en: text, ko: text } }] };
  return {
    ...{ results: [bad, waived, fine], errors: [unknown], summary },
    ...{ header: { ...header, rules: [bad.rule, text] }, options: { baseline, history } },
  };
}

test.each(HARM)('%s is text, in every field', async (_, text) => {
  const { page, complaints, requests } = await opened(browser, await reported(everywhere(text)));
  await page.locator('#clear').click();
  await page.locator('.rows .open').first().click();
  await page.locator('#panel button', { hasText: '✕' }).click();
  await onPaper(page);
  expect(complaints).toEqual([]);
  expect(requests).toHaveLength(1);
  expect(await page.evaluate<number | undefined>('window.harmed ?? ({}).harmed')).toBeUndefined();
  // Two scripts are the page's own: its data, and its client.
  expect(await page.locator('script').count()).toBe(2);
  expect(await page.locator('img, iframe, object, embed, base, [onerror], [onload], [onfocus]').count()).toBe(
    0,
  );
  expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
  await page.context().close();
});

test('what an account says is there to read, whatever it is', async () => {
  const text = '<b onclick="x">&amp;</b> {{main}}';
  const { page } = await opened(browser, await reported(everywhere(text)));
  expect(await page.locator('.rows .open').first().textContent()).toBe(text);
  expect(await page.locator('.facts').innerText()).toContain(text);
  expect(await page.locator('#waivers').innerText()).toContain(text);
  expect(await page.locator('#history .unread').innerText()).toContain(text);
  expect(await page.locator('#history tbody .name').first().textContent()).toBe(text);
  await page.locator('.rows .open').first().click();
  expect(await page.locator('#panel .evidence').innerText()).toContain(text);
  await page.context().close();
});

test('the policy lets nothing else in: not even a script that somebody managed to write into the file', async () => {
  const { page, complaints } = await opened(browser, await reported({ results: [result()] }));
  await page
    .evaluate(`(() => {
    const script = document.createElement('script');
    script.append(document.createTextNode('window.harmed = 1'));
    document.body.append(script);
    const image = document.createElement('img');
    image.src = 'https://evil.example/x.png';
    document.body.append(image);
    document.body.setAttribute('style', 'display:none');
  })()`)
    .catch(() => undefined);
  expect(await page.evaluate<unknown>('window.harmed')).toBeUndefined();
  expect(await page.locator('h1').isVisible()).toBe(true);
  expect(
    complaints.filter((one) => /Content Security Policy|TrustedScript/i.test(one)).length,
  ).toBeGreaterThan(0);
  await page.context().close();
});
