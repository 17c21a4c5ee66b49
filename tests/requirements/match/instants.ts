import { instantOf } from '../../../schemas/edm-date-time-offset.ts';
import type { Answer } from '../answer.ts';
import { excerpt } from './json.ts';

/** 100 ns, the tick of the service's clock, in picoseconds. */
const tick = 100_000n;

// biome-ignore format: a row a line
const units = [
  ['picosecond', 1n],
  ['nanosecond', 1_000n],
  ['microsecond', 1_000_000n],
  ['millisecond', 1_000_000_000n],
  ['second', 1_000_000_000_000n],
  ['minute', 60_000_000_000_000n],
  ['hour', 3_600_000_000_000_000n],
] as const;

const absolute = (n: bigint) => (n < 0n ? -n : n);
const localOf = (date: unknown) => instantOf(String(date).replace(/(Z|[+-]\d\d:\d\d)$/i, 'Z'));

/** Whether it gives an instant that was not sent. */
function isWrong({ sentInstant: before, answeredInstant: after }: Answer) {
  return before !== undefined && after !== undefined && absolute(after - before) * 2n > tick;
}

/** What may have been done to each wrong instant, in words: the likelier first. */
const known = new WeakMap<Answer, readonly string[]>();

function waysOf(answer: Answer) {
  const { sentInstant: before = 0n, answeredInstant: after = 0n, sentDate, object } = answer;
  const distance = absolute(after - before);
  const rest = (size: bigint) => ((before % size) + size) % size;
  const cut = units.filter(([, size]) => before - rest(size) === after);
  const rounded = units.filter(([, size]) => after % size === 0n && distance * 2n <= size);
  const isLocal = localOf(sentDate) === localOf(object?.deletedDateTime);
  return [
    ...cut.map(([unit]) => `cut to ${unit}s`),
    ...rounded.map(([unit]) => `rounded to ${unit}s`),
    ...(isLocal ? ['the local time that was sent, at another offset'] : []),
  ];
}

/** In what way an instant is not the one that was sent: one that holds of all wrong ones, if there is; undefined: it is not wrong. */
export function instantFault(answer: Answer, answers: readonly Answer[]) {
  if (!isWrong(answer)) return undefined;
  const wrong = answers.filter(isWrong);
  for (const each of wrong) if (!known.has(each)) known.set(each, waysOf(each));
  const ways = known.get(answer) ?? [];
  const common = ways.find((way) => wrong.every((each) => known.get(each)?.includes(way)));
  const { sentInstant: before = 0n, answeredInstant: after = 0n, object } = answer;
  const isOne = wrong.length > 1 && wrong.every((each) => each.answeredInstant === after);
  const whose = answers.find(({ sentInstant }) => sentInstant === after)?.requestCase.name;
  if (common !== undefined) return common;
  if (isOne) return `always ${excerpt(String(object?.deletedDateTime))}`;
  const shift = `${duration(absolute(after - before))} ${after < before ? 'earlier' : 'later'}`;
  return ways[0] ?? (whose ? `the date of ${whose}` : shift);
}

function duration(picoseconds: bigint) {
  const [name = '', size = 1n] = units.findLast(([, unit]) => picoseconds % unit === 0n) ?? [];
  const count = picoseconds / size;
  return excerpt(`${count} ${name}${count === 1n ? '' : 's'}`);
}
