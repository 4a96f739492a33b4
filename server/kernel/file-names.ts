/** The name, when it is one that we would have made: whatever else comes along leads nowhere. */
export function checkFileName(name: string): string {
  if (!/^[0-9a-z]{2,64}\/[0-9a-z]{1,64}\.[0-9a-z]{1,8}$/.test(name))
    throw new Error('this is not a name of a file of ours')
  return name
}
