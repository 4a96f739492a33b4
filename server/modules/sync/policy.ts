import { admins, organizers, signedIn } from '#kernel/policy'

export const may = {
  search: signedIn(),
  import: organizers(),
  run: admins(),
  seeRuns: admins(),
}
