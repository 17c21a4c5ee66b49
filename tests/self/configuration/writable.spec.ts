import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import { refuseUnwritable } from '../../../fixtures/configuration/writable.ts';
import { complaintOf, expectOneSentence } from '../support/configuration-error.ts';
import { contract, emptyFolder } from '../support/run.ts';

test('what cannot be written is said in one sentence that names the variable', () => {
  const folder = emptyFolder();
  const file = join(folder, 'file');
  writeFileSync(file, '');
  for (const [name, value] of [
    ['CONTRACT_REPORT', file],
    ['CONTRACT_REPORT', join(file, 'below')],
    ['CONTRACT_HISTORY', folder],
    ['CONTRACT_HISTORY', join(file, 'below', 'history.jsonl')],
  ] as const) {
    const env = { CONTRACT_REPORT: join(folder, 'new', 'report'), [name]: value };
    const said = complaintOf(() => refuseUnwritable(readConfiguration(env)));
    expectOneSentence(said);
    expect(said).toContain(`${name} is "${value}"`);
  }
  refuseUnwritable(readConfiguration({ CONTRACT_REPORT: join(folder, 'new', 'report') }));
});

test('where nothing can be judged again, one sentence says so, and the run ends', async () => {
  const { code, output } = await contract({}, ['--project=contract', '--no-deps']);
  expect(code).toBe(2);
  expectOneSentence(output.trim());
});

test('a recording that is none is said once', async () => {
  const CONTRACT_RECORDING = join(emptyFolder(), 'garbage.jsonl');
  writeFileSync(CONTRACT_RECORDING, 'garbage\n');
  const { code, output } = await contract({ CONTRACT_RECORDING }, [
    '--project=contract',
    '--no-deps',
  ]);
  expect(code).toBe(1);
  expect(output.match(/does not describe the run/g)).toHaveLength(1);
});

test('a run that sends judges what it sent, whatever CONTRACT_RECORDING names', async () => {
  const folder = emptyFolder();
  const CONTRACT_RECORDING = join(folder, 'another.jsonl');
  writeFileSync(CONTRACT_RECORDING, '');
  const { code, output } = await contract(
    { CONTRACT_RECORDING, CONTRACT_SAMPLES: '1' },
    [],
    folder,
  );
  expect(code, output).toBe(0);
});
