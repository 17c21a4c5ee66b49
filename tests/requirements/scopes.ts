import { routes } from '../../fixtures/configuration/target.ts';
import type { Exchange } from '../../schemas/files/recording.ts';
import { hasCreatedBody, objectOf } from './match/body.ts';
import type { Check, Judged } from './requirement.ts';

type Scope = Pick<Judged, 'scope' | 'calls' | 'when' | 'otherwise'>;

const isCreate = ({ kind }: Exchange['call']) => kind === 'create';
const isAnswered = ({ answer }: Exchange) => answer !== undefined;

/** Every create but the documented example, which has a requirement of its own. */
export const creates: Scope = {
  scope: routes,
  calls: isCreate,
  when: isAnswered,
  otherwise: 'no create was answered',
};

/** Every create, the documented example among them. */
export const isAnyCreate = ({ kind }: Exchange['call']) => kind === 'create' || kind === 'example';

/** Creates whose answer should hold a directoryObject: 2xx with a body. */
export const createdBodies: Scope = {
  ...creates,
  when: hasCreatedBody,
  otherwise: 'no create was answered with success and a body: see create-status',
};

/** Creates whose answer holds a JSON object. */
export const createdObjects: Scope = {
  ...creates,
  when: (exchange) => hasCreatedBody(exchange) && objectOf(exchange) !== undefined,
  otherwise: 'no create was answered with a JSON object: see create-status and body-json',
};

/** Every call that got an answer. */
export const answers: Scope = {
  scope: routes,
  calls: () => true,
  when: isAnswered,
  otherwise: 'no call was answered',
};

/** Calls that were refused with an error status. */
export const refusals: Scope = {
  scope: routes,
  calls: ({ kind }) => kind === 'refused' || kind === 'question',
  when: ({ answer, failure }) =>
    failure === undefined && answer !== undefined && answer.status >= 400,
  otherwise: 'no call was refused with an error status and a body that can be read',
};

/** A check that remembers nothing. */
export function always(check: Check): Pick<Judged, 'fresh'> {
  return { fresh: () => check };
}
