/** Who may import whom, type imports included: each room, and the rooms below it. */
// biome-ignore format: a row a line
export const rooms: Readonly<Record<string, readonly string[]>> = {
  schemas: [],
  'fixtures/configuration': ['schemas'],
  'fixtures/requests': ['schemas'],
  'fixtures/network': ['schemas', 'fixtures/configuration'],
  'fixtures/auth': ['fixtures/configuration', 'fixtures/network'],
  'fixtures/http': ['schemas', 'fixtures/configuration', 'fixtures/requests', 'fixtures/network'],
  'fixtures/recording': ['schemas', 'fixtures/configuration', 'fixtures/http'],
  'fixtures/tenant': ['schemas', 'fixtures/configuration', 'fixtures/requests', 'fixtures/auth', 'fixtures/http'],
  // Judge and reference must not share a mistake.
  'fixtures/mock': [],
  fixtures: ['schemas', 'fixtures'],
  'tests/requirements': ['schemas'],
  'tests/judge': ['schemas', 'fixtures/configuration', 'fixtures/http', 'fixtures/recording', 'tests/requirements'],
  'tests/history': ['schemas', 'fixtures/configuration', 'tests/judge'],
  'tests/report': ['schemas', 'fixtures/configuration', 'fixtures/recording', 'tests/requirements', 'tests/judge', 'tests/history'],
  'tests/replay': ['schemas', 'fixtures', 'tests/requirements', 'tests/judge', 'tests/report'],
  tests: ['schemas', 'fixtures', 'tests'],
};

/** The highest floor that a file may stand on: a file that imports none of ours stands on the first. */
export const floors = 9;
