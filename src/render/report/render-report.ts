import type { Content } from '../../model/content.ts'
import type { CostOfSeat } from '../../report/cost/cost-of-seat.ts'
import type { LicenseReport } from '../../report/license-report.ts'
import { demandGiven, type Formats, inFormat, type RenderOptions, surfaceFor } from '../rendering.ts'
import type { RowOptions } from '../rows/row-options.ts'
import { readOnce } from '../text/content.ts'
import type { Surface } from '../text/surface.ts'
import type { FoundSeats } from './rows/finding-seats.ts'

/** The formats of a report. */
export const reportFormats = ['table', 'json', 'csv', 'md', 'html', 'xlsx'] as const
/** One of {@link reportFormats}. */
export type ReportFormat = (typeof reportFormats)[number]

/**
 * What the rows of a report are: licenses, people, single seats, the products of contracts, bills and files, the groups of
 * `groupBy`, findings, or what each organization has of each product.
 */
export const reportLayouts = ['license', 'user', 'assignment', 'purchase', 'group', 'finding', 'organization'] as const
/** One of {@link reportLayouts}. */
export type ReportLayout = (typeof reportLayouts)[number]

/** Their rows are made of users. */
const LAYOUTS_OF_DETAIL: ReadonlySet<ReportLayout> = new Set<ReportLayout>(['user', 'assignment', 'finding'])

/** The others are numbers and pools only, and take little memory however many people there are. */
const FORMATS_OF_DETAIL: ReadonlySet<ReportFormat> = new Set<ReportFormat>(['md', 'html', 'xlsx'])

/**
 * Whether a report in this format and layout shows users, links between people and findings, so that it is to be made with
 * `detail: true` and `findings`. `json` has them too where the report has. Default of `layout`: `license`.
 */
export const showsDetail = ({
  format,
  layout = 'license',
}: {
  readonly format: ReportFormat
  readonly layout?: ReportLayout | undefined
}): boolean => LAYOUTS_OF_DETAIL.has(layout) || FORMATS_OF_DETAIL.has(format)

/** How a report is rendered. */
export interface RenderReportOptions extends RenderOptions<ReportFormat> {
  /**
   * What a row is. `user`, `assignment` and `finding` need a report with its users (`detail: true`), and reject another one.
   * Of such a report, `html` shows all of them and `xlsx` has a sheet of each. `group` needs a report with groups (`groupBy`), which
   * every format but `csv` shows in every layout. `organization` compares what several organizations have of each product;
   * see `productsAcrossOrganizations`. Default: `license`.
   */
  readonly layout?: ReportLayout | undefined
  /**
   * What single seats cost: see `costOfSeatIn`. Rows of layout `assignment` have it, and the sheet of seats of `xlsx`;
   * `html` has no rows of seats. What it throws ends the rendering, with the first piece that needs it at the latest.
   * Default: no costs of seats.
   */
  readonly costOfSeat?: CostOfSeat | undefined
  /**
   * Only some rows of the layout, in some of its columns. Then every format has these rows, what was left out, the gaps and the
   * totals, which are those of everything, and no other list. `json` has them as `rows`, and what became of all of them
   * as `filter`. A mistake rejects with a `LicenseException` with `InvalidInput`; see {@link rowMistakesIn}. Default: all.
   */
  readonly rows?: RowOptions | undefined
  /** What `html` is headed by; other formats have no title. Default: `License report`. */
  readonly title?: string | undefined
  /**
   * The bytes of an image that `html` shows beside its title: PNG, JPEG or SVG, of 256 KiB at most. It becomes part of the
   * page, and nothing in it runs or is loaded. What is none of them is rejected. Default: none.
   */
  readonly logo?: Uint8Array | undefined
}

/** What stands at the top of a page. */
export interface PageHead {
  readonly title?: string
  /** The image as a `data:` URL. */
  readonly logo?: string
}

export interface ReportView {
  readonly layout: ReportLayout
  readonly costOfSeat: CostOfSeat
  /** Of formats that are pages. */
  readonly page?: PageHead
  /** Which rows are asked for; absent: the whole report. */
  readonly rows?: RowOptions
}

/**
 * Why an image cannot be the logo of a page, as `expected …; found …`; undefined where it can. Before there is a report, so
 * that a mistake costs no wait.
 */
export const problemOfLogo = async (logo: Uint8Array): Promise<string | undefined> =>
  (await import('../page/page-head.ts')).problemOfLogo(logo)

const pageHeadOf = async ({
  title,
  logo,
}: Pick<RenderReportOptions, 'title' | 'logo'>): Promise<Pick<ReportView, 'page'>> => {
  if (title === undefined && logo === undefined) return {}
  return { page: (await import('../page/page-head.ts')).pageHeadOf(title, logo) }
}

export type RenderReport = (report: LicenseReport, surface: Surface, view: ReportView) => Content | Promise<Content>

const formats: Formats<ReportFormat, RenderReport> = {
  table: async () => (await import('./report-table.ts')).renderReportTable,
  json: async () => (await import('./report-json.ts')).renderReportJson,
  csv: async () => {
    const [{ gridCsv }, { gridOf }, { reportRows }] = await Promise.all([
      import('../grid/grid-csv.ts'),
      import('./grids/grid-of.ts'),
      import('./rows/report-rows.ts'),
    ])
    return (report, surface, view) =>
      gridCsv(
        view.rows === undefined ? gridOf(report, view, 'machines') : reportRows(report, view, view.rows).grid,
        surface,
      )
  },
  md: async () => (await import('./report-md.ts')).renderReportMarkdown,
  html: async () => (await import('./html/render.ts')).renderReportHtml,
  xlsx: async () => (await import('./report-xlsx.ts')).renderReportXlsx,
}

/**
 * A report. `html` is one file that loads nothing, with a list of all people that can be searched. `xlsx` is the bytes of
 * a workbook, which is compressed whole before this resolves; it rejects with {@link SheetTooLarge} for more rows than a
 * sheet can hold.
 * For a format or layout that does not exist, and a title or logo that cannot be used, it rejects with a `LicenseException`
 * with `InvalidInput`.
 */
export const renderReport = async (report: LicenseReport, options: RenderReportOptions): Promise<Content> => {
  await demandGiven('report', report, options, ['providers', 'licenses'])
  const { format, layout = 'license', costOfSeat = () => undefined, rows, title, logo, ...target } = options
  if (!reportLayouts.includes(layout)) {
    throw (await import('../invalid-option.ts')).unknownWord('layout', reportLayouts, layout)
  }
  const render = await inFormat(formats, format)
  if (layout === 'group' && report.groups === undefined) {
    const problem = 'group needs a report with groups; make it with groupBy'
    const expected = 'license, as the report has no groups'
    throw (await import('../invalid-option.ts')).invalidOption('layout', expected, problem)
  }
  if (LAYOUTS_OF_DETAIL.has(layout) && report.users === undefined) {
    const problem = `${layout} needs a report with its users; make it with detail: true`
    const expected = 'license or purchase, as the report has no users'
    throw (await import('../invalid-option.ts')).invalidOption('layout', expected, problem)
  }
  const head = await pageHeadOf({ title, logo })
  return readOnce(
    await render(report, surfaceFor(target), { layout, costOfSeat, ...head, ...(rows === undefined ? {} : { rows }) }),
  )
}

/** What `rows` leaves out of a report, one line each, for people: formats that programs read have no place for it. */
export const rowsLeftOut = async (
  report: LicenseReport,
  {
    layout = 'license',
    costOfSeat = () => undefined,
    rows = {},
  }: Pick<RenderReportOptions, 'layout' | 'costOfSeat' | 'rows'>,
): Promise<readonly string[]> =>
  (await import('./rows/report-rows.ts')).reportRows(report, { layout, costOfSeat }, rows).told

/**
 * The seats that the findings of a report say can be given up, and what an expression says of the row of each, by the columns of
 * layout `finding`: for `isMeant` of `intentsOfFindings`. Rejects with a `LicenseException` with `InvalidInput` where there are no
 * such columns.
 */
export const seatsOfFindings = async (report: LicenseReport, where: string): Promise<FoundSeats> =>
  (await import('./rows/finding-seats.ts')).seatsOfFindings(report, where)
