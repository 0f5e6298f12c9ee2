import { fuzzContract } from './fuzzContract'

fuzzContract('podman')
