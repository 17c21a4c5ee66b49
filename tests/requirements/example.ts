import { created, mediaType, routes } from '../../schemas/operation.ts';
import type { Answer } from './answer.ts';
import { excerpt } from './match/excerpt.ts';
import type { Check, Judged } from './requirement.ts';
import { areBothAsked, creates } from './scopes.ts';

/** What is the same for both routes: how a create ends, and which documented properties it has. */
function signature({
  status,
  isSuccess,
  hasObject,
  mediaType,
  traits,
  requestCase,
}: Answer): string {
  if (requestCase.kind === 'probe') return isSuccess ? 'accepted' : 'refused';
  if (!hasObject) return String(status);
  const found = traits.properties === 'no object' ? '' : traits.properties;
  return `${status} ${excerpt(mediaType?.essence ?? 'no media type')} (${found})`;
}

/** The same request on the other route, answered otherwise. */
const alike: Check = (answer, { earlier }) => {
  const { name, route } = answer.requestCase;
  const other = earlier.findLast(
    ({ requestCase }) => requestCase.name === name && requestCase.route !== route,
  );
  if (other === undefined || signature(other) === signature(answer)) return undefined;
  const [me, users] = (route === 'me' ? [answer, other] : [other, answer]).map(signature);
  return { kind: 'routes-differ', received: `/me: ${me}; /users: ${users}` };
};

/**
 * What only whole exchanges show: the page's own example, and the routes beside each other.
 * `others`: the requirements about a create, in the order in which a reader would fix them.
 */
export function exampleRequirements(others: readonly Judged[]): Judged[] {
  const shown = others.filter(
    ({ level, onlyIfAll, scope }) => level !== 'platform' && !onlyIfAll && scope !== 'service',
  );
  const dependsOn = [...others.map(({ id }) => id), 'answers-own'];
  return [
    {
      id: 'example-exchange',
      level: 'shown',
      source: 'page, example request and response',
      text: "answers the page's own example, byte for byte as printed, as the example shows",
      expected: `${created.status}, ${mediaType}, the documented @odata.type, an id, the deletedDateTime that was sent`,
      scope: routes,
      part: 'body',
      requests: ({ kind }) => kind === 'example',
      when: ({ failure }) => failure?.kind !== 'unreachable',
      notApplicableReason: 'the example was not answered',
      dependsOn,
      check: (answer, context) => {
        for (const { id, part, header, when, check } of shown) {
          const finding = when(answer, context.run) ? check(answer, context) : undefined;
          if (finding === undefined) continue;
          const cause = { requirement: id, received: finding.received };
          const received = `${id}: ${finding.received}`;
          return { part, ...(header && { header }), ...finding, cause, received };
        }
        return undefined;
      },
    },
    {
      id: 'routes-alike',
      level: 'platform',
      source: 'page, sections "HTTP request" and "Response": two routes, one description',
      text: 'answers both routes alike',
      expected: 'the same status, media type and documented properties on both routes',
      ...creates,
      part: 'status',
      scope: 'service',
      // What an equivalent is compared with is the plain create on its own route.
      // Which of two creates with one id at the same time comes first is chance.
      requests: ({ kind, name }) =>
        kind !== 'negative' && kind !== 'equivalent' && !name.startsWith('id-twice'),
      dependsOn: [...dependsOn, 'example-exchange', 'date-missing', 'id-again', 'reference-probe'],
      // A failure now and then says nothing of the route: other requirements speak of it.
      when: ({ isWhole, status = 0 }, run) => isWhole && status < 500 && areBothAsked(run),
      notApplicableReason: 'fewer than two routes were judged',
      check: alike,
    },
  ];
}
