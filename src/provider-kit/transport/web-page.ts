/** The issue of an answer whose body is a web page. */
export const IS_A_PAGE = 'the body is HTML or XML, not JSON'

/** The message for a web page in place of an answer: no API of a vendor sends one. `host`: of the request. */
export const describePage = (host: string): string =>
  'the answer is a web page and does not come from the vendor: ' +
  `a filter, a proxy or a sign-in page in between has answered; have requests to ${host} let through`
