import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import { allowListOf } from '../../../fixtures/http/allow-list.ts';
import { routePath } from '../../../fixtures/requests/paths.ts';
import paths from './allow-list.json' with { type: 'json' };

const root = 'https://graph.microsoft.com/v1.0';
const user = '0f1e2d3c-4b5a-4678-9a0b-1c2d3e4f5a6b';
const here = 'http://mock:8080/v1.0';
const atMocks = [...paths.allowed, ...paths.allowedAtMocks];
const lists = [
  ['tenant', allowListOf(root, user, false), root, paths.allowed],
  ['mock', allowListOf(here, user, true), here, atMocks],
] as const;
const refusal = 'is not within what may be asked of';

/** Each method of a row with its path. */
const eachOf = (row: string) => {
  const [path = '', ...methods] = row.split(' ').reverse();
  return methods.map((method) => [method, path] as const);
};

const every = ['POST', 'PUT', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'DELETE'];
for (const [where, check, base, rows] of lists)
  test(`at a ${where} these may be asked, and by no other method`, () => {
    const mine = rows.flatMap(eachOf).map(String);
    for (const [, path] of atMocks.flatMap(eachOf))
      for (const method of every)
        if (mine.includes(`${method},${path}`)) check(method, base + path);
        else expect(() => check(method, base + path)).toThrow(refusal);
  });

test('no trick with a path, a host or a method may be asked', () => {
  for (const trick of paths.tricks)
    for (const [, check, base] of lists) {
      const [method = '', url = ''] = trick.split(/ (.*)/s);
      const whole = url.startsWith('/') ? base + url : url;
      expect(() => check(method, whole), trick).toThrow(refusal);
    }
  expect(() => lists[0][1]('POST POST', `${root}/me/registeredDevices/$ref`)).toThrow(refusal);
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
