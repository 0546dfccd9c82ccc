import '../shared/theme.css'
import './drawing.css'
import './graph.css'
import { mount } from '../shared/page.tsx'
import { connectGraph, GraphPage } from './page.tsx'

mount('graph', <GraphPage host={connectGraph()} />)
