import { type Exchange, headerValues, type Run } from '../../schemas/files/recording.ts';
import { routes } from '../../schemas/operation.ts';
import { show } from './match/excerpt.ts';
import { hasCreatedBody, objectOf } from './match/object.ts';
import type { Check, Finding, Judged } from './requirement.ts';

type Scope = Pick<Judged, 'scope' | 'requests' | 'when' | 'notApplicableReason' | 'dependsOn'>;

const isCreate = ({ kind }: Exchange['requestCase']) => kind === 'create';
const isAnswered = ({ response }: Exchange) => response !== undefined;
const answering = ['route-answers', 'create-answered'];

/** Every create but the documented example, which has a requirement of its own. */
export const creates: Scope = {
  scope: routes,
  requests: isCreate,
  when: isAnswered,
  notApplicableReason: 'no create was answered',
  dependsOn: answering,
};

/** Every create, the documented example among them. */
export const isAnyCreate = ({ kind }: Exchange['requestCase']) =>
  kind === 'create' || kind === 'example';

/** Creates whose response should hold a directoryObject: 2xx with a body. */
export const createdBodies: Scope = {
  ...creates,
  when: hasCreatedBody,
  notApplicableReason: 'no create was answered with success and a body',
  dependsOn: [...answering, 'create-status'],
};

/** Creates whose response holds a JSON object. */
export const createdObjects: Scope = {
  ...creates,
  when: (exchange) => hasCreatedBody(exchange) && objectOf(exchange) !== undefined,
  notApplicableReason: 'no create was answered with a JSON object',
  dependsOn: [...createdBodies.dependsOn, 'body-json'],
};

/** Every request that got a response. */
export const responses: Scope = {
  scope: routes,
  requests: () => true,
  when: isAnswered,
  notApplicableReason: 'no request was answered',
  dependsOn: answering,
};

/** Requests that were refused with an error status. */
export const refusals: Scope = {
  scope: routes,
  // The response to a HEAD has no body (RFC 9110 §9.3.2).
  requests: ({ kind, name }) => (kind === 'negative' || kind === 'probe') && name !== 'method-head',
  when: ({ response, failure }) =>
    failure === undefined &&
    response !== undefined &&
    response.notKept === undefined &&
    response.status >= 400,
  notApplicableReason: 'no request was refused with an error status and a body that can be read',
  dependsOn: answering,
};

/** How many routes the run asked. */
export function routesAsked({ routes, notApplicable }: Run): number {
  return routes.filter((route) => notApplicable[route] === undefined).length;
}

/** A check that remembers nothing. */
export function stateless(check: Check): Pick<Judged, 'createCheck'> {
  return { createCheck: () => check };
}

/** What stands for a response that never came whole. */
export function noResponse({ failure }: Exchange): Finding | undefined {
  if (failure === undefined) return undefined;
  return {
    kind: 'no-response',
    received: `no whole response: ${failure.kind}`,
    detail: failure.detail,
    part: 'connection',
  };
}

/** A body that cannot be decoded: in a coding that is not known, or not in the one that its label names. */
export function undecodable({ response, failure }: Exchange): Finding {
  const label = headerValues(response?.headers ?? [], 'content-encoding').join(', ');
  return {
    code: 'undecodable',
    received:
      failure?.code === 'UNKNOWN_CODING'
        ? 'a content coding that this suite does not know'
        : 'a body that its Content-Encoding does not decode',
    detail: `Content-Encoding ${show(label)}`,
    part: 'body',
  };
}
