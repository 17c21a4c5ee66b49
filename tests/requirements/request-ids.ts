import { headerValues, requestIdHeader } from '../../schemas/files/recording.ts';
import { headerCheck } from './match/single-header.ts';
import type { Judged } from './requirement.ts';
import { responses, stateless } from './scopes.ts';

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
    id: 'client-request-id',
    level: 'platform',
    source: 'service: client-request-id is the echo of the one sent',
    text: 'returns the client-request-id of the request',
    expected: 'the client-request-id that was sent',
    ...responses,
    ...stateless(
      headerCheck(
        'client-request-id',
        (value, { request }) => value === headerValues(request.headers, requestIdHeader)[0],
      ),
    ),
  },
];
