import { randomUUID } from 'node:crypto';
import { createServer } from '@mswjs/http-middleware';
import { HttpResponse, http } from 'msw';

/** What the page says, in one resolver, served over HTTP. PORT: where to listen. */
async function create({ request }) {
  const { id = randomUUID(), deletedDateTime } = await request.json();
  return HttpResponse.json(
    { '@odata.type': '#microsoft.graph.directoryObject', id, deletedDateTime },
    { status: 201 },
  );
}

createServer(
  http.post('*/v1.0/me/registeredDevices/$ref', create),
  http.post('*/v1.0/users/:user/registeredDevices/$ref', create),
).listen(Number(process.env.PORT), '127.0.0.1');
