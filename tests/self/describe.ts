import { writeFileSync } from 'node:fs';
import { openApiDocument } from '../openapi/document.ts';

/** `npm run describe`: writes the description that is generated and kept in the repository. */
writeFileSync(
  new URL('../../schemas/openapi.json', import.meta.url),
  `${JSON.stringify(openApiDocument(), null, 2)}\n`,
);
