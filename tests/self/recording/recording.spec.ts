import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ConfigurationError } from '../../../fixtures/configuration/errors.ts';
import { Redaction } from '../../../fixtures/recording/redaction.ts';
import { RecordingWriter } from '../../../fixtures/recording/writer.ts';
import { schemaErrors } from '../../../schemas/validate.ts';
import { complaintOf, expectOneSentence } from '../support/configuration-error.ts';
import { ending, httpMessage, sendTo } from '../support/raw-server.ts';
import { exchange, exchangesOf, linesIn, recorded, run } from '../support/recorded.ts';
import { emptyFolder } from '../support/run.ts';

const bodies: Readonly<Record<string, string | Buffer>> = {
  JSON: '{"id":"ü 😀"}',
  nothing: '',
  'line ends of every kind': '{\r\n"a":\r1,\n"b":\u0085 2}\n',
  'the line separators of Unicode': '{"id":"a\u2028b\u2029c"}',
  'control characters': '\u0000\u0001\u001f\u007f\u009f',
  'a byte order mark': '\ufeff{}',
  'what looks like one of our lines': '{"body":{"text":"x"},"end":"x","run":"x","requestCase":{}}',
  'a replacement character': '\ufffd',
  'bytes that are not UTF-8': Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d]),
  'half a character': Buffer.from([0x22, 0xc3]),
  'a surrogate on its own': Buffer.from([0xed, 0xa0, 0x80]),
  'every byte': Buffer.from(Array.from({ length: 256 }, (_, i) => i)),
};
for (const [name, content] of Object.entries(bodies))
  test(`a body of ${name} comes back byte for byte`, async () => {
    const body = Buffer.from(content);
    const sent = { ...exchange({ body }), request: { ...exchange().request, body } };
    const [back] = await exchangesOf(recorded([sent, exchange()]));
    expect(back?.response?.body.toString('hex')).toBe(body.toString('hex'));
    expect(back?.request.body.toString('hex')).toBe(body.toString('hex'));
  });

test('a body that is not UTF-8 goes from the wire to the judge as it is', async () => {
  const body = Buffer.from([0x7b, 0xff, 0xc3, 0x28, 0x7d]);
  const { exchange: sent } = await sendTo(ending(httpMessage(body)));
  const [back] = await exchangesOf(recorded([sent]));
  expect(back?.response?.body.equals(body)).toBe(true);
});

test('everything else of an exchange comes back too, with the place of its line', async () => {
  const given = exchange({
    headers: [
      ['X', 'a\u2028b'],
      ['x', ''],
      ['X-Latin', 'caf\u00e9'],
    ],
    reason: 'Gemacht \u00fc',
    wireBytes: undefined,
  });
  const failed = { ...exchange({}, 2), failure: { kind: 'cut off', detail: '' } } as const;
  const path = recorded([given, failed]);
  expect(await exchangesOf(path)).toEqual([
    { ...given, evidence: `${path}:2` },
    { ...failed, evidence: `${path}:3` },
  ]);
});

test('a recording is the run, its exchanges and its end, each a line of the schema', async () => {
  const path = recorded([exchange(), exchange({}, 2)]);
  const lines = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(lines.length).toBe(4);
  expect(lines.flatMap((line) => schemaErrors('recording', line))).toEqual([]);
  const [first, , , last] = await linesIn(path);
  expect([first, last]).toEqual([run, { complete: true }]);
});

test('an exchange is on disk as soon as it is recorded', () => {
  const folder = emptyFolder();
  const recorder = new RecordingWriter(folder, run, new Redaction(() => []));
  recorder.record(exchange());
  const text = readFileSync(join(folder, 'exchanges', `${run.run}.jsonl`), 'utf8');
  recorder.end({ complete: true });
  expect(text.split('\n').length).toBe(3);
  expect(text.endsWith('\n')).toBe(true);
});

test('half a last line, as a killed run leaves it, is passed over', async () => {
  for (const truncated of ['{"requestCase":{"number":2', '{', '\u0000\u0000', '\n']) {
    const path = recorded([exchange()]);
    appendFileSync(path, truncated);
    expect((await linesIn(path)).length).toBe(3);
  }
});

test('a recording without its end, and one that only describes its run, are read', async () => {
  const path = recorded([exchange()]);
  const [first = '', second = ''] = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, `${first}\n${second}\n`);
  expect((await linesIn(path)).length).toBe(2);
  writeFileSync(path, first);
  expect(await linesIn(path)).toEqual([run]);
});

test('line ends that an editor changed do no harm', async () => {
  const path = recorded([exchange()]);
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll('\n', '\r\n'));
  expect((await linesIn(path)).length).toBe(3);
});

/** The sentence about a recording that cannot be read. */
async function complaintAbout(path: string): Promise<string> {
  const error: unknown = await linesIn(path).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ConfigurationError);
  const message = error instanceof Error ? error.message : '';
  expectOneSentence(message);
  return message;
}

for (const broken of [
  '{"requestCase":',
  'x',
  '',
  'null',
  '42',
  '"text"',
  'true',
  '[]',
  '{}',
  '{"requestCase":{}}',
])
  test(`a middle line of ${broken || 'nothing'} is named with its number`, async () => {
    const path = recorded([exchange(), exchange({}, 2), exchange({}, 3)]);
    const lines = readFileSync(path, 'utf8').split('\n');
    lines[2] = broken;
    writeFileSync(path, lines.join('\n'));
    expect(await complaintAbout(path)).toContain(`${path}:3 `);
  });

for (const first of ['{"requestCase":', 'null', '42', '[]', '{}', '{"complete":true}', ''])
  test(`a first line of ${first || 'nothing'} is named as one that does not describe the run`, async () => {
    const path = recorded([exchange()]);
    const rest = readFileSync(path, 'utf8').split('\n').slice(1);
    writeFileSync(path, [first, ...rest].join('\n'));
    expect(await complaintAbout(path)).toContain(`${path}:1 `);
    writeFileSync(path, first);
    expect(await complaintAbout(path)).toContain(`${path}:1 `);
  });

test('a recording that is not there, or is a folder, is reported in one sentence with the reason', async () => {
  const folder = emptyFolder();
  expect(await complaintAbout(join(folder, 'nowhere.jsonl'))).toContain('ENOENT');
  expect(await complaintAbout(folder)).toContain('EISDIR');
});

test('a folder that cannot be written, and a run recorded already, are refused before anything is sent', () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'file'), '');
  const none = new Redaction(() => []);
  const said = complaintOf(() => new RecordingWriter(join(folder, 'file'), run, none));
  expectOneSentence(said);
  expect(said).toContain('CONTRACT_REPORT');
  const path = recorded([]);
  const again = complaintOf(() => new RecordingWriter(dirname(dirname(path)), run, none));
  expectOneSentence(again);
  expect(again).toContain('EEXIST');
});
