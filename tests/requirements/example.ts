import type { Exchange } from '../../schemas/files/recording.ts';
import { created, mediaType, propertyNames, routes } from '../../schemas/operation.ts';
import { excerpt } from './match/excerpt.ts';
import { mediaTypeOf } from './match/media-type.ts';
import { hasCreatedBody, isSuccess, objectOf } from './match/object.ts';
import type { Check, Judged } from './requirement.ts';
import { creates, routesAsked, stateless } from './scopes.ts';

/** What is the same for both routes: how a create ends, and which documented properties it has. */
function signature(exchange: Exchange): string {
  const { response } = exchange;
  if (response === undefined) return 'no response';
  if (exchange.requestCase.kind === 'probe') return isSuccess(response) ? 'accepted' : 'refused';
  if (!hasCreatedBody(exchange)) return String(response.status);
  const object = objectOf(exchange) ?? {};
  const found = propertyNames.filter((name) => name in object).join(', ');
  return `${response.status} ${excerpt(mediaTypeOf(response)?.essence ?? 'no media type')} (${found})`;
}

function alike(): Check {
  const waiting = new Map<string, string>();
  return (exchange) => {
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
    return { kind: 'routes-differ', received: `/me: ${me}; /users: ${users}`, part: 'status' };
  };
}

/**
 * What only whole exchanges show: the page's own example, and the routes beside each other.
 * `others`: the requirements about a create, in the order in which a reader would fix them.
 */
export function exampleRequirements(others: readonly Judged[]): Judged[] {
  const shown = others
    .filter(
      ({ level, onlyIfAll, scope }) =>
        level !== 'platform' && onlyIfAll !== true && scope !== 'service',
    )
    .map(({ id, when, createCheck }) => ({ id, when, check: createCheck() }));
  const dependsOn = others.map(({ id }) => id);
  return [
    {
      id: 'example-exchange',
      level: 'shown',
      source: 'page, example request and response',
      text: "answers the page's own example, byte for byte as printed, as the example shows",
      expected: `${created.status}, ${mediaType}, the documented @odata.type, an id, the deletedDateTime that was sent`,
      scope: routes,
      requests: ({ kind }) => kind === 'example',
      when: ({ failure }) => failure?.kind !== 'unreachable',
      notApplicableReason: 'the example was not answered',
      dependsOn,
      ...stateless((exchange, run) => {
        for (const { id, when, check } of shown) {
          const finding = when(exchange, run) ? check(exchange, run) : undefined;
          if (finding !== undefined)
            return {
              ...finding,
              cause: { requirement: id, received: finding.received },
              received: `${id}: ${finding.received}`,
            };
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
      // What an equivalent is compared with is the plain create on its own route.
      requests: ({ kind }) => kind !== 'negative' && kind !== 'equivalent',
      dependsOn: [...dependsOn, 'example-exchange', 'date-missing', 'id-again', 'reference-probe'],
      // A failure now and then says nothing of the route: other requirements speak of it.
      when: ({ response, failure }, run) =>
        failure === undefined &&
        response !== undefined &&
        response.notKept === undefined &&
        response.status < 500 &&
        routesAsked(run) === 2,
      notApplicableReason: 'fewer than two routes were judged',
      createCheck: alike,
    },
  ];
}
