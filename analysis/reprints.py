"""Which articles tell one story: for now each its own."""


def story_ids(articles: list[tuple]) -> dict[str, str]:
    """Story of each article, from its id, day and text."""
    return {article_id: article_id for article_id, _, _ in articles}
