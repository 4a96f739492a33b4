import { admins } from '#kernel/policy'

export const may = {
  see: admins(),
  change: admins(),
  ask: admins(),
}
