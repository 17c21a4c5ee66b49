import { randomUUID } from 'node:crypto';
import express from 'express';
import { holds, readObject, type } from '../directory-object.js';

/** The same handler with what Express leaves to its user. TOKEN, USER_ID: whom to know. */
const { PORT, TOKEN, USER_ID } = process.env;
const root = `http://127.0.0.1:${PORT}/v1.0`;
// Express decodes parameters, and no literal parts.
const routes = ['$ref', '%24ref'].flatMap((ref) => [
  `/v1.0/me/registeredDevices/${ref}`,
  `/v1.0/users/:user/registeredDevices/${ref}`,
]);
const app = express();
app.disable('x-powered-by');

class Refusal extends Error {
  constructor(status, code, message, headers = {}) {
    super(message);
    Object.assign(this, { status, code, headers });
  }
}

app.use((request, response, next) => {
  const id = request.get('client-request-id') ?? randomUUID();
  response.set({ 'OData-Version': '4.0', 'request-id': randomUUID(), 'client-request-id': id });
  // Before the body is read: who may not ask is not told what is wrong with the question.
  // Of two headers request.get would take the first.
  if (!holds(TOKEN, String(request.headersDistinct.authorization)))
    throw new Refusal(401, 'InvalidAuthenticationToken', 'This token is not known here.', {
      'WWW-Authenticate': 'Bearer realm=""',
    });
  next();
});

app.all(routes, ({ method, params }, _response, next) => {
  if (method !== 'POST')
    throw new Refusal(405, 'MethodNotAllowed', 'Only POST is offered here.', { Allow: 'POST' });
  if (params.user !== undefined && params.user !== USER_ID)
    throw new Refusal(404, 'Request_ResourceNotFound', 'There is no such user.');
  next();
});

app.post(
  routes,
  (request, _response, next) => {
    if (request.is('application/json')) return next();
    throw new Refusal(415, 'UnsupportedMediaType', 'Only application/json is read here.');
  },
  // Not express.json(): it reads bytes that are not UTF-8, and UTF-16 where that is announced.
  express.raw({ type: () => true }),
  ({ body = Buffer.alloc(0) }, response) => {
    const { object, fault } = readObject(body);
    if (fault !== undefined) throw new Refusal(400, 'BadRequest', fault);
    const { id = randomUUID(), deletedDateTime } = object;
    // Not response.json(): it would set another Content-Type.
    response
      .status(201)
      .set('Location', `${root}/directoryObjects/${encodeURIComponent(id)}`)
      .set('Content-Type', 'application/json;odata.metadata=minimal;charset=utf-8')
      .send(
        JSON.stringify({
          '@odata.context': `${root}/$metadata#directoryObjects/$entity`,
          '@odata.type': type,
          id,
          deletedDateTime,
        }),
      );
  },
);

app.use(() => {
  throw new Refusal(404, 'ResourceNotFound', 'There is nothing at this path.');
});

// Four parameters make it the error handler; without it Express answers in HTML.
app.use(
  ({ status = 500, code = 'BadRequest', message, headers = {} }, _request, response, _next) => {
    response.status(status).set(headers).json({ error: { code, message } });
  },
);

app.listen(Number(PORT), '127.0.0.1');
