import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { suiteVersion } from '../../../fixtures/configuration/configuration.ts';
import { example, propertyNames, routes, routeTemplates } from '../../../schemas/operation.ts';
import { schemaErrors } from '../../../schemas/validate.ts';
import { emptyFolder } from '../support/run.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const path = join(root, 'schemas/openapi.json');
const text = readFileSync(path, 'utf8');
const described = JSON.parse(text);
const { responses, requestBodies } = described.components;

/** The linter's exit status for a description; it must send no telemetry and look for no newer version. */
function lint(file: string): number | null {
  const linter = fileURLToPath(import.meta.resolve('@redocly/cli/bin/cli.js'));
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: emptyFolder(),
    REDOCLY_TELEMETRY: 'off',
    REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  };
  return spawnSync(process.execPath, [linter, 'lint', file], { cwd: root, env }).status;
}

test('the linter accepts the description, and refuses a broken one', () => {
  expect(lint(path)).toBe(0);
  const broken = join(emptyFolder(), 'openapi.json');
  writeFileSync(broken, text.replaceAll('"required": true', '"required": "yes"'));
  expect(lint(broken)).toBe(1);
});

test('the description says what the operation says, of this version', () => {
  expect(described.info.version).toBe(suiteVersion);
  expect(Object.keys(described.paths)).toEqual(routes.map((route) => routeTemplates[route]));
  expect(described.components.schemas.directoryObject.required).toEqual([...propertyNames]);
  for (const { post } of Object.values<typeof described>(described.paths))
    expect(Object.keys(post.responses)).toEqual(Object.keys(responses));
  expect(described.components.schemas.directoryObject.example).toEqual(example.response.object);
});

test('the examples conform to the schemas', () => {
  const { documented, withId } = requestBodies.directoryObject.content['application/json'].examples;
  expect(documented.value).toEqual(example.request.object);
  for (const { value } of [documented, withId])
    expect(schemaErrors('directoryObject.create', value)).toEqual([]);
  for (const [status, { content }] of Object.entries<typeof described>(responses)) {
    const json = content['application/json'];
    const name = status === '201' ? 'directoryObject' : 'error';
    const value = status === '201' ? json.examples.documented.value : json.example;
    expect(schemaErrors(name, value)).toEqual([]);
  }
});

test('the first stubs of WireMock respond with the example of the description', () => {
  for (const name of ['me', 'users']) {
    const stub = JSON.parse(
      readFileSync(join(root, `mocks/wiremock/first/mappings/${name}.json`), 'utf8'),
    );
    expect(stub.response.jsonBody ?? JSON.parse(stub.response.body)).toEqual(
      example.response.object,
    );
  }
});
