import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { schemaErrors } from '../../../schemas/validate.ts';
import { readHistory } from '../../history/file.ts';
import { outcomeTitle } from '../../report/model/wording.ts';
import { without } from '../mutants/defects/rewrite.ts';
import { leaksIn } from '../support/leaks.ts';
import { type Defect, type Mock, startMock } from '../support/mock.ts';
import { rejudge } from '../support/recorded-run.ts';
import {
  contract,
  contractAt,
  emptyFolder,
  pointedAt,
  pointedAtNobody,
  recordingsIn,
  reportFolder,
  reportIn,
} from '../support/run.ts';

const quick = { CONTRACT_SAMPLES: '3', CONTRACT_SEED: '7' };

/** Wrong in its status, and without a header of the platform. */
const wrong: Defect = (response) =>
  without(response.status === 201 ? { ...response, status: 200 } : response, 'OData-Version');

/** The outcomes of a requirement on each route. */
const outcomesOf = (folder: string, id: string) =>
  reportIn(folder)
    .verdicts.find(({ requirement }) => requirement === id)
    ?.routes.map(({ outcome }) => outcome);
const read = (folder: string, name: string) =>
  readFileSync(join(reportFolder(folder), name), 'utf8');

/** What Playwright's own report in JSON says of each test. */
interface Suite {
  readonly suites?: readonly Suite[];
  readonly specs?: readonly Spec[];
}
interface Spec {
  readonly title: string;
  readonly ok: boolean;
  readonly tests: readonly { readonly annotations: readonly { readonly type: string }[] }[];
}

const specsIn = ({ suites = [], specs = [] }: Suite): Spec[] => [
  ...specs,
  ...suites.flatMap(specsIn),
];

test('without a target the embedded mock is judged, said first, and found to keep the contract; again to the same verdicts', async () => {
  const { code, output, folder } = await contract({});
  expect(output.split('\n')[0]).toMatch(
    /^target +the embedded mock, http:\/\/127\.0\.0\.1:\d+\/v1\.0 \(GRAPH_BASE_URL is not set\)/,
  );
  expect(output).toMatch(/^PASSED {3}\d+ requirements on 2 routes: all conform$/m);
  expect(output).not.toContain('\u001b');
  expect(output.trimEnd().split('\n').length).toBeLessThan(12);
  expect(code).toBe(0);
  const [lines = []] = recordingsIn(folder);
  expect(lines.flatMap((line) => schemaErrors('recording', line))).toEqual([]);
  const before = reportIn(folder);
  const others = before.verdicts.filter(
    ({ outcome }) => !['conforms', 'untested'].includes(outcome),
  );
  // It announces minimal metadata, so that full metadata are not asked of it.
  expect(others.map(({ requirement }) => requirement)).toEqual(['metadata-full']);

  const again = await rejudge([], { CONTRACT_TABLE: 'true' }, folder);
  expect([again.code, reportIn(folder).verdicts]).toEqual([0, before.verdicts]);
  expect(again.output).toMatch(/^create-status +stated +conforms$/m);
  expect(recordingsIn(folder)).toHaveLength(1);
  expect(readHistory(join(reportFolder(folder), 'history.jsonl')).runs).toHaveLength(1);
});

test('a server of one fault and one warning fails the run, and everything says which sentence it breaks', async () => {
  const summary = join(emptyFolder(), 'summary.md');
  const ci = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
  const env = { ...quick, ...ci };
  const args = ['--add-reporter=json'];
  const { code, output, folder } = await contractAt({ defect: wrong }, env, args);
  const sentence = 'create-status on both routes: expected 201, received 200';
  expect(code).toBe(1);
  expect(output).toContain(`\nFAILED   ${sentence}\n`);
  expect(output).toContain(
    [
      `1. ${sentence}`,
      '   rule       answers 201 Created (stated; page, section "Response"; with and without id, because table and example differ in that)',
      '   sent       POST http://127.0.0.1:',
    ].join('\n'),
  );
  expect(output).toMatch(/^ {3}came back {2}HTTP 200 OK$/m);
  expect(output).toMatch(
    /^ {3}evidence {3}pair-01 on \/me, request-id \S+ \(the target's\), .*\.jsonl:\d+$/m,
  );
  expect(output).toMatch(
    /^warning {2}odata-version on both routes: expected .*, received no OData-Version/m,
  );
  expect(output).toMatch(/^::error title=create-status on both routes::/m);
  expect(output).toMatch(/^::notice title=odata-version on both routes::/m);
  expect(read(folder, 'report.md')).toContain(`# FAILED: ${sentence}\n`);
  expect(readFileSync(summary, 'utf8')).toContain(`1. ${sentence}; with it example-exchange`);
  expect(read(folder, 'junit.xml')).toContain('failures="2" errors="0"');
  // What the worker showed of each requirement is what the reporter wrote.
  const specs = specsIn(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')));
  const { verdicts } = reportIn(folder);
  const shown = verdicts.map(({ requirement }) => {
    const spec = specs.find(({ title }) => title.startsWith(`${requirement} · `));
    return [spec?.tests[0]?.annotations[0]?.type, spec?.ok];
  });
  expect(shown).toEqual(verdicts.map((each) => [outcomeTitle(each), !each.failing]));
  expect(new Set(verdicts.map(({ outcome }) => outcome)).size).toBeGreaterThan(3);
  // Playwright's own report shows no line of ours, and no warning among what passed: the same search as for secrets.
  const html = join(folder, 'html');
  expect(leaksIn(html, ['report/attach.ts'])).toEqual([]);
  expect(leaksIn(html, ['no OData-Version']).length).toBeGreaterThan(0);

  const strict = await rejudge([], { CONTRACT_STRICT: 'true' }, folder);
  expect(strict.output).toMatch(/^2\. odata-version on both routes: /m);
  const stated = await rejudge([], { CONTRACT_LEVELS: 'stated' }, folder);
  expect(stated.output).toMatch(/^FAILED {3}create-status/m);
  const levels = reportIn(folder, 'stated').verdicts.map(({ level }) => level);
  expect([...new Set(levels)]).toEqual(['stated']);
});

test('--grep sends only what its requirements judge, says so, and leaves no history', async () => {
  const { output, folder } = await contract(quick, ['--grep', 'token-needed|token-known']);
  expect(output).toMatch(/^PASSED {3}2 of \d+ requirements checked: all conform$/m);
  const [lines = []] = recordingsIn(folder);
  const kinds = lines.filter(isExchange).map(({ requestCase }) => requestCase.kind);
  expect([...new Set(kinds)]).toEqual(['negative']);

  // What was not sent is no ground to judge a target by.
  const again = await rejudge([], {}, folder);
  expect(again.code).toBe(0);
  const judged = reportIn(folder, 'grep').verdicts.filter(({ outcome }) => outcome !== 'untested');
  expect(judged.map(({ requirement }) => requirement)).toEqual(['token-needed', 'token-known']);
  expect(readdirSync(reportFolder(folder)).sort()).toEqual(['exchanges', 'partial', 'playwright']);
});

test('--fully-parallel --workers=2: every request is sent once, and judged once', async () => {
  const { code, folder } = await contract(quick, ['--fully-parallel', '--workers=2']);
  expect([code, recordingsIn(folder).length]).toEqual([0, 1]);
});

test('a target that cannot be reached is inconclusive, and named so', async () => {
  const { code, output, folder } = await contract({ ...(await pointedAtNobody()), ...quick });
  expect(code).toBe(3);
  expect(output).toMatch(
    /^INCONCLUSIVE the target could not be reached: .*ECONNREFUSED.*; is it started\?/m,
  );
  const outcomes = reportIn(folder).verdicts.map(({ outcome }) => outcome);
  expect([...new Set(outcomes)].sort()).toEqual(['error', 'untested']);
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
    /^FAILED {3}the server stopped answering during malformed-json on \/me \((dropped|reset)\); it probably crashed; \d+ requirements were not checked$/m,
  );
  expect(output).toMatch(/^1\. json-malformed on \/me: /m);
  expect(reportIn(folder).findings.map(({ requirement }) => requirement)).toEqual([
    'json-malformed',
  ]);
});

test('time zone and locale change nothing that is sent or judged, and two runs at once nothing of each other', async () => {
  const folder = emptyFolder();
  const far = { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' };
  const env = { CONTRACT_SEED: '7', CONTRACT_SAMPLES: '20' };
  const runs = await Promise.all([
    contract(env, [], folder),
    contract({ ...env, ...far }, [], folder),
  ]);
  expect(runs.map(({ code }) => code)).toEqual([0, 0]);
  const sent = recordingsIn(folder).map((lines) =>
    lines
      .flatMap((line) =>
        isExchange(line) ? [`${line.requestCase.number} ${JSON.stringify(line.request.body)}`] : [],
      )
      // Ids and the address of the mock are others in each run.
      .map((text) =>
        text.replaceAll(/127\.0\.0\.1:\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…'),
      )
      .sort(),
  );
  expect(sent).toHaveLength(2);
  expect(sent[0]).toEqual(sent[1]);
});

function isExchange(
  line: unknown,
): line is { requestCase: { number: number; kind: string }; request: { body: unknown } } {
  return typeof line === 'object' && line !== null && 'requestCase' in line;
}
