import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Ajv2020, ErrorObject, Options, ValidateFunction } from 'ajv/dist/2020.js';
import { isDateTimeOffset } from './edm-date-time-offset.ts';

/** The folder of each schema: what goes over the wire, and the files that we write. */
const folders = {
  directoryObject: 'wire',
  'directoryObject.create': 'wire',
  error: 'wire',
  recording: 'files',
  deviations: 'files',
} as const;

/** A schema file by its name without `.json`. */
export type SchemaName = keyof typeof folders;

/** One place where a document breaks its schema: the property, and what is wrong in words. */
export interface SchemaError {
  readonly property: string;
  readonly message: string;
}

const require = createRequire(import.meta.url);

/** A strict ajv that knows our formats. Loaded on demand: not every process checks a document, and loading takes time. */
export function newAjv(options: Options = {}): Ajv2020 {
  const loaded: typeof import('ajv/dist/2020.js') = require('ajv/dist/2020.js');
  const ajv = new loaded.Ajv2020({
    strict: true,
    allowUnionTypes: true,
    allErrors: true,
    ...options,
  });
  // ajv-formats is wrong for this grammar in one case of five, so the format is our own.
  ajv.addFormat('edm-date-time-offset', { type: 'string', validate: isDateTimeOffset });
  ajv.addFormat('directory-object-id', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  return ajv;
}

/** The schema file as parsed JSON. */
export function readSchema(name: SchemaName): Record<string, unknown> {
  return JSON.parse(
    readFileSync(new URL(`${folders[name]}/${name}.json`, import.meta.url), 'utf8'),
  );
}

/**
 * Checks a parsed JSON document against one of our schemas (JSON Schema 2020-12, ajv strict).
 *
 * Out: the places that break it, a thousand at most, those of the properties that the schema names
 * before those of patterns. `property` is the path with dots (`error.code`), the name of the missing
 * property where one is missing, and '' for the document itself. Empty: it conforms.
 */
export function schemaErrors(name: SchemaName, document: unknown): SchemaError[] {
  return checkedBy(everyError, name, document);
}

/** The first of these places, found without looking for the others; undefined: it conforms. */
export function firstSchemaError(name: SchemaName, document: unknown): SchemaError | undefined {
  return checkedBy(firstError, name, document)[0];
}

/** The schemas that one ajv has compiled, and that ajv once it is needed. */
interface Compiled {
  readonly allErrors: boolean;
  ajv?: Ajv2020;
  readonly validators: Map<SchemaName, ValidateFunction>;
}

const everyError: Compiled = { allErrors: true, validators: new Map() };
const firstError: Compiled = { allErrors: false, validators: new Map() };

/** Places of a document that anybody would read. */
const mostErrors = 1_000;

function checkedBy(compiled: Compiled, name: SchemaName, document: unknown): SchemaError[] {
  const validate = compiled.validators.get(name) ?? compile(compiled, name);
  try {
    if (validate(document)) return [];
  } catch (error) {
    // A schema that refers to itself descends as deep as the document; RFC 8259 §9 lets a reader set a limit.
    if (!(error instanceof RangeError)) throw error;
    return [{ property: '', message: 'is nested too deep to be checked' }];
  }
  return (validate.errors ?? []).slice(0, mostErrors).map(schemaError);
}

function compile(compiled: Compiled, name: SchemaName): ValidateFunction {
  // That the schemas themselves are valid is a matter of the self-tests.
  const { allErrors } = compiled;
  compiled.ajv ??= newAjv({ meta: false, validateSchema: false, allErrors });
  const validate = compiled.ajv.compile(readSchema(name));
  compiled.validators.set(name, validate);
  return validate;
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
