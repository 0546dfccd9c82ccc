import '../shared/theme.css'
import './grid.css'
import './results.css'
import { mount } from '../shared/page.tsx'
import { ResultsPage } from './page.tsx'
import { connectResults } from './use-results.ts'

mount('results', <ResultsPage host={connectResults()} />)
