import { spawn } from 'node:child_process';
import {
  appendFileSync,
  lstatSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { schemaErrors } from '../../../schemas/validate.ts';
import { appendRun, pruneHistory, readHistory } from '../../history/file.ts';
import { emptyFolder } from '../support/run.ts';
import { deviating, runDate, writtenRecord } from '../support/written-runs.ts';

const fresh = () => join(emptyFolder(), 'deep/history.jsonl');

test('a missing file is an empty history, and the first run starts it', () => {
  const path = fresh();
  expect(readHistory(path)).toEqual({ runs: [], unreadable: [] });
  const run = writtenRecord(runDate(1), { 'create-status': deviating('200') });
  appendRun(path, run);
  expect(readHistory(path)).toEqual({ runs: [run], unreadable: [] });
  expect(schemaErrors('history', run)).toEqual([]);
  expect(readFileSync(path).length).toBeLessThan(2_000);
});

test('a broken line is named and set aside, and nothing around it is lost', () => {
  const path = fresh();
  appendRun(path, writtenRecord(runDate(1)));
  appendFileSync(path, '{"run":"torn');
  appendRun(path, writtenRecord(runDate(2)));
  appendFileSync(path, '{"run":"r"}\n');
  const { runs, unreadable } = readHistory(path);
  expect(runs.map(({ startedAt }) => startedAt.slice(0, 10))).toEqual([runDate(1), runDate(2)]);
  expect(unreadable).toEqual([`${path}:3: no JSON`, expect.stringMatching(/:5: \w+ is missing$/)]);
  expect(readFileSync(path, 'utf8')).toContain('{"run":"torn');
});

test('a year is kept; pruning keeps what it cannot read', () => {
  const path = fresh();
  for (const date of ['2025-01-01', '2025-11-01', '2026-11-01'])
    appendRun(path, writtenRecord(date));
  appendFileSync(path, 'no run\n');
  pruneHistory(path, Date.parse('2025-12-31'));
  expect(readHistory(path).runs).toHaveLength(3);
  pruneHistory(path, Date.parse('2026-11-15'));
  expect(readHistory(path).runs.map(({ startedAt }) => startedAt.slice(0, 4))).toEqual(['2026']);
  expect(readHistory(path).unreadable).toHaveLength(1);
});

test('a folder in place of the file is an empty history, and appending says why it cannot', () => {
  const path = emptyFolder();
  expect(readHistory(path)).toEqual({ runs: [], unreadable: [`${path}: it is not a file`] });
  expect(() => appendRun(path, writtenRecord(runDate(1)))).toThrow('EISDIR');
});

test('what leads nowhere, or cannot be read, is an empty history', () => {
  const path = join(emptyFolder(), 'history.jsonl');
  symlinkSync(path, path);
  expect(readHistory(path).runs).toEqual([]);
  expect(() => appendRun(path, writtenRecord(runDate(1)))).toThrow('ELOOP');
});

// Node's own recursion never returns from there.
if (process.platform === 'linux')
  test('a folder that cannot be made is an error, and does not keep the run from ending', () => {
    const append = () => appendRun('/proc/none/history.jsonl', writtenRecord(runDate(1)));
    expect(append).toThrow('ENOENT');
  });

test('a link stays a link when what it leads to is pruned', () => {
  const target = join(emptyFolder(), 'kept.jsonl');
  const path = join(emptyFolder(), 'history.jsonl');
  symlinkSync(target, path);
  for (const date of ['2025-01-01', '2026-11-01']) appendRun(path, writtenRecord(date));
  pruneHistory(path, Date.parse('2026-11-15'));
  expect(lstatSync(path).isSymbolicLink()).toBe(true);
  expect(readHistory(target).runs).toHaveLength(1);
});

test('a line of 600 MB costs the comparison with the runs before it, and loses nothing', () => {
  const path = join(emptyFolder(), 'history.jsonl');
  appendRun(path, writtenRecord('2024-01-01'));
  // A hole in the file: it takes no room on the disk, and is longer than any string of Node's.
  truncateSync(path, 600 * 1024 * 1024);
  appendRun(path, writtenRecord(runDate(2)));
  const { size } = statSync(path);
  const before = process.memoryUsage().rss;
  const { runs, unreadable } = readHistory(path);
  pruneHistory(path);
  expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  expect(runs.map(({ startedAt }) => startedAt.slice(0, 10))).toEqual([runDate(2)]);
  expect(unreadable).toEqual([`${path}: all but its last 64 MiB`]);
  expect(statSync(path).size).toBe(size);
});

test('of many lines that cannot be read a few are named, and the rest counted', () => {
  const path = join(emptyFolder(), 'history.jsonl');
  writeFileSync(path, 'garbage\n'.repeat(1_000));
  const { unreadable } = readHistory(path);
  expect(unreadable.slice(0, 2)).toEqual([`${path}:1: no JSON`, `${path}:2: no JSON`]);
  expect(unreadable.slice(5)).toEqual([`${path}: 995 more lines`]);
});

test('the lock of a process that died holds nobody up for long', () => {
  const path = fresh();
  appendRun(path, writtenRecord(runDate(1)));
  writeFileSync(`${path}.lock`, '');
  appendRun(path, writtenRecord(runDate(2)));
  expect(readHistory(path).runs).toHaveLength(2);
});

test('two processes that append and prune at once tear and lose nothing', async () => {
  const path = fresh();
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const script = `
    import { appendRun, pruneHistory } from '${root}tests/history/file.ts';
    const [path, name] = process.argv.slice(-2);
    const run = ${JSON.stringify(writtenRecord(runDate(1)))};
    for (let i = 0; i < 100; i++) {
      appendRun(path, { ...run, run: name + i });
      appendRun(path, { ...run, run: 'old', startedAt: '2024-01-01T00:00:00.000Z' });
      pruneHistory(path, Date.parse('${runDate(2)}'));
    }`;
  const file = join(emptyFolder(), 'writer.ts');
  writeFileSync(file, script);
  const codes = await Promise.all(
    ['a', 'b'].map(
      (name) =>
        new Promise((resolve) =>
          spawn(
            process.execPath,
            [join(root, 'node_modules/jiti/lib/jiti-cli.mjs'), file, path, name],
            {
              stdio: 'inherit',
            },
          ).on('close', resolve),
        ),
    ),
  );
  expect(codes).toEqual([0, 0]);
  const { runs, unreadable } = readHistory(path);
  expect(unreadable).toEqual([]);
  expect(new Set(runs.map(({ run }) => run).filter((run) => run !== 'old')).size).toBe(200);
});
