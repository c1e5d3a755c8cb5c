import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vitepress'

const pages = join(import.meta.dirname, '..', 'pages')

const link = (text, path) => ({ text, link: path })

/** Pages that other branches of the documents may have: only those that are there are listed. */
const present = (items) =>
  items.filter(({ link: path }) =>
    [`${path}.md`, join(path, 'index.md'), join('public', path, 'index.html')].some((name) =>
      existsSync(join(pages, name)),
    ),
  )

/** All pages of a folder, by their names, the index first. */
const folder = (name) =>
  existsSync(join(pages, name))
    ? readdirSync(join(pages, name))
        .filter((file) => file.endsWith('.md') && file !== 'index.md')
        .sort()
        .map((file) => file.slice(0, -'.md'.length))
        .map((page) => link(`${page[0].toUpperCase()}${page.slice(1).replaceAll('-', ' ')}`, `/${name}/${page}`))
    : []

const administrators = present([
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
  link('Schedules', '/administrators/schedules'),
  link('GitHub Actions', '/administrators/github-actions'),
  link('Docker', '/administrators/docker'),
  link('Mail and chat', '/administrators/mail-and-chat'),
  link('Many organizations', '/administrators/many-organizations'),
  link('Network', '/administrators/network'),
  link('Windows', '/windows'),
])

const embedders = [
  ...present([link('Embedding', '/embedding'), link('Start', '/embedders/')]),
  ...folder('embedders'),
  // Made by typedoc, and no page of this site: the browser goes there.
  { ...link('Reference of the API', '/api/index.html'), target: '_self' },
]

const authors = present([
  link('Adding a provider', '/adding-a-provider'),
  link('Adding changes', '/adding-changes'),
  link('Genesys Cloud, in detail', '/providers/genesys/'),
  link('Cisco Webex, in detail', '/providers/webex/'),
])

const project = present([
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
])

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
      ...present([link('Embedders', '/embedders/'), link('Embedders', '/embedding')]),
      ...present([link('Providers', '/adding-a-provider')]),
      link('Project', '/architecture'),
    ],
    sidebar: [
      { text: 'Administrators', items: administrators },
      { text: 'Embedders', items: embedders },
      { text: 'Authors of providers', items: authors },
      { text: 'The project', items: project },
    ],
    docFooter: { prev: 'Before', next: 'Next' },
  },
})
