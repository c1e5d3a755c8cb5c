/** What a body that is a web page is, among the issues of an answer. */
export const IS_A_PAGE = 'the body is HTML or XML, not JSON'

/** What to say of a web page in place of an answer: no API of a vendor sends one. `host`: where the answer should have come from. */
export const describePage = (host: string): string =>
  'the answer is a web page and does not come from the vendor: ' +
  `a filter, a proxy or a sign-in page in between has answered; have requests to ${host} let through`
