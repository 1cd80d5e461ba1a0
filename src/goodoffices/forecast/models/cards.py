"""All models by name, with the evidence for each, what it reproduces, and its source."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from goodoffices.data_class import dataclass
from goodoffices.errors import ForecastInputError, UnknownModelError
from goodoffices.forecast.inputs.argument_checks import kind_in
from goodoffices.forecast.models import challenge, combination, condorcet, exchange, means, nash, procedural, spatial
from goodoffices.forecast.models.base import Model
from goodoffices.names import nearest_word

DEFAULT_MODEL = "compromise"
"""No model tested is better for certain, and its point follows its actors."""
FOLLOWING = frozenset({
    "compromise", "mean", "mean:salience", "mean:capability", "median", "median:weighted", "nbs:no-deal",
    "nbs:reference", "ks:reference", "procedural:setter", "constant",
})  # fmt: skip
"""Models whose point never moves away from an actor that comes closer. A property test holds it, and finds a case
against every other model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """What is known about one model.

    Attributes
    ----------
    evidence
        Mean absolute error on European Union decisions, on 351 scoreable issues of DEU III if a study gives it.
    reproduces
        The published numbers, or numbers of other programs, that the tests compare it with.
    follows
        Whether the point of an issue never moves away from an actor that comes closer. Models without this property
        are for comparison only: they must not be asked what would change an outcome.
    """

    name: str
    variant: str
    source: str
    reproduces: str
    evidence: str
    follows: bool
    build: Callable[..., Model]

    @property
    def mean_error(self) -> float | None:
        """The mean absolute error in ``evidence``, in hundredths of the scale; None if it states none."""
        found = re.search(r"MAE (\d+(?:\.\d+)?)", self.evidence)
        return float(found[1]) if found else None


def _card(build: Callable[..., Model], variant: str, source: str, reproduces: str, evidence: str) -> ModelCard:
    model = build()
    return ModelCard(
        name=model.name, variant=variant, source=source, reproduces=reproduces, evidence=evidence,
        follows=model.name in FOLLOWING, build=build,
    )  # fmt: skip


_CARDS = (
    _card(condorcet.pce_markov_uniform, "as published", "Wise, Lester & Efird 2015 (KTAB)",
          "re-derived values to 1e-6; KTAB's printed digits on its example",
          "MAE 22.59; that it is better than the compromise is not established (95 % interval -0.85 to +0.03), and it "
          "is the best of 45 methods compared on the same issues"),
    _card(means.compromise, "as published", "Van den Bos 1991; Stokman & Van den Bos 1992; Achen 2006",
          "re-derived values to 1e-6",
          "MAE 22.99; that it is better than the plain mean is not established (95 % interval -2.18 to +0.57 on 233 "
          "issues); no dynamic model is known to be better"),
    _card(nash.nbs_no_deal, "cost of no deal K", "Nash 1950; Achen 2006", "a study's grid maxima within 0.25",
          "MAE 22.97"),
    _card(condorcet.pce_conditional, "as published", "Wise, Lester & Efird 2015 (KTAB)", "re-derived values to 1e-6",
          "MAE 23.39"),
    _card(condorcet.pce_markov_incentive, "as published", "Wise, Lester & Efird 2015 (KTAB)",
          "re-derived values to 1e-6", "MAE 23.46"),
    _card(means.mean, "unweighted", "textbook", "re-derived values to 1e-6", "MAE 23.63"),
    _card(means.mean_salience, "salience only", "textbook", "re-derived values to 1e-6", "MAE 23.64"),
    _card(means.mean_capability, "capability only", "textbook", "re-derived values to 1e-6", "MAE 23.24 on 233 issues"),
    _card(spatial.ktab_smp, "as the program runs", "Wise, Lester & Efird 2015; Efird, Lester & Wise 2016 (KTAB)",
          "every printed digit of KTAB's runs", "MAE 23.74"),
    _card(combination.combination, "equal shares", "Clemen 1989", "nothing published", "see the table of a backtest"),
    _card(exchange.exchange_equal_gain, "equal gain, one round", "Stokman & Van Oosten 1994",
          "a public program's exchanges to 1e-6", "MAE 24.44; on issues decided together one round makes it worse"),
    _card(nash.nbs_reference, "status quo and cost of no deal", "Nash 1950", "a study's grid maxima within 0.25",
          "MAE 24.2 (phi = 1, p = 2)"),
    _card(nash.ks_reference, "status quo and cost of no deal", "Kalai & Smorodinsky 1975", "nothing published",
          "see the table of a backtest"),
    _card(challenge.bdm_published_numbers, "as the published numbers were produced",
          "Bueno de Mesquita 1985-1997; Scholz, Calbert & Smith 2011", "a public program's 10 rounds to 1e-9; Table 2",
          "MAE 26.19 (mean after 5 rounds)"),
    _card(challenge.bdm_as_printed, "as printed", "Scholz, Calbert & Smith 2011", "a study's values to 1e-4",
          "MAE 30.68 on 233 issues (mean after 5 rounds)"),
    _card(means.constant, "trivial", "none", "nothing to reproduce", "MAE 27.96"),
    _card(means.median, "unweighted", "Black 1948", "re-derived values to 1e-6", "MAE 28.37; hits within 5 more often"),
    _card(means.median_weighted, "as published", "Black 1948; Bueno de Mesquita 1997", "re-derived values to 1e-6",
          "MAE 28.42; hits within 5 twice as often as means"),
    _card(means.plurality, "capability x salience", "textbook", "a study's values to 1e-4", "MAE 32.56 on 233 issues"),
    _card(procedural.procedural_setter, "agenda setter and quota", "Romer & Rosenthal 1978; Tsebelis 2002",
          "a re-derived error to 0.01", "MAE 35.5 on 247 issues where the compromise has 23.3"),
)  # fmt: skip

MODELS: Mapping[str, ModelCard] = MappingProxyType({card.name: card for card in _CARDS})

DEFAULT_MODELS: tuple[str, ...] = (
    "pce:markov-uniform", "compromise", "nbs:no-deal", "pce:conditional", "pce:markov-incentive", "mean",
    "mean:salience", "mean:capability", "ktab-smp", "combination", "exchange:equal-gain", "bdm:published-numbers",
    "bdm:as-printed", "constant", "median", "median:weighted", "plurality",
)  # fmt: skip


def model_named(model: str | Model) -> Model:
    """Return a model by its name, which may have options in brackets: ``"nbs:reference(phi=0.5)"``.

    Raises
    ------
    UnknownModelError
        With the nearest name.
    ForecastInputError
        If an option is not known or has an impossible value.
    """
    if isinstance(model, Model):
        return model
    kind_in(model, "the model", str, "give its name, such as 'compromise', or a configured model")
    found = re.fullmatch(r"\s*([^()\s]+)\s*(?:\((.*)\))?\s*", model)
    name, inside = (found.group(1), found.group(2)) if found else (model, None)
    if name not in MODELS:
        raise UnknownModelError("model", name, tuple(MODELS), nearest=nearest_word(name, MODELS))
    options = _options(model, inside) if inside else {}
    try:
        return MODELS[name].build(**options)
    except TypeError as error:
        raise ForecastInputError(f"model {model!r}: {error}; see the card of {name!r} for its options") from error


def _options(model: str, inside: str) -> dict[str, object]:
    try:
        call = ast.parse(f"options({inside})", mode="eval").body
        if not isinstance(call, ast.Call) or call.args:
            raise ValueError("options are written name=value")
        return {str(word.arg): ast.literal_eval(word.value) for word in call.keywords}
    except (SyntaxError, ValueError) as error:
        raise ForecastInputError(
            f"the options of model {model!r} cannot be read; write them as in nbs:reference(phi=0.5, p=1)"
        ) from error
