import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import { allowListOf } from '../../../fixtures/http/allow-list.ts';
import { routePath } from '../../../fixtures/requests/paths.ts';

const root = 'https://graph.microsoft.com/v1.0';
const user = '0f1e2d3c-4b5a-4678-9a0b-1c2d3e4f5a6b';
const nobody = '7c0f3d5a-94e2-4b1c-8d67-2f9be0a41c38';
const object = '98b7e341-e341-98b7-41e3-b79841e3b798';
const own = `/users/${user}/registeredDevices/$ref`;
const here = 'http://mock:8080/v1.0';
const lists = [
  ['tenant', allowListOf(root, user, false), root],
  ['mock', allowListOf(here, user, true), here],
] as const;
const refusal = 'is not within what may be asked of';

// biome-ignore format: a row a line
const allowed: readonly (readonly [methods: string, path: string, where?: 'mock'])[] = [
  ['POST PUT GET HEAD OPTIONS', '/me/registeredDevices/$ref'],
  ['POST PUT GET HEAD OPTIONS', own],
  ['PATCH DELETE', '/me/registeredDevices/$ref', 'mock'],
  ['PATCH DELETE', own, 'mock'],
  ['POST', '/me/registeredDevices/$refs'],
  ['POST', '/me/registeredDevice/$ref'],
  ['POST', '/me/registeredDevices/%24ref'],
  ['POST', `/users/${user}/registeredDevices/%24ref`],
  ['POST', `/users/%30${user.slice(1)}/registeredDevices/$ref`],
  ['POST', `/users/${nobody}/registeredDevices/$ref`],
  ['DELETE', `/me/registeredDevices/${object}/$ref`],
  ['POST', '/me/registeredDevices/ref', 'mock'],
  ['POST', '/me/registereddevices/$ref', 'mock'],
  ['POST', '/me/registeredDevices/$ref/', 'mock'],
  ['POST', `${own}/`, 'mock'],
  ['POST', '/users//registeredDevices/$ref', 'mock'],
];

const every = ['POST', 'PUT', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'DELETE'];
for (const [where, check, base] of lists)
  test(`at a ${where} these may be asked, and by no other method`, () => {
    const rows = allowed.filter(([, , only]) => where === 'mock' || only === undefined);
    const mine = rows.flatMap(([methods, path]) => methods.split(' ').map((each) => each + path));
    for (const [, path] of allowed)
      for (const method of every)
        if (mine.includes(method + path)) check(method, base + path);
        else expect(() => check(method, base + path)).toThrow(refusal);
  });

// biome-ignore format: a row a line
const tricks = [
  'POST /users/another-user/registeredDevices/$ref',
  'POST /me/registeredDevices',
  'POST /me/registeredDevices/../ownedDevices/$ref',
  'POST /me/registeredDevices/%2e%2e/ownedDevices/$ref',
  'POST /me/./registeredDevices/$ref',
  'POST //me/registeredDevices/$ref',
  'POST /ME/registeredDevices/$ref',
  'POST /me%2FregisteredDevices/$ref',
  `POST /users/0%66${user.slice(2)}/registeredDevices/$ref`,
  `POST /users/%30${user.slice(1)}/registeredDevices/%24ref`,
  `POST /users/%31${user.slice(1)}/registeredDevices/$ref`,
  'POST /me\\registeredDevices\\$ref',
  'POST /me/registeredDevices/$ref?$filter=x',
  'POST /me/registeredDevices/$ref#x',
  'POST /me/registeredDevices/$ref\n',
  'POST https://graph.microsoft.com/beta/me/registeredDevices/$ref',
  'POST http://graph.microsoft.com/v1.0/me/registeredDevices/$ref',
  'POST https://graph.microsoft.com.elsewhere.invalid/v1.0/me/registeredDevices/$ref',
  'POST https://graph.microsoft.com@elsewhere.invalid/v1.0/me/registeredDevices/$ref',
  'TRACE /me/registeredDevices/$ref',
  'PUT /me/registeredDevices/$refs',
  `DELETE /devices/${object}`,
  `DELETE /me/registeredDevices/${object}/x/$ref`,
  `DELETE /me/registeredDevices/../${object}/$ref`,
  'DELETE /me/registeredDevices/%2e%2e/$ref',
  `DELETE /users/${nobody}/registeredDevices/${object}/$ref`,
];

test('no trick with a path, a host or a method may be asked', () => {
  for (const trick of tricks)
    for (const [, check, base] of lists) {
      const [method = '', url = ''] = trick.split(/ (.*)/s);
      const whole = url.startsWith('/') ? base + url : url;
      expect(() => check(method, whole), trick).toThrow(refusal);
      expect(() => check(`${method} ${method}`, whole), trick).toThrow(refusal);
    }
});

test('a user id cannot lead out of its segment', () => {
  const target = { GRAPH_BASE_URL: 'http://127.0.0.1:1/v1.0', GRAPH_ACCESS_TOKEN: 't' };
  for (const id of ['..', '.', 'a/b', 'a%2Fb', 'a\\b', 'a b', 'a\nb', 'a?b'])
    expect(() => readConfiguration({ ...target, GRAPH_USER_ID: id }), id).toThrow(/^GRAPH_USER_ID/);
  const guest = "o'hara_x#EXT#(.*)|$@t.example";
  const check = allowListOf(root, guest, false);
  check('POST', `${root}${routePath('users', guest)}`);
  for (const other of ["o'hara_x#EXT#(abc)|$@t.example", ''])
    expect(() => check('POST', `${root}${routePath('users', other)}`)).toThrow(refusal);
});
