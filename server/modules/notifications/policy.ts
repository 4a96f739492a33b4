import { admins } from '#kernel/policy'

export const may = {
  list: admins(),
}
