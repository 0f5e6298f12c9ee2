import { fuzzContract } from './fuzzContract'

fuzzContract('docker')
