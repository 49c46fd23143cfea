-- What every number means, as a table: a change of meaning is a new version. The table and column
-- named here carry the number; a check holds them to it.
-- grain: metric, version

with definitions (
    metric,
    version,
    valid_from,
    name_zh,
    name_en,
    meaning_zh,
    meaning_en,
    unit,
    base,
    table_name,
    column_name
) as (
    select *
    from (
        values
        (
            'exposure', 1, date '2026-11-16', '曝光', 'Impressions',
            '平台统计的展现次数；公众号、视频号、抖音、B站、知乎等导出不含曝光；取号机为出号数',
            'Impressions as the platform counts them, where its export does; queue tickets',
            'count', '', 'weekly_funnel', 'total'
        ),
        (
            'read', 1, date '2026-11-16', '阅读/观看', 'Reads',
            '各平台的阅读、观看、播放或访问次数；公众号为当日去重阅读人数（渠道「全部」）',
            'Reads, views, plays or visits; WeChat: distinct readers of the day (channel all)',
            'count', '', 'weekly_funnel', 'total'
        ),
        (
            'engagement', 1, date '2026-11-16', '互动', 'Engagement',
            '点赞＋收藏＋评论＋分享中该平台导出所含的部分；不含关注',
            'Likes + saves + comments + shares, of those exported; follows apart',
            'count', '', 'weekly_funnel', 'total'
        ),
        (
            'follow', 1, date '2026-11-16', '新增关注', 'New follows',
            '当周新增关注（未减去取关）',
            'Followers won in the week, losses not deducted',
            'count', '', 'weekly_funnel', 'total'
        ),
        (
            'intent', 1, date '2026-11-16', '意向', 'Intent',
            '主页访客、阅读原文、企微链接点击与添加到通讯录、站内预约与咨询',
            'Profile visits, read-more taps, WeCom link clicks, contact adds, bookings',
            'count', '', 'weekly_funnel', 'total'
        ),
        (
            'click', 1, date '2026-11-16', '引流点击', 'Clicks',
            '带来源码（在链接登记表内）的点击次数，含匿名',
            'Clicks that carry a registered source code, anonymous ones too',
            'count', '', 'weekly_funnel', 'total'
        ),
        (
            'bridge', 1, date '2026-11-16', '带码率', 'Coded arrivals',
            '带登记来源码的到达 ÷ 全部到达；跨越此线的数字不相除',
            'Arrivals with a registered source code / all arrivals; no rate crosses it',
            'share', 'arrivals', 'weekly_funnel', 'bridge'
        ),
        (
            'arrival', 1, date '2026-11-16', '到达', 'Arrivals',
            '当周首次以该来源码（或无码）进入本行的去重客户',
            'Distinct customers with a first session at the bank under a code or none',
            'persons', '', 'weekly_funnel', 'persons'
        ),
        (
            'new_customer', 1, date '2026-11-16', '新户', 'New customers',
            '到达后窗口内首次成为客户（注册、开户或绑卡，按全部历史判断）',
            'Became a customer for the first time ever within the window from arrival',
            'persons', 'arrival', 'weekly_funnel', 'persons'
        ),
        (
            'active', 1, date '2026-11-16', '活跃', 'Active',
            '成为新户后窗口内首次成功登录',
            'First successful login after becoming a customer, within the window',
            'persons', 'new_customer', 'weekly_funnel', 'persons'
        ),
        (
            'asset', 1, date '2026-11-16', '有资产', 'With assets',
            '活跃后窗口内，时点或月日均 AUM 达到门槛',
            'AUM at the threshold, point in time or month average, after becoming active',
            'persons', 'active', 'weekly_funnel', 'persons'
        ),
        (
            'subscription', 1, date '2026-11-16', '理财申购', 'Subscriptions',
            '有资产后窗口内，已确认且未在冷静期撤销的理财申购',
            'A confirmed wealth subscription, not withdrawn, after reaching the assets',
            'persons', 'asset', 'weekly_funnel', 'persons'
        ),
        (
            'step_rate', 1, date '2026-11-16', '步骤转化率', 'Step rate',
            '本环节 ÷ 其基准环节；人数口径附 Wilson 95% 区间；n<30 置灰',
            'Stage / the stage it is taken of; persons with a Wilson 95 % interval; grey under 30',
            'share', 'previous_stage', 'weekly_steps', 'step_rate'
        ),
        (
            'lost_rate', 1, date '2026-11-16', '流失率', 'Loss rate',
            '1 − 步骤转化率；步骤转化率超过 100% 时没有',
            '1 − step rate; none where the step rate is above 100 %',
            'share', 'previous_stage', 'weekly_steps', 'lost_rate'
        ),
        (
            'change', 1, date '2026-11-16', '环比', 'Change',
            '与上一周之比减一；计数只比两周都完整上报的账号，未成熟的周不比较',
            'Against the week before, over accounts that report all of both weeks; mature only',
            'share', 'last_week_value', 'weekly_steps', 'change'
        ),
        (
            'usual_value', 1, date '2026-11-16', '近周中位值', 'Usual value',
            '此前数周（默认 8 周）中数据完整且已成熟各周的中位数，不足最少周数（默认 5）不给',
            'Median of the complete and mature ones of the 8 weeks before, of 5 at least',
            '', '', 'key_figures', 'usual_value'
        ),
        (
            'against_usual', 1, date '2026-11-16', '较近周中位', 'Against the usual',
            '本周值 ÷ 近周中位值 − 1；数据不完整或未成熟的周不比较',
            'The week''s value / its usual value - 1; complete and mature weeks only',
            'share', 'usual_value', 'key_figures', 'against_usual'
        ),
        (
            'platform_count', 1, date '2026-11-16', '分平台漏斗计数', 'Funnel counts by platform',
            '该平台各账号之和，合计与分层级；各环节含义同漏斗',
            'Sum of the accounts on the platform, of all tiers or of one; stages as in the funnel',
            'count', '', 'platform_funnel', 'total'
        ),
        (
            'platform_persons', 1, date '2026-11-16', '分平台漏斗人数', 'Funnel persons by platform',
            '该平台上去重；经多个平台到达者各平台各计一次；小单元与层级、账号两个方向一并不展示',
            'Distinct on the platform; who came by several counts on each; withheld both ways',
            'persons', '', 'platform_funnel', 'persons'
        ),
        (
            'overlap', 1, date '2026-11-16', '层级重叠', 'Overlap',
            '各层级人数之和减去全行去重人数',
            'Sum of the tiers'' persons minus the bank''s distinct persons',
            'persons', '', 'tier_overlap', 'overlap'
        ),
        (
            'followers', 1, date '2026-11-16', '粉丝', 'Followers',
            '期末粉丝数（企业微信为客户数，小程序为用户数）：平台导出，或运营登记的主页数字；超过约一个月无记录视为未知',
            'Followers at period end: exported, or noted by operators; unknown after about a month',
            'count', '', 'follower_weeks', 'followers'
        ),
        (
            'mau', 1, date '2026-11-16', '月活（MAU）', 'MAU',
            '自然月内至少一次成功登录的去重客户；全行含全部已授权客户，层级以下按归属账号',
            'Distinct customers with a login in the calendar month; below the bank by account',
            'persons', '', 'monthly_active', 'mau'
        ),
        (
            'stable_mau', 1, date '2026-11-16', '稳定月活', 'Stable MAU',
            '本月及之前各月连续活跃（默认连续三个自然月）',
            'Active in each of three consecutive months',
            'persons', '', 'monthly_active', 'stable_mau'
        ),
        (
            'dau', 1, date '2026-11-16', '日活（DAU）', 'DAU',
            '当日至少一次成功登录的去重客户；层级以下按当日最后一次有归因的登录',
            'Distinct customers with a login on the day; below the bank by its last credited login',
            'persons', '', 'rolling_active', 'dau'
        ),
        (
            'rolling_wau', 1, date '2026-11-16', '滚动周活', 'Rolling WAU',
            '截至当日 7 天内至少一次成功登录的去重客户；窗口内任一活跃日归属的层级都计一次',
            'Distinct customers active in the 7 days to the day, at each level of any such day',
            'persons', '', 'rolling_active', 'wau'
        ),
        (
            'rolling_mau', 1, date '2026-11-16', '滚动月活', 'Rolling MAU',
            '截至当日 30 天内至少一次成功登录的去重客户；窗口内任一活跃日归属的层级都计一次，不等于自然月月活',
            'Distinct customers active in the 30 days to the day, at each level of any such day',
            'persons', '', 'rolling_active', 'mau'
        ),
        (
            'stickiness', 1, date '2026-11-16', '粘性（DAU/MAU）', 'Stickiness',
            '日活 ÷ 截至当日的滚动月活',
            'DAU / rolling MAU of the same day',
            'share', 'mau', 'rolling_active', 'stickiness'
        ),
        (
            'new_active', 1, date '2026-11-16', '新增活跃', 'New active',
            '自有数据以来首次在某自然月登录的月活客户；不等于新户',
            'Active in a month for the first time since the feed begins; not new customers',
            'persons', '', 'monthly_moves', 'new_active'
        ),
        (
            'retained', 1, date '2026-11-16', '留存活跃', 'Retained',
            '本月与上月都活跃的客户；层级以下两月归属相同',
            'Active in this month and the one before, at the same level in both',
            'persons', '', 'monthly_moves', 'retained'
        ),
        (
            'returned', 1, date '2026-11-16', '回流', 'Returned',
            '本月活跃、上月未活跃、此前活跃过的客户',
            'Active in the month, not in the one before, but earlier',
            'persons', '', 'monthly_moves', 'returned'
        ),
        (
            'lost_active', 1, date '2026-11-16', '活跃流失', 'Lost',
            '上月活跃而本月未活跃的客户；不等于生命周期的流失',
            'Active in the month before and not in this; not the life cycle''s lost',
            'persons', '', 'monthly_moves', 'lost'
        ),
        (
            'moved_in', 1, date '2026-11-16', '转入', 'Moved in',
            '两月都活跃、归属由其他层级转来的客户；全行为 0',
            'Active in both months, belonged elsewhere in the one before',
            'persons', '', 'monthly_moves', 'moved_in'
        ),
        (
            'moved_out', 1, date '2026-11-16', '转出', 'Moved out',
            '两月都活跃、归属转往其他层级的客户；全行为 0',
            'Active in both months, belong elsewhere now',
            'persons', '', 'monthly_moves', 'moved_out'
        ),
        (
            'bounded_retention', 1, date '2026-11-16', '留存率（当期）', 'Bounded retention',
            '同期群客户中，恰在第 N 周（月）登录者占比；未结束的期为空',
            'Share of a cohort that logged in in the very week or month N; null until it is over',
            'share', 'cohort_size', 'retention', 'bounded_rate'
        ),
        (
            'unbounded_retention', 1, date '2026-11-16', '留存率（当期及以后）', 'Unbounded retention',
            '同期群客户中，在第 N 周（月）或其后任一时间登录者占比',
            'Share of a cohort that logged in in week or month N or at any time after',
            'share', 'cohort_size', 'retention', 'unbounded_rate'
        ),
        (
            'lifecycle', 1, date '2026-11-16', '生命周期客户数', 'Customers by life-cycle state',
            '月末处于潜在、新客、活跃、沉睡、流失各状态的客户，各属一态；门槛见参数',
            'Customers potential, new, active, dormant or lost at month end',
            'persons', '', 'lifecycle', 'customers'
        ),
        (
            'lifecycle_flow', 1, date '2026-11-16', '生命周期流转', 'Life-cycle flow',
            '由上月末某状态到本月末某状态的客户',
            'Customers from a state at one month end to a state at the next',
            'persons', '', 'lifecycle_flow', 'customers'
        ),
        (
            'rolling_overlap', 1, date '2026-11-16', '滚动活跃重叠', 'Rolling overlap',
            '各层级（或各平台）日活、滚动周活、滚动月活之和减去全行去重客户',
            'Sum of the tiers'' or platforms'' DAU, WAU or MAU less the bank''s distinct customers',
            'persons', '', 'rolling_overlap', 'overlap'
        ),
        (
            'platform_mau', 1, date '2026-11-16', '分平台月活', 'MAU by platform',
            '归属账号在该平台的月活客户；各属一个平台或未归因',
            'MAU by the platform of their account, or unattributed',
            'persons', '', 'platform_months', 'mau'
        ),
        (
            'mau_per_follower', 1, date '2026-11-16', '粉丝月活率', 'Attributed MAU per follower',
            '归属月活 ÷ 月末粉丝',
            'Attributed MAU / followers at month end',
            'share', 'followers', 'monthly_active', 'mau_per_follower'
        ),
        (
            'new_per_1000_gained', 1, date '2026-11-16', '千粉新户', 'New customers per 1,000 gained',
            '归属新户 ÷ 当月新增关注 × 1000',
            'Attributed new customers per 1,000 followers won in the month',
            'per 1,000', 'followers_gained', 'monthly_active', 'new_per_1000_gained'
        ),
        (
            'aum_per_mau', 1, date '2026-11-16', '户均 AUM', 'AUM per active customer',
            '当月月活客户的月日均 AUM 之和 ÷ 月活',
            'Month-average AUM of the month''s MAU / MAU',
            'yuan', 'mau', 'monthly_active', 'aum_per_mau'
        ),
        (
            'mau_to_aum', 1, date '2026-11-16', '月活到资产率', 'MAU to AUM',
            '当月活跃且前三个月未活跃的客户中，自首次登录起 30、60、90 天内月日均 AUM 达到门槛者占比',
            'Active in a month, not in the three before: share at the threshold in 30, 60, 90 days',
            'share', 'newly_active', 'mau_to_aum', 'reached_rate'
        ),
        (
            'card_click', 1, date '2026-11-16', '卡种点击', 'Card click',
            '产品线为卡的带码点击次数',
            'Coded clicks on card links',
            'count', '', 'card_clicks', 'clicks'
        ),
        (
            'applicant_rate', 1, date '2026-11-16', '点击申请率', 'Click to application',
            '已识别的卡种点击客户中，窗口内申请信用卡者占比',
            'Of known card clickers, the share who applied within the window',
            'share', 'clickers', 'card_clicks', 'applicant_rate'
        ),
        (
            'subscribers', 1, date '2026-11-16', '申购客户', 'Subscribing customers',
            '当周有已确认且未撤销理财申购的去重客户，按回看期内最后一次带码触点归因',
            'Distinct customers with a confirmed subscription, by their last coded touch',
            'persons', '', 'subscriptions', 'customers'
        ),
        (
            'subscription_amount', 1, date '2026-11-16', '申购金额', 'Subscription amount',
            '已确认且未撤销的人民币理财申购金额',
            'Amount of confirmed subscriptions in yuan',
            'yuan', '', 'subscriptions', 'amount_yuan'
        ),
        (
            'subscribed_rate', 1, date '2026-11-16', '点击申购率', 'Click to subscription',
            '已识别的理财点击客户中，窗口内完成申购者占比',
            'Of known wealth clickers, the share who subscribed within the window',
            'share', 'clickers', 'subscriptions', 'subscribed_rate'
        ),
        (
            'touched_customers', 1, date '2026-11-16', '触达转化客户', 'Converted customers touched',
            '当周转化、且回看期内有该层级带码触点的去重客户',
            'Distinct customers who converted after a coded touch of the level in the lookback',
            'persons', '', 'attribution', 'customers'
        ),
        (
            'credit_last', 1, date '2026-11-16', '末次触点归因', 'Last-touch credit',
            '转化全部归于回看期内最后一次带码触点；无触点者归入未归因',
            'All of a conversion to its last coded touch; without one to unattributed',
            'count', '', 'attribution', 'last_touch'
        ),
        (
            'credit_first', 1, date '2026-11-16', '首次触点归因', 'First-touch credit',
            '转化全部归于回看期内第一次带码触点',
            'All of a conversion to its first coded touch in the lookback',
            'count', '', 'attribution', 'first_touch'
        ),
        (
            'credit_linear', 1, date '2026-11-16', '线性归因', 'Linear credit',
            '转化平均分给回看期内的每次带码触点',
            'A conversion in equal parts to each coded touch in the lookback',
            'count', '', 'attribution', 'linear'
        ),
        (
            'credit_time_decay', 1, date '2026-11-16', '时间衰减归因', 'Time-decay credit',
            '触点权重每早一个半衰期（默认 7 天）减半，合计为 1',
            'A touch weighs half as much for each half-life (7 days) before; weights sum to 1',
            'count', '', 'attribution', 'time_decay'
        ),
        (
            'credit_position', 1, date '2026-11-16', '位置归因（40/20/40）', 'Position-based credit',
            '首末触点各 40%，其余平分 20%；仅两次各 50%，仅一次 100%',
            '40 % to the first and last touch, 20 % to the others; two 50 % each; one 100 %',
            'count', '', 'attribution', 'position_based'
        ),
        (
            'credit_markov', 1, date '2026-11-16', '马尔可夫归因', 'Markov credit',
            '有触点的转化按移除效应分给各渠道；效应为不再有该渠道时转化减少的份额，解方程得出，不模拟',
            'Conversions after a touch in proportion to removal effects, solved, not simulated',
            'count', '', 'attribution_models', 'credits'
        ),
        (
            'credit_shapley', 1, date '2026-11-16', '沙普利归因', 'Shapley credit',
            '各渠道在所有加入次序下带来的转化之平均；一组渠道得其路径全在组内的转化',
            'What a channel adds, averaged over every order; a set wins the paths within it',
            'count', '', 'attribution_models', 'credits'
        ),
        (
            'removal_effect', 1, date '2026-11-16', '移除效应', 'Removal effect',
            '走到该渠道者都到此为止时，有触点的转化所减少的份额',
            'Share of conversions after a touch that is lost if who comes to the channel stops',
            'share', '', 'attribution_models', 'removal_effect'
        ),
        (
            'credit_share', 1, date '2026-11-16', '归因占比', 'Share of credit',
            '渠道分得的转化 ÷ 当月该类转化（含未触达）',
            'Conversions credited to a channel / all of the kind and month, untouched too',
            'share', 'conversions', 'attribution_models', 'share'
        ),
        (
            'attribution_paths', 1, date '2026-11-16', '转化路径数', 'Paths to conversion',
            '当月经过该渠道而转化的不同路径数',
            'Different paths over a channel that led to a conversion of the month',
            'count', '', 'attribution_models', 'paths'
        ),
        (
            'repeat_rate', 1, date '2026-11-16', '复购率', 'Repeat subscription',
            '首次确认申购的客户中，180 天内再次确认申购者占比；冷静期撤回不计',
            'Of first-time subscribers, those who subscribe again in 180 days, net of withdrawals',
            'share', 'subscribers', 'repeat_subscriptions', 'repeat_rate'
        ),
        (
            'funnel_persons', 1, date '2026-11-16', '漏斗各步人数', 'Persons of a funnel step',
            '该周或月有进入的人中走到该步或更深的去重人数；取最深的一次，同深取较晚进入的',
            'Distinct persons with an entry in the period whose deepest chain got at least so far',
            'persons', '', 'funnel_steps', 'persons'
        ),
        (
            'funnel_step_rate', 1, date '2026-11-16', '漏斗步间转化率', 'Funnel step rate',
            '该步人数 ÷ 前一步人数',
            'Persons of the step / persons of the step before',
            'share', 'previous step', 'funnel_steps', 'step_rate'
        ),
        (
            'funnel_total_rate', 1, date '2026-11-16', '漏斗总转化率', 'Funnel total rate',
            '该步人数 ÷ 第 1 步人数',
            'Persons of the step / persons of step 1',
            'share', 'step 1', 'funnel_steps', 'total_rate'
        ),
        (
            'funnel_median_seconds', 1, date '2026-11-16', '漏斗用时中位', 'Median time to convert',
            '自所取的进入到最早能走到该步的时刻，秒，取中位',
            'Seconds from the entry that counts to the first moment the step can be reached',
            'seconds', '', 'funnel_steps', 'median_seconds'
        ),
        (
            'funnel_p90_seconds', 1, date '2026-11-16', '漏斗用时九成以内', '90 % convert within',
            '自所取的进入到最早能走到该步的时刻，秒，九成的人不超过',
            'Seconds from the entry that counts to the step within which nine of ten reach it',
            'seconds', '', 'funnel_steps', 'p90_seconds'
        ),
        (
            'funnel_value_persons', 1, date '2026-11-16', '漏斗细分人数', 'Persons of a breakdown',
            '按定义所指属性的值细分的各步人数；每人一个值',
            'Persons of a step by the value of the property the definition names; one value each',
            'persons', '', 'funnel_breakdowns', 'persons'
        ),
        (
            'aum_per_customer', 1, date '2026-11-16', '户均 AUM（全部客户）', 'AUM per customer',
            '当月月日均 AUM 已知的全部客户的 AUM 之和 ÷ 这些客户数；客户归属同生命周期',
            'Month-average AUM of all customers with a known one / those',
            'yuan', 'customers', 'assets', 'aum_per_customer'
        ),
        (
            'point_aum', 1, date '2026-11-16', '时点 AUM', 'Point-in-time AUM',
            '当月最后一天日终余额已知的客户的时点余额之和',
            'Balances at the end of the month''s last day, of those known',
            'yuan', '', 'assets', 'point_aum_yuan'
        ),
        (
            'aum_per_attributed_mau', 1, date '2026-11-16', '归属月活户均 AUM', 'AUM per attributed MAU',
            '归属于某账号的月活客户的月日均 AUM 之和 ÷ 归属月活；全行为月活减未归因',
            'Month-average AUM of the MAU that belong to an account / those MAU',
            'yuan', 'attributed_mau', 'assets', 'aum_per_attributed_mau'
        ),
        (
            'wealth_tier', 1, date '2026-11-16', '财富层级客户数', 'Customers by wealth tier',
            '按月日均 AUM 分层：达到更高层级当月即升；连续 3 个月低于本级后列为关注，再 3 个月后下调',
            'By month-average AUM: up at once, watched after 3 months below, down after 3 more',
            'persons', '', 'wealth_tiers', 'customers'
        ),
        (
            'wealth_watched', 1, date '2026-11-16', '关注客户', 'Watched customers',
            '连续低于本财富层级超过 3 个月、尚未下调的客户',
            'More than 3 months in a row below the wealth tier, not yet moved down',
            'persons', '', 'wealth_tiers', 'watched'
        ),
        (
            'wealth_flow', 1, date '2026-11-16', '财富层级流转', 'Wealth-tier flow',
            '由上月某财富层级到本月某财富层级的客户',
            'Customers from a wealth tier in one month to a tier in the next',
            'persons', '', 'wealth_flow', 'customers'
        ),
        (
            'penetration', 1, date '2026-11-16', '产品渗透率', 'Product penetration',
            '月日均或月末时点余额显示持有该产品的客户 ÷ 余额含该产品口径的客户',
            'Customers with some, on average or at month end / customers it is told of',
            'share', 'customers', 'product_penetration', 'penetration'
        ),
        (
            'kept_rate', 1, date '2026-11-16', '资产保持率', 'Assets that stay',
            '月日均 AUM 首次达标的客户中，一至三个月后仍达标者 ÷ 当月均值已知者；首月即达标者不计',
            'Of customers who first reached the threshold, those who still do 1 to 3 months later',
            'share', 'compared', 'asset_stays', 'kept_rate'
        ),
        (
            'asset_change', 1, date '2026-11-16', 'AUM 较基线变化', 'AUM against the baseline',
            '首次触达同期群：月末时点余额减首次触达前一日的时点余额；当日或之后才成为客户的基线为 0',
            'Balance at month end minus the frozen one of the day before the first touch',
            'yuan', 'compared', 'asset_changes', 'change_yuan'
        ),
        (
            'card_product_click', 1, date '2026-11-16', '分卡种点击', 'Clicks by card product',
            '各卡种带码链接的点击次数，按层级',
            'Coded clicks on the links of a card product',
            'count', '', 'card_products', 'clicks'
        ),
        (
            'approval_rate', 1, date '2026-11-16', '办卡核准率', 'Card approval rate',
            '当月申请客户中，30 天内核准者占比；核准取申请后、下一次申请前的首次',
            'Of the month''s applicants, approved within 30 days of the application',
            'share', 'applicants', 'card_approvals', 'approval_rate'
        ),
        (
            'approval_hours', 1, date '2026-11-16', '办卡核准用时', 'Time to approval',
            '自申请到核准的小时数，取中位',
            'Hours from application to approval, the median',
            'hours', '', 'card_approvals', 'median_hours'
        ),
        (
            'conversion', 1, date '2026-11-16', '转化率对照', 'Conversion and the line',
            '到达成为新户、到达申购、卡种点击申请、理财点击申购；Wilson 区间整体高于或低于 3% 基准才判高低',
            'Four rates; above or below the 3 % line only where the whole interval is',
            'share', 'n', 'conversions', 'conversion_rate'
        ),
        (
            'experiment_rate', 1, date '2026-11-16', '实验转化率', 'Rate of a variant',
            '观察期已满的人中，首次分组起 window_days 天内（含边界）发生指标事件的占比；分到多组的人不计入任何组',
            'Of those whose window is over, who had the event in it; of several variants: in none',
            'share', 'observed', 'experiments', 'rate'
        ),
        (
            'experiment_difference', 1, date '2026-11-16', '实验差异', 'Difference to the control',
            '该组转化率减对照组；只看一次的实验在全部观察期满后才有，区间为 Newcombe 95%',
            'Rate minus that of the control; of one look: when mature, Newcombe 95 %',
            'share', '', 'experiments', 'difference'
        ),
        (
            'experiment_sequential', 1, date '2026-11-16', '随时可看区间', 'Always-valid interval',
            '可随时查看的实验的差异区间（mSPRT，正态混合）：无论看多少次，误报不超过 5%；比一次性区间宽',
            'mSPRT with a normal mixture: wrong in at most 5 % however often it is read; wider',
            'share', '', 'experiments', 'sequential_low'
        ),
        (
            'experiment_detectable', 1, date '2026-11-16', '最小可检出差异', 'Detectable effect',
            '以现有观察人数，双侧 5% 检验有八成把握发现的差异',
            'What a two-sided test at 5 % finds with 80 % power at the persons observed',
            'share', '', 'experiments', 'detectable'
        ),
        (
            'experiment_ratio', 1, date '2026-11-16', '分流检验 p 值', 'Sample ratio p',
            '各组人数与计划比例的卡方检验；低于 ratio_mismatch_p 说明分流或记录有误，不读差异',
            'Chi-square of the split against the plan; no difference if below ratio_mismatch_p',
            'share', 'assigned', 'experiments', 'ratio_p'
        ),
        (
            'spend', 1, date '2026-11-16', '投入', 'Spend',
            '银行交付的费用，按所属日归入月份；退款为负；没有交付即无数，不是零',
            'What the bank paid, by the day it was for; refunds are negative; not there: null',
            'yuan', '', 'acquisition_costs', 'spend_yuan'
        ),
        (
            'yuan_per_arrival', 1, date '2026-11-16', '每到达成本', 'Cost per arrival',
            '投入 ÷ 当月在该层级来源码下首次到达的去重人数',
            'Spend / distinct persons with a first session under a code of it in the month',
            'yuan', 'arrivals', 'acquisition_costs', 'yuan_per_arrival'
        ),
        (
            'cac', 1, date '2026-11-16', '获客成本', 'CAC',
            '投入 ÷ 归因的新户（末次触点）；人数隐去时成本一并隐去',
            'Spend / attributed new customers (last touch); withheld with their number',
            'yuan', 'new_customers', 'acquisition_costs', 'cac_yuan'
        ),
        (
            'yuan_per_10k_aum', 1, date '2026-11-16', '每万元 AUM 成本', 'Cost per 10,000 of AUM',
            '投入 ÷ 当月归因新户次月的月日均 AUM，按每万元',
            'Spend for each 10,000 yuan of their month-average AUM in the month after',
            'yuan', 'aum_yuan', 'acquisition_costs', 'yuan_per_10k_aum'
        ),
        (
            'roi', 1, date '2026-11-16', '活动 ROI', 'ROI of a campaign',
            '活动开始后满 30、60、90 天时（回报 − 投入）÷ 投入；回报按 return_ 开头的参数折算；未满期不算',
            '(Return - spend) / spend at 30, 60, 90 days; return by the parameters return_…',
            'share', 'spend_yuan', 'campaign_returns', 'roi'
        ),
        (
            'campaign_cac', 1, date '2026-11-16', '活动获客成本', 'CAC of a campaign',
            '到期投入 ÷ 末次触点为活动来源码的新户',
            'Spend until the horizon / new customers whose last touch was a code of the campaign',
            'yuan', 'new_customers', 'campaign_returns', 'cac_yuan'
        ),
        (
            'merchant_signal', 1, date '2026-11-16', '商户经营信号', 'Merchant signal',
            '连续 merchant_weeks_down 周低于前一周，且累计跌去 merchant_fallen_percent%；仅限已授权商户，默认不启用',
            'Below the week before so many weeks in a row, and by so much in all; opt-in',
            'count', '', 'merchant_signals', 'signals'
        ),
        (
            'merchant_down_share', 1, date '2026-11-16', '商户下降占比', 'Share of merchants down',
            '两周均有数的商户中，本周低于上周的占比：用以区分个别下降与普遍的季节性',
            'Of merchants with both weeks: below the week before; a season shows here',
            'share', 'comparable', 'merchant_signals', 'down_share'
        ),
        (
            'channel_curve', 1, date '2026-11-16', '投放曲线（模型）', 'Spend curve (a model)',
            '各平台每周投入与归因新户的饱和曲线，最小二乘；区间为 400 次有放回抽周；不含赠品抽奖',
            'New customers of a week by spend, saturating, least squares; no giveaways',
            'persons', 'spend_yuan', 'channel_curves', 'expected'
        ),
        (
            'channel_mix', 1, date '2026-11-16', '模型建议投入', 'Suggested spend (a model)',
            '同样总额下各平台下一元带来同样多新户的分法，不超出各平台历史单周范围；模型，非结论',
            'The same sum where the next yuan brings as much everywhere',
            'yuan', 'spend_yuan', 'channel_mix', 'suggested_yuan'
        ),
        (
            'channel_mix_gain', 1, date '2026-11-16', '建议带来的新户（模型）', 'Gain by it (a model)',
            '按该分法每周多出的新户及 95% 区间；含 0 即看不出好处',
            'New customers a week more by it; with 0 in its interval nothing is shown',
            'persons', '', 'channel_mix', 'gain'
        ),
        (
            'reads_last_week', 1, date '2026-11-16', '本周新增阅读', 'Reads gained in the week',
            '相邻两次导出的累计值之差按天均摊到报告周；平台回收的计负',
            'Difference of consecutive exports, spread by day; what platforms take back counts',
            'count', '', 'content_posts', 'reads_last_week'
        ),
        (
            'engagement_rate', 1, date '2026-11-16', '互动率', 'Engagement rate',
            '互动 ÷ 阅读',
            'Engagement / reads',
            'share', 'reads', 'content_posts', 'engagement_rate'
        ),
        (
            'follow_rate', 1, date '2026-11-16', '关注率', 'Follow rate',
            '由该作品带来的新增关注 ÷ 阅读',
            'Followers won through the post / its reads',
            'share', 'reads', 'content_posts', 'follow_rate'
        ),
        (
            'click_rate', 1, date '2026-11-16', '点击率', 'Click rate',
            '该作品专属链接的带码点击 ÷ 阅读',
            'Coded clicks on links of the post / its reads',
            'share', 'reads', 'content_posts', 'click_rate'
        ),
        (
            'reach_per_follower', 1, date '2026-11-16', '粉丝触达率', 'Reach per follower',
            '曝光（无则阅读）÷ 发布日日终粉丝数；可大于 1',
            'Impressions, else reads / followers on the day of publication; may be above 1',
            'ratio', 'followers_at_publication', 'content_posts', 'reach_per_follower'
        ),
        (
            'half_life', 1, date '2026-11-16', '作品半衰期', 'Half-life of a post',
            '自发布日零点到阅读达至今一半的天数，两次导出间线性内插；满 28 天且导出三次才算',
            'Days to half of the reads so far, interpolated; of posts of 28 days and three exports',
            'days', '', 'content_posts', 'half_life_days'
        ),
        (
            'theme', 1, date '2026-11-16', '主题', 'Theme',
            '本行标注的主题，未标注者由分类器按标题判定；导出不含正文',
            'What a post is about: the bank''s own label, else as the classifier reads its title',
            '', '', 'content_posts', 'theme'
        ),
        (
            'selling_form', 1, date '2026-11-16', '带货形式', 'Form of selling',
            '本行标注，否则分类器按标题判定：直播带货、活动福利、产品植入或无',
            'How a post sells, by label or title: live commerce, benefit, placement or none',
            '', '', 'content_posts', 'selling_form'
        ),
        (
            'mix_share', 1, date '2026-11-16', '内容占比', 'Share of content',
            '某主题或形式的作品 ÷ 当月该层级有标题的作品',
            'Posts of a theme or form / all posts with a title of the month and level',
            'share', 'posts', 'content_mix', 'share'
        ),
        (
            'effective_number', 1, date '2026-11-16', '有效主题数', 'Effective number of themes',
            '1 ÷ 各占比平方和；各类均等时等于类别数',
            '1 / sum of squared shares; the number of categories where all are as frequent',
            '', '', 'content_variety', 'effective_number'
        ),
        (
            'duplicate_rate', 1, date '2026-11-16', '同质化率', 'Homogeneity',
            '90 天内有标题近似作品在前者占比；同一作品的多平台分发不计；分本账号与本行其他账号',
            'Posts with a near duplicate by title in the 90 days before; copies of a work not',
            'share', 'posts', 'homogeneity', 'duplicate_rate'
        ),
        (
            'finding_share', 1, date '2026-11-26', '在线内容违规发现率', 'Posts with findings',
            '标题有发现的作品 ÷ 当周发布的有标题作品；按发布日的规则；只看标题，不查“未写明”一类',
            'Posts whose title has a finding by the rules of its day / posts with a title',
            'share', 'posts_reviewed', 'compliance_findings', 'found_share'
        ),
        (
            'days_to_fix', 1, date '2026-11-26', '改正用时', 'Time to fix a post',
            '自首次导出显示发现，到首次导出显示新标题已无此发现；导出之间不可见，故为上限',
            'From the first export that shows a finding to the first one without it; at most',
            'days', '', 'compliance_posts', 'days_to_fix'
        ),
        (
            'repeat_findings', 1, date '2026-11-26', '屡犯账号', 'Repeated findings',
            '近 13 周内同一类别在 3 周或以上有发现的账号',
            'Accounts with findings of one category in 3 or more of the last 13 weeks',
            'count', '', 'compliance_repeats', 'weeks_found'
        ),
        (
            'rejection_rate', 1, date '2026-11-26', '驳回率', 'Rejection rate',
            '首次送审被驳回的稿件 ÷ 首次送审已定（通过或驳回）的稿件；重投只计一次；少于 10 篇不展示',
            'Rejected first submissions / first submissions passed or rejected; from 10 on',
            'share', 'decided', 'compliance_reviews', 'rejection_rate'
        ),
        (
            'miss_rate', 1, date '2026-11-26', '漏检率', 'Miss rate of review',
            '事后复查认为不应通过的稿件 ÷ 复查的已通过稿件；少于 10 篇不展示',
            'Texts that should not have passed / passed texts looked at again; from 10 on',
            'share', 'rechecked', 'compliance_reviews', 'miss_rate'
        ),
        (
            'hours_to_fix', 1, date '2026-11-26', '稿件改正用时', 'Time to correct a text',
            '自首次送审未通过到同一稿件通过的小时数的中位数',
            'Median hours from a first decision other than pass to the pass of the same content',
            'hours', '', 'compliance_reviews', 'median_hours_to_fix'
        ),
        (
            'negative_share', 1, date '2026-11-26', '负面评论占比', 'Share of negative comments',
            '判为负面的评论 ÷ 交付的评论；按评论计，不识别也不统计评论人',
            'Comments judged negative / comments delivered; who wrote them is never known',
            'share', 'comments', 'opinion', 'negative_share'
        ),
        (
            'response_hours', 1, date '2026-11-26', '评论回复用时', 'Response time',
            '自评论到账号首次回复的小时数的中位数；文件不含回复时间的账号不计',
            'Median hours from a question or complaint to the first answer of the account',
            'hours', '', 'opinion_answers', 'median_response_hours'
        ),
        (
            'grave_comments', 1, date '2026-11-26', '严重评论', 'Grave comments',
            '严重度 3 的评论：诈骗、信息泄露、误导销售、扬言投诉监管；有一条即预警',
            'Comments of severity 3: fraud, leaked data, mis-selling, threats to complain outside',
            'count', '', 'alerts', 'value'
        ),
        (
            'posting_effect', 1, date '2026-11-16', '发布时段效应', 'Effect of posting time',
            '该时段作品阅读的几何均值 ÷ 本账号几何均值 − 1',
            'Geometric mean of reads over that of the account itself, less 1',
            'share', '', 'posting_times', 'effect'
        ),
        (
            'stay_rate', 1, date '2026-11-16', '粉丝留存率', 'Followers who stay',
            '1 − 涨粉周结束后 30 天超出平常的流失 ÷ 该周新增，限于 0 到 1；平常为此前八周中位数',
            '1 - losses beyond the usual in the 30 days after the week / followers won in it',
            'share', 'gained', 'follower_quality', 'stay_rate'
        ),
        (
            'giveaway_per_1000', 1, date '2026-11-16', '福利周千名新增关注新户', 'Giveaway new customers',
            '有活动福利作品的账号周：新户 ÷ 新增关注 × 1000；与普通周并列',
            'New customers / 1,000 followers won, of weeks with a post that offers a benefit',
            'per 1,000', 'gained', 'giveaway_weeks', 'giveaway_per_1000'
        ),
        (
            'expected', 1, date '2026-11-16', '常值', 'Expected value',
            '此前数周同期的中位数；日看同星期几，周看各周；平台计数的离散度取对数后计算',
            'Median of the weeks before: a day by its weekday; spreads of counts by logarithm',
            '', '', 'expected_ranges', 'expected'
        ),
        (
            'alert', 1, date '2026-11-16', '预警', 'Alert',
            '偏离常值达到设定的离散度（1.4826 × 绝对中位差，不小于随机波动）；比率须整个区间在外',
            'Off the expected by so many spreads (1.4826 x MAD, no less than chance)',
            '', '', 'alerts', 'severity'
        ),
        (
            'forecast', 1, date '2026-11-16', '预测', 'Forecast',
            '沿用、均值、漂移、阻尼四法中回测误差最小者；区间涵盖此前五分之四的误差',
            'Of last, mean, drift and damped the one that erred least; four of five errors within',
            '', '', 'forecasts', 'value'
        ),
        (
            'forecast_error', 1, date '2026-11-16', '预测回测误差', 'Backtest error',
            '该方法在历史各期上试算的平均绝对误差，单位同指标',
            'Mean absolute error of the method tried on the past, in the metric''s unit',
            '', '', 'forecasts', 'error'
        ),
        (
            'coverage', 1, date '2026-11-16', '授权覆盖率', 'Consent coverage',
            '持有有效单独同意的客户 ÷ 本行交付的全部客户；其余客户不进入任何人数',
            'Customers with a valid separate consent / all delivered; others are never counted',
            'share', 'customers', 'consent_coverage', 'coverage'
        ),
        (
            'consent_reason', 1, date '2026-11-26', '授权状态客户数', 'Customers by consent',
            '本行交付的客户按最近一次授权事件：已计入、从未征询、已撤回、同时授予与撤回、已过期、非单独同意、告知版本过旧',
            'Customers by their latest consent event: counted, or the first reason why not',
            'persons', '', 'consent_reasons', 'customers'
        ),
        (
            'not_addressed', 1, date '2026-11-26', '拒绝个性化触达客户数', 'Refused to be addressed',
            '已计入的客户中拒绝个性化推荐与推送的；计入人数，不进入任何触达名单',
            'Of the customers counted, who refused personal marketing; in no list to reach people',
            'persons', '', 'consent_coverage', 'not_addressed'
        ),
        (
            'days_behind', 1, date '2026-11-16', '数据滞后天数', 'Days behind',
            '运行日前一天减去数据最后一天',
            'The day before the run minus the last day of the data',
            'days', '', 'data_freshness', 'days_behind'
        )
    )
)

select
    metric,              -- short name, as the page links to it
    version,             -- counts up with each change of meaning
    valid_from,          -- first day of this meaning
    name_zh,             -- as the page says it
    name_en,             -- the same in English
    meaning_zh,          -- one sentence
    meaning_en,          -- the same in English
    unit,                -- count, persons, yuan, share (a fraction), ratio, per 1,000, days, …
    nullif(base, '') as base,  -- what a rate is taken of
    table_name,          -- in schema published
    column_name          -- the column that carries it
from definitions
