import type { Change } from '../../../../schemas/files/history.ts';
import type { Verdict } from '../../../../schemas/files/report.ts';
import { isWarning } from '../../../judge/wording.ts';

/** A heading of the page with the verdicts below it; `open`: they are to be read at once. */
export interface Section {
  readonly title: string;
  readonly mark: string;
  readonly open: boolean;
  readonly holds: (verdict: Verdict, change: Change | undefined) => boolean;
}

/** In the order in which a reader needs them; each verdict stands under the first that holds it. */
export const sections: readonly Section[] = [
  {
    title: 'Broke',
    mark: 'bad',
    open: true,
    holds: (verdict, change) => change?.kind === 'broke' && !isWarning(verdict),
  },
  {
    title: 'Changed',
    mark: 'bad',
    open: true,
    holds: (verdict, change) => change?.kind === 'changed' && !isWarning(verdict),
  },
  {
    title: 'Still broken',
    mark: 'bad',
    open: false,
    holds: (verdict, change) => change?.kind === 'still' && !isWarning(verdict),
  },
  {
    title: 'Flaky',
    mark: 'note',
    open: false,
    holds: (verdict, change) => change?.kind === 'flaky' && !isWarning(verdict),
  },
  {
    title: 'Stale: declared, but it conforms now',
    mark: 'info',
    open: false,
    holds: ({ outcome }) => outcome === 'stale deviation',
  },
  {
    title: 'Known deviations',
    mark: 'known',
    open: false,
    holds: ({ outcome }) => outcome === 'known deviation',
  },
  { title: 'Warnings', mark: 'note', open: false, holds: isWarning },
];
