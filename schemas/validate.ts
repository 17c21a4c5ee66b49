import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Ajv2020, Options, ValidateFunction } from 'ajv/dist/2020.js';
import { isDateTimeOffset } from './edm-date-time-offset.ts';

/** The folder of each schema: what goes over the wire, and the files that we write. */
const folders = {
  directoryObject: 'wire',
  'directoryObject.create': 'wire',
  error: 'wire',
  recording: 'files',
  history: 'files',
  deviations: 'files',
  report: 'files',
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

let ajv: Ajv2020 | undefined;
const compiled = new Map<SchemaName, ValidateFunction>();

/** The schema file as parsed JSON. */
export function readSchema(name: SchemaName): Record<string, unknown> {
  return JSON.parse(
    readFileSync(new URL(`${folders[name]}/${name}.json`, import.meta.url), 'utf8'),
  );
}

/**
 * Checks a parsed JSON document against one of our schemas (JSON Schema 2020-12, ajv strict).
 *
 * Out: every place that breaks it, `property` being the path with dots (`error.code`), the name of
 * the missing property where one is missing, and '' for the document itself. Empty: it conforms.
 */
export function schemaErrors(name: SchemaName, document: unknown): SchemaError[] {
  let validate = compiled.get(name);
  if (validate === undefined) {
    // That the schemas themselves are valid is a matter of the self-tests.
    ajv ??= newAjv({ meta: false, validateSchema: false });
    validate = ajv.compile(readSchema(name));
    compiled.set(name, validate);
  }
  if (validate(document)) return [];
  return (validate.errors ?? []).map(({ instancePath, keyword, params, message }) => {
    const path = instancePath.split('/').slice(1).map(unescapePointer);
    if (keyword === 'required') path.push(params.missingProperty);
    if (keyword === 'additionalProperties') path.push(params.additionalProperty);
    return { property: path.join('.'), message: wording(keyword, message) };
  });
}

function unescapePointer(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}

function wording(keyword: string, message: string | undefined): string {
  if (keyword === 'required') return 'is missing';
  if (keyword === 'additionalProperties') return 'is not a known property';
  return message ?? `breaks "${keyword}"`;
}
