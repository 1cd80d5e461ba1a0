"""The brief of a seat, under the name of its subject; ``model.brief`` defines it, because talks files hold briefs."""

from goodoffices.talks.model.brief import Brief as Brief, RedLine as RedLine, Temper as Temper
