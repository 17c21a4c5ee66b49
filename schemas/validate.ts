import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { isDateTimeOffset } from './edm-date-time-offset.ts';

const wireSchemas = ['directoryObject', 'directoryObject.create', 'error'] as const;

/** A component of openapi.json, or a file that comes from elsewhere. */
export type SchemaName = (typeof wireSchemas)[number] | 'recording' | 'deviations';

type Schema = Readonly<Record<string, unknown>>;

/** One place where a document breaks its schema. */
export interface SchemaError {
  readonly property: string;
  readonly message: string;
}

const require = createRequire(import.meta.url);

function read<T = Schema>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
}

function isWire(name: SchemaName): boolean {
  return wireSchemas.some((each) => each === name);
}

export function readSchema(name: SchemaName): Schema {
  if (!isWire(name)) return read(`files/${name}.json`);
  const { components } = read<{ components: { schemas: Record<string, Schema> } }>('openapi.json');
  return components.schemas[name] ?? {};
}

/** That the schemas are valid is for the self-tests to say. */
function newAjv(): Ajv2020 {
  // Loaded on demand: not every process checks a document, and loading takes time.
  const loaded: typeof import('ajv/dist/2020.js') = require('ajv/dist/2020.js');
  const lenient = { allowUnionTypes: true, allErrors: true, meta: false, validateSchema: false };
  const made = new loaded.Ajv2020({ strict: true, ...lenient });
  // ajv-formats is wrong for this grammar in one case of five, so the format is our own.
  made.addFormat('edm-date-time-offset', { type: 'string', validate: isDateTimeOffset });
  made.addVocabulary(['example', 'components']);
  return made.addSchema({ $id: 'openapi.json', components: read('openapi.json').components });
}

let ajv: Ajv2020 | undefined;
const validators = new Map<SchemaName, ValidateFunction>();

function validatorOf(name: SchemaName): ValidateFunction {
  const known = validators.get(name);
  if (known !== undefined) return known;
  ajv ??= newAjv();
  const component = { $ref: `openapi.json#/components/schemas/${name}` };
  const validate = ajv.compile(isWire(name) ? component : readSchema(name));
  validators.set(name, validate);
  return validate;
}

const mostErrors = 1_000;

/**
 * Where a document breaks a schema, in a thousand places at most. `property`: the path with dots, that
 * of the missing property too; '' for the document itself.
 */
export function schemaErrors(name: SchemaName, document: unknown): SchemaError[] {
  const validate = validatorOf(name);
  try {
    if (validate(document)) return [];
  } catch (error) {
    // A schema that refers to itself descends as deep as the document.
    if (!(error instanceof RangeError)) throw error;
    return [{ property: '', message: 'is nested too deep to be checked' }];
  }
  return (validate.errors ?? []).slice(0, mostErrors).map(schemaError);
}

function schemaError({ instancePath, keyword, params, message }: ErrorObject): SchemaError {
  const path = instancePath.split('/').slice(1).map(unescapePointer);
  if (keyword === 'required') path.push(params.missingProperty);
  if (keyword === 'additionalProperties') path.push(params.additionalProperty);
  return { property: path.join('.'), message: wording(keyword, message, params.pattern) };
}

/** In a schema: a string of blanks alone is refused here, an empty one by minLength. */
const notBlank = '^$|\\S';

function unescapePointer(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}

function wording(keyword: string, message: string | undefined, pattern: unknown): string {
  if (keyword === 'required') return 'is missing';
  if (keyword === 'additionalProperties') return 'is not a known property';
  if (keyword === 'pattern' && pattern === notBlank) return 'is blank';
  return message ?? `breaks "${keyword}"`;
}
