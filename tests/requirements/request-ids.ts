import { headerValues, requestIdHeader } from '../../schemas/files/recording.ts';
import { show } from './match/excerpt.ts';
import { headerCheck } from './match/single-header.ts';
import type { Check, Judged } from './requirement.ts';
import { areBothAsked, responses } from './scopes.ts';

const atRequestId = { part: 'header', header: 'request-id' } as const;

/** Those of one route are compared by request-id. */
const distinctAcrossRoutes: Check = (answer, { earlier }) => {
  const [id] = answer.header('request-id');
  if (id === undefined || id === '') return undefined;
  const first = earlier.find((each) => each.header('request-id')[0] === id);
  const isOther = first !== undefined && first.requestCase.route !== answer.requestCase.route;
  return isOther ? { received: 'a request-id of the other route', detail: show(id) } : undefined;
};

/** The ids by which the service's support finds a request again. */
// biome-ignore format: a row a line
export const requestIdRequirements: Judged[] = [
  { id: 'request-id', level: 'platform', source: 'service: every response carries the id that its support asks for', text: 'names every response by a request-id', expected: 'request-id, another one in every response', ...responses, ...atRequestId, check: headerCheck('request-id', (value, _, { earlier }) => value !== '' && !earlier.some((each) => each.header('request-id').includes(value))) },
  { id: 'request-id-distinct', level: 'platform', source: 'service: every response carries the id that its support asks for', text: 'gives no response the request-id of a response on the other route', expected: 'a request-id that no response on the other route had', ...responses, ...atRequestId, scope: 'service', when: ({ status }, run) => status !== undefined && areBothAsked(run), notApplicableReason: 'fewer than two routes were judged', dependsOn: [...responses.dependsOn, 'request-id'], check: distinctAcrossRoutes },
  { id: 'client-request-id', level: 'platform', source: 'service: client-request-id is the echo of the one sent', text: 'returns the client-request-id of the request', expected: 'the client-request-id that was sent', ...responses, part: 'header', header: requestIdHeader, check: headerCheck(requestIdHeader, (value, { request }) => { const [sent] = headerValues(request.headers, requestIdHeader); return value.toLowerCase() === sent?.toLowerCase(); }) },
];
