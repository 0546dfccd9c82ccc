import { copyPaste } from './md032-copy-paste.ts'
import { testRule } from './testRule.ts'

const model = (columns: string, features: string) => `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["a.features.ts"], "group_by": "pin",
  "columns": { ${['pin', ...columns.split(' ')].map((name) => `"${name}": "number"`).join(', ')} } }] }
//- /a.features.ts
${features}`

const ads = 'twitter_clicks twitter_views youtube_clicks youtube_views spend_tv spend_radio cost_tv cost_radio'

testRule(copyPaste, {
  fires: {
    'the inputs of the feature it was copied from': model(
      ads,
      `
export const twitter_ctr = (twitter_clicks, twitter_views) => twitter_clicks / twitter_views
export const youtube_ctr = (twitter_clicks, twitter_views) => twitter_clicks / twitter_views
//                          ^^^^^^^^^^^^^^ MD032: 'youtube_ctr' reads 'twitter_clicks' and 'twitter_views', as 'twitter_ctr' does, and not 'youtube_clicks' and 'youtube_views'. Change the inputs, or give the feature a name that says what it reads.`,
    ),
    'the original is gone': model(
      ads,
      `
export function youtube_ctr(twitter_clicks, twitter_views) { return twitter_clicks / twitter_views }
//                          ^^^^^^^^^^^^^^ MD032: 'youtube_ctr' reads 'twitter_clicks' and 'twitter_views', and not 'youtube_clicks' and 'youtube_views'.`,
    ),
    'one input, and no original': model(
      ads,
      `
export const youtube_share = (twitter_clicks, pin) => twitter_clicks / pin
//                            ^^^^^^^^^^^^^^ MD032: 'youtube_share' reads 'twitter_clicks', and not 'youtube_clicks'.`,
    ),
    'one input of a copy, the word at the end': model(
      ads,
      `
export const share_tv = (spend_tv, pin) => spend_tv / pin
export const share_radio = (pin, spend_tv) => spend_tv / pin
//                               ^^^^^^^^ MD032: 'share_radio' reads 'spend_tv', as 'share_tv' does, and not 'spend_radio'.`,
    ),
    'features as inputs, in a pattern': model(
      ads,
      `
export const twitter_rate = (twitter_clicks) => twitter_clicks / 100
export const youtube_rate = (youtube_clicks) => youtube_clicks / 100
export const twitter_score = ({ twitter_rate, twitter_views: views }) => twitter_rate * views
export const youtube_score = ({ twitter_rate, twitter_views: views }) => twitter_rate * views
//                              ^^^^^^^^^^^^ MD032: and not 'youtube_rate' and 'youtube_views'`,
    ),
    'qualifiers, where a twin shows the copy': model(
      'net_sales net_cost gross_sales gross_cost',
      `
export const gross_margin = (gross_sales, gross_cost) => gross_sales - gross_cost
export const net_margin = (gross_sales, gross_cost) => gross_sales - gross_cost
//                         ^^^^^^^^^^^ MD032`,
    ),
  },
  silent: {
    'its own columns': model(
      ads,
      `
export const twitter_ctr = (twitter_clicks, twitter_views) => twitter_clicks / twitter_views
export const youtube_ctr = (youtube_clicks, youtube_views) => youtube_clicks / youtube_views
export const clicks = (twitter_clicks, youtube_clicks) => twitter_clicks + youtube_clicks`,
    ),
    'it reads both, or compares': model(
      ads,
      `
export const youtube_lead = (youtube_clicks, twitter_clicks) => youtube_clicks - twitter_clicks
export const youtube_vs_rest = (twitter_clicks, twitter_views) => twitter_clicks / twitter_views
export const without_youtube_ctr = (twitter_clicks, twitter_views) => twitter_clicks / twitter_views
export const youtube_to_twitter = (twitter_clicks, twitter_views) => twitter_clicks / twitter_views`,
    ),
    'the other side on purpose': model(
      'home_goals home_shots away_goals away_shots',
      `
export const home_conceded = (away_goals, away_shots) => away_goals / away_shots
export const away_conceded = (home_goals, home_shots) => home_goals / home_shots
export const home_lost = (away_goals) => away_goals > 3`,
    ),
    'another measure of the same things': model(
      ads,
      `
export const twitter_ctr = (twitter_clicks, twitter_views) => twitter_clicks / twitter_views
export const youtube_ctr = (youtube_clicks, youtube_views) => youtube_clicks / youtube_views
export const twitter_best = (twitter_ctr) => twitter_ctr > 1
export const youtube_best = (youtube_ctr) => youtube_ctr > 1
export const radio_cheap = (spend_radio, cost_radio) => spend_radio > cost_radio
export const tv_cheap = (spend_tv, cost_tv) => spend_tv > cost_tv`,
    ),
    'one is made from the other': model(
      'gross_revenue gross_cost tax',
      `
export const net_revenue = (gross_revenue, tax) => gross_revenue * (1 - tax)
export const net_cost = (gross_cost, tax) => gross_cost * (1 - tax)
export const net_margin = (gross_revenue, gross_cost, tax) => (gross_revenue - gross_cost) * (1 - tax)
export const gross_margin = (gross_revenue, gross_cost) => gross_revenue - gross_cost`,
    ),
    'words for what is done with values': model(
      'total_clicks total_views mean_clicks mean_views lag_1 lag_2 step_1 step_2',
      `
export const mean_ctr = (total_clicks, total_views) => total_clicks / total_views
export const change_2 = (lag_1, step_1) => lag_1 - step_1`,
    ),
    'MD024 and MD018 say it': model(
      ads,
      `
export const youtube_ctr = (twitter_clicks, twitter_views) => youtube_clicks / youtube_views + twitter_clicks + twitter_views
//                                                            ^^^^^^^^^^^^^^ MD024
//                                                                             ^^^^^^^^^^^^^ MD024
export const youtube_sum = (twitter_clicks, twitter_views) => 1
//                          ^^^^^^^^^^^^^^ MD018
//                                          ^^^^^^^^^^^^^ MD018`,
    ),
    'names that share a word once': model(
      'unit_price unit_cost list_price',
      'export const list_margin = (unit_price, unit_cost) => unit_price - unit_cost',
    ),
  },
  fixes: [
    {
      title: "Change to 'youtube_clicks' and 'youtube_views'",
      before: model(
        ads,
        'export const youtube_ctr = (twitter_clicks, twitter_views) => ({ twitter_clicks }).twitter_clicks / twitter_views',
      ),
      after: '(youtube_clicks, youtube_views) => ({ twitter_clicks: youtube_clicks }).twitter_clicks / youtube_views',
    },
    {
      title: "Change to 'youtube_clicks' and 'youtube_views'",
      before: model(
        ads,
        'export const youtube_ctr = ({ twitter_clicks, twitter_views: v }) => [3].map((youtube_clicks) => twitter_clicks / v + youtube_clicks)',
      ),
      after: '({ youtube_clicks: twitter_clicks, youtube_views: v }) => [3]',
    },
  ],
  offers: [
    {
      before: model(
        ads,
        'export const youtube_ctr = (twitter_clicks, twitter_views) => { const youtube_views = 3; return twitter_clicks / twitter_views / youtube_views }',
      ),
      titles: [],
    },
  ],
})
