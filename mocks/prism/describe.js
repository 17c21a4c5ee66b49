import { readFileSync } from 'node:fs';

/**
 * `node describe.js [recipe] < ../../schemas/openapi.json > prism.json`: the description as Prism
 * needs it. Without `recipe` only the paths change, because Prism leaves the servers' path out.
 */
const described = JSON.parse(readFileSync(0, 'utf8'));
const me = '/v1.0/me/registeredDevices/$ref';
const anybody = '/v1.0/users/{usersId}/registeredDevices/$ref';
const user = '/v1.0/users/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0/registeredDevices/$ref';
described.paths = Object.fromEntries(
  Object.entries(described.paths).map(([path, item]) => [`/v1.0${path}`, item]),
);
if (process.argv[2] === 'recipe') applyRecipe(described);
console.log(JSON.stringify(described, null, 2));

function applyRecipe({ paths, components }) {
  const { post } = paths[me];
  const { parameters } = paths[anybody].post;
  const { 404: notFound, 400: refused, 201: created } = components.responses;
  describeCreated(created.content, components.schemas.directoryObject);
  // 422 would be taken before 400, also for a missing Content-Type.
  delete post.responses['422'];

  // Where no 2xx is described, the only response there is answers; without a body that is described, 415 would.
  const requestBody = { content: { '*/*': {} } };
  const only = (status, response) => ({ requestBody, responses: { [status]: response } });
  const notAllowed = {
    ...refused,
    headers: { ...refused.headers, Allow: { schema: { type: 'string' }, example: 'POST' } },
  };
  const route = {
    post,
    ...Object.fromEntries(
      ['get', 'put', 'patch', 'delete', 'head', 'options'].map((method) => [
        method,
        only(405, notAllowed),
      ]),
    ),
  };
  const nothing = (names) => ({
    parameters: names.map((name) => ({ ...parameters[0], name })),
    ...Object.fromEntries(Object.keys(route).map((method) => [method, only(404, notFound)])),
  });
  // A path that is written out goes before a template: one user is known, and one name is right.
  Object.assign(paths, {
    [me]: route,
    [user]: route,
    [anybody]: nothing(['usersId']),
    '/v1.0/me/registeredDevices/{name}': nothing(['name']),
    '/v1.0/users/{usersId}/registeredDevices/{name}': nothing(['usersId', 'name']),
  });
}

/** The created object with its context and metadata; `--dynamic` makes an id for each, and no date. */
function describeCreated(content, { properties, required, example }) {
  const context = 'https://graph.microsoft.com/v1.0/$metadata#directoryObjects/$entity';
  const { 'application/json': json } = content;
  // The example of the schema goes before that of the media type.
  for (const object of [example, json.examples.documented.value])
    object['@odata.context'] = context;
  required.push('@odata.context');
  properties['@odata.context'] = { const: context };
  properties['@odata.type'] = { const: example['@odata.type'] };
  properties.deletedDateTime = { const: example.deletedDateTime };
  properties.id.format = 'uuid';
  delete content['application/json'];
  content['application/json;odata.metadata=minimal'] = json;
}
