/** @import { PageData } from '../page-data.ts' */

/** @returns {PageData} */
export const readPageData = () => JSON.parse(document.getElementById('data')?.textContent ?? '')
