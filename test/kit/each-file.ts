import { countAnew } from './factories.ts'

// Files share their modules: what they are called does not depend on which file came before.
countAnew()
