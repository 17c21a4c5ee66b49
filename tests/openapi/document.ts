import { clouds } from '../../fixtures/auth/plan/clouds.ts';
import { suiteVersion } from '../../fixtures/configuration/version.ts';
import { documentedExample } from '../../fixtures/requests/bodies.ts';
import { negativeRequests } from '../../fixtures/requests/negative.ts';
import { routePath } from '../../fixtures/requests/paths.ts';
import type { RequestCase } from '../../schemas/files/recording.ts';
import { type Route, routes } from '../../schemas/operation.ts';
import { requirements } from '../requirements/index.ts';
import { isJudged, isUntested } from '../requirements/requirement.ts';
import { headers, refusal } from './answers.ts';
import { componentSchemas } from './schemas.ts';

type Json = Readonly<Record<string, unknown>>;

const user = '{usersId}';
const sent: Json = JSON.parse(documentedExample.bytes.toString());
/** The answer that the page shows to its example (section "Response", example). */
const answered = {
  '@odata.type': sent['@odata.type'],
  id: '98b7e341-e341-98b7-41e3-b79841e3b798',
  deletedDateTime: sent.deletedDateTime,
};

/**
 * The contract as an OpenAPI 3.1 description, for tools that read one: both routes, the page's
 * example, what a refusal looks like, and every requirement by its id. Assembled from the schemas,
 * the calls and the table, so that it says what is judged and nothing else.
 */
export function openApiDocument(): Json {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Create registeredDevices',
      version: suiteVersion,
      description:
        'One operation of Microsoft Graph as its page documents it, with what this suite judges of it. Assembled by "npm run describe" from schemas/ and tests/requirements/: do not edit it.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: clouds.map(({ name, graph }) => ({ url: `${graph}/v1.0`, description: name })),
    security: [{ bearer: [] }],
    tags: [{ name: 'registeredDevices', description: 'References to the devices of a user.' }],
    paths: Object.fromEntries(
      routes.map((route) => [routeTemplate(route), { post: operation(route) }]),
    ),
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'A bearer token. The page leaves the scopes "to be determined".',
        },
      },
      headers,
      schemas: componentSchemas({ directoryObject: answered, 'directoryObject.create': sent }),
    },
    'x-requirements': Object.fromEntries(
      requirements.map((each) => {
        const { id, level, source, text } = each;
        const rest = isUntested(each) ? { untested: each.untested } : { expected: each.expected };
        return [id, { level, source, text, ...rest }];
      }),
    ),
  };
}

/** The route's path with the parameter in it, as OpenAPI writes it. */
function routeTemplate(route: Route): string {
  return decodeURIComponent(routePath(route, user));
}

function operation(route: Route): Json {
  return {
    operationId: `create-${route}-registeredDevices`,
    tags: ['registeredDevices'],
    summary:
      route === 'me' ? 'Create for the signed-in user' : 'Create for a user, by id or by name',
    ...(route === 'users' && { parameters: [usersId] }),
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: { $ref: '#/components/schemas/directoryObject.create' },
          examples: {
            documented: { summary: 'The example of the page', value: sent },
            withId: {
              summary: 'With the id that its table of properties requires',
              value: answered,
            },
          },
        },
      },
    },
    responses: { 201: created, ...refusals(route) },
  };
}

const usersId: Json = {
  name: 'usersId',
  in: 'path',
  required: true,
  description: 'An object id or a user principal name.',
  schema: { type: 'string', minLength: 1 },
  example: '48d31887-5fad-4d73-a9f5-3c356e68a038',
};

const created: Json = {
  description: 'Created: the directoryObject.',
  headers: Object.fromEntries(
    Object.keys(headers)
      .filter((name) => name !== 'WWW-Authenticate')
      .map((name) => [name, { $ref: `#/components/headers/${name}` }]),
  ),
  content: {
    'application/json': {
      schema: { $ref: '#/components/schemas/directoryObject' },
      examples: { documented: { summary: 'The example of the page', value: answered } },
    },
  },
};

/** By status, what is refused with it: of the calls that are POSTs on the route. */
function refusals(route: Route): Json {
  const path = routePath(route, user);
  const isPost = ({ method, ...call }: RequestCase) =>
    method === 'POST' && (call.path === path || call.name === 'unknown-user');
  const calls = [...negativeRequests(route, path, true)].filter(isPost);
  const refusing = requirements
    .filter(isJudged)
    .filter((each) => calls.some((call) => each.requests({ ...call, number: 1 })))
    .filter(({ refusedWith }) => refusedWith !== undefined);
  const statuses = [...new Set(refusing.flatMap(({ refusedWith = [] }) => refusedWith))];
  return Object.fromEntries(
    statuses
      .toSorted((a, b) => a - b)
      .map((status) => [
        status,
        refusal(
          status,
          refusing.filter(({ refusedWith }) => refusedWith?.includes(status)),
        ),
      ]),
  );
}
