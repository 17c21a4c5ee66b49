import { createRequire } from 'node:module';
import type { Ajv2020, ErrorObject } from 'ajv/dist/2020.js';
import { isDateTimeOffset } from './edm-date-time-offset.ts';
import deviations from './files/deviations.json' with { type: 'json' };
import recording from './files/recording.json' with { type: 'json' };
import openapi from './openapi.json' with { type: 'json' };

/** A component of openapi.json, or a file that comes from elsewhere. */
export type SchemaName = keyof typeof components.schemas | 'recording' | 'deviations';

export type SchemaError = Readonly<{ property: string; message: string }>;

const require = createRequire(import.meta.url);
const { components } = openapi;

let ajv: Ajv2020 | undefined;

/** That the schemas are valid is for the self-tests to say. */
function newAjv() {
  // Loaded on demand: not every process checks a document, and loading takes time.
  const { Ajv2020: Ajv }: typeof import('ajv/dist/2020.js') = require('ajv/dist/2020.js');
  const lenient = { allowUnionTypes: true, allErrors: true, meta: false, validateSchema: false };
  // To optimize the code takes longer than to run it.
  const made = new Ajv({ strict: true, ...lenient, code: { optimize: false } });
  // ajv-formats is wrong for this grammar in one case of five, so the format is our own.
  made.addFormat('edm-date-time-offset', { type: 'string', validate: isDateTimeOffset });
  made.addVocabulary(['example', 'components']);
  return made.addSchema({ components }, 'openapi.json').addSchema([recording, deviations]);
}

/** `property`: the path with dots, that of the missing property too; '' for the document itself. */
export function schemaErrors(name: SchemaName, document: unknown): SchemaError[] {
  ajv ??= newAjv();
  const at =
    name in components.schemas ? `openapi.json#/components/schemas/${name}` : `${name}.json`;
  try {
    if (ajv.validate(at, document)) return [];
  } catch (error) {
    // A schema that refers to itself descends as deep as the document.
    if (!(error instanceof RangeError)) throw error;
    return [{ property: '', message: 'is nested too deep to be checked' }];
  }
  return (ajv.errors ?? []).map(schemaError);
}

function schemaError(error: ErrorObject): SchemaError {
  const { instancePath, keyword, params, message = keyword } = error;
  const path = instancePath
    .split('/')
    .slice(1)
    .map((each) => each.replaceAll('~1', '/').replaceAll('~0', '~'));
  const { missingProperty = params.additionalProperty, pattern } = params;
  if (missingProperty !== undefined) path.push(missingProperty);
  // A file from elsewhere may have names of any size.
  const property = path.join('.').slice(0, 200);
  if (keyword === 'required') return { property, message: 'is missing' };
  if (keyword === 'additionalProperties') return { property, message: 'is not a known property' };
  // In a schema: a string of blanks alone is refused here, an empty one by minLength.
  return { property, message: pattern === '^$|\\S' ? 'is blank' : message };
}
