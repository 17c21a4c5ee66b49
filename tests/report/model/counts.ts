import { type JudgedRun, outcomes } from '../../../schemas/files/report.ts';
import { routes } from '../../../schemas/operation.ts';
import type { Comparison } from '../../history/compare.ts';
import { dateOf } from '../../history/history.ts';
import { counted } from '../../judge/text.ts';
import { type Result, resultOf } from './wording.ts';

const silent: readonly Result[] = ['error', 'not applicable', 'untested'];
const results = [...new Set<Result>(['deviates', 'warning', ...outcomes])];
const plurals: Partial<Record<Result, string>> = { conforms: 'conform', deviates: 'deviate' };

function partsOf(parts: readonly (readonly [count: number, what: string])[]) {
  return parts.flatMap(([count, what]) => (count === 0 ? [] : `${count} ${what}`)).join(', ');
}

/** Each requirement counts once. `judgeable`: how many there are. */
export function countsOf({ verdicts, run, sending }: JudgedRun, judgeable: number) {
  const countOf = (result: Result) => verdicts.filter((each) => resultOf(each) === result).length;
  const entries = results.map((each) => [each, countOf(each)] as const);
  const summary = Object.fromEntries(entries) as Record<Result, number>;
  const seen = entries.filter(([each]) => !silent.includes(each));
  const checked = seen.reduce((sum, [, count]) => sum + count, 0);
  const asked = verdicts.filter(({ expected }) => expected !== undefined).length;
  const isPart = asked < judgeable || run.narrowedTo !== undefined || run.levels !== undefined;
  const what = isPart
    ? `${checked} of ${counted(judgeable, 'requirement')} checked`
    : `${counted(checked, 'requirement')}${routesText(run)}`;
  const named = seen.map(
    ([each, n]) => [n, n === 1 ? each : (plurals[each] ?? `${each}s`)] as const,
  );
  const came = summary.conforms === checked ? 'all conform' : partsOf(named);
  const result = checked === 0 ? 'no requirement was checked' : `${what}: ${came}`;
  const beside = partsOf([
    [summary['not applicable'], 'not applicable'],
    [summary.error, 'not checked'],
    [summary.untested, 'untested'],
    [sending.requests, sending.requests === 1 ? 'request' : 'requests'],
    [sending.deferred ?? 0, 'deferred by the target and not judged'],
  ]);
  return { summary, checked, result, line: `${result} (${beside})` };
}

function routesText({ routes: asked, notApplicable }: JudgedRun['run']) {
  const missing = routes.filter((each) => !asked.includes(each) || notApplicable[each]);
  if (missing.length === 0) return ` on ${routes.length} routes`;
  const why = missing.map((route) => `/${route}: ${notApplicable[route] ?? 'it was not asked'}`);
  return ` on ${routes.length - missing.length} of ${routes.length} routes (${why.join(', ')})`;
}

// biome-ignore format: a list of words
const kinds = { broke: 'new', found: 'found at the first check', changed: 'changed', fixed: 'fixed', still: 'still failing' };

export function sinceLine({ runs, previous, changes }: Comparison) {
  const now = runs.at(-1);
  if (now === undefined || now.status === 'INCONCLUSIVE') {
    const count = runs.length - 1 - runs.findLastIndex(({ status }) => status !== 'INCONCLUSIVE');
    return `not compared${count > 1 ? `: inconclusive ${count} runs in a row` : ''}`;
  }
  if (previous === undefined)
    return 'the first run of this target: there is nothing to compare with';
  const steady = changes.filter(({ turns }) => turns === undefined);
  const warnings = steady.filter((each) => each.isWarning && each.kind === 'broke').length;
  const parts = partsOf([
    ...Object.entries(kinds).map(([kind, what]) => {
      const all = steady.filter((each) => each.kind === kind);
      return [all.filter((each) => kind === 'fixed' || !each.isWarning).length, what] as const;
    }),
    [warnings, warnings === 1 ? 'new warning' : 'new warnings'],
    [changes.length - steady.length, 'flaky'],
  ]);
  const { suiteVersion, startedAt } = previous;
  const isToday = dateOf(previous) === dateOf(now);
  const when = isToday
    ? `your run of ${startedAt.slice(11, 16)} UTC`
    : `the run of ${dateOf(previous)}`;
  const suite = suiteVersion === now.suiteVersion ? '' : ` (by suite ${suiteVersion})`;
  return `${parts || 'nothing changed'} since ${when}${suite}`;
}
