import { clients, exampleRequest, withClient } from '../support/raw-server.ts';

// Node reads NODE_EXTRA_CA_CERTS when it starts: who trusts other certificates is another process.
// In: ports of https on 127.0.0.1. Out, printed: what each failed with, by both ways to send.
const failures = [];
for (const port of process.argv.slice(2))
  for (const override of Object.values(clients)) {
    const baseUrl = `https://127.0.0.1:${port}/v1.0`;
    const send = withClient({ baseUrl }, (client) => client.send(exampleRequest(override), 1));
    failures.push((await send).failure);
  }
console.log(JSON.stringify(failures));
