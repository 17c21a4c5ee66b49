/** Stands for the token of a personal account, which no conforming service takes. */
export const personalToken = 'EwB4-token-of-a-personal-account';
