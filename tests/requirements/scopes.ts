import type { Exchange } from '../../schemas/files/recording.ts';
import { routes } from '../../schemas/operation.ts';
import { hasCreatedBody, objectOf } from './match/body.ts';
import type { Check, Judged } from './requirement.ts';

type Scope = Pick<Judged, 'scope' | 'requests' | 'when' | 'notApplicableReason'>;

const isCreate = ({ kind }: Exchange['requestCase']) => kind === 'create';
const isAnswered = ({ response }: Exchange) => response !== undefined;

/** Every create but the documented example, which has a requirement of its own. */
export const creates: Scope = {
  scope: routes,
  requests: isCreate,
  when: isAnswered,
  notApplicableReason: 'no create was answered',
};

/** Every create, the documented example among them. */
export const isAnyCreate = ({ kind }: Exchange['requestCase']) =>
  kind === 'create' || kind === 'example';

/** Creates whose answer should hold a directoryObject: 2xx with a body. */
export const createdBodies: Scope = {
  ...creates,
  when: hasCreatedBody,
  notApplicableReason: 'no create was answered with success and a body: see create-status',
};

/** Creates whose answer holds a JSON object. */
export const createdObjects: Scope = {
  ...creates,
  when: (exchange) => hasCreatedBody(exchange) && objectOf(exchange) !== undefined,
  notApplicableReason: 'no create was answered with a JSON object: see create-status and body-json',
};

/** Every call that got an answer. */
export const answers: Scope = {
  scope: routes,
  requests: () => true,
  when: isAnswered,
  notApplicableReason: 'no call was answered',
};

/** Calls that were refused with an error status. */
export const refusals: Scope = {
  scope: routes,
  requests: ({ kind }) => kind === 'negative' || kind === 'probe',
  when: ({ response, failure }) =>
    failure === undefined && response !== undefined && response.status >= 400,
  notApplicableReason: 'no call was refused with an error status and a body that can be read',
};

/** A check that remembers nothing. */
export function stateless(check: Check): Pick<Judged, 'createCheck'> {
  return { createCheck: () => check };
}
