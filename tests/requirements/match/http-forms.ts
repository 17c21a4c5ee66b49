const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const clock = '(?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60)';
const httpDate = new RegExp(
  [
    `^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d ${month} \\d{4} ${clock} GMT$`,
    `^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \\d\\d-${month}-\\d\\d ${clock} GMT$`,
    `^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ${month} [ \\d]\\d ${clock} \\d{4}$`,
  ].join('|'),
);

/** How HTTP writes the values of headers that any response may have, by the name of the header. */
export const httpForms: Readonly<Record<string, RegExp>> = {
  // RFC 9110 §5.6.7, with the two obsolete forms, which every recipient reads
  Date: httpDate,
  'Last-Modified': httpDate,
  // RFC 9110 §8.8.3
  ETag: /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/,
};
