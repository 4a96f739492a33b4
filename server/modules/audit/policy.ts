import { admins, signedIn } from '#kernel/policy'

export const may = {
  seeAll: admins(),
  seeMine: signedIn(),
}
