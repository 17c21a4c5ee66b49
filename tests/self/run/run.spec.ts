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

/** Sends at a tenant that is not there, with those tokens. */
function sendingWith(bearer: () => Promise<string>) {
  const tenant = randomUUID();
  const report = emptyFolder();
  const env = { GRAPH_BASE_URL: here.baseUrl, GRAPH_ACCESS_TOKEN: 't', GRAPH_USER_ID: here.userId };
  const given = readConfiguration({ ...env, CONTRACT_REPORT: report, CONTRACT_SAMPLES: '2' });
  const target = { ...given.target, liveTenant: tenant };
  const configuration = { ...given, target, run: 'r', seed: 1, isRejudged: false };
  const service = {
    ...{ ...here, tokens: { bearer, personal: undefined }, notApplicable: {} },
    ...{ signedInBy: 'a test', secrets: () => [] },
  };
  return {
    ...{ tenant, configuration, service, sending: sendAndRecord(configuration, service, request) },
    recorded: () => readRecording(ownRecording(report, 'r')),
  };
}

test('a run whose main process is gone sends nothing more', async () => {
  const own = Object.getOwnPropertyDescriptor(process, 'ppid') ?? {};
  const orphan = () => Object.defineProperty(process, 'ppid', { get: () => 1, configurable: true });
  let asked = 0;
  const { sending, recorded } = sendingWith(async () => {
    if (++asked === 2) orphan();
    return 't';
  });
  await sending;
  Object.defineProperty(process, 'ppid', own);
  const reason = 'the process that started the run is gone';
  expect([recorded().exchanges.length, recorded().end?.reason]).toEqual([2, reason]);
});

test('a mistake of ours while sending still ends the recording, and gives the tenant back', async () => {
  const mistake = () => Promise.reject(new TypeError('a mistake'));
  const { sending, recorded, tenant, configuration, service } = sendingWith(mistake);
  await expect(sending).rejects.toThrow('a mistake');
  const reason = 'a mistake of this suite ended the run';
  expect(recorded().end).toEqual({ complete: false, reason, skipped: 63 });
  const next = { ...configuration, run: 'next' };
  await holdTenant(tenant, next, service).end({ send: async () => exchange({ status: 204 }) });
});
