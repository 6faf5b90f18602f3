"""A form that tries a term: which sentences it would label, without saving it."""

import ipywidgets

from analysis.nlp.topics.taxonomy import LISTS, NO_TOPIC, topic_definitions
from analysis.pipeline.analyse import Tables
from analysis.workbench.lexicon_diff import diff_with_term, lexicon_diff_view
from analysis.workbench.panes import dropdown, show, shown_mistakes, text_field


class TryTermForm(ipywidgets.VBox):
    """Type a term, choose a topic, and see what would change; nothing is saved."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.dimension = dropdown("Kind", list(LISTS))
        self.term = text_field("Term", "one or more words, such as export controls")
        self.topic = dropdown("Topic", [])
        self.try_button = ipywidgets.Button(description="Try it", icon="search")
        self.pane = ipywidgets.Output()
        super().__init__([self.dimension, self.term, self.topic, self.try_button, self.pane])
        self.add_class("faultline-term")
        self.dimension.observe(self.on_dimension, names="value")
        self.try_button.on_click(self.on_try)
        self.dimension.index = 0

    def on_dimension(self, _: object = None) -> None:
        topics = topic_definitions(self.dimension.value)["topic"].tolist()
        self.topic.options = [*topics, NO_TOPIC]
        self.topic.index = 0

    def on_try(self, _: object) -> None:
        with shown_mistakes(self.pane):
            diff = diff_with_term(self.tables, self.dimension.value, self.term.value, self.topic.value)
            show(self.pane, lexicon_diff_view(diff, self.tables))
