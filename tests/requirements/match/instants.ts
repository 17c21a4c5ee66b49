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

const localOf = (date: unknown) => instantOf(String(date).replace(/(Z|[+-]\d\d:\d\d)$/i, 'Z'));

function distanceOf({ sentInstant: before, answeredInstant: after }: Answer) {
  if (before === undefined || after === undefined) return 0n;
  return after < before ? before - after : after - before;
}

/** Whether it gives an instant that was not sent. */
const isWrong = (answer: Answer) => distanceOf(answer) * 2n > tick;

/** What may have been done to a wrong instant: the likelier first. */
const ways = [
  ...units.map(([unit, size]) => ({
    what: `cut to ${unit}s`,
    isDone: ({ sentInstant: before = 0n, answeredInstant: after = 0n }: Answer) =>
      after % size === 0n && after <= before && before - after < size,
  })),
  ...units.map(([unit, size]) => ({
    what: `rounded to ${unit}s`,
    isDone: (answer: Answer) =>
      (answer.answeredInstant ?? 0n) % size === 0n && distanceOf(answer) * 2n <= size,
  })),
  {
    what: 'the local time that was sent, at another offset',
    isDone: ({ sentDate, object }: Answer) =>
      localOf(sentDate) === localOf(object?.deletedDateTime),
  },
];

/** In what way an instant is not the one that was sent: one that holds of all wrong ones, if there is; undefined: it is not wrong. */
export function instantFault(answer: Answer, answers: readonly Answer[]) {
  if (!isWrong(answer)) return undefined;
  const wrong = answers.filter(isWrong);
  const common = ways.find(({ isDone }) => wrong.every(isDone));
  if (common !== undefined) return common.what;
  const { sentInstant: before = 0n, answeredInstant: after = 0n, object } = answer;
  const isOne = wrong.length > 1 && wrong.every((each) => each.answeredInstant === after);
  if (isOne) return `always ${excerpt(String(object?.deletedDateTime))}`;
  const own = ways.find(({ isDone }) => isDone(answer));
  const whose = answers.find(({ sentInstant }) => sentInstant === after)?.requestCase.name;
  const shift = `${duration(distanceOf(answer))} ${after < before ? 'earlier' : 'later'}`;
  return own?.what ?? (whose ? `the date of ${whose}` : shift);
}

function duration(picoseconds: bigint) {
  const [name = '', size = 1n] = units.findLast(([, unit]) => picoseconds % unit === 0n) ?? [];
  const count = picoseconds / size;
  return excerpt(`${count} ${name}${count === 1n ? '' : 's'}`);
}
