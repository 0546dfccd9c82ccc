import { expect, test } from 'vitest'
import { guarded } from './guard.ts'

test.each(['America/New_York', 'Asia/Tokyo', undefined])(
  'guarded work is in UTC, and afterwards it is %s again',
  (zone) => {
    const before = process.env.TZ
    try {
      if (zone === undefined) delete process.env.TZ
      else process.env.TZ = zone
      const hour = () => new Date(Date.UTC(2024, 0, 1, 12)).getHours()
      const own = hour()
      expect(guarded(1000, () => [hour(), new Date(2024, 0, 2).toISOString()])).toEqual([
        12,
        '2024-01-02T00:00:00.000Z',
      ])
      expect(hour()).toBe(own)
      expect(process.env.TZ).toBe(zone)
      if (zone) expect(own).toBe({ 'America/New_York': 7, 'Asia/Tokyo': 21 }[zone])
    } finally {
      if (before === undefined) delete process.env.TZ
      else process.env.TZ = before
    }
  },
)
