import { atOffset, offsetOf, readInstant, secondsOf, showInstant } from './defects/instant.ts';
import { onDate } from './defects/on.ts';
import { type Mutant, mutant } from './mutant.ts';

export const dateForms: Mutant[] = [
  mutant('date-missing', 'deletedDateTime is missing.', () => onDate(() => undefined)),
  mutant('date-null', 'deletedDateTime is null.', () => onDate(() => null)),
  mutant('date-epoch', 'The date is a number of milliseconds.', () =>
    onDate((date) => secondsOf(date) * 1000),
  ),
  mutant('date-odata-2', 'The date is in the form /Date(…)/ of OData 2.', () =>
    onDate((date) => `/Date(${secondsOf(date) * 1000})/`),
  ),
  mutant('date-rfc-1123', 'The date is in the form of HTTP headers.', () =>
    onDate((date) => new Date(secondsOf(date) * 1000).toUTCString()),
  ),
  mutant('date-blank', 'A blank stands for the T.', () => onDate((date) => date.replace('T', ' '))),
  mutant('date-padded', 'Blanks surround the date.', () => onDate((date) => ` ${date} `)),
  mutant('date-two-digit-year', 'The year has two digits.', () =>
    onDate((date) => date.replace(/^\d\d(?=\d\d-)/, '')),
  ),
  mutant('date-thirteen-digits', 'The fraction has thirteen digits.', () =>
    onDate((date) => {
      const instant = readInstant(date);
      return showInstant({ ...instant, fraction: instant.fraction.padEnd(13, '0') });
    }),
  ),
  mutant('date-no-offset', 'The date has no offset.', () =>
    onDate((date) => date.replace(/(?:Z|[+-]\d\d:\d\d)$/, '')),
  ),
  mutant('date-offset-no-colon', 'The offset is written +0300.', () =>
    onDate((date) => atOffset(date, offsetOf(date)).replace(/:(\d\d)$/, '$1')),
  ),
];
