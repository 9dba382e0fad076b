"""The exported models give what sentence-transformers gives, and never depend on company."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexDamaged, UsageError
from index.models import installed
from index.models.export import export_model
from index.models.runtime import CrossEncoder, Encoder

TEXTS = [
    "Ask for the range before you name a number.",
    "Résumé — “quotes” and 🙂 emoji",
    "a",
    "word " * 600,
]


@pytest.fixture(scope="module")
def encoder(models: Path) -> Encoder:
    """The default encoder."""
    return Encoder(export_model("encoder", "", models))


@pytest.fixture(scope="module")
def reader(models: Path) -> CrossEncoder:
    """The default cross-encoder."""
    return CrossEncoder(export_model("cross-encoder", "", models))


def test_vectors_are_those_of_sentence_transformers(encoder: Encoder) -> None:
    """Every vector has a cosine of at least 0.9999 with the library's own."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(installed.encoder_folder()), device="cpu")
    theirs = model.encode(TEXTS, normalize_embeddings=True)
    ours = encoder.encode(TEXTS)
    assert ours.shape == theirs.shape == (len(TEXTS), 384)
    assert np.min(np.sum(ours * theirs, axis=1)) >= 0.9999


def test_the_order_of_sentences_is_that_of_sentence_transformers(encoder: Encoder) -> None:
    """A question finds the same sentences in the same order as with the library's own vectors."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(installed.encoder_folder()), device="cpu")
    sentences = [
        TEXTS[0],
        "A portfolio shows what you can build.",
        "Remote roles are paid by the region of the company.",
        "Answer the recruiter within two days.",
        "Ramen is best served hot.",
    ]
    for question in ("how do i negotiate an offer?", "is remote work paid less?"):
        theirs = model.encode([question, *sentences], normalize_embeddings=True)
        ours = encoder.encode([question, *sentences])
        order = np.argsort(-(ours[1:] @ ours[0]))
        assert order.tolist() == np.argsort(-(theirs[1:] @ theirs[0])).tolist()


def test_a_vector_does_not_depend_on_its_company(encoder: Encoder) -> None:
    """Bit for bit, a text alone has the vector that it has among others."""
    together = encoder.encode(TEXTS)
    for text, vector in zip(TEXTS, together, strict=True):
        assert np.array_equal(encoder.encode([text])[0], vector)


def test_a_score_does_not_depend_on_its_company(reader: CrossEncoder) -> None:
    """Bit for bit, a pair alone has the logit that it has among others."""
    together = reader.score("how do i negotiate?", TEXTS)
    for text, logit in zip(TEXTS, together, strict=True):
        assert reader.score("how do i negotiate?", [text])[0] == logit


def test_the_cross_encoder_prefers_the_answer(reader: CrossEncoder) -> None:
    """The passage that answers has the higher logit."""
    logits = reader.score("when should I name a number?", [TEXTS[0], "Ramen is best served hot."])
    assert logits[0] > logits[1]


def test_nothing_to_encode(encoder: Encoder, reader: CrossEncoder) -> None:
    """No texts give no rows."""
    assert encoder.encode([]).shape == (0, 384)
    assert reader.score("question", []).shape == (0,)


def test_a_second_export_is_the_first(models: Path) -> None:
    """The folder of a model is made once."""
    folder = export_model("encoder", "", models)
    before = (folder / "model.onnx").stat().st_mtime_ns
    assert export_model("encoder", "", models) == folder
    assert (folder / "model.onnx").stat().st_mtime_ns == before


def test_a_changed_model_file_is_found(models: Path, tmp_path: Path) -> None:
    """A model whose bytes changed is never run."""
    folder = shutil.copytree(export_model("cross-encoder", "", models), tmp_path / "model")
    (folder / "tokenizer.json").write_text("{}", "utf-8")
    with pytest.raises(IndexDamaged, match=r"tokenizer\.json was changed"):
        CrossEncoder(folder)


def test_an_unknown_model_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that cannot be loaded is named."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(UsageError, match="no-such-model"):
        export_model("encoder", "no-such-model", tmp_path)


def test_serving_needs_no_torch(models: Path, tmp_path: Path) -> None:
    """Encoding a question imports neither torch nor sentence-transformers."""
    folder = export_model("encoder", "", models)
    script = (
        "import json, sys; from pathlib import Path; from index.models.runtime import Encoder; "
        f"Encoder(Path({str(folder)!r})).encode(['a']); print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        cwd=tmp_path,
    )
    assert not {"torch", "sentence_transformers", "transformers"} & set(json.loads(done.stdout))
