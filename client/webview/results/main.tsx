import '../shared/theme.css'
import './grid.css'
import './results.css'
import { mount } from '../shared/page.tsx'
import { ResultsPage } from './page.tsx'

mount('results', <ResultsPage />)
