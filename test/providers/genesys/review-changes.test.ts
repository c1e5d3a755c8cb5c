import { expect, test } from 'vitest'
import { createGenesysProvider } from '../../../providers/genesys/index.ts'
import { startGenesysSimulator } from '../../../providers/genesys/simulator/index.ts'
import { createPlan } from '../../../src/index.ts'

test('a plan warns, once for each license that it takes away, that roles may give it back', async () => {
  const simulator = await startGenesysSimulator({
    world: {
      definitions: [
        { id: 'cx2', description: 'CX 2' },
        { id: 'cx3', description: 'CX 3' },
      ],
      licenseRows: ['a', 'b', 'c'].map((id) => ({ id, licenses: ['cx3'] })),
      directory: ['a', 'b', 'c'].map((id) => ({ id, name: id, email: `${id}@example.com`, state: 'active' })),
    },
  })
  try {
    const provider = createGenesysProvider({ ...simulator.configuration, id: 'genesys' })
    const source = 'the test'
    const made = await createPlan(provider, [
      { source, action: 'swap', license: 'cx3', to: 'cx2', user: 'a' },
      { source, action: 'remove', license: 'cx3', user: 'b' },
      { source, action: 'assign', license: 'cx2', user: 'c' },
    ])()
    expect(made).toMatchObject({ right: { warnings: [{ rule: 'roles-may-give-back', licenseId: 'cx3' }] } })
    expect(made._tag === 'Right' && made.right.warnings).toHaveLength(1)
    expect(made._tag === 'Right' && made.right.warnings[0]).not.toHaveProperty('userId')
  } finally {
    await simulator.destroy()
  }
})
