import { commandText } from '../../../fixtures/configuration/errors.ts';
import type { Report, TableRow } from '../model/model.ts';
import { changeText, messageOf, wrongIn } from '../model/wording.ts';
import { markup } from './markup.ts';

/** GitHub's workflow commands; where nothing was judged, one for that. */
export function annotations({ word, reason, summary, name, findings }: Report) {
  const command = (isError: boolean, title: string, text: string) =>
    `::${isError && word !== 'PASSED' ? 'error' : 'notice'} title=${property(title)}::${commandText(text)}`;
  const isBlamed = findings.some(({ kind }) => kind === 'fails');
  const isOpen = word !== 'PASSED' && (summary.error > 0 || !isBlamed);
  const open = isOpen ? [command(true, name, reason)] : [];
  if (word === 'INCONCLUSIVE') return open;
  const shown = findings.filter(({ kind }) => kind !== 'known');
  const lines = shown.map(({ kind, requirement, where, lines: [rule], wrong, change }) => {
    const text = `${rule?.[1]}: ${wrong}${changeText(change)}`;
    return command(kind === 'fails', `${name}: ${requirement} on ${where}`, text);
  });
  return [...open, ...lines];
}

function property(text: string) {
  return commandText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** `errors`: what kept a run from being judged. */
export function reportJunit(reports: readonly Report[], errors: readonly string[] = []) {
  const broken = errors.length > 0 && suite('the run itself', [failure('run', errors)]);
  return String(markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="Create registeredDevices">
${reports.map(targetSuite)}${broken}</testsuites>
`);
}

function targetSuite({ target, verdicts, word, reason }: Report) {
  // What is not new must not be red beside PASSED.
  const cases = verdicts.map((row) => caseOf(row, row.failing && word !== 'PASSED'));
  // Must not look as if all had passed.
  const isRed = word === 'PASSED' || cases.some(({ kind }) => kind === 'failure');
  return suite(target, isRed ? cases : [...cases, failure('run', [reason])]);
}

function caseOf(row: TableRow, fails: boolean) {
  const { requirement: name, outcome, reason } = row;
  if (fails && outcome !== 'error') return failure(name, [wrongIn(row)], messageOf(row));
  const isSilent = ['untested', 'not applicable', 'error'].includes(outcome);
  if (!isSilent) return { name, kind: 'passed', inside: markup`` };
  return { name, kind: 'skipped', inside: markup`<skipped message="${reason}"/>` };
}

function failure(name: string, all: readonly string[], text = all.join('\n\n')) {
  return { name, kind: 'failure', inside: markup`<failure message="${all[0]}">${text}</failure>` };
}

function suite(name: string, cases: ReturnType<typeof failure>[]) {
  const count = (kind: string) => cases.filter((each) => each.kind === kind).length;
  return markup`<testsuite name="${name}" tests="${cases.length}" failures="${count('failure')}" errors="0" skipped="${count('skipped')}">
${cases.map((each) => markup`<testcase name="${each.name}" classname="${name}">${each.inside}</testcase>\n`)}</testsuite>
`;
}
