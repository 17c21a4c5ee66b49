import { expect, test } from '@playwright/test';
import { isLoopback } from '../../../fixtures/configuration/target/loopback.ts';

const here = [
  'http://localhost',
  'http://LOCALHOST',
  'http://localhost.',
  'http://mock.localhost',
  'http://a.b.localhost.',
  'http://127.0.0.1',
  'http://127.1',
  'http://2130706433',
  'http://0x7f.0.0.1',
  'http://127.0.0.1.',
  'http://127.255.255.254',
  'http://[::1]',
  'http://[0:0:0:0:0:0:0:1]',
  'http://[::ffff:127.0.0.1]',
  'http://[::ffff:7f00:2]',
];

const elsewhere = [
  'http://localhost.example.org',
  'http://notlocalhost',
  'http://localhost..',
  'http://.localhost',
  'http://localhost.localdomain',
  'http://127.0.0.1.example.org',
  'http://128.0.0.1',
  'http://0.0.0.0',
  'http://[::]',
  'http://[::2]',
  'http://[::ffff:128.0.0.1]',
  'http://[::127.0.0.1]',
  'http://[64:ff9b::7f00:1]',
  'http://[fe80::1]',
];

for (const url of here)
  test(`${url} is this machine`, () => expect(isLoopback(new URL(url).hostname)).toBe(true));

for (const url of elsewhere)
  test(`${url} is not this machine`, () => expect(isLoopback(new URL(url).hostname)).toBe(false));
