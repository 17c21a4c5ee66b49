import { expect, test } from '@playwright/test';
import { type SchemaName, schemaErrors } from '../../../schemas/validate.ts';
import documents from './documents.json' with { type: 'json' };

/** A place in a document that is replaced; without a value it is left out. */
type Change = readonly [path: string, value?: unknown];

/** A document that conforms, and what may and may not be changed in it. */
type Documents = Readonly<Record<'conforms' | 'breaks', readonly Change[]>> & {
  readonly document: object;
};

function changed(document: object, change: Change): unknown {
  const [path, value] = change;
  if (path === '') return value;
  const copy = structuredClone(document) as Record<string, unknown>;
  const keys = path.split('/');
  const last = keys.pop() ?? '';
  const parent = keys.reduce((at, key) => at[key] as typeof copy, copy);
  if (change.length === 1) delete parent[last];
  else parent[last] = value;
  return copy;
}

const all = Object.entries(documents) as unknown as readonly [SchemaName, Documents][];
for (const [schema, { document, conforms, breaks }] of all) {
  const faults = (change: Change) =>
    schemaErrors(schema, changed(document, change)).map(({ property }) => property);

  test(`${schema} accepts what conforms`, () => {
    expect(schemaErrors(schema, document)).toEqual([]);
    for (const change of conforms) expect(faults(change), JSON.stringify(change)).toEqual([]);
  });

  test(`${schema} names the property that breaks it`, () => {
    for (const change of breaks) {
      const [property] = change;
      const found = faults(change);
      expect(found, JSON.stringify(change)).toContain(property.replaceAll('/', '.'));
      // Beside a place that is named, its parents may break a choice between forms.
      if (schema !== 'recording') expect(new Set(found).size, JSON.stringify(change)).toBe(1);
    }
  });
}

test('a line of two kinds is no line of a recording', () => {
  const { document } = documents.recording;
  for (const more of [{ complete: true }, { run: 'r' }])
    expect(schemaErrors('recording', { ...document, ...more })).not.toEqual([]);
});

test('a schema error says in words what is wrong', () => {
  expect(schemaErrors('error', { error: { code: ' ' } })).toEqual([
    { property: 'error.message', message: 'is missing' },
    { property: 'error.code', message: 'is blank' },
  ]);
  const [empty] = schemaErrors('error', { error: { code: '', message: 'x' } });
  expect(empty?.message).toBe('must NOT have fewer than 1 characters');
  expect(schemaErrors('deviations', { deviations: [], 'a/b~c': 1 })).toEqual([
    { property: 'a/b~c', message: 'is not a known property' },
  ]);
  const [endless] = schemaErrors('deviations', { deviations: [], ['x'.repeat(9_000)]: 1 });
  expect(endless?.property).toBe('x'.repeat(200));
});
