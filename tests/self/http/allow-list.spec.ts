import { expect, test } from '@playwright/test';
import { readTarget } from '../../../fixtures/configuration/target/target.ts';
import { AllowList, AllowListError } from '../../../fixtures/http/allow-list.ts';
import { routePath } from '../../../fixtures/requests/paths.ts';

const root = 'https://graph.microsoft.com/v1.0';
const user = '0f1e2d3c-4b5a-4678-9a0b-1c2d3e4f5a6b';
const object = '98b7e341-e341-98b7-41e3-b79841e3b798';
const allowList = new AllowList(root, user, false);

test('the documented routes of the configured user are on the allow-list, and what must be refused', () => {
  for (const method of ['POST', 'PUT', 'GET']) {
    allowList.check(method, `${root}/me/registeredDevices/$ref`);
    allowList.check(method, `${root}/users/${user}/registeredDevices/$ref`);
  }
  allowList.check('POST', `${root}/me/registeredDevices/$refs`);
  allowList.check('POST', `${root}/me/registeredDevices/%24ref`);
  allowList.check('POST', `${root}/users/${user}/registeredDevices/%24ref`);
  allowList.check('POST', `${root}/users/%30${user.slice(1)}/registeredDevices/$ref`);
  allowList.check(
    'POST',
    `${root}/users/7c0f3d5a-94e2-4b1c-8d67-2f9be0a41c38/registeredDevices/$ref`,
  );
  allowList.check('DELETE', `${root}/me/registeredDevices/${object}/$ref`);
});

test('of a target that is no mock, nothing is asked that might change something and is not a create', () => {
  for (const method of ['HEAD', 'OPTIONS'])
    allowList.check(method, `${root}/me/registeredDevices/$ref`);
  allowList.check('POST', `${root}/me/registeredDevice/$ref`);
});

test('of a mock the routes are asked by every method, and so are the paths beside them by POST', () => {
  const here = 'http://mock:8080/v1.0';
  const local = new AllowList(here, user, true);
  for (const method of ['POST', 'PUT', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'DELETE'])
    local.check(method, `${here}/me/registeredDevices/$ref`);
  const beside = [
    '/me/registeredDevices/$refs',
    '/me/registeredDevice/$ref',
    '/me/registeredDevices/ref',
    '/me/registereddevices/$ref',
    '/me/registeredDevices/$ref/',
    `/users/${user}/registeredDevices/$ref/`,
    '/users//registeredDevices/$ref',
  ];
  for (const path of beside) {
    local.check('POST', `${here}${path}`);
    for (const method of ['DELETE', 'PATCH', 'PUT', 'GET'])
      expect(() => local.check(method, `${here}${path}`), path).toThrow(AllowListError);
  }
  for (const path of ['/me//registeredDevices/$ref', '/ME/registeredDevices/$ref', '/users/'])
    expect(() => local.check('POST', `${here}${path}`), path).toThrow(AllowListError);
});

const tricks: [method: string, url: string][] = [
  ['POST', `${root}/users/another-user/registeredDevices/$ref`],
  ['POST', `${root}/me/registeredDevices`],
  ['POST', `${root}/me`],
  ['POST', `${root}/me/registeredDevices/../ownedDevices/$ref`],
  ['POST', `${root}/me/registeredDevices/%2e%2e/ownedDevices/$ref`],
  ['POST', `${root}/me/./registeredDevices/$ref`],
  ['POST', `${root}/me//registeredDevices/$ref`],
  ['POST', `${root}//me/registeredDevices/$ref`],
  ['POST', `${root}/me%2FregisteredDevices/$ref`],
  ['POST', `${root}/me/registeredDevices/%24re%66`],
  ['POST', `${root}/m%65/registeredDevices/$ref`],
  ['POST', `${root}/users/0%66${user.slice(2)}/registeredDevices/$ref`],
  ['POST', `${root}/users/%30${user.slice(1)}/registeredDevices/%24ref`],
  ['POST', `${root}/users/%31${user.slice(1)}/registeredDevices/$ref`],
  ['POST', `${root}/me\\registeredDevices\\$ref`],
  ['POST', `${root}/me/registeredDevices/$ref?$filter=x`],
  ['POST', `${root}/me/registeredDevices/$ref#x`],
  ['POST', `${root}/me/registeredDevices/$ref/`],
  ['POST', `${root}/me/registeredDevices/ref`],
  ['POST', `${root}/me/registereddevices/$ref`],
  ['POST', `${root}/users//registeredDevices/$ref`],
  ['PUT', `${root}/me/registeredDevices/$refs`],
  ['POST', 'https://graph.microsoft.com/beta/me/registeredDevices/$ref'],
  ['POST', 'http://graph.microsoft.com/v1.0/me/registeredDevices/$ref'],
  ['POST', 'https://graph.microsoft.com.elsewhere.invalid/v1.0/me/registeredDevices/$ref'],
  ['POST', 'https://graph.microsoft.com@elsewhere.invalid/v1.0/me/registeredDevices/$ref'],
  ['POST', 'https://elsewhere.invalid/v1.0/me/registeredDevices/$ref'],
  ['PATCH', `${root}/me/registeredDevices/$ref`],
  ['DELETE', `${root}/me/registeredDevices/$ref`],
  ['DELETE', `${root}/me/registeredDevices/${object}`],
  ['DELETE', `${root}/devices/${object}`],
  ['DELETE', `${root}/me/registeredDevices/${object}/x/$ref`],
  ['DELETE', `${root}/me/registeredDevices/../${object}/$ref`],
  ['DELETE', `${root}/me/registeredDevices/%2e%2e/$ref`],
  ['DELETE', `${root}/users/another-user/registeredDevices/${object}/$ref`],
];

for (const [method, url] of tricks)
  test(`not on the allow-list: ${method} ${url}`, () => {
    expect(() => allowList.check(method, url)).toThrow(AllowListError);
  });

test('a user id cannot lead out of its segment', () => {
  const target = { GRAPH_BASE_URL: 'http://127.0.0.1:1/v1.0', GRAPH_ACCESS_TOKEN: 't' };
  for (const id of ['..', '.', 'a/b', 'a%2Fb', 'a\\b', 'a b', 'a\nb', 'a?b'])
    expect(() => readTarget({ ...target, GRAPH_USER_ID: id }), id).toThrow(/^GRAPH_USER_ID/);
  const guest = "o'hara_x#EXT#@t.example";
  const path = routePath('users', guest);
  expect(path).toBe('/users/o%27hara_x%23EXT%23@t.example/registeredDevices/$ref');
  new AllowList(root, guest, false).check('POST', `${root}${path}`);
});
