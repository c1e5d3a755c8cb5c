/**
 * A class of errors that carry a failure out of the work that it ends. Each part of the code has a class of its own, so that
 * `instanceof` tells what is carried.
 */
export const refusalOf = <F extends { readonly message: string }>() =>
  class Refusal extends Error {
    readonly failure: F

    constructor(failure: F) {
      super(failure.message)
      this.failure = failure
    }
  }
