import { join } from 'node:path';
import { request } from 'playwright';
import { SignInError } from '../../fixtures/auth/errors.ts';
import { planSignIn, signInLacks } from '../../fixtures/auth/plan.ts';
import {
  newRunContext,
  type RunConfiguration,
  readConfiguration,
} from '../../fixtures/configuration/configuration.ts';
import { printable, refused } from '../../fixtures/configuration/errors.ts';
import { refuseUnwritable } from '../../fixtures/configuration/files.ts';
import { endRefused, loadDotEnv, refuseRevealing } from '../../fixtures/configuration/process.ts';
import { documentedRequests } from '../../fixtures/requests/documented.ts';
import { openService } from '../../fixtures/run/open-service.ts';
import { announceCreates } from '../../fixtures/run/progress.ts';
import { clientOf, wantedOf } from '../../fixtures/run/run.ts';
import { described } from '../../fixtures/tenant/clean-up.ts';
import { holdTenant, tellOpen } from '../../fixtures/tenant/hold.ts';
import { Journal } from '../../fixtures/tenant/journal.ts';
import { readDeviations } from '../judge/known-deviations.ts';

/** What can be done at a target beside a run: npm run preflight, sweep, acknowledge. */
const commands = { preflight, sweep, acknowledge };

/** Signs in, and sends nothing else. */
async function preflight(configuration: RunConfiguration) {
  const { target, deviations } = configuration;
  const declared = readDeviations(deviations, target.name).length;
  refuseUnwritable(configuration);
  const service = await openService(configuration);
  announceCreates(documentedRequests(wantedOf(configuration, service)), target);
  console.log(`target   ${service.baseUrl}`);
  console.log(`declared ${declared} deviations\nready    nothing was sent`);
}

/** Undoes what earlier runs left. */
async function sweep(configuration: RunConfiguration) {
  const { tenant, open } = journalOf(configuration);
  // The result of the night before stays what it was.
  const folder = join(configuration.report, 'sweep');
  if (open.length === 0) return void tellOpen(configuration, '', folder);
  const service = await openService(configuration).catch((error) => {
    tellOpen(configuration, undefined, folder);
    throw error;
  });
  const client = clientOf(configuration, service, request);
  const { fails } = await holdTenant(tenant, configuration, service)
    .end(client, folder)
    .finally(() => client.close());
  if (fails !== undefined) process.exitCode = 1;
}

/** Closes what a clean-up could not undo, and a person has dealt with. */
function acknowledge(configuration: RunConfiguration) {
  const { journal, open } = journalOf(configuration);
  if (open.length === 0) console.log('nothing is open');
  for (const entry of open) {
    const text = printable(described(entry));
    if (!entry.left)
      console.log(`kept open: ${text}: "npm run sweep" has not tried to undo it yet`);
    else {
      journal.append({ create: entry.create, acknowledged: new Date().toISOString() });
      console.log(`acknowledged: ${text} (${printable(entry.left)})`);
    }
  }
}

function journalOf({ report, target: { liveTenant: tenant } }: RunConfiguration) {
  if (tenant === undefined) throw refused('no journal');
  const journal = new Journal(report, tenant);
  return { tenant, journal, open: journal.read().open };
}

try {
  const command = commands[process.argv[2] as keyof typeof commands];
  loadDotEnv();
  if (process.env.NODE_DEBUG) throw refused('logged requests');
  refuseRevealing(process.env);
  delete process.env.DEBUG;
  const isSilent = command === acknowledge;
  const configuration = readConfiguration(process.env, (target) =>
    isSilent ? [] : signInLacks(process.env, target),
  );
  if (!isSilent) planSignIn(process.env, configuration.target);
  await command({ ...configuration, ...newRunContext(configuration, false) });
} catch (error) {
  if (!(error instanceof SignInError)) endRefused(error);
  console.error(printable(error.message));
  process.exitCode = 1;
}
