import { test as base } from '@playwright/test';
import { readConfiguration } from '../fixtures/configuration/configuration.ts';
import { runId } from '../fixtures/configuration/run-id.ts';
import { readRecording, recordingPath } from '../fixtures/recording/reader.ts';
import type { Judgement } from '../schemas/files/report.ts';
import { judge, places } from './judge/judge.ts';
import { readDeviations } from './judge/known-deviations.ts';
import { attach } from './report/attach.ts';
import type { VerdictAttachment } from './report/attachment.ts';
import { placeTitle } from './report/wording.ts';
import { requirements } from './requirements/index.ts';
import { testTitle } from './setup/grep.ts';

const configuration = readConfiguration(process.env);
const narrowed = requirements.filter(({ level }) => configuration.levels.includes(level));

interface Judged {
  readonly run: Pick<VerdictAttachment, 'run' | 'latency' | 'verdicts'>;
  readonly judgements: ReadonlyMap<string, Judgement>;
}

const test = base.extend<object, { judged: Judged }>({
  // Judged once for all tests: a verdict needs the recording, and nothing else.
  judged: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern
    async ({}, use) => use(await judgeRecording()),
    { scope: 'worker', timeout: 0 },
  ],
});

async function judgeRecording(): Promise<Judged> {
  const { report, recording, strict } = configuration;
  const path = recordingPath(report, recording, runId());
  const lines = readRecording(path);
  const { run, latency, judgements } = await judge(lines, {
    requirements: narrowed,
    deviationsOf: (run) => readDeviations(configuration.deviations, run.target),
    strict,
  });
  return {
    run: { run, latency, verdicts: judgements.length },
    judgements: new Map(
      judgements.map((each) => [`${each.verdict.requirement} ${each.verdict.route}`, each]),
    ),
  };
}

for (const place of ['me', 'users', 'both'] as const) {
  test.describe(placeTitle(place), () => {
    for (const requirement of narrowed) {
      if (!places(requirement, configuration.target.routes).includes(place)) continue;
      test(testTitle(requirement), async ({ judged: { run, judgements } }, testInfo) => {
        const judgement = judgements.get(`${requirement.id} ${place}`);
        testInfo.skip(judgement === undefined, 'the recording holds no calls on this route');
        if (judgement) await attach(run, judgement, testInfo);
      });
    }
  });
}
