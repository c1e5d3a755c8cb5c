/** In every table: which snapshot, and when it was. The rows of a snapshot go away with its row in `exports`. */
const OF_SNAPSHOT =
  'snapshot text not null references seatlens.exports on delete cascade, taken_at timestamptz not null, day date not null'

/**
 * Each entry leads from one version of the tables to the next. Entries are added, and never changed. A column that a table of
 * the query gets needs an entry here.
 */
export const migrations: readonly (readonly string[])[] = [
  [
    `create table seatlens.exports (
      snapshot text primary key, seal text not null, made_by text not null,
      exported_at timestamptz not null default now())`,
    `create table seatlens.snapshots (
      ${OF_SNAPSHOT},
      provider text, vendor text, display_name text, status text, snapshot_complete boolean, problems text, error text,
      licensed_users bigint, licensed_users_kind text, licensed_users_reason text, licensed_users_at_least bigint,
      licenses_verdict text, users_verdict text, directory_verdict text, workspaces_verdict text,
      pseudonymized boolean, seal text)`,
    `create table seatlens.licenses (
      ${OF_SNAPSHOT},
      provider text, vendor text, license_id text, license_name text, product_code text, metric text, services text,
      services_reason text, subscription_id text, site_url text, declared_only boolean, bought_only boolean,
      purchased bigint, purchased_kind text, purchased_reason text, purchased_at_least bigint, purchased_from text,
      consumed bigint, consumed_kind text, consumed_reason text, consumed_at_least bigint, consumed_from text,
      assigned bigint, assigned_kind text, assigned_reason text, assigned_at_least bigint, in_use bigint,
      in_use_kind text, in_use_reason text, in_use_at_least bigint, available bigint, available_kind text,
      available_reason text, available_at_least bigint, utilization double precision, utilization_kind text,
      utilization_reason text, utilization_at_least double precision, discrepancy bigint, term_start date,
      term_end date, notice_day date, cost numeric(20, 4), cost_currency text, cost_kind text, cost_reason text,
      cost_at_least numeric(20, 4))`,
    `create table seatlens.users (
      ${OF_SNAPSHOT},
      provider text, vendor text, user_id text, person text, link text, kind text, status text, invite_pending boolean,
      display_name text, email text, department text, department_kind text, department_reason text, division text,
      division_kind text, division_reason text, manager text, manager_kind text, manager_reason text, location text,
      location_kind text, location_reason text, cost_center text, cost_center_kind text, cost_center_reason text,
      employee_number text, employee_number_kind text, employee_number_reason text, created_at timestamptz,
      created_at_reason text, hired_at timestamptz, hired_at_reason text, last_active_at timestamptz,
      last_active_at_reason text, last_active_kind text, seats bigint, seats_kind text, seats_reason text,
      seats_at_least bigint, pending bigint, pending_kind text, pending_reason text, pending_at_least bigint,
      cost numeric(20, 4), cost_currency text, cost_kind text, cost_reason text, cost_at_least numeric(20, 4))`,
    `create table seatlens.assignments (
      ${OF_SNAPSHOT},
      provider text, vendor text, license_id text, license_name text, holder_kind text, holder_id text, person text,
      state text, assigned_at timestamptz, assigned_at_reason text, assigned_by text, cost numeric(20, 4),
      cost_currency text, cost_kind text, cost_reason text, cost_at_least numeric(20, 4))`,
    `create table seatlens.findings (
      ${OF_SNAPSHOT},
      provider text, vendor text, rule text, state text, finding_id text, group_id text, message text, license_id text,
      license_name text, user_id text, workspace_id text, accounts bigint, seats bigint, seats_kind text,
      seats_reason text, seats_at_least bigint, removable bigint, cost numeric(20, 4), cost_currency text,
      cost_kind text, cost_reason text, cost_at_least numeric(20, 4), evidence text)`,
    `create table seatlens.people (
      ${OF_SNAPSHOT},
      person text, link text, display_name text, email text, department text, users bigint, providers text,
      licensed_providers bigint, licensed_providers_kind text, licensed_providers_reason text,
      licensed_providers_at_least bigint, seats bigint, seats_kind text, seats_reason text, seats_at_least bigint,
      kind text, last_active_at timestamptz, last_active_at_reason text)`,
  ],
  // What most questions begin with, and what forgetting a snapshot needs.
  ['snapshots', 'licenses', 'users', 'assignments', 'findings', 'people'].flatMap((table) => [
    `create index ${table}_of_snapshot on seatlens.${table} (snapshot)`,
    `create index ${table}_by_day on seatlens.${table} (day)`,
  ]),
  // Seats are counted by department: without a join, as there are millions of them.
  [
    `alter table seatlens.assignments
      add column status text, add column department text, add column department_kind text,
      add column department_reason text`,
  ],
  // A seat is there once for each snapshot, and a stored column could not say which one is the newest.
  ['provider', 'provider, day'].flatMap((each) => {
    const view = each === 'provider' ? 'seatlens.newest' : 'seatlens.daily'
    return [
      `create view ${view} as select distinct on (${each}) snapshot, provider from seatlens.snapshots
        order by ${each}, taken_at desc, snapshot desc`,
      `comment on view ${view} is 'The newest snapshot of each ${each.replace(', ', ' and ')}: join with snapshot and provider.'`,
    ]
  }),
  // Where nothing was counted, nothing is certain.
  ['seats', 'pending'].map(
    (number) =>
      `update seatlens.users set ${number}_at_least = null where ${number}_kind = 'unknown' and ${number}_at_least = 0`,
  ),
]
