import { admins, organizers } from '#kernel/policy'

export const may = {
  search: organizers(),
  import: organizers(),
  run: admins(),
  seeRuns: admins(),
}
