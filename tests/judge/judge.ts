import type { Configuration } from '../../fixtures/configuration/configuration.ts';
import { isThrottled } from '../../fixtures/http/retry-after.ts';
import { readRecording } from '../../fixtures/recording/reader.ts';
import type { Exchange, Recording } from '../../schemas/files/recording.ts';
import type { Evidence, JudgedRun, Verdict } from '../../schemas/files/report.ts';
import type { Route } from '../../schemas/operation.ts';
import { answerOf } from '../requirements/answer.ts';
import { causesIn } from '../requirements/match/beside.ts';
import { judgedRoutes, type Requirement } from '../requirements/requirement.ts';
import { readDeviations } from './known-deviations.ts';
import { notesOn } from './notes.ts';
import { type RouteContext, routeVerdict } from './route-verdict.ts';
import { sendingOf, silenceOf } from './sending.ts';
import { verdictOf } from './verdict.ts';

export type Judging = Pick<RouteContext, 'deviations' | 'strict'> & {
  readonly requirements: readonly Requirement[];
};

/**
 * With what is declared for the target of the recording. `isRejudged`: nobody has checked it.
 * @throws ConfigurationError where a file cannot be read.
 */
export function judgeRecording(
  path: string,
  { deviations, strict, isRejudged = false }: Configuration & { readonly isRejudged?: boolean },
  requirements: readonly Requirement[],
): JudgedRun {
  const recording = readRecording(path, !isRejudged);
  const declared = readDeviations(deviations, recording.run.target);
  return judge(recording, { requirements, deviations: declared, strict });
}

/** Not where the target asked to wait, nor where it refused the run's own token. */
function isAnswer({ requestCase, response }: Exchange, { end }: Recording) {
  if (response?.status !== 401) return !isThrottled(response);
  const { refusedFrom = Number.POSITIVE_INFINITY, renewedFor = [] } = end ?? {};
  return requestCase.number < refusedFrom && !renewedFor.includes(requestCase.number);
}

/** Pure: the same recording gives the same verdicts. */
export function judge(recording: Recording, { requirements, ...rules }: Judging): JudgedRun {
  const { path, run, exchanges } = recording;
  const sending = sendingOf(recording);
  const judged = exchanges.filter((each) => isAnswer(each, recording));
  const answers = judged.map(answerOf);
  const silence = silenceOf(recording, sending);
  const context: RouteContext = {
    ...rules,
    run,
    silence,
    isInterrupted: sending.interrupted === true,
    isComplete: sending.complete,
    causes: causesIn(answers),
  };
  const on = (route: Route) => answers.filter(({ requestCase }) => requestCase.route === route);
  const at = { me: on('me'), users: on('users'), both: answers };
  const verdicts = requirements.flatMap((requirement): Verdict | Verdict[] => {
    const [first, ...others] = judgedRoutes(requirement, run.routes).map((place) =>
      routeVerdict(requirement, place, at[place], context),
    );
    return first === undefined ? [] : verdictOf(requirement, [first, ...others]);
  });
  const byEvidence = new Map(exchanges.map((each) => [each.evidence, each]));
  return {
    path,
    run,
    sending,
    verdicts: headed(verdicts),
    notes: notesOn(answers, run),
    exchangeOf: (evidence: Evidence | undefined) => evidence && byEvidence.get(evidence.recorded),
  };
}

/** Where a request in another form is answered against the page, that is told, and the form with it. */
function headed(verdicts: readonly Verdict[]): Verdict[] {
  const isOfPage = ({ level }: Verdict) => level !== 'platform';
  return verdicts.map((verdict) => {
    const { requirement, cause: form = requirement } = verdict;
    const head = verdicts.find((each) => isOfPage(each) && each.cause === form)?.requirement;
    const own = verdicts.find((each) => each.requirement === form);
    if (!own || isOfPage(own) || form === 'answers-own' || head === undefined) return verdict;
    return { ...verdict, cause: head === requirement ? undefined : head };
  });
}
