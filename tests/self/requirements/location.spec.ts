import { expect, test } from '@playwright/test';
import { misnamed } from '../../requirements/match/location.ts';

const root = 'https://graph.example/v1.0';
const request = `${root}/users/ada%40example.org/registeredDevices/$ref`;
const id = '98b7e341-e341-98b7-41e3-b79841e3b798';
const other = '00000000-e341-98b7-41e3-b79841e3b798';

const object = 'the address of another object';
const collection = 'the address of a collection';
const own = "the request's own address";

/** A Location, what it names in place of the object, and the object where it is not the usual one. */
const cases: [location: string, names: string | undefined, created?: Record<string, unknown>][] = [
  [`${root}/directoryObjects/${id}`, undefined],
  [`directoryObjects/${id}`, undefined],
  [id, undefined],
  ['devices/f(x)', undefined, { id: 'f(x)' }],
  [`${id}/$ref`, undefined],
  [`${root}/devices('${id}')`, undefined],
  [`${root}/devices(${id})/`, undefined],
  [`${root}/devices(id='${id}')/$value`, undefined],
  [`${root}/devices%28%27${id}%27%29`, undefined],
  [`${root}/devices/${id.toUpperCase()}`, undefined],
  [`https://elsewhere.example/v2/t/directoryObjects/${id}/A.B.Device`, undefined],
  [`https://elsewhere.example/v2/t/directoryObjects/${id}/Device`, undefined],
  ["/devices('it''s')", undefined, { id: "it's" }],
  ['/devices/a%2Fb%20%C3%A9', undefined, { id: 'a/b é' }],
  ['/devices/%EF%BF%BD', undefined, { id: '\ud800' }],
  ['/devices/device_1.ABC', undefined, { id: 'device_1.ABC' }],
  // Where no key of a collection ends it, nobody can say which id it means.
  ['https://elsewhere.example/handles/1', undefined],
  [`${root}/directoryObjects/1/Device`, undefined],
  [`${root}/devices(deviceId='1')`, undefined],
  ["devices(deviceId='1')", undefined],
  [`${root}/devices?handle=1`, undefined],
  [`${root}/devices/%FF`, undefined],
  [`${root}/devices/${other}`, undefined, {}],
  [`${root}/devices/${other}`, undefined, { id: 7 }],
  [`${root}/devices/1`, undefined, { id, '@odata.editLink': `${root}/devices/1` }],
  [
    `${root}/devices/1`,
    undefined,
    { id, '@context': '/v1.0/$metadata#devices/$entity', '@id': 'devices/1' },
  ],
  [`${root}/devices/1`, object, { id, '@odata.editLink': `${root}/devices/2` }],
  [`${root}/devices/${other}`, object],
  [`${root}/DirectoryObjects/${other}`, object],
  [`${root}/directoryObjects/${other}/A.B.Device`, object],
  [`${root}/users/ada/registeredDevices/${other}/$ref`, object],
  [`${root}/devices('${other}')`, object],
  [`${root}/things(${other})`, object],
  ['/devices/device_2.ABC', object, { id: 'device_1.ABC' }],
  [`${root}/devices`, collection],
  [`${root}/directoryObjects/`, collection],
  [`${root}/devices`, collection, {}],
  ['https://elsewhere.example/beta/users/ada/registeredDevices/$ref', collection],
  [request, own],
  ['/v1.0/users/ada@example.org/registeredDevices/%24ref', own],
  ['$ref', own],
];

for (const [location, names, created = { id }] of cases)
  test(`Location ${location} of ${JSON.stringify(created)} names ${names ?? 'no other object'}`, () => {
    expect(misnamed(location, request, created)).toBe(names);
  });
