import type { LicenseError } from '../model/license-error.ts'

/** What a program does with a provider, and whether the credentials let it. */
export interface DiagnosedUse {
  /** As the program calls it: `report, check`. */
  readonly name: string
  /**
   * `needs`: a permission is missing. `unknown`: only trying it shows it, as with everything that changes something.
   * `unsupported`: the provider cannot do it.
   */
  readonly verdict: 'usable' | 'needs' | 'unknown' | 'unsupported'
  /** The permissions or scopes that it takes, by the vendor's names; of each list one is enough. */
  readonly permissions: readonly (readonly string[])[]
  /** Those of them that are missing. */
  readonly missing: readonly (readonly string[])[]
  /** What it goes without, for want of further permissions. */
  readonly lacks: readonly DiagnosedLack[]
  /** Why it is unknown, where a request has failed. Absent: nothing has failed. */
  readonly error?: LicenseError | undefined
}

/** What is not read, as a permission is missing or asking for it has failed. */
export interface DiagnosedLack {
  /** Such as `status and department of users`. */
  readonly what: string
  /** Of these permissions, one is enough. */
  readonly anyOf: readonly string[]
  /** Why it could not be found out. Absent: the permission is missing. */
  readonly error?: LicenseError | undefined
}

/** Whose the credentials are, as far as the vendor tells it. */
export interface ProviderIdentity {
  /** The name or the id of the client. */
  readonly client?: string | undefined
  /** The name or the address of the user. */
  readonly user?: string | undefined
  readonly organization?: { readonly id?: string | undefined; readonly name?: string | undefined } | undefined
}

/** Whether one provider can be read, as whom, and what its credentials are good for. Plain data, without a secret. */
export interface ProviderDiagnosis {
  /** The id of the provider. */
  readonly provider: string
  /** Its name for people. */
  readonly displayName: string
  /** Whether the vendor has answered, be it with a refusal. */
  readonly reachable: boolean
  /** The hosts that have answered. */
  readonly hosts: readonly string[]
  /** `unknown`: the vendor has not judged the credentials. */
  readonly authenticated: 'yes' | 'no' | 'unknown'
  /** Absent: the vendor has no regions, or the provider does not describe them. */
  readonly region?:
    | {
        /** By the vendor's name. Absent: it is not configured by name. */
        readonly name?: string | undefined
        /** `unknown`: the credentials were not accepted there. They are tried nowhere else. */
        readonly verdict: 'right' | 'unknown'
        /** All that are known here. */
        readonly known: readonly string[]
      }
    | undefined
  /** Absent: the vendor does not tell, or was not asked. */
  readonly identity?: ProviderIdentity | undefined
  /**
   * How far this machine's clock is ahead of the vendor's, in milliseconds, at the least; negative where it is behind. Absent: no
   * answer had a time.
   */
  readonly clockAheadMs?: number | undefined
  /** What the vendor's answers say of its limit. Absent: they do not have it. */
  readonly rate?:
    | {
        /** Requests that the vendor still takes before the count starts again. */
        readonly remaining: number
        /** Requests that it takes in all. Absent: it does not say. */
        readonly allowed?: number | undefined
        /** Until the count starts again, in milliseconds. */
        readonly resetMs: number
      }
    | undefined
  readonly uses: readonly DiagnosedUse[]
  /** Why nothing could be found out. Absent: the credentials are accepted. */
  readonly error?: LicenseError | undefined
  /** Of what stands for the organizations of a credential: these. Absent: it is one organization. */
  readonly organizations?: DiagnosedOrganizations | undefined
}

/** The organizations that a credential reaches, and what was found of each. */
export interface DiagnosedOrganizations {
  readonly found: readonly ProviderDiagnosis[]
  /** Why there may be more of them. Empty: there are no more. */
  readonly gaps: readonly LicenseError[]
}
