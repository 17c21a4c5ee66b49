import { readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { newAjv, readSchema, type SchemaName, schemaErrors } from '../../../schemas/validate.ts';

/** A document against a schema: the properties that break it, none where it conforms. */
interface Case {
  readonly name: string;
  readonly document: unknown;
  readonly wrong: readonly string[];
}

function judgeAll(schema: SchemaName, cases: readonly Case[]): void {
  for (const { name, document, wrong } of cases)
    test(`${schema} ${wrong.length === 0 ? 'accepts' : 'rejects'} ${name}`, () => {
      const properties = schemaErrors(schema, document).map(({ property }) => property);
      expect([...new Set(properties)].sort()).toEqual([...wrong].sort());
    });
}

const type = '#microsoft.graph.directoryObject';
const date = '2017-01-01T00:00:34.0507931+03:00';
const id = '98b7e341-e341-98b7-41e3-b79841e3b798';
const object = { '@odata.type': type, id, deletedDateTime: date };
const { deletedDateTime: _, ...dateless } = object;

const accepts = (name: string, document: unknown): Case => ({ name, document, wrong: [] });
const rejects = (name: string, document: unknown, ...wrong: string[]): Case => ({
  name,
  document,
  wrong,
});

judgeAll('directoryObject', [
  accepts('the documented answer', object),
  accepts('further properties', { ...object, displayName: 'x', list: [1], nested: { a: null } }),
  accepts('unknown annotations', { ...object, '@vendor.note': 1, 'id@vendor.note': {} }),
  accepts('the annotations of OData', {
    '@odata.context': '../$metadata#directoryObjects/$entity',
    '@odata.id': null,
    '@odata.etag': 'W/"1"',
    '@odata.editLink': 'directoryObjects(1)',
    '@odata.readLink': 'directoryObjects(1)',
    ...object,
  }),
  accepts('a type that is a whole metadata URL', {
    ...object,
    '@odata.type': `https://graph.microsoft.com/v1.0/$metadata${type}`,
  }),
  accepts('a date that is null', { ...object, deletedDateTime: null }),
  accepts('a date in UTC', { ...object, deletedDateTime: '2016-12-31T21:00:34.0507931Z' }),
  accepts('an id that is no UUID', { ...object, id: '设备/1 "é"' }),
  accepts('an id of one character', { ...object, id: '0' }),
  rejects('an object without anything', {}, '@odata.type', 'id', 'deletedDateTime'),
  rejects('a missing id', { '@odata.type': type, deletedDateTime: date }, 'id'),
  rejects('an empty id', { ...object, id: '' }, 'id'),
  rejects('an id that is null', { ...object, id: null }, 'id'),
  rejects('an id that is a number', { ...object, id: 98 }, 'id'),
  rejects('an id in another case of name', { ...object, id: undefined, Id: id }, 'id'),
  rejects('a missing type', { id, deletedDateTime: date }, '@odata.type'),
  rejects('the type without #', { ...object, '@odata.type': type.slice(1) }, '@odata.type'),
  rejects(
    'the type in lower case',
    { ...object, '@odata.type': type.toLowerCase() },
    '@odata.type',
  ),
  rejects('another type', { ...object, '@odata.type': '#microsoft.graph.device' }, '@odata.type'),
  rejects('a type that only begins so', { ...object, '@odata.type': `${type}s` }, '@odata.type'),
  rejects('a type with a line end', { ...object, '@odata.type': `${type}\n` }, '@odata.type'),
  rejects(
    'a type with another dot',
    { ...object, '@odata.type': type.replace('.', '-') },
    '@odata.type',
  ),
  rejects('a type that is a list', { ...object, '@odata.type': [type] }, '@odata.type'),
  rejects('a missing date', dateless, 'deletedDateTime'),
  rejects(
    'a date without offset',
    { ...object, deletedDateTime: '2017-01-01T00:00:34' },
    'deletedDateTime',
  ),
  rejects('30 February', { ...object, deletedDateTime: '2017-02-30T00:00:34Z' }, 'deletedDateTime'),
  rejects('a date that is a number', { ...object, deletedDateTime: 1483218034 }, 'deletedDateTime'),
  rejects('a date that is empty', { ...object, deletedDateTime: '' }, 'deletedDateTime'),
  rejects('a context that is an object', { ...object, '@odata.context': {} }, '@odata.context'),
  rejects(
    'two faults as two',
    { ...object, id: '', deletedDateTime: 'now' },
    'id',
    'deletedDateTime',
  ),
  rejects('null', null, ''),
  rejects('a list', [object], ''),
  rejects('a text', 'directoryObject', ''),
]);

judgeAll('directoryObject.create', [
  accepts('the documented request, which has no id', {
    '@odata.type': type,
    deletedDateTime: date,
  }),
  accepts('an object with the id of the table', object),
  rejects('a property nobody documents', { ...object, displayName: 'x' }, 'displayName'),
  rejects('a date that is null', { ...object, deletedDateTime: null }, 'deletedDateTime'),
  rejects('a missing date', dateless, 'deletedDateTime'),
  rejects('a missing type', { id, deletedDateTime: date }, '@odata.type'),
  rejects('another type', { ...object, '@odata.type': '#microsoft.graph.message' }, '@odata.type'),
  rejects('an id in upper case', { ...object, id: id.toUpperCase() }, 'id'),
  rejects('an id with a prefix', { ...object, id: `urn:uuid:${id}` }, 'id'),
  rejects('an id that is cut short', { ...object, id: id.slice(1) }, 'id'),
  rejects('an id with a line end', { ...object, id: `${id}\n` }, 'id'),
  rejects(
    'a date ajv-formats would take',
    { ...object, deletedDateTime: '2017-01-01 00:00:34+03' },
    'deletedDateTime',
  ),
]);

const error = { code: 'Request_BadRequest', message: 'No.' };
// The live form: the inner error's date has no offset.
const inner = { date: '2026-11-23T01:02:03', 'request-id': id, 'client-request-id': id };

judgeAll('error', [
  accepts('the form of the general error page', { error: { ...error, innerError: inner } }),
  accepts('innererror in lower case', { error: { ...error, innererror: inner } }),
  accepts('both spellings at once', { error: { ...error, innerError: inner, innererror: inner } }),
  accepts('inner errors that nest', {
    error: { ...error, innerError: { code: 'x', innererror: { innerError: inner } } },
  }),
  accepts('an inner error that is null', { error: { ...error, innerError: null } }),
  accepts('an inner error of another service', {
    error: { ...error, innerError: { code: 1, trace: [] } },
  }),
  accepts('details and target', {
    error: { ...error, target: 'id', details: [{ ...error, target: 'id' }, error] },
  }),
  accepts('details and target that are null', { error: { ...error, target: null, details: null } }),
  accepts('details that are empty', { error: { ...error, details: [] } }),
  accepts('only code and message', { error }),
  accepts('an unknown code', { error: { ...error, code: 'x' } }),
  accepts('annotations', { error: { ...error, '@vendor.retry': false }, '@vendor.note': 1 }),
  rejects('an object without error', { code: 'x', message: 'y' }, 'error'),
  rejects('an error that is a text', { error: 'No.' }, 'error'),
  rejects('an error that is null', { error: null }, 'error'),
  rejects('an error that is a list', { error: [error] }, 'error'),
  rejects('an empty error', { error: {} }, 'error.code', 'error.message'),
  rejects('an empty code', { error: { ...error, code: '' } }, 'error.code'),
  rejects('a code that is a number', { error: { ...error, code: 400 } }, 'error.code'),
  rejects('an empty message', { error: { ...error, message: '' } }, 'error.message'),
  rejects(
    'the old message object',
    { error: { ...error, message: { value: 'No.' } } },
    'error.message',
  ),
  rejects(
    'names in another case',
    { error: { Code: 'x', Message: 'y' } },
    'error.code',
    'error.message',
  ),
  rejects('details that are an object', { error: { ...error, details: error } }, 'error.details'),
  rejects(
    'a detail without message',
    { error: { ...error, details: [error, { code: 'x' }] } },
    'error.details.1.message',
  ),
  rejects(
    'an inner error that is a text',
    { error: { ...error, innererror: 'x' } },
    'error.innererror',
  ),
  rejects(
    'a nested one that is a list',
    { error: { ...error, innerError: { innererror: [] } } },
    'error.innerError.innererror',
  ),
  rejects('an empty body read as nothing', undefined, ''),
]);

const names: readonly SchemaName[] = [
  'deviations',
  'directoryObject',
  'directoryObject.create',
  'error',
  'recording',
];

test('every schema file compiles under ajv strict, and is one of the five', () => {
  // The description is made of the schemas and is none (openapi.spec.ts).
  const files = ['wire', 'files'].flatMap((folder) =>
    readdirSync(new URL(`../../../schemas/${folder}`, import.meta.url)).filter((file) =>
      file.endsWith('.json'),
    ),
  );
  expect(files.map((file) => file.slice(0, -'.json'.length)).sort()).toEqual(names);
  for (const name of names) {
    // Compiling is what throws on a misspelt keyword, an unknown format and a $ref to nowhere.
    expect(() => newAjv().compile(readSchema(name))).not.toThrow();
    expect(readSchema(name)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `${name}.json`,
    });
  }
});

test('no schema uses a format but our own two', () => {
  const formatsOf = (value: unknown): unknown[] =>
    typeof value !== 'object' || value === null
      ? []
      : Object.entries(value).flatMap(([key, inner]) =>
          key === 'format' ? [inner] : formatsOf(inner),
        );
  const used = new Set(names.flatMap((name) => formatsOf(readSchema(name))));
  expect([...used].sort()).toEqual(['directory-object-id', 'edm-date-time-offset']);
});

test('a schema error says in words what is wrong', () => {
  expect(schemaErrors('error', { error: { code: ' ', message: 'b' } })).toEqual([
    { property: 'error.code', message: 'is blank' },
  ]);
  expect(schemaErrors('error', { error: { code: '' } })).toEqual([
    { property: 'error.message', message: 'is missing' },
    { property: 'error.code', message: 'must NOT have fewer than 1 characters' },
  ]);
  expect(schemaErrors('directoryObject.create', { ...object, 'a/b~c': 1 })).toEqual([
    { property: 'a/b~c', message: 'is not a known property' },
  ]);
});
