import { describe, expect, it } from 'vitest'
import { closestNames, didYouMean } from '../../src/model/did-you-mean.ts'

const settings = ['id', 'type', 'region', 'clientId', 'clientSecret', 'accessToken']

describe('what may have been meant', () => {
  it.each([
    ['clientID', ['clientId']],
    ['client_secret', ['clientSecret']],
    ['clientSecrte', ['clientSecret']],
    ['secret', ['clientSecret']],
    ['regoin', ['region']],
    ['tyqe', ['type']],
    ['color', []],
    ['', []],
    ['x'.repeat(1_000), []],
  ])('by %j is %j', (text, names) => {
    expect(closestNames(text, settings)).toEqual(names)
  })

  it('is told with the closest first, and each name once', () => {
    const names = ['Webex Suite (site-b)', 'Webex Suite', 'Webex Suite (site-a)', 'Webex Suite', 'Basic']
    expect(closestNames('Webex Siute', names)).toEqual(['Webex Suite'])
    expect(closestNames('webex suit', names)).toEqual(['Webex Suite', 'Webex Suite (site-b)', 'Webex Suite (site-a)'])
    expect(didYouMean('webex suite (site-c)', names)).toMatch(/^ \(did you mean "Webex Suite \(site-b\)" or /)
    expect(didYouMean('something else', names)).toBe('')
  })
})
