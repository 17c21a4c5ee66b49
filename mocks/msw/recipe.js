import { randomUUID } from 'node:crypto';
import { createServer } from '@mswjs/http-middleware';
import { HttpResponse, http } from 'msw';
import { holds, readObject, type } from '../directory-object.js';

/** The same with handlers in front of it and behind it. TOKEN, USER_ID: whom to know. */
const { PORT, TOKEN, USER_ID } = process.env;
const root = `http://127.0.0.1:${PORT}/v1.0`;
// MSW decodes parameters, and no literal parts.
const routes = ['$ref', '%24ref'].flatMap((ref) => [
  `*/v1.0/me/registeredDevices/${ref}`,
  `*/v1.0/users/:user/registeredDevices/${ref}`,
]);

/** An answer with what every answer of the service carries. */
function answer(request, status, body, headers) {
  const id = request.headers.get('client-request-id') ?? randomUUID();
  const traced = { 'OData-Version': '4.0', 'request-id': randomUUID(), 'client-request-id': id };
  return HttpResponse.json(body, { status, headers: { ...traced, ...headers } });
}

function refusal(request, status, code, message, headers) {
  return answer(request, status, { error: { code, message } }, headers);
}

async function create({ request }) {
  // Not request.json(): it reads bytes that are not UTF-8.
  const { object, fault } = readObject(await request.arrayBuffer());
  if (fault !== undefined) return refusal(request, 400, 'BadRequest', fault);
  const { id = randomUUID(), deletedDateTime } = object;
  const context = `${root}/$metadata#directoryObjects/$entity`;
  const created = { '@odata.context': context, '@odata.type': type, id, deletedDateTime };
  return answer(request, 201, created, {
    Location: `${root}/directoryObjects/${encodeURIComponent(id)}`,
    'Content-Type': 'application/json;odata.metadata=minimal;charset=utf-8',
  });
}

// In this order; a resolver that returns nothing leaves the request to the next one.
createServer(
  http.all('*', ({ request }) => {
    if (!holds(TOKEN, request.headers.get('authorization') ?? ''))
      return refusal(request, 401, 'InvalidAuthenticationToken', 'This token is not known here.', {
        'WWW-Authenticate': 'Bearer realm=""',
      });
  }),
  ...routes.map((route) =>
    http.all(route, ({ request, params }) => {
      if (params.user !== undefined && params.user !== USER_ID)
        return refusal(request, 404, 'Request_ResourceNotFound', 'There is no such user.');
    }),
  ),
  http.post('*', ({ request }) => {
    if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? ''))
      return refusal(request, 415, 'UnsupportedMediaType', 'Only application/json is read here.');
  }),
  ...routes.flatMap((route) => [
    http.post(route, create),
    http.all(route, ({ request }) =>
      refusal(request, 405, 'MethodNotAllowed', 'Only POST is offered here.', { Allow: 'POST' }),
    ),
  ]),
  http.all('*', ({ request }) =>
    refusal(request, 404, 'ResourceNotFound', 'There is nothing at this path.'),
  ),
).listen(Number(PORT), '127.0.0.1');
