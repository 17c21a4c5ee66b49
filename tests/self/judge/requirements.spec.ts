import { expect, test } from '@playwright/test';
import { requirements } from '../../requirements/index.ts';
import { isJudged } from '../../requirements/requirement.ts';
import pinned from './requirements.json' with { type: 'json' };

// An id never changes its meaning: declared deviations and histories refer to it. Add, never rename.
test('the ids of the requirements are pinned, in the order in which mending helps most', () => {
  expect(requirements.map(({ id }) => id)).toEqual(pinned.ids);
});

// What is no more than the platform's is not named.
test('the levels are pinned', () => {
  const of = (level: string) =>
    requirements.filter((each) => each.level === level).map(({ id }) => id);
  expect([of('stated'), of('shown')]).toEqual([pinned.stated, pinned.shown]);
  const rest = pinned.ids.length - pinned.stated.length - pinned.shown.length;
  expect(of('platform')).toHaveLength(rest);
});

test('every row says where it comes from, what is expected or why nobody can judge it, and what it rests on', () => {
  const ids = requirements.map(({ id }) => id);
  for (const requirement of requirements) {
    const { id, source, text, dependsOn } = requirement;
    expect(source, id).not.toBe('');
    expect(text, id).not.toMatch(/^[A-Z]|\.$/);
    expect(isJudged(requirement) ? requirement.expected : requirement.untested, id).toMatch(/./);
    expect(ids, id).toEqual(expect.arrayContaining([...dependsOn]));
  }
});

// Each contradiction of the page with itself or the platform, by the rows that stand for it.
test('no oddity of the page is silently dropped', () => {
  const known = requirements.map(({ id }) => id);
  for (const [oddity, ids] of Object.entries(pinned.oddities))
    for (const id of ids) expect(known, oddity).toContain(id);
});

test('what nobody documents beyond the platform is never stated', () => {
  const negative = requirements
    .filter(isJudged)
    .filter(({ source }) => source.includes('error page'));
  expect(negative.length).toBeGreaterThan(15);
  expect(negative.filter(({ level }) => level !== 'platform')).toEqual([]);
});
