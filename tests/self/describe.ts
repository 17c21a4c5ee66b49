import { writeFileSync } from 'node:fs';
import { envExample } from '../../fixtures/configuration/variables/env-example.ts';
import { openApiDocument } from '../openapi/document.ts';

/** `npm run describe`: writes what is generated and kept in the repository: the description and .env.example. */
writeFileSync(
  new URL('../../schemas/openapi.json', import.meta.url),
  `${JSON.stringify(openApiDocument(), null, 2)}\n`,
);
writeFileSync(new URL('../../.env.example', import.meta.url), envExample());
