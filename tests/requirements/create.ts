import type { Exchange } from '../../schemas/files/recording.ts';
import type { Finding } from '../../schemas/files/report.ts';
import type { Check, Judged } from './requirement.ts';
import { creates, isAnyCreate, stateless } from './scopes.ts';

const notThere = [404, 405, 501];

/** What stands for an answer that never came. */
export function silence({ failure }: Exchange): Finding | undefined {
  if (failure === undefined) return undefined;
  return {
    received: `no whole answer: ${failure.kind}`,
    detail: failure.detail,
    part: 'connection',
  };
}

function statusFinding(status: number): Finding {
  return { received: String(status), part: 'status' };
}

/** A target that goes away during the run failed a create; one that never was there was not judged. */
function answered(): Check {
  let reached = false;
  return (exchange) => {
    if (exchange.failure?.kind === 'undecodable') return undefined;
    if (exchange.failure?.kind === 'unreachable' && !reached) return undefined;
    reached = true;
    return silence(exchange);
  };
}

/** Whether and how the route answers a create at all. */
export const createRequirements: Judged[] = [
  {
    id: 'route-answers',
    level: 'stated',
    source: 'page, section "HTTP request"',
    text: 'has the route',
    expected: 'an answer other than 404, 405 and 501',
    ...creates,
    requests: isAnyCreate,
    // Who answers what is no HTTP has the route: create-answered speaks of that.
    when: ({ failure }) => !['unreachable', 'unreadable'].includes(failure?.kind ?? ''),
    onlyIfAll: true,
    ...stateless((exchange) => {
      const { response } = exchange;
      if (response === undefined) return silence(exchange);
      return notThere.includes(response.status) ? statusFinding(response.status) : undefined;
    }),
  },
  {
    id: 'create-answered',
    level: 'stated',
    source: 'page, section "Response"',
    text: 'answers every create, and each to the end: none is dropped, cut off or left waiting',
    expected: 'a whole HTTP answer (4 MiB of it are taken)',
    ...creates,
    requests: isAnyCreate,
    when: () => true,
    createCheck: answered,
  },
  {
    id: 'create-status',
    level: 'stated',
    source:
      'page, section "Response"; with and without id, because table and example differ in that',
    text: 'answers 201 Created',
    expected: '201',
    ...creates,
    ...stateless(({ response }) =>
      response === undefined || response.status === 201
        ? undefined
        : statusFinding(response.status),
    ),
  },
];
