import { z } from 'zod'
import { lazily } from './lazy/lazily'

// Zod would try `new Function`, which the content security policy forbids and reports. A schema looks
// at this when it is made: so it is said before the module of any schema runs.
z.config({ jitless: true })

void lazily(() => import('./start')).then(({ start }) => start())
