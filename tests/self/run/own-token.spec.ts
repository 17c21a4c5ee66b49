import { expect, request, test } from '@playwright/test';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import { readRecording } from '../../../fixtures/recording/reader.ts';
import { sendAndRecord } from '../../../fixtures/run/run.ts';
import { ownRecording } from '../../../schemas/files/recording.ts';
import { failing } from '../mutants/defects/failing.ts';
import { detected, verdictsOn } from '../support/judged.ts';
import { startMock } from '../support/mock.ts';
import { emptyFolder } from '../support/run.ts';

const unauthorized = failing(401, 'InvalidAuthenticationToken');
const bearer = { 'WWW-Authenticate': 'Bearer' };

/** Runs against a mock that takes the first token for 15 requests. */
async function runRefused() {
  const report = emptyFolder();
  let n = 0;
  const mock = await startMock({
    defect: (response, { headers }) => {
      const isFirst = headers.authorization === `Bearer ${mock.token}`;
      if (!isFirst || ++n <= 15) return response;
      const refused = unauthorized(response);
      return { ...refused, headers: [...refused.headers, ...Object.entries(bearer)] };
    },
  });
  const env = { GRAPH_BASE_URL: mock.baseUrl, GRAPH_USER_ID: mock.userId, CONTRACT_SAMPLES: '9' };
  const given = readConfiguration({ ...env, GRAPH_ACCESS_TOKEN: 't', CONTRACT_REPORT: report });
  await sendAndRecord(
    { ...given, run: 'r', seed: 1, isRejudged: false },
    {
      ...{ baseUrl: mock.baseUrl, userId: mock.userId, notApplicable: {}, signedInBy: 'a test' },
      tokens: { bearer: async () => mock.token, renew: async () => false, personal: undefined },
      ...{ secrets: () => [] },
    },
    request,
  );
  await mock.close();
  return readRecording(ownRecording(report, 'r'));
}

test('a token that is refused in the middle of a run is no deviation of the contract', async () => {
  const recording = await runRefused();
  expect(recording.end).toMatchObject({ complete: false, refusedFrom: expect.any(Number) });
  const { refusedFrom = 0, reason } = recording.end ?? {};
  expect(refusedFrom).toBeGreaterThanOrEqual(13);
  expect(refusedFrom).toBeLessThanOrEqual(16);
  expect(reason).toBe(`the target refused the run's token from request ${refusedFrom} on`);
  expect(detected(verdictsOn(recording))).toEqual([]);
});
