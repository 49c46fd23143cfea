"""The numbers that define the metrics, which a bank may set otherwise."""

import tomllib
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Parameters(BaseModel):
    """The numbers that define a metric; the defaults are the agreed ones, each printed on the page.

    Source: docs/METRICS.md, the rule named beside each field.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    funnel_window_days: int = Field(30, ge=1, description="人群漏斗窗口：自到达起的天数")
    attribution_lookback_days: int = Field(30, ge=1, description="归因回看：转化前的天数")
    attribution_half_life_days: int = Field(7, ge=1, description="时间衰减归因：触点权重减半的天数")
    attribution_markov_order: int = Field(
        1, ge=1, le=3, description="马尔可夫归因：下一步取决于最近几个触点"
    )
    attribution_path_transform: Literal["unique", "exposure", "first", "recent"] = Field(
        "unique",
        description="马尔可夫归因的路径：原样、连续重复合一、只留各渠道首次、只留各渠道末次",
    )
    retention_periods: int = Field(12, ge=1, le=24, description="留存：到达后观察的周数、月数")
    new_days: int = Field(30, ge=1, description="生命周期：成为客户后视为新客的天数")
    dormant_days: int = Field(90, ge=1, description="生命周期：无登录、无自主交易达到此天数为沉睡")
    lost_days: int = Field(180, ge=2, description="生命周期：无登录、无自主交易达到此天数为流失")
    lost_aum_drop_percent: int = Field(
        80, ge=1, le=100, description="生命周期：月日均 AUM 较近六个月峰值下降达到此百分数为流失"
    )
    stable_months: int = Field(3, ge=2, le=12, description="稳定月活：连续活跃的自然月数")
    asset_threshold_yuan: int = Field(1000, ge=0, description="有资产：AUM 达到的金额（元）")
    repeat_days: int = Field(180, ge=1, description="复购：自首次申购起的天数")
    aum_early_days: int = Field(30, ge=1, description="MAU→AUM：第一个观察期，自首次活跃起的天数")
    aum_middle_days: int = Field(60, ge=1, description="MAU→AUM：第二个观察期的天数")
    aum_horizon_days: int = Field(90, ge=1, description="MAU→AUM：自首次活跃起的天数")
    baseline_days: int = Field(
        1, ge=1, le=31, description="AUM 变化：冻结基线取首次触达前多少天内最近的时点余额"
    )
    asset_change_months: int = Field(
        6, ge=1, le=24, description="AUM 变化：首次触达后观察的自然月数"
    )
    gold_yuan: int = Field(50_000, ge=1, description="财富层级：金卡的月日均 AUM 下限（元）")
    platinum_yuan: int = Field(200_000, ge=1, description="财富层级：白金的月日均 AUM 下限（元）")
    diamond_yuan: int = Field(500_000, ge=1, description="财富层级：钻石的月日均 AUM 下限（元）")
    private_yuan: int = Field(
        6_000_000, ge=1, description="财富层级：私人银行的月日均 AUM 下限（元）"
    )
    below_months: int = Field(
        3, ge=1, le=24, description="财富层级：连续低于本级多少个月后列为关注"
    )
    watched_months: int = Field(3, ge=1, le=24, description="财富层级：连续关注多少个月后下调")
    approval_days: int = Field(30, ge=1, description="办卡核准：自申请起的天数")
    small_cell: int = Field(10, ge=2, description="小单元：低于此人数的单元格不展示")
    rounded_to: int = Field(
        1, ge=1, le=100, description="取整：人数取整到它的倍数，1 为不取整（对外为 5）"
    )
    small_n: int = Field(30, ge=1, description="小样本：低于此基数的比率置灰")
    overdue_days: int = Field(8, ge=1, description="数据逾期：超过此天数无新数据")
    experiment_effect_sd: float = Field(
        0.05, gt=0, le=1, description="实验随时可看区间：预期效应的标准差（转化率之差）"
    )
    ratio_mismatch_p: float = Field(
        0.001, gt=0, lt=1, description="实验分流不符：低于此 p 值则不读差异"
    )
    return_per_10k_aum_month: float = Field(
        0, ge=0, description="回报：新户每万元 AUM 每月（元）；三项均为 0 即未设定，不算 ROI"
    )
    return_per_10k_subscribed: float = Field(0, ge=0, description="回报：每万元确认申购（元）")
    return_per_application: float = Field(0, ge=0, description="回报：每笔办卡申请（元）")
    benchmark_conversion: float = Field(0.03, gt=0, le=1, description="行业平均转化率参考线")
    watch_weeks: int = Field(8, ge=2, le=52, description="预警：参照此前多少周")
    watch_least: int = Field(5, ge=2, description="预警：少于此期数的历史不作判断")
    watch_spreads: float = Field(4.0, gt=0, description="预警：偏离中位数超过几个离散度即提示")
    work_days: int = Field(3, ge=0, description="同一作品：各平台发布相隔的最多天数")
    work_similarity: float = Field(0.6, gt=0, le=1, description="同一作品：标题相似度下限")
    half_life_least_days: int = Field(28, ge=1, description="作品半衰期：发布满此天数才计算")
    follower_stay_days: int = Field(30, ge=1, description="粉丝质量：涨粉周结束后观察的天数")
    repeat_finding_weeks: int = Field(13, ge=1, description="屡犯：看运行日之前多少周发布的作品")
    repeat_finding_least: int = Field(3, ge=2, description="屡犯：同一类别在多少周内有发现即列出")
    review_least: int = Field(10, ge=1, description="审稿：少于此篇数不展示驳回率与漏检率")
    homogeneity_days: int = Field(90, ge=1, description="同质化：与此前多少天内的作品比较")
    homogeneity_similarity: float = Field(
        0.6, gt=0, le=1, description="同质化：标题相似度达到此值为近似重复"
    )
    posting_least_days: int = Field(14, ge=1, description="发布时间：发布满此天数的作品才比较")
    posting_least: int = Field(5, ge=3, description="发布时间：少于此篇数置灰、不给区间")
    refused_share_limit: float = Field(
        0.5, ge=0, le=1, description="拒收行占比上限，超过则整份不入库"
    )
    held_overlap: float = Field(
        0.5, gt=0, le=1, description="留置：与另一账号已入库内容重合超过此比例的导出"
    )
    held_shrink: float = Field(
        0.5, ge=0, lt=1, description="留置：累计清单的行数低于上次导出的此比例"
    )
    held_least_rows: int = Field(3, ge=1, description="留置：少于此行数的导出不作判断")
    mix_weeks: int = Field(52, ge=12, description="渠道投放模型：使用的最近周数")
    mix_least_weeks: int = Field(12, ge=8, description="渠道投放模型：少于此周数不拟合曲线")
    merchant_purpose: str = Field(
        "", description="商户经营信号：所依据的授权用途；留空即不启用，不计算任何商户"
    )
    merchant_weeks_down: int = Field(4, ge=2, description="商户经营信号：连续下降的周数")
    merchant_fallen_percent: int = Field(
        20, ge=0, le=100, description="商户经营信号：较下降前一周累计跌去的百分数"
    )
    consent_purpose: str = Field("channel_analytics", description="人群分析所依据的授权用途")

    @model_validator(mode="after")
    def _steps_ascend(self) -> Self:
        for steps in (
            ("aum_early_days", "aum_middle_days", "aum_horizon_days"),
            ("gold_yuan", "platinum_yuan", "diamond_yuan", "private_yuan"),
        ):
            values = [getattr(self, step) for step in steps]
            if values != sorted(set(values)):
                raise ValueError(f"{', '.join(steps)} are {values}; expected each above the last")
        return self


def meanings() -> dict[str, tuple[str, str]]:
    """Tell what each parameter sets, in Chinese and in English, in their order."""
    english = tomllib.loads(Path(__file__).with_suffix(".en.toml").read_text(encoding="utf-8"))
    fields = Parameters.model_fields.items()
    return {name: (field.description or "", english[name]) for name, field in fields}
