import { defineConfig } from 'vitepress'

const link = (text, path) => ({ text, link: path })

const administrators = [
  link('Start', '/administrators/'),
  link('Permissions', '/administrators/permissions'),
  link('Genesys Cloud', '/administrators/genesys-cloud'),
  link('Cisco Webex', '/administrators/webex'),
  link('Configuration', '/administrators/configuration'),
  link('All settings', '/administrators/configuration-reference'),
  link('Facts from files', '/administrators/facts-from-files'),
  link('Reports', '/reports'),
  link('Columns', '/administrators/columns'),
  link('Findings', '/administrators/findings'),
  link('Changes', '/changes'),
  link('Output and exit codes', '/administrators/exit-codes'),
  link('Troubleshooting', '/administrators/troubleshooting'),
  link('In your shell', '/administrators/shell'),
  link('Schedules', '/administrators/schedules'),
  link('GitHub Actions', '/administrators/github-actions'),
  link('Docker', '/administrators/docker'),
  link('Mail and chat', '/administrators/mail-and-chat'),
  link('Providers from other packages', '/administrators/packages'),
  link('Many organizations', '/administrators/many-organizations'),
  link('Network', '/administrators/network'),
  link('Windows', '/windows'),
]

const embedders = [
  link('Start', '/embedders/'),
  link('Reports', '/embedders/reports'),
  link('Rendering', '/embedders/rendering'),
  link('Streaming and cancellation', '/embedders/streaming'),
  link('Errors and HTTP', '/embedders/errors'),
  link('Tenants', '/embedders/tenants'),
  link('Hooks', '/embedders/hooks'),
  link('Changes', '/embedders/changes'),
  link('Journals in a database', '/embedders/journals'),
  link('Snapshots and facts', '/embedders/snapshots'),
  link('Testing', '/embedders/testing'),
  link('Browsers', '/embedders/browsers'),
  link('A server', '/embedders/server'),
  link('An admin console', '/examples/admin-console/'),
  link('A fleet', '/examples/fleet/'),
  // Made by typedoc, and no page of this site: the browser goes there.
  { ...link('Reference of the API', '/api/index.html'), target: '_self' },
]

const authors = [
  link('Adding a provider', '/adding-a-provider'),
  link('Adding changes', '/adding-changes'),
  link('A provider as a package', '/provider-packages'),
  link('Zoom, as a package', '/examples/zoom/'),
  link('Genesys Cloud, in detail', '/providers/genesys/'),
  link('Cisco Webex, in detail', '/providers/webex/'),
]

const project = [
  link('Overview', '/overview'),
  link('Architecture', '/architecture'),
  link('Glossary', '/glossary'),
  link('Decisions', '/decisions/'),
  link('Reliability', '/reliability'),
  link('Performance', '/performance'),
  link('Mutation testing', '/mutation'),
  link('Upgrading', '/upgrading'),
  link('Changelog', '/CHANGELOG'),
  link('Contributing', '/CONTRIBUTING'),
  link('Security', '/SECURITY'),
]

/** Headings have the anchors that GitHub gives them, so that a link works in both places. */
const slugify = (heading) =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')

export default defineConfig({
  title: 'Seatlens',
  description: "One lens over every vendor's license seats.",
  lang: 'en',
  // No icon, and no request for one.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  srcDir: 'pages',
  // Also from a folder of a server, and from files of this machine's server: SEATLENS_BASE=/docs/
  base: process.env.SEATLENS_BASE ?? '/',
  // Errors by default; said here, as the build must fail by them.
  ignoreDeadLinks: false,
  markdown: { anchor: { slugify }, languageAlias: { cron: 'sh' } },
  vite: { logLevel: 'warn' },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      link('Administrators', '/administrators/'),
      link('Embedders', '/embedders/'),
      link('Providers', '/adding-a-provider'),
      link('Project', '/architecture'),
    ],
    sidebar: [
      { text: 'Administrators', items: administrators },
      { text: 'Embedders', items: embedders },
      { text: 'Authors of providers', items: authors },
      { text: 'The project', items: project },
    ],
    docFooter: { prev: 'Previous', next: 'Next' },
  },
})
