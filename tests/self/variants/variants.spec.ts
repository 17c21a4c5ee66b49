import { expect, test } from '@playwright/test';
import type { Verdict } from '../../../schemas/files/report.ts';
import { judgedInMemory, runInMemory } from '../support/in-memory.ts';
import { detected, judged } from '../support/judged.ts';
import type { Defect } from '../support/mock.ts';
import { connections } from './connections.ts';
import { creates } from './creates.ts';
import { frameworks } from './frameworks.ts';
import { refusals } from './refusals.ts';
import { inData, type Variant } from './variant.ts';

function conforms(
  variants: readonly Variant[],
  judge: (defect: Defect) => Promise<readonly Verdict[]>,
) {
  for (const { name, why, vary, warnings } of variants)
    test(`variant ${name} conforms: ${why}`, async () => {
      const verdicts = await judge(vary());
      expect(verdicts.filter(({ failing }) => failing)).toEqual([]);
      expect(detected(verdicts)).toEqual(warnings);
    });
}

const inMemory = [...inData.answered, ...creates, ...refusals, ...frameworks];
conforms(inMemory, judgedInMemory);
conforms([...inData.sent, ...connections], (defect) => judged(defect, { concurrency: 4 }));

/** What is worth knowing of variants and breaks no rule. */
const notes: Readonly<Record<string, RegExp>> = {
  'parser-of-extensions': /^reads more than JSON: a comment, a name without quotes, a trailing/,
  'missing-date-zero': /^gives a date where none was sent: "0001-01-01T00:00:00Z"/,
  'token-echoed': /^sends the token back: in X-Request$/,
  'host-of-backend': /^Location is not below .* in \d+ of \d+ answers: http:\/\/backend:8080/,
};

for (const [variant, text] of Object.entries(notes))
  test(`variant ${variant} is noted`, async () => {
    const [vary] = inMemory.flatMap((each) => (each.name === variant ? [each.vary] : []));
    const { notes } = await runInMemory(vary?.() ?? ((response) => response));
    expect(notes.map((note) => note.text)).toContainEqual(expect.stringMatching(text));
  });

test('the embedded mock keeps the whole contract, warnings included', async () => {
  expect(detected(await judged(undefined))).toEqual([]);
});
