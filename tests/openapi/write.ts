import { writeFileSync } from 'node:fs';
import { envExample } from '../../fixtures/configuration/env-example.ts';
import { openApiDocument } from './document.ts';

/** `npm run describe`: writes schemas/openapi.json and .env.example anew. */
writeFileSync(
  new URL('../../schemas/openapi.json', import.meta.url),
  `${JSON.stringify(openApiDocument(), null, 2)}\n`,
);
writeFileSync(new URL('../../.env.example', import.meta.url), envExample());
