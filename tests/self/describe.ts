import { writeFileSync } from 'node:fs';
import { envExample } from '../../fixtures/configuration/variables/env-example.ts';
import { openApiDocument } from '../openapi/document.ts';
import { datePairs } from './requests/date-pairs.ts';

/** `npm run describe`: writes what is generated and kept in the repository: the description, .env.example, the dates. */
writeFileSync(
  new URL('../../schemas/openapi.json', import.meta.url),
  `${JSON.stringify(openApiDocument(), null, 2)}\n`,
);
writeFileSync(new URL('../../.env.example', import.meta.url), envExample());
writeFileSync(new URL('../../fixtures/requests/date-pairs.json', import.meta.url), datePairs());
