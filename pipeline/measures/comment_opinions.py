"""How comments speak of the bank, by their words alone."""

import pyarrow as pa

from pipeline.measures.columns import filled


def comment_opinions(rows: pa.Table) -> pa.Table:
    """Judge comments as the reviewer does.

    Takes a row a comment. Gives the same rows with `sentiment`, `severity`, `aspects` (parted by
    `;`) and `is_question` filled in. A text that several comments have is read once.
    """
    from pipeline.review import asks, judge

    texts = rows["text"].to_pylist()
    distinct = sorted(set(texts))
    judged = dict(zip(distinct, judge(distinct), strict=True))
    found = [judged[text] for text in texts]
    asking = {text: asks(text) for text in distinct}
    return filled(
        rows,
        {
            "sentiment": [opinion.sentiment for opinion in found],
            "severity": [opinion.severity for opinion in found],
            "aspects": [";".join(opinion.aspects) for opinion in found],
            "is_question": [asking[text] for text in texts],
        },
    )
