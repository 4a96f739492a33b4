import { admins } from '#kernel/policy'

export const may = {
  examine: admins(),
}
