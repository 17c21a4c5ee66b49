import type { Exchange, Run } from '../../schemas/files/recording.ts';
import type { Finding } from '../../schemas/files/report.ts';
import { routes } from '../../schemas/operation.ts';
import { contentRequirements } from './content.ts';
import { createRequirements } from './create.ts';
import {
  documentedProperties,
  hasCreatedBody,
  isSuccess,
  mediaType,
  objectOf,
} from './match/body.ts';
import { propertyRequirements } from './properties.ts';
import type { Check, Judged } from './requirement.ts';
import { creates, stateless } from './scopes.ts';

/** What the example shows, in the order in which a reader would mend it. */
const exampleChecks: [id: string, check: Check][] = [
  ...createRequirements,
  ...contentRequirements,
  ...propertyRequirements,
]
  .filter(
    ({ level, onlyIfAll, scope }) =>
      level !== 'platform' && onlyIfAll !== true && scope !== 'service',
  )
  .map(({ id, when, createCheck }) => {
    const check = createCheck();
    return [id, (exchange, run) => (when(exchange, run) ? check(exchange, run) : undefined)];
  });

/** What is the same for both routes: how a create ends, and which documented properties it has. */
function signature(exchange: Exchange): string {
  const { response } = exchange;
  if (response === undefined) return 'no answer';
  if (exchange.requestCase.kind === 'probe') return isSuccess(response) ? 'taken' : 'refused';
  if (!hasCreatedBody(exchange)) return String(response.status);
  const object = objectOf(exchange) ?? {};
  const properties = documentedProperties.filter((name) => name in object).join(', ');
  return `${response.status} ${mediaType(response)?.essence ?? 'no media type'} (${properties})`;
}

function alike(): Check {
  const waiting = new Map<string, string>();
  return (exchange): Finding | undefined => {
    const { name, route } = exchange.requestCase;
    const mine = signature(exchange);
    const other = waiting.get(name);
    if (other === undefined) {
      waiting.set(name, mine);
      return undefined;
    }
    waiting.delete(name);
    if (other === mine) return undefined;
    const [me, users] = route === 'me' ? [mine, other] : [other, mine];
    return { received: `/me: ${me}; /users: ${users}`, part: 'status' };
  };
}

function calledRoutes({ routes, notApplicable }: Run): number {
  return routes.filter((route) => notApplicable[route] === undefined).length;
}

/** What only whole exchanges show: the page's own example, and the routes beside each other. */
export const wholeRequirements: Judged[] = [
  {
    id: 'example-exchange',
    level: 'shown',
    source: 'page, example request and response',
    text: "answers the page's own example, byte for byte as printed, as the example shows",
    expected:
      '201, application/json, the documented @odata.type, an id, the deletedDateTime that was sent',
    scope: routes,
    requests: ({ kind }) => kind === 'example',
    when: ({ failure }) => failure?.kind !== 'unreachable',
    notApplicableReason: 'the example was not answered',
    ...stateless((exchange, run) => {
      for (const [id, check] of exampleChecks) {
        const finding = check(exchange, run);
        if (finding !== undefined) return { ...finding, received: `${id}: ${finding.received}` };
      }
      return undefined;
    }),
  },
  {
    id: 'routes-alike',
    level: 'platform',
    source: 'page, sections "HTTP request" and "Response": two routes, one description',
    text: 'answers both routes alike',
    expected: 'the same status, media type and documented properties on both routes',
    ...creates,
    scope: 'service',
    requests: ({ kind }) => kind !== 'negative',
    // A failure now and then says nothing of the route: other requirements speak of it.
    when: ({ response, failure }, run) =>
      failure === undefined &&
      response !== undefined &&
      response.status < 500 &&
      calledRoutes(run) === 2,
    notApplicableReason: 'fewer than two routes were judged',
    createCheck: alike,
  },
];
