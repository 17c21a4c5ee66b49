import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { schemaErrors } from '../../../schemas/validate.ts';
import { openApiDocument } from '../../openapi/document.ts';
import { requirements } from '../../requirements/index.ts';
import { isJudged } from '../../requirements/requirement.ts';
import { emptyFolder } from '../support/run.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const path = join(root, 'schemas/openapi.json');
const text = readFileSync(path, 'utf8');
const described = JSON.parse(text);

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

test('schemas/openapi.json is what the schemas and the table say (npm run describe)', () => {
  expect(described).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
});

test('the linter accepts the description, and refuses a broken one', () => {
  expect(lint(path)).toBe(0);
  const broken = join(emptyFolder(), 'openapi.json');
  writeFileSync(broken, text.replaceAll('"required": true', '"required": "yes"'));
  expect(lint(broken)).toBe(1);
});

test('the description has the two documented routes, and a bearer token for both', () => {
  expect(Object.keys(described.paths)).toEqual([
    '/me/registeredDevices/$ref',
    '/users/{usersId}/registeredDevices/$ref',
  ]);
  expect(described.security).toEqual([{ bearer: [] }]);
  expect(described.components.securitySchemes.bearer).toMatchObject({
    type: 'http',
    scheme: 'bearer',
  });
});

test('the description names every requirement, and each status that a refusal may have', () => {
  expect(Object.keys(described['x-requirements'])).toEqual(requirements.map(({ id }) => id));
  const { responses } = described.paths['/users/{usersId}/registeredDevices/$ref'].post;
  expect(Object.keys(responses)).toEqual(['201', '400', '401', '403', '404', '415', '422']);
  const posts = requirements.filter(isJudged).filter(({ id }) => !/^(method|path)/.test(id));
  for (const { id, refusedWith = [] } of posts)
    for (const status of refusedWith)
      expect(responses[status].description, `${id} in ${status}`).toContain(`(${id})`);
});

test('the examples conform to what we judge by, and to the schemas of the description', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'openapi', components: described.components });
  const conforms = (name: string, value: unknown) =>
    ajv.validate({ $ref: `openapi#/components/schemas/${name}` }, value);
  for (const { post } of Object.values<typeof described>(described.paths)) {
    const { documented, withId } = post.requestBody.content['application/json'].examples;
    expect(schemaErrors('directoryObject.create', documented.value)).toEqual([]);
    expect(schemaErrors('directoryObject.create', withId.value)).toEqual([]);
    expect(conforms('directoryObject.create', documented.value)).toBe(true);
    expect(conforms('directoryObject.create', { ...documented.value, '@odata.type': 'x' })).toBe(
      false,
    );
    for (const [status, { content }] of Object.entries<typeof described>(post.responses)) {
      const json = content['application/json'];
      const name = status === '201' ? 'directoryObject' : 'error';
      const value = status === '201' ? json.examples.documented.value : json.example;
      expect(schemaErrors(name, value)).toEqual([]);
      expect(conforms(name, value)).toBe(true);
      expect(conforms(name, {})).toBe(false);
    }
  }
});

test('the first stubs of WireMock respond with the example of the description', () => {
  const { value } =
    described.paths['/me/registeredDevices/$ref'].post.responses['201'].content['application/json']
      .examples.documented;
  for (const name of ['me', 'users']) {
    const stub = JSON.parse(
      readFileSync(join(root, `mocks/wiremock/first/mappings/${name}.json`), 'utf8'),
    );
    expect(stub.response.jsonBody ?? JSON.parse(stub.response.body)).toEqual(value);
  }
});
