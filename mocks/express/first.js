import { randomUUID } from 'node:crypto';
import express from 'express';

/** What the page says, in one handler. PORT: where to listen. */
const app = express();
app.use(express.json());

app.post(
  ['/v1.0/me/registeredDevices/$ref', '/v1.0/users/:user/registeredDevices/$ref'],
  ({ body }, response) => {
    response.status(201).json({
      '@odata.type': '#microsoft.graph.directoryObject',
      id: body.id ?? randomUUID(),
      deletedDateTime: body.deletedDateTime,
    });
  },
);

app.listen(Number(process.env.PORT), '127.0.0.1');
