import { expect, test } from '@playwright/test';
import { misnamed } from '../../requirements/match/location.ts';
import locations from './location.json' with { type: 'json' };

const request = 'https://graph.example/v1.0/users/ada%40example.org/registeredDevices/$ref';
const id = '98b7e341-e341-98b7-41e3-b79841e3b798';

/** What each Location names in place of the object, with the object where it is not the usual one. Where no key of a collection ends it, nobody can say which id it means. */
type Row = readonly [location: string, created?: Record<string, unknown>];
for (const [names, rows] of Object.entries(locations))
  for (const [location, created = { id }] of rows as unknown as readonly Row[])
    test(`Location ${location} of ${JSON.stringify(created)} names ${names}`, () => {
      const expected = names === 'no other object' ? undefined : names;
      expect(misnamed(location, request, created)).toBe(expected);
    });
