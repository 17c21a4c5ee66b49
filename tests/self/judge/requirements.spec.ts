import { expect, test } from '@playwright/test';
import { requirements } from '../../requirements/index.ts';
import { isJudged, isUntested } from '../../requirements/requirement.ts';

// An id never changes its meaning: declared deviations and histories refer to it. Add, never rename.
const pinned = `
  route-answers create-answered create-status content-type-once content-type-json
  content-type-charset body-json body-utf8 body-schema odata-type id-present id-distinct id-usable
  date-form date-instant example-exchange routes-alike refusals-answered content-type-parameters content-type-case
  token-scheme-case header-name-case accept-forms path-encoding json-spelling type-absent
  annotations-unknown properties-open date-edges body-framing request-id-case connection-reuse answers-own
  id-again id-forms dates-outermost reference-probe token-needed token-known token-verified token-scheme
  permission-personal media-type-wrong media-type-missing json-malformed body-array date-number
  date-text date-impossible date-array type-wrong date-missing user-unknown method-get method-put
  path-unknown json-one-text json-object-only property-types dates-malformed type-forms
  media-types token-forms methods-undocumented path-forms unauthorized-challenge method-allow
  error-media-type error-json error-schema error-ids content-length header-form json-names-once
  location location-distinct odata-version odata-context odata-metadata metadata-full
  streaming-order request-id request-id-distinct client-request-id permission-delegated
  permission-application example-path example-url example-lengths example-annotation
  example-shortened id-shape date-spelling date-required reference-body
`;

test('the ids of the requirements are pinned, in the order in which mending helps most', () => {
  expect(requirements.map(({ id }) => id)).toEqual(pinned.trim().split(/\s+/));
});

/** What is no more than the platform's is not named here. */
const levels: Readonly<Record<string, string>> = {
  stated: `
    route-answers create-answered create-status body-json id-present date-form
    permission-personal permission-delegated permission-application example-shortened
    date-required
  `,
  shown: `
    content-type-json odata-type id-distinct date-instant example-exchange example-path
    example-url example-lengths example-annotation id-shape date-spelling
  `,
};

test('the levels are pinned', () => {
  const of = (level: string) => requirements.filter((each) => each.level === level);
  for (const [level, ids] of Object.entries(levels))
    expect(of(level).map(({ id }) => id)).toEqual(ids.trim().split(/\s+/));
  expect(of('platform').length + of('stated').length + of('shown').length).toBe(
    requirements.length,
  );
});

test('every row says where it comes from, what is expected or why nobody can judge it, and what it rests on', () => {
  const ids = requirements.map(({ id }) => id);
  for (const requirement of requirements) {
    const { id, source, text, dependsOn } = requirement;
    expect(source, id).not.toBe('');
    expect(text, id).not.toMatch(/^[A-Z]|\.$/);
    expect(isUntested(requirement) ? requirement.untested : requirement.expected, id).toMatch(/./);
    expect(ids, id).toEqual(expect.arrayContaining([...dependsOn]));
  }
});

// Each contradiction of the page with itself or the platform, by the rows that stand for it.
const oddities: Record<string, string[]> = {
  'the routes end in $ref, the example does not': ['example-path'],
  'the example URL holds docs\\api': ['example-url'],
  'OData wants a reference at $ref and answers 204': ['reference-body', 'reference-probe'],
  'id is required in the table and absent from the example': ['create-status', 'example-exchange'],
  'deletedDateTime is required in the table and nullable in the metadata': [
    'date-required',
    'date-missing',
  ],
  'the id of the example is no UUID': ['id-shape', 'id-present'],
  'the lengths of the example count CRLF': ['example-lengths'],
  'the example echoes the offset, the prose says UTC': ['date-spelling', 'date-instant'],
  'the fraction has seven digits': ['date-instant'],
  'the example lacks what OData demands': ['location', 'odata-version', 'odata-context'],
  'the permissions are unfinished': [
    'permission-delegated',
    'permission-application',
    'permission-personal',
  ],
  'there is no error section': ['error-schema'],
};

test('no oddity of the page is silently dropped', () => {
  const known = requirements.map(({ id }) => id);
  for (const [oddity, ids] of Object.entries(oddities))
    for (const id of ids) expect(known, oddity).toContain(id);
});

test('what nobody documents beyond the platform is never stated', () => {
  const negative = requirements
    .filter(isJudged)
    .filter(({ source }) => source.includes('error page'));
  expect(negative.length).toBeGreaterThan(15);
  expect(negative.filter(({ level }) => level !== 'platform')).toEqual([]);
});
