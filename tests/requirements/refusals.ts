import type { Finding } from '../../schemas/files/finding.ts';
import { created } from '../../schemas/operation.ts';
import type { Answer } from './answer.ts';
import { isMisread } from './match/instants.ts';
import { isObject } from './match/json.ts';
import { pathOf } from './match/location.ts';
import type { Check, Rules, Statement } from './requirement.ts';
import { asked } from './scopes.ts';

export type Refused = Omit<Statement, 'id' | 'text'> &
  Readonly<{
    text?: string;
    /** In place of a text: what it refuses. */
    refuses?: string;
    statuses: readonly number[];
    /** What else is right, in words, and for requests by their names. */
    orElse?: string;
    also?: Readonly<Record<string, readonly number[]>>;
    /** Whether it has several requests: a finding names those that were answered otherwise. */
    isOfSeveral?: boolean;
  }>;

const dependsOn = ['route-answers', 'create-answered', 'create-status', 'refusals-answered'];

/** A probe may be accepted as well: what it is answered with is for other requirements to judge. */
function fault(answer: Answer, isRight: (status: number) => boolean): Finding | undefined {
  const { status, requestCase } = answer;
  if (status === undefined) return answer.lost;
  const isProbe = requestCase.kind === 'probe';
  const isTaken = isProbe && status === created.status;
  if (isTaken && requestCase.requirement === 'json-one-text' && isMisread(answer))
    return { status, received: '201 with another date', kind: 'accepted' };
  if (isRight(status) || isTaken) return undefined;
  const isAccepted = !isProbe && status < 300 && !answer.isError;
  return { status, received: String(status), kind: isAccepted ? 'accepted' : undefined };
}

/** Whether a redirect goes to the same path in another spelling. */
function isSamePath({ location, request }: Answer) {
  const pathIn = (url: string) => pathOf(new URL(url))?.filter(Boolean).join('/');
  return location !== undefined && pathIn(location) === pathIn(request.url);
}

export function refusalOf(refused: Refused) {
  const { statuses, also = {}, orElse, isOfSeveral, refuses } = refused;
  const check: Check = (answer) => {
    const { name, why, source } = answer.requestCase;
    const right = [...statuses, ...((Object.hasOwn(also, name) && also[name]) || [])];
    const isElsewhere = Math.floor((answer.status ?? 0) / 100) === 3 && !isSamePath(answer);
    const finding = fault(answer, (status) => right.includes(status) && !isElsewhere);
    if (finding === undefined) return false;
    const { received, kind } = finding;
    const what = isOfSeveral ? why : refuses;
    const error = answer.isError ? ' and an error in the body' : '';
    const how = kind === 'accepted' ? 'accepts' : answer.isError ? 'answers' : undefined;
    const wrong = how && what && `${how} ${what}: ${received}${error}`;
    if (!isOfSeveral) return { ...finding, wrong };
    return {
      ...finding,
      received: answer.status === undefined ? `${received} (${why})` : `${received} to ${why}`,
      detail: [finding.detail, source].filter(Boolean).join('; '),
      wrong,
    };
  };
  const codes = statuses.join(' or ');
  const expected = orElse === undefined ? codes : `${codes} (also right: ${orElse})`;
  return { ...asked, text: `refuses ${refuses}`, expected, dependsOn, check };
}

/** OData 4.01 11.2.8: reading a collection of references is legal, where a service offers it. */
const listsReferences: Check = (answer) => {
  const finding = fault(answer, (status) => [200, 400, 403, 404, 405, 501].includes(status));
  const { value } = answer.json;
  const isList = isObject(value) && Array.isArray(value.value);
  if (finding || answer.status !== 200 || isList || !answer.isWhole) return finding;
  return { received: '200 without a list', part: 'body' };
};

/** Requirements that go unanswered before the silence is a fault of its own. */
const silentRequirements = 3;

const neverRefused: Check = (answer, { answers }) => {
  if (answer.status !== undefined) return false;
  const silent = answers.filter(
    ({ requestCase, status, failure }) =>
      requestCase.kind === 'negative' && status === undefined && failure?.kind !== 'unreachable',
  );
  const asked = new Set(silent.map(({ requestCase }) => requestCase.requirement));
  return asked.size >= silentRequirements && answer.lost;
};

// biome-ignore format: a row a line
export const refusalRules = {
  'refusals-answered': { ...asked, requests: ({ kind }) => kind === 'negative', dependsOn: ['route-answers', 'create-answered'], check: neverRefused },
  'date-missing': { ...asked, dependsOn, check: (answer) => fault(answer, (status) => status >= 400 && status < 500) },
  'method-get': { ...asked, dependsOn, check: listsReferences },
} satisfies Rules;
