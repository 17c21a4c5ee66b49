import { authorization, oneToken } from '../../../fixtures/http/authorization.ts';
import { negativeRequests } from '../../../fixtures/requests/negative.ts';
import { routePath } from '../../../fixtures/requests/paths.ts';
import { headerPairs, headerValues, type RequestCase } from '../../../schemas/files/recording.ts';
import { routes } from '../../../schemas/operation.ts';
import { mockUserId } from '../support/judged.ts';
import type { Defect, MockRequest } from '../support/mock.ts';
import { crash } from './defects/failing.ts';
import type { Change } from './defects/on.ts';
import type { Mutant } from './mutant.ts';

const paths = routes.map((route) => ({ route, path: routePath(route, mockUserId) }));

const requests = [...negativeRequests(paths, { personal: false, onTenant: false })];

/** The requests of each name: one for each route that it is sent to. */
export const requestsByName = [...new Set(requests.map(({ name }) => name))].map((name) =>
  requests.filter((each) => each.name === name),
);

/** For each negative request a server that accepts it and no other, for each probe one that fails over it. */
export const oneRequest: Mutant[] = requestsByName.flatMap((cases) =>
  cases.slice(0, 1).map(({ name, kind, why, requirement }) => {
    const [begin, fault, change]: [string, string, Change] =
      kind === 'probe'
        ? ['fails-over', 'is answered with 500', crash]
        : ['accepts', 'creates', (_, request) => request.accept()];
    return {
      name: `${begin}-${name}`,
      fault: `One request ${fault}: ${why}.`,
      defect: () => onRequest(cases, change),
      // Every other request is answered as the mock answers it.
      sending: {
        samples: 1,
        wants: (each) => each.kind === 'create' || each.requirement === requirement,
      },
    };
  }),
);

/** A defect of the responses to these requests alone. */
export function onRequest(cases: readonly RequestCase[], change: Change): Defect {
  return async (response, request) => {
    for (const each of cases)
      if (isSent(each, request) && (await isAuthorizedBy(each, request)))
        return change(response, request);
    return response;
  };
}

function isSent({ method, path, contentType, body }: RequestCase, request: MockRequest): boolean {
  return (
    request.method === method &&
    request.path === `/v1.0${path}` &&
    request.headers['content-type'] === contentType &&
    request.body.equals(body ?? Buffer.alloc(0))
  );
}

async function isAuthorizedBy(each: RequestCase, { token, rawHeaders }: MockRequest) {
  const expected = await authorization(each, oneToken(token));
  const sent = headerValues(headerPairs(rawHeaders), 'authorization');
  return String(sent) === String(expected.map((value) => value.trim()));
}
