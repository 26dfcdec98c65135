import { expose } from 'comlink'
import { Analyst } from '../probes/analyst.ts'

expose(new Analyst())
