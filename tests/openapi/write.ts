import { writeFileSync } from 'node:fs';
import { openApiDocument } from './document.ts';

/** `npm run describe`: writes schemas/openapi.json anew. */
writeFileSync(
  new URL('../../schemas/openapi.json', import.meta.url),
  `${JSON.stringify(openApiDocument(), null, 2)}\n`,
);
