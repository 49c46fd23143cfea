def test_no_rate_crosses_the_bridge_and_persons_step_one_deeper_each(assert_built):
    assert_built(
        "core.stages",
        """
        stage_order | stage        | base_stage   | depth
        0           | exposure     |              | 0
        1           | read         | exposure     | 0
        2           | engagement   | read         | 0
        3           | follow       | read         | 0
        4           | intent       | read         | 0
        5           | click        | read         | 0
        6           | arrival      |              | 1
        7           | new_customer | arrival      | 2
        8           | active       | new_customer | 3
        9           | asset        | active       | 4
        10          | subscription | asset        | 5
        """,
    )
