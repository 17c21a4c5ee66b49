import { clouds } from '../../fixtures/auth/clouds.ts';
import { suiteVersion } from '../../fixtures/configuration/version.ts';
import { documentedRequests } from '../../fixtures/requests/documented.ts';
import { routePath } from '../../fixtures/requests/paths.ts';
import type { RequestCase } from '../../schemas/files/recording.ts';
import {
  created,
  example,
  mediaType,
  type Route,
  routes,
  routeTemplates,
} from '../../schemas/operation.ts';
import { requirements } from '../requirements/index.ts';
import { isJudged, isUntested } from '../requirements/requirement.ts';
import { createdResponse, headers, refusal } from './responses.ts';
import { componentSchemas } from './schemas.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * The contract as an OpenAPI 3.1 description: both routes, the page's example, the responses to
 * refused requests, and every requirement by its id. Assembled from the schemas, the requests and the
 * table of requirements, so that it describes what is judged and nothing else.
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
      routes.map((route) => [routeTemplates[route], { post: operation(route) }]),
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
      schemas: componentSchemas({
        directoryObject: example.response.object,
        'directoryObject.create': example.request.object,
      }),
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
        [mediaType]: {
          schema: { $ref: '#/components/schemas/directoryObject.create' },
          examples: {
            documented: { summary: 'The example of the page', value: example.request.object },
            withId: {
              summary: 'With the id that its table of properties requires',
              value: example.response.object,
            },
          },
        },
      },
    },
    responses: { [created.status]: createdResponse, ...refusals(route) },
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

/** By status, the responses that a refused POST on the route may have, each with the requirements that allow it. */
function refusals(route: Route): Json {
  const path = routePath(route, 'anybody');
  const isPost = ({ method, name, ...request }: RequestCase) =>
    method === 'POST' && (request.path === path || name === 'unknown-user');
  const wanted = { routes: [route], userId: 'anybody', seed: 1, samples: 0, personal: true };
  const posts = documentedRequests(wanted).filter(isPost);
  const refusing = requirements
    .filter(isJudged)
    .filter(({ requests }) => posts.some((post) => requests({ ...post, number: 1 })));
  const statuses = new Set(refusing.flatMap(({ refusedWith = [] }) => refusedWith));
  return Object.fromEntries(
    [...statuses]
      .sort((a, b) => a - b)
      .map((status) => [
        status,
        refusal(
          status,
          refusing.filter(({ refusedWith }) => refusedWith?.includes(status)),
        ),
      ]),
  );
}
