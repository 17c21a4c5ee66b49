import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { responseLimit } from '../../../fixtures/http/client.ts';
import { isComparable, recordedLines } from '../../../fixtures/recording/reader.ts';
import { Redaction } from '../../../fixtures/recording/redaction.ts';
import { RecordingWriter } from '../../../fixtures/recording/writer.ts';
import { inPart, shortBody } from '../../../schemas/files/body-in-part.ts';
import type { End, Exchange, Response } from '../../../schemas/files/recording.ts';
import { schemaErrors } from '../../../schemas/validate.ts';
import { objectIn, withJson } from '../mutants/defects/rewrite.ts';
import { detected, runAt, sendDocumented, verdictsOn } from '../support/judged.ts';
import { startMock } from '../support/mock.ts';
import { token } from '../support/raw-server.ts';
import { exchange, exchangesOf, recorded, run } from '../support/recorded.ts';
import { emptyFolder } from '../support/run.ts';

const long = Buffer.from(`begin${'x'.repeat(4 * shortBody)}end`);
const cutOff = { failure: { kind: 'too large', detail: '' } } as const;

function responseOf(exchange: Exchange | undefined): Response {
  if (exchange?.response === undefined) throw new Error('there is a response');
  return exchange.response;
}

/** Records with room for so many bytes of bodies. Out: the path, and the end as the writer says it. */
function recordedWithin(limit: number, exchanges: readonly Exchange[]): { path: string; end: End } {
  const folder = emptyFolder();
  const writer = new RecordingWriter(folder, run, new Redaction(() => []), limit);
  for (const each of exchanges) writer.record(each);
  const end = writer.end({ complete: true });
  return { path: join(folder, 'exchanges', `${run.run}.jsonl`), end };
}

test('of a body that did not come whole both ends are recorded, and how much stands between', async () => {
  const path = recorded([{ ...exchange({ body: long }), ...cutOff }]);
  const [back] = await exchangesOf(path);
  const { body, cut } = responseOf(back);
  expect(body.toString()).toMatch(/^beginx+$/);
  expect(cut?.tail.toString()).toMatch(/^x+end$/);
  expect(body.length + (cut?.omitted ?? 0) + (cut?.tail.length ?? 0)).toBe(long.length);
  expect(statSync(path).size).toBeLessThan(2 * shortBody);
  const line: unknown = JSON.parse(readFileSync(path, 'utf8').split('\n')[1] ?? '');
  expect(schemaErrors('recording', line)).toEqual([]);
});

test('of a secret no part is recorded where the body is cut', async () => {
  for (const at of [shortBody / 2 - 10, shortBody / 2, long.length - shortBody / 2 - 10]) {
    const body = Buffer.from(long);
    body.write(token, at);
    const [back] = await exchangesOf(recorded([{ ...exchange({ body }), ...cutOff }], [token]));
    const { body: head, cut } = responseOf(back);
    const kept = `${head}${cut?.tail}`;
    expect(kept).not.toContain(token.slice(0, 8));
    expect(kept).not.toContain(token.slice(-8));
  }
});

test('a character is not cut', () => {
  for (const shift of [0, 1, 2, 3]) {
    const text = `${'x'.repeat(shift)}${'😀'.repeat(shortBody)}`;
    const { body, cut } = inPart(responseOf(exchange({ body: Buffer.from(text) })));
    expect(text.startsWith(body.toString())).toBe(true);
    expect(text.endsWith(cut?.tail.toString() ?? '?')).toBe(true);
  }
});

test('a whole body as large as one may be comes back byte for byte', async () => {
  const body = Buffer.alloc(responseLimit, '\u0001');
  const [back] = await exchangesOf(recorded([exchange({ body })]));
  expect(back?.response?.body.equals(body)).toBe(true);
  expect(back?.response?.cut).toBeUndefined();
});

test('a recording that is full keeps the ends of what is long, the whole of what is short, and says so', async () => {
  const exchanges = [1, 2, 3, 4].map((n) => exchange({ body: long }, n));
  const short = exchange({ body: Buffer.alloc(shortBody, 'y') }, 5);
  const { path, end } = recordedWithin(2.5 * long.length, [...exchanges, short]);
  const back = await exchangesOf(path);
  expect(back.map(({ response }) => response?.cut !== undefined)).toEqual([
    false,
    false,
    true,
    true,
    false,
  ]);
  expect(back.map(isComparable)).toEqual([true, true, false, false, true]);
  expect(back[4]?.response?.body.length).toBe(shortBody);
  expect(end).toEqual({ complete: true, cut: 2 });
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(lines.flatMap((line) => schemaErrors('recording', JSON.parse(line)))).toEqual([]);
  expect(JSON.parse(lines.at(-1) ?? '')).toEqual(end);
});

for (const [name, limit, status] of [
  ['whole', undefined, 'conforms'],
  ['in part', 0, 'not applicable'],
] as const)
  test(`a conforming target whose long bodies are recorded ${name} is not blamed`, async () => {
    const mock = await startMock({
      defect: (response) =>
        withJson(response, { ...objectIn(response), filler: 'z'.repeat(shortBody) }),
    });
    const folder = emptyFolder();
    const writer = new RecordingWriter(folder, runAt(mock), new Redaction(() => []), limit);
    const end = await sendDocumented(mock, { samples: 10 }, (each) => writer.record(each));
    writer.end(end);
    await mock.close();
    const path = join(folder, 'exchanges', `${run.run}.jsonl`);
    const verdicts = await verdictsOn(recordedLines(path));
    expect(detected(verdicts)).toEqual([]);
    const outcomeOf = (id: string) =>
      verdicts.filter(({ requirement }) => requirement === id).map(({ outcome }) => outcome);
    for (const id of ['body-json', 'odata-type', 'date-form', 'error-json', 'json-names-once'])
      expect(outcomeOf(id), id).toEqual([status, status]);
    expect(outcomeOf('create-status')).toEqual(['conforms', 'conforms']);
  });
