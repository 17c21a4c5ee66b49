import { randomUUID } from 'node:crypto';
import { expect, request, test } from '@playwright/test';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import { readRecording } from '../../../fixtures/recording/reader.ts';
import { sendAndRecord } from '../../../fixtures/run/run.ts';
import { holdTenant } from '../../../fixtures/tenant/hold.ts';
import { ownRecording } from '../../../schemas/files/recording.ts';
import { here } from '../support/pending.ts';
import { exchange } from '../support/recorded.ts';
import { emptyFolder } from '../support/run.ts';

test('a mistake of ours while sending still ends the recording, and gives the tenant back', async () => {
  const tenant = randomUUID();
  const report = emptyFolder();
  const env = { GRAPH_BASE_URL: here.baseUrl, GRAPH_ACCESS_TOKEN: 't', GRAPH_USER_ID: here.userId };
  const given = readConfiguration({ ...env, CONTRACT_REPORT: report, CONTRACT_SAMPLES: '2' });
  const target = { ...given.target, liveTenant: tenant };
  const configuration = { ...given, target, run: 'r', seed: 1, isRejudged: false };
  const bearer = () => Promise.reject(new TypeError('a mistake'));
  const service = {
    ...{ ...here, tokens: { bearer, personal: undefined }, notApplicable: {} },
    ...{ signedInBy: 'a test', secrets: () => [], close: async () => {} },
  };
  const sending = sendAndRecord(configuration, service, request);
  await expect(sending).rejects.toThrow('a mistake');
  const { end } = readRecording(ownRecording(report, 'r'));
  const reason = 'a mistake of this suite ended the run';
  expect(end).toEqual({ complete: false, reason, skipped: 63 });
  // Whoever comes next finds the tenant free.
  const next = { ...configuration, run: 'next' };
  await holdTenant(tenant, next, service).end({ send: async () => exchange({ status: 204 }) });
});
