import { instantOf } from '../../../schemas/edm-date-time-offset.ts';
import type { Answer } from '../answer.ts';
import { excerpt } from './json.ts';

/** 100 ns, the tick of the service's clock, in picoseconds. */
const tick = 100_000n;

const hour = 3_600_000_000_000_000n;

// biome-ignore format: a row a line
const units = [
  ['nanosecond', 1_000n],
  ['microsecond', 1_000_000n],
  ['millisecond', 1_000_000_000n],
  ['second', 1_000_000_000_000n],
  ['minute', 60_000_000_000_000n],
  ['hour', hour],
] as const;

const localOf = (date: unknown) => instantOf(String(date).replace(/(Z|[+-]\d\d:\d\d)$/i, 'Z'));

const distance = (one: bigint, other: bigint) => (one < other ? other - one : one - other);

/** Whether it gives an instant that was not sent. */
function isWrong({ sentInstant: before, answeredInstant: after }: Answer) {
  return before !== undefined && after !== undefined && distance(before, after) * 2n > tick;
}

/** Whether the date that was sent was not read: what loses a part of it comes nearer than a day. */
export function isMisread({ sentInstant: before, answeredInstant: after }: Answer) {
  return before !== undefined && (after === undefined || distance(before, after) > 24n * hour);
}

const losses = [
  ...units.map(([unit, size]) => ({
    what: `cut to ${unit}s`,
    isDone: (before: bigint, after: bigint) =>
      after % size === 0n && after <= before && before - after < size,
  })),
  ...units.map(([unit, size]) => ({
    what: `rounded to ${unit}s`,
    isDone: (before: bigint, after: bigint) =>
      after % size === 0n && distance(before, after) * 2n <= size,
  })),
];

const moved = 'the local time that was sent, at another offset';

/** What may have been done to a wrong instant: the likelier first. */
const ways = [
  ...losses.map(({ what, isDone }) => ({
    what,
    isDone: ({ sentInstant = 0n, answeredInstant = 0n }: Answer) =>
      isDone(sentInstant, answeredInstant),
  })),
  ...[{ what: '', isDone: (before: bigint, after: bigint) => before === after }, ...losses].map(
    ({ what, isDone }) => ({
      what: what ? `${moved}, ${what}` : moved,
      isDone: ({ sentDate, object }: Answer) =>
        isDone(localOf(sentDate) ?? 0n, localOf(object?.deletedDateTime) ?? -1n),
    }),
  ),
];

/** What holds of all wrong instants, looked for once; '': nothing does. */
const commons = new WeakMap<readonly Answer[], string>();

function commonIn(answers: readonly Answer[]) {
  const wrong = answers.filter(isWrong);
  const [first] = wrong;
  const isOne = wrong.every((each) => each.answeredInstant === first?.answeredInstant);
  const always = `always ${excerpt(String(first?.object?.deletedDateTime))}`;
  const way = ways.find(({ isDone }) => wrong.every(isDone));
  return way?.what ?? (isOne && wrong.length > 1 ? always : '');
}

/** In what way an instant is not the one that was sent; undefined: it is not wrong. */
export function instantFault(answer: Answer, answers: readonly Answer[]) {
  if (!isWrong(answer)) return undefined;
  const common = commons.get(answers) ?? commonIn(answers);
  commons.set(answers, common);
  if (common) return common;
  const { sentInstant: before = 0n, answeredInstant: after = 0n } = answer;
  const own = ways.find(({ isDone }) => isDone(answer));
  const whose = answers.find(({ sentInstant }) => sentInstant === after)?.requestCase.name;
  const shift = `${duration(distance(before, after))} ${after < before ? 'earlier' : 'later'}`;
  return own?.what ?? (whose ? `the date of ${whose}` : shift);
}

function duration(picoseconds: bigint) {
  const [name = '', size = 1n] = units.findLast(([, unit]) => picoseconds >= unit) ?? [];
  const count = (picoseconds + size / 2n) / size;
  const about = count * size === picoseconds ? '' : 'about ';
  return excerpt(`${about}${count} ${name}${count === 1n ? '' : 's'}`);
}
