import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { schemaErrors } from '../../../schemas/validate.ts';
import { without } from '../mutants/defects/rewrite.ts';
import { type Defect, type Mock, startMock } from '../support/mock.ts';
import {
  contract,
  contractAt,
  emptyFolder,
  pointedAt,
  pointedAtNobody,
  recordingsIn,
  reportIn,
} from '../support/run.ts';

const quick = { CONTRACT_SAMPLES: '3', CONTRACT_SEED: '7' };

const answers200: Defect = (response) =>
  response.status === 201 ? { ...response, status: 200 } : response;
const withoutVersion: Defect = (response) => without(response, 'OData-Version');

/** The requirement's outcomes, by route. */
const outcomesOf = (folder: string, id: string) =>
  reportIn(folder)
    .verdicts.filter(({ requirement }) => requirement === id)
    .map(({ outcome }) => outcome);

test('without a target the embedded mock is judged, said first, and found to keep the contract', async () => {
  const { code, output, folder } = await contract({});
  expect(output.split('\n')[0]).toMatch(
    /^target +the embedded mock, http:\/\/127\.0\.0\.1:\d+\/v1\.0 \(GRAPH_BASE_URL is not set\)/,
  );
  expect(output).toMatch(/^PASSED .*: all conform$/m);
  expect(output).not.toContain('\u001b');
  expect(code).toBe(0);
  const report = reportIn(folder);
  expect(schemaErrors('report', report)).toEqual([]);
  expect(
    report.verdicts.filter(
      // It announces minimal metadata, so that full metadata are not asked of it.
      ({ outcome, requirement }) =>
        !['conforms', 'untested'].includes(outcome) && requirement !== 'metadata-full',
    ),
  ).toEqual([]);
  const [lines = []] = recordingsIn(folder);
  expect(lines.flatMap((line) => schemaErrors('recording', line))).toEqual([]);
});

test('a server of one fault fails the run, and says which sentence it breaks', async () => {
  const { code, output, folder } = await contractAt({ defect: answers200 }, quick);
  expect(code).toBe(1);
  expect(output).toContain(
    [
      '1. create-status on both routes: expected 201, received 200',
      '   rule       answers 201 Created (stated: page, section "Response"; with and without id, because table and example differ in that)',
      '   where      both routes, 3 of 3 requests',
      '   sent       POST http://127.0.0.1:',
    ].join('\n'),
  );
  expect(
    reportIn(folder)
      .verdicts.filter(({ failing }) => failing)
      .map(({ requirement }) => requirement),
  ).toEqual(['create-status', 'create-status', 'example-exchange', 'example-exchange']);
  expect(output).toMatch(/^FAILED {3}create-status on both routes: expected 201, received 200$/m);
  const written = readFileSync(join(folder, 'contract-report/report.md'), 'utf8');
  expect(written.split('\n')[0]).toBe(
    '# FAILED: create-status on both routes: expected 201, received 200',
  );
  expect(written).toContain(
    '## Fix first\n\n1. create-status on both routes: expected 201, received 200; with it example-exchange',
  );
});

test('CONTRACT_LEVELS=stated judges what the page states, and nothing else', async () => {
  const { code, output, folder } = await contractAt(
    { defect: withoutVersion },
    { ...quick, CONTRACT_LEVELS: 'stated', CONTRACT_STRICT: 'true' },
  );
  expect(code).toBe(0);
  expect(output).not.toContain('in this order');
  expect([...new Set(reportIn(folder, 'stated').verdicts.map(({ level }) => level))]).toEqual([
    'stated',
  ]);
});

test('--grep with the id of a requirement judges that one', async () => {
  const { code, folder } = await contract(quick, ['--grep', 'date-form']);
  expect(code).toBe(0);
  const judged = reportIn(folder, 'grep').verdicts.map(({ requirement }) => requirement);
  expect([...new Set(judged)]).toEqual(['date-form']);
});

test('--grep sends only what its requirements judge, says so, and leaves no history', async () => {
  const { output, folder } = await contract(quick, ['--grep', 'token-needed|token-known']);
  expect(output).toMatch(
    /^requests \d sent in .* s, seed 7, only those for token-needed, token-known$/m,
  );
  const [lines = []] = recordingsIn(folder);
  const kinds = lines.filter(isExchange).map(({ requestCase }) => requestCase.kind);
  expect([...new Set(kinds)]).toEqual(['negative']);
  expect(reportIn(folder, 'grep').configuration['narrowed to']).toBe('token-needed, token-known');

  // What was not sent is no ground to judge a target by.
  const again = await contract({}, ['--project=contract', '--no-deps'], folder);
  expect(again.code).toBe(0);
  const judged = reportIn(folder, 'grep').verdicts.filter(({ outcome }) => outcome !== 'untested');
  expect([...new Set(judged.map(({ requirement }) => requirement))]).toEqual([
    'token-needed',
    'token-known',
  ]);
  expect(existsSync(join(folder, 'contract-report/history.jsonl'))).toBe(false);
});

test('--fully-parallel --workers=2: every request is sent once, and judged once', async () => {
  const { code, folder } = await contract(quick, ['--fully-parallel', '--workers=2']);
  expect(code).toBe(0);
  expect(recordingsIn(folder)).toHaveLength(1);
  const titles = reportIn(folder).verdicts.map(({ requirement, route }) => [requirement, route]);
  expect(new Set(titles.map(String)).size).toBe(titles.length);
});

test('another reporter in place of ours leaves a failing run failing', async () => {
  const { code, output } = await contractAt({ defect: answers200 }, quick, [
    '--add-reporter=list',
    '--grep=create-status',
  ]);
  expect(code).toBe(1);
  expect(output).toContain('2 failed');
  expect(output).toContain('  expected    201\n');
  // What is wrong is no line of this suite.
  expect(output).not.toMatch(/attach\.ts|^ *at |^ *> *\d+ \|/m);
});

test('a deviation of the platform is a warning, and fails the run only where CONTRACT_STRICT asks for it', async () => {
  const defect = withoutVersion;
  const lenient = await contractAt({ defect }, quick);
  const strict = await contractAt({ defect }, { ...quick, CONTRACT_STRICT: 'true' });
  expect([lenient.code, strict.code]).toEqual([0, 1]);
  expect(lenient.output).toContain('1 warning,');
});

test('a target that cannot be reached is an error that fails the run, and named so', async () => {
  const { code, output, folder } = await contract({ ...(await pointedAtNobody()), ...quick });
  expect(code).toBe(1);
  expect(output).toMatch(
    /the target could not be reached: connect ECONNREFUSED 127\.0\.0\.1:\d+; is it started\? CONTRACT_WAIT_MS waits for one/,
  );
  expect([...new Set(reportIn(folder).verdicts.map(({ outcome }) => outcome))].sort()).toEqual([
    'error',
    'untested',
  ]);
});

test('a target that dies half-way is judged by what it answered, and blamed for what it did not', async () => {
  const mock = await startMock({
    defect: (response, { n }) => {
      if (n === 60) setImmediate(() => void mock.close());
      return response;
    },
  });
  const { code, folder } = await contract({ ...pointedAt(mock), CONTRACT_SEED: '7' });
  await mock.close();
  expect(code).toBe(1);
  expect(outcomesOf(folder, 'create-answered')).toContain('deviates');
  expect(outcomesOf(folder, 'create-status')).toEqual(['conforms', 'conforms']);
  expect(
    reportIn(folder)
      .verdicts.filter(({ failing }) => failing)
      .map(({ requirement }) => requirement),
  ).toContain('create-answered');
});

test('a server that dies over one request is named by it, and nothing else is listed as a finding', async () => {
  const mock: Mock = await startMock({
    // As an unguarded JSON.parse ends a program: it answers nothing any more.
    defect: async (response, { body }) => {
      if (!/[}\s]$/.test(body.toString())) await mock.close();
      return response;
    },
  });
  const { code, output, folder } = await contract({ ...pointedAt(mock), ...quick });
  expect(code).toBe(1);
  expect(output).toMatch(
    /^FAILED {3}the server stopped answering during malformed-json on \/me \(connection (dropped|reset)\); it probably crashed; \d+ requirements were not checked$/m,
  );
  expect(output).toMatch(/^1\. json-malformed on \/me: /m);
  const silent = reportIn(folder).verdicts.filter(({ code }) => code === 'no-response');
  expect(silent.map(({ requirement }) => requirement)).toEqual(['json-malformed']);
});

test('a target that answers garbage is reported so within the same run', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.end('220 mail ready\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const { code, output, folder } = await contract({
    GRAPH_BASE_URL: `http://127.0.0.1:${port}/v1.0`,
    GRAPH_ACCESS_TOKEN: 't',
    GRAPH_USER_ID: 'u',
  });
  server.close();
  expect(code).toBe(1);
  expect(output).toContain('no whole response: unreadable');
  expect(outcomesOf(folder, 'create-answered')).toEqual(['deviates', 'deviates']);
});

test('a recording is judged again without the target, to the same verdicts', async () => {
  const { folder } = await contractAt({}, quick);
  const before = reportIn(folder);
  const again = await contract({}, ['--project=contract', '--no-deps'], folder);
  expect(again.code).toBe(0);
  const after = reportIn(folder);
  expect(after.verdicts).toEqual(before.verdicts);
  expect(after.run).toBe(before.run);
});

test('time zone and locale change nothing that is sent or judged', async () => {
  const environments = [
    {},
    { TZ: 'Pacific/Kiritimati' },
    { TZ: 'America/St_Johns' },
    { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
  ];
  const seen = [];
  for (const environment of environments) {
    const { folder } = await contract({
      ...environment,
      CONTRACT_SEED: '7',
      CONTRACT_SAMPLES: '20',
    });
    const [lines = []] = recordingsIn(folder);
    const sent = lines
      .flatMap((line) =>
        isExchange(line) ? [`${line.requestCase.number} ${JSON.stringify(line.request.body)}`] : [],
      )
      // A reference names the address of the mock, which is another one in each run.
      .map((text) => text.replace(/127\.0\.0\.1:\d+/, '127.0.0.1'))
      .sort();
    // All but the exchange, which names its time and its id.
    const verdicts = reportIn(folder).verdicts.map(({ exchange: _, ...verdict }) => verdict);
    seen.push({ verdicts, sent });
  }
  for (const each of seen) expect(each).toEqual(seen[0]);
});

test('two runs at once in one folder do not disturb each other', async () => {
  const folder = emptyFolder();
  const runs = await Promise.all([contract({}, [], folder), contract({}, [], folder)]);
  expect(runs.map(({ code }) => code)).toEqual([0, 0]);
  const recordings = recordingsIn(folder);
  expect(recordings).toHaveLength(2);
  for (const lines of recordings) expect(lines.at(-1)).toEqual({ complete: true });
});

function isExchange(
  line: unknown,
): line is { requestCase: { number: number; kind: string }; request: { body: unknown } } {
  return typeof line === 'object' && line !== null && 'requestCase' in line;
}
