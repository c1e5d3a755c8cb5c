/** A sheet has more rows or columns than a workbook can hold. */
export class SheetTooLarge extends Error {
  override readonly name = 'SheetTooLarge'
  readonly _tag = 'SheetTooLarge'

  constructor(sheet: string, limit: string) {
    super(`the sheet ${sheet} would have more than ${limit}, which is all it can hold; csv has no such limit`)
  }
}
