import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testSettings } from './settings.ts'

/** The folders one VS Code lives in. */
export interface Profile {
  readonly folder: string
  readonly userData: string
  readonly extensions: string
  readonly workspace: string
}

/** A throw-away profile in the system's temporary folder (short: socket paths are limited to 107 characters). */
export function throwAwayProfile(settings: Readonly<Record<string, unknown>> = {}): Profile & { remove(): void } {
  const profile = profileIn(mkdtempSync(join(tmpdir(), 'md-')))
  writeSettings(profile, { ...testSettings, ...settings })
  return { ...profile, remove: () => rmSync(profile.folder, { recursive: true, force: true, maxRetries: 5 }) }
}

/** A profile in a folder that is kept. */
export function profileIn(folder: string): Profile {
  const profile = {
    folder,
    userData: join(folder, 'user'),
    extensions: join(folder, 'ext'),
    workspace: join(folder, 'ws'),
  }
  for (const path of [join(profile.userData, 'User'), profile.extensions, profile.workspace]) {
    mkdirSync(path, { recursive: true })
  }
  writeFileSync(join(folder, 'config.yaml'), 'auth: none\n')
  return profile
}

export function settingsPath(profile: Profile): string {
  return join(profile.userData, 'User/settings.json')
}

export function writeSettings(profile: Profile, settings: Readonly<Record<string, unknown>>): void {
  writeFileSync(settingsPath(profile), `${JSON.stringify(settings, null, 2)}\n`)
}
