# A marimo notebook: `marimo edit docs/notebooks/week.py`, or `python docs/notebooks/week.py`.
import marimo

app = marimo.App(app_title="从粉丝到活跃客户")


@app.cell
def _():
    import os
    from pathlib import Path

    import duckdb
    import marimo as mo
    import plotly.graph_objects as go

    # The published database only: aggregates, small cells withheld.
    database = Path(os.environ.get("FUNNEL_HOME", "data")) / "funnel.duckdb"
    connection = duckdb.connect(str(database), read_only=True)
    return connection, go, mo


@app.cell
def _(connection, mo):
    weeks = [
        week
        for (week,) in connection.execute(
            "select distinct week from published.weekly_steps order by week desc"
        ).fetchall()
    ]
    chosen = mo.ui.dropdown(weeks, value=weeks[0], label="周")
    chosen
    return (chosen,)


@app.cell
def _(chosen, connection, go):
    steps = connection.execute(
        """
        select stage, value, step_rate, rate_low, rate_high
        from published.weekly_steps
        where week = ? and level = 'bank'
        order by stage_order
        """,
        [chosen.value],
    ).df()
    go.Figure(go.Funnel(y=steps["stage"], x=steps["value"]), layout={"title": chosen.value})
    return (steps,)


@app.cell
def _(steps):
    steps
    return


@app.cell
def _(connection, go):
    months = connection.execute(
        """
        select month, mau, stable_mau
        from published.monthly_active
        where level = 'bank'
        order by month
        """
    ).df()
    lines = [
        go.Scatter(x=months["month"], y=months[name], name=name) for name in ("mau", "stable_mau")
    ]
    go.Figure(lines, layout={"title": "月活与稳定月活"})
    return (months,)


if __name__ == "__main__":
    app.run()
