import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import {
  isComparable,
  readMergedRecording,
  readRecording,
} from '../../../fixtures/recording/reader.ts';
import { Redaction } from '../../../fixtures/recording/redaction.ts';
import { beginRecording } from '../../../fixtures/recording/writer.ts';
import { complaintOf, expectOneSentence } from '../support/configuration-error.ts';
import { exchange, recorded, run } from '../support/recorded.ts';
import { emptyFolder } from '../support/run.ts';

const none = new Redaction(() => []);

// biome-ignore format: a row a line
const bodies: readonly (string | Buffer)[] = [
  '{"id":"ü 😀"}',
  '',
  '{\r\n"a":\r1,\n"b":\u0085 2}\n',
  '{"id":"a\u2028b\u2029c"}',
  '\u0000\u0001\u001f\u007f\u009f',
  '\ufeff{}',
  '{"body":{"text":"x"},"end":"x","run":"x","requestCase":{}}',
  '\ufffd',
  Buffer.from([0x22, 0xc3]),
  Buffer.from([0xed, 0xa0, 0x80]),
  Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d]),
];

test('every body comes back byte for byte, also one with line ends or that is no UTF-8', () => {
  const given = bodies.map((each, i) => {
    const body = Buffer.from(each);
    return { ...exchange({ body }, i + 1), request: { ...exchange().request, body } };
  });
  const back = readRecording(recorded(given)).exchanges;
  expect(back.map(({ request }) => request.body)).toEqual(given.map(({ request }) => request.body));
  expect(back.map(({ response }) => response?.body)).toEqual(
    given.map((each) => each.response?.body),
  );
});

test('everything of an exchange comes back, with the place of its line, and the run and its end', () => {
  const header = ['X', 'a\u2028b caf\u00e9'] as const;
  const headers = [header, ['x', '']] as const;
  const given = exchange({ headers, reason: 'Gemacht \u00fc', wireBytes: undefined });
  const failed = { ...exchange({}, 2), failure: { kind: 'cut off', detail: '' } } as const;
  const empty = exchange({ body: Buffer.alloc(0), notKept: 'larger than 256 KiB' }, 3);
  const path = recorded([given, failed, empty]);
  const exchanges = [given, failed, empty].map((each, i) => ({
    ...each,
    evidence: `${path}:${i + 2}`,
  }));
  const whole = { path, run, exchanges, end: { complete: true } };
  expect(readRecording(path)).toEqual(whole);
  expect(readRecording(path, true)).toEqual(whole);
  const comparable = [given, failed, empty, exchange({ status: 429 })].filter(isComparable);
  expect(comparable).toEqual([given]);
});

test('of a request that was sent again the last exchange is the one to compare', () => {
  const path = recorded([exchange({}, 2), exchange({ status: 429 }), exchange()]);
  const found = readMergedRecording(path).exchanges;
  expect(found.map(({ requestCase }) => requestCase.number)).toEqual([1, 2]);
  expect(found.map(({ response }) => response?.status)).toEqual([201, 201]);
});

test('an exchange is on disk as soon as it is recorded, and of bodies what there is room for', () => {
  const folder = emptyFolder();
  const recorder = beginRecording(folder, run, none, 3);
  recorder.record(exchange());
  const path = join(folder, 'exchanges', `${run.run}.jsonl`);
  expect(readFileSync(path, 'utf8')).toMatch(/^.+\n.+\n$/);
  recorder.record(exchange({}, 2));
  recorder.record(exchange({ body: Buffer.alloc(0) }, 3));
  recorder.end({ complete: true });
  const kept = readRecording(path).exchanges.map(({ response }) => response);
  expect(kept.map((each) => each?.body.length)).toEqual([2, 0, 0]);
  const full = 'beyond the 64 MiB of bodies that a run keeps';
  expect(kept.map((each) => each?.notKept)).toEqual([undefined, full, undefined]);
});

test('a recording that a killed run, or an editor, leaves is read as far as it goes', () => {
  const path = recorded([exchange()]);
  const whole = readFileSync(path, 'utf8');
  const [first = '', second = ''] = whole.split('\n');
  const end = { complete: true };
  // biome-ignore format: a row a line
  const left = [
    ...['{"requestCase":{"number":2', '{', '\0\0', '\n'].map((half) => [whole + half, 1, end] as const),
    [whole.replaceAll('\n', '\r\n'), 1, end],
    [`${first}\n${second}\n`, 1, undefined],
    [first, 0, undefined],
  ] as const;
  for (const [text, exchanges, said] of left) {
    writeFileSync(path, text);
    const found = readRecording(path);
    expect([found.run, found.exchanges.length, found.end]).toEqual([run, exchanges, said]);
  }
});

/** The sentence about a recording that cannot be read. */
function complaintAbout(path: string): string {
  const message = complaintOf(() => readRecording(path));
  expectOneSentence(message);
  expect(message.length).toBeLessThan(1_000);
  return message;
}

const changed = (change: object) => (text: string) =>
  JSON.stringify({ ...JSON.parse(text), ...change });
const long = 'x'.repeat(9_000);
// biome-ignore format: a row a line
const broken: readonly (readonly [line: 1 | 3, found: string, write: (text: string) => string])[] = [
  [3, 'is not JSON', () => '{"requestCase":'],
  [3, 'requestCase is missing', () => '{}'],
  [3, 'requestCase.number is missing', changed({ requestCase: {} })],
  [3, 'describes a run again', () => JSON.stringify(run)],
  [3, 'request.url is no URL', (text) => text.replace('"url":"http', '"url":"')],
  [1, 'target must match', changed({ target: '../x' })],
  [3, 'response.body must be object', changed({ response: { status: 200, reason: '', headers: [], body: 'x' } })],
  [3, 'request.headers.0 must NOT have fewer than 2 items', (text) => text.replace('["A","b"]', '["A"]')],
  [1, 'does not describe the run', () => '{"complete":true}'],
  [1, 'does not describe the run', () => 'null'],
  [1, 'suiteVersion must NOT have more than 8000 characters', changed({ suiteVersion: long })],
  [3, 'reason must NOT have more than 8000 characters', () => `{"complete":false,"reason":"${long}"}`],
  [1, 'narrowedTo must NOT have fewer than 1 items', changed({ narrowedTo: [] })],
];
for (const [number, found, write] of broken)
  test(`a recording whose line ${number} becomes ${write('{}').slice(0, 80)} is named with it: ${found}`, () => {
    const path = recorded([exchange(), exchange({}, 2), exchange({}, 3)]);
    const lines = readFileSync(path, 'utf8').split('\n');
    lines[number - 1] = write(lines[number - 1] ?? '');
    writeFileSync(path, lines.join('\n'));
    expect(complaintAbout(path)).toContain(`${path}:${number} ${found}`);
  });

test('a recording of another version that has another form is to be recorded anew', () => {
  const path = recorded([exchange()]);
  const old = readFileSync(path, 'utf8').replace('"why":', '"departure":{},"why":');
  writeFileSync(path, old.replace('"suiteVersion":"0"', '"suiteVersion":"0.4.0-old"'));
  expect(complaintAbout(path)).toMatch(
    /:2 requestCase\.departure is not a known property: expected a recording of version .*version 0\.4\.0-old wrote this one: record it anew with "npm run contract"\.$/,
  );
  writeFileSync(path, '{"run":"r"}');
  expect(complaintAbout(path)).toMatch(/ expected a recording that this suite wrote\.$/);
});

test('what is no file, or cannot be read, is reported in one sentence with the reason', () => {
  const folder = emptyFolder();
  const empty = join(folder, 'empty.jsonl');
  writeFileSync(empty, '');
  expect(complaintAbout(empty)).toContain(`${empty}:1 `);
  expect(complaintAbout(join(folder, 'nowhere.jsonl'))).toContain('ENOENT');
  expect(complaintAbout(folder)).toContain('is not a file');
});

test('a folder that cannot be written, and a run recorded already, are refused before anything is sent', () => {
  const file = join(emptyFolder(), 'file');
  writeFileSync(file, '');
  const path = recorded([]);
  const folders = [file, dirname(dirname(path))];
  const said = folders.map((each) => complaintOf(() => beginRecording(each, run, none)));
  for (const each of said) expectOneSentence(each);
  expect(said[0]).toContain('CONTRACT_REPORT');
  expect(said[1]).toContain('EEXIST');
  const modes = [path, dirname(path)].map((each) => statSync(each).mode & 0o777);
  // Windows has other rights.
  if (process.platform !== 'win32') expect(modes).toEqual([0o600, 0o700]);
});
