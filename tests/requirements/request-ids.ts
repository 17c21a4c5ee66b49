import { headerValues, requestIdHeader } from '../../schemas/files/recording.ts';
import type { Route } from '../../schemas/operation.ts';
import { show } from './match/excerpt.ts';
import { headerCheck } from './match/single-header.ts';
import type { Check, Judged } from './requirement.ts';
import { responses, routesAsked, stateless } from './scopes.ts';

/** The ids of each route, since those of one route are compared by request-id. */
function distinctAcrossRoutes(): Check {
  const seen = new Map<string, Route>();
  return ({ requestCase: { route }, response }) => {
    const [id] = headerValues(response?.headers ?? [], 'request-id');
    if (id === undefined || id === '') return undefined;
    const first = seen.get(id) ?? route;
    seen.set(id, first);
    return first === route
      ? undefined
      : {
          code: 'repeated-value',
          received: 'a request-id of the other route',
          detail: show(id),
          part: 'header',
          header: 'request-id',
        };
  };
}

/** The ids by which the service's support finds a request again. */
export const requestIdRequirements: Judged[] = [
  {
    id: 'request-id',
    level: 'platform',
    source: 'service: every response carries the id that its support asks for',
    text: 'names every response by a request-id',
    expected: 'request-id, another one in every response',
    ...responses,
    createCheck: () => {
      const seen = new Set<string>();
      return headerCheck('request-id', (value) => {
        const isNew = value !== '' && !seen.has(value);
        seen.add(value);
        return isNew;
      });
    },
  },
  {
    id: 'request-id-distinct',
    level: 'platform',
    source: 'service: every response carries the id that its support asks for',
    text: 'gives no response the request-id of a response on the other route',
    expected: 'a request-id that no response on the other route had',
    ...responses,
    scope: 'service',
    when: ({ response }, run) => response !== undefined && routesAsked(run) === 2,
    notApplicableReason: 'fewer than two routes were judged',
    dependsOn: [...responses.dependsOn, 'request-id'],
    createCheck: distinctAcrossRoutes,
  },
  {
    id: 'client-request-id',
    level: 'platform',
    source: 'service: client-request-id is the echo of the one sent',
    text: 'returns the client-request-id of the request',
    expected: 'the client-request-id that was sent',
    ...responses,
    ...stateless(
      headerCheck(
        'client-request-id',
        (value, { request }) =>
          value.toLowerCase() === headerValues(request.headers, requestIdHeader)[0]?.toLowerCase(),
      ),
    ),
  },
];
