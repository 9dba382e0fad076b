"""The answerability model: what it reads, how it is made, and that its ONNX file is that model."""

import json
import random
import sqlite3
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from tokenizers import Tokenizer

from index.models.answerability import MAX_TOKENS, evidence_text, export_cross_encoder
from index.models.installed import cross_encoder_folder
from training.data import split_squad
from training.guides import TEST, TRAIN, read_labelled
from training.measure import Measured, auroc, hit_at_1
from training.model import open_quantised, save_tuned, torch_model
from training.pay import pay_questions
from training.rejoined import Pair, rejoined
from training.sources import Article, holds, squad

PAIRS = (
    ("when do the apples ripen", evidence_text("The apples ripen in October.", heading="Orchard")),
    ("who repairs the roof?", evidence_text("It rained all day.", "The roof was old.")),
    ("how many chairs are there", evidence_text("There are forty chairs.", "", "All are blue.")),
)


def test_evidence_marks_the_sentence_between_its_neighbours() -> None:
    """The heading comes first, the sentence stands between guillemets."""
    text = evidence_text("It is red.", "This is  a door.", "It squeaks.", "Doors:")
    assert text == "Doors. This is a door. « It is red. » It squeaks."


def test_evidence_cuts_the_surroundings_at_whole_words() -> None:
    """Before it the end is kept, after it the beginning; the sentence itself stays whole."""
    sentence = "word " * 100
    text = evidence_text(sentence, "first " + "before " * 40, "after " * 40 + "last")
    before, _, rest = text.partition(" « ")
    assert set(before.split()) == {"before"}
    assert rest.count("word") == 100
    assert set(rest.partition(" » ")[2].split()) == {"after"}


def test_evidence_of_a_sentence_alone_is_the_marked_sentence() -> None:
    """Nothing stands where there is no heading and no neighbour."""
    assert evidence_text("Alone.") == "« Alone. »"


def _onnx_logits(folder: Path) -> list[float]:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS, strategy="only_second")
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"))
    logits = []
    for pair in PAIRS:
        encoded = tokenizer.encode(*pair)
        fields = (encoded.ids, encoded.attention_mask, encoded.type_ids)
        names = ("input_ids", "attention_mask", "token_type_ids")
        feed = {name: np.array([field]) for name, field in zip(names, fields, strict=True)}
        logits.append(float(session.run(None, feed)[0][0, 0]))
    return logits


def _torch_logits(folder: Path) -> list[float]:
    model = torch_model(open_quantised(folder / "model.onnx")).eval()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    logits = []
    for pair in PAIRS:
        encoded = tokenizer.encode(*pair)
        with torch.no_grad():
            out = model(
                torch.tensor([encoded.ids]),
                torch.tensor([encoded.attention_mask]),
                torch.tensor([encoded.type_ids]),
            )
        logits.append(float(out.logits))
    return logits


def test_the_installed_model_in_torch_gives_the_logits_of_its_onnx_file() -> None:
    """Dequantised, it differs by what rounding of activations costs and no more."""
    folder = cross_encoder_folder()
    assert _torch_logits(folder) == pytest.approx(_onnx_logits(folder), abs=0.6)


def test_the_exported_model_in_torch_gives_the_logits_of_its_onnx_file(tmp_path: Path) -> None:
    """The tuned arrays stand in the right places of the graph."""
    export_cross_encoder(tmp_path)
    assert _torch_logits(tmp_path) == pytest.approx(_onnx_logits(tmp_path), abs=0.6)
    assert _onnx_logits(tmp_path) != pytest.approx(_onnx_logits(cross_encoder_folder()), abs=0.1)


def test_the_exported_model_knows_an_answer(tmp_path: Path) -> None:
    """A sentence that answers scores above one that does not, on either side of zero."""
    export_cross_encoder(tmp_path)
    ripen, roof, chairs = _onnx_logits(tmp_path)
    assert min(ripen, chairs) > 0 > roof


def test_saving_the_tuned_part_keeps_every_weight_within_half_a_step(tmp_path: Path) -> None:
    """What is trained is what is shipped, up to the rounding to int8."""
    file = open_quantised(cross_encoder_folder() / "model.onnx")
    model = torch_model(file)
    save_tuned(model, file, tmp_path / "tuned.safetensors")
    from safetensors.numpy import load_file

    saved = load_file(tmp_path / "tuned.safetensors")
    slot = "bert.encoder.layer.11.output.dense.weight"
    name = file.names[slot]
    restored = saved[f"{name}_quantized"] * saved[f"{name}_scale"]
    trained = model.state_dict()[slot].numpy().T
    assert np.all(np.abs(restored - trained) <= saved[f"{name}_scale"] * 0.501)
    assert not any("layer.5." in key or "embeddings" in key for key in saved)


def test_a_question_is_measured_by_its_best_candidate() -> None:
    """AUROC compares the best scores; hit@1 looks at answerable questions alone."""
    right = Measured([0.1, 0.9], [0, 1])
    wrong = Measured([0.8, 0.2], [0, 1])
    none = Measured([0.85, 0.3], [0, 0])
    assert auroc([right, wrong, none]) == pytest.approx(0.5)
    assert hit_at_1([right, wrong, none]) == pytest.approx(0.5)


def test_articles_are_split_without_overlap_whatever_their_order() -> None:
    """35 articles: 22 to train, 4 to validate, 9 to test, by the seed alone."""
    articles = [Article(f"article {n}", (), ()) for n in range(35)]
    split = split_squad(articles)
    again = split_squad(articles[::-1])
    assert split == again
    parts = [{a.name for a in part} for part in (split.train, split.validation, split.test)]
    assert [len(part) for part in parts] == [22, 4, 9]
    assert len(set.union(*parts)) == 35


def test_an_answer_is_held_as_whole_words() -> None:
    """An answer inside another word is not there."""
    assert holds("She came in MAY.", "may")
    assert not holds("The mayor came.", "may")


def test_squad_pages_give_sentences_and_what_holds_the_answer(tmp_path: Path) -> None:
    """The usual answer decides; a question without answers is unanswerable."""
    (tmp_path / "Old_mill.html").write_text(
        '<div class="para-wrap"><pre>The mill is old. It was built in 1820.</pre>'
        '<div class="qa-wrap"><strong class="question">When was it built?</strong>'
        '<span class="answer">1820</span><span class="answer">in 1820</span>'
        '<span class="answer">1820</span></div>'
        '<div class="qa-wrap"><strong class="question">Who built it?</strong>'
        '<span class="no-answer">none</span></div></div>',
        "utf-8",
    )
    (article,) = squad(tmp_path)
    assert article.name == "Old mill"
    assert article.paragraphs[0].sentences == ("The mill is old.", "It was built in 1820.")
    built, who = article.questions
    assert built.holding == (1,)
    assert built.answers == ("1820", "in 1820")
    assert who.holding == ()


def test_pay_negatives_never_give_the_pay_that_is_asked_for(tmp_path: Path) -> None:
    """The right figure stands in the positive alone."""
    path = tmp_path / "statistics.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE cell (key TEXT, v01 TEXT, v13 TEXT)")
    connection.execute("CREATE TABLE area (area_code TEXT, areatype_code TEXT, area_name TEXT)")
    connection.execute(
        "CREATE TABLE occupation (occupation_code TEXT, occupation_name TEXT, display_level INT)"
    )
    for a in range(4):
        connection.execute("INSERT INTO area VALUES (?, 'S', ?)", (f"{a:07}", f"Place{a}"))
    for o in range(3):
        connection.execute("INSERT INTO occupation VALUES (?, ?, 3)", (f"{o:06}", f"Role{o}s"))
        for a in range(4):
            key = f"OEUS{a:07}000000{o:06}"
            connection.execute(
                "INSERT INTO cell VALUES (?, '500', ?)", (key, f"{40000 + 100 * o + a}")
            )
    connection.commit()
    connection.close()
    for example in pay_questions(path, random.Random(1))[:200]:
        labels = [c.label for c in example.candidates]
        assert labels == [int(example.answerable)] * example.answerable + [0] * (
            len(labels) - example.answerable
        )
        marked = [c.evidence.partition("« ")[2].partition(" »")[0] for c in example.candidates]
        if example.answerable:
            pay = marked[0][marked[0].index("$") :][:7]
            assert not any(pay in text for text in marked[1:])


def _lines(file: Path, *rows: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{row}\n" for row in rows), "utf-8")


def test_questions_find_back_to_their_paragraphs(tmp_path: Path) -> None:
    """Ids that are near belong together, a pair belongs together, and test articles stay out."""
    one, other, test, alone = (digit * 16 for digit in "abcd")
    _lines(
        tmp_path / "word_att_extended.tsv",
        "id\tquestion\tweights",
        f"{one}00000003\tWhat does the oak tree bear ?\t",
        f"{other}00000002\tWho repairs the red door ?\t",
    )
    unansq = tmp_path / "unansq"
    _lines(
        unansq / "train-answerable-questions.txt",
        f"{alone}00000001\twho paints the old chairs ?\t0\t0",
    )
    _lines(
        unansq / "train-unanswerable-questions.txt",
        f"{alone}00000009\twho sells the old chairs ?\t0\t0",
    )
    _lines(
        unansq / "dev-answerable-questions.txt",
        f"{one}00000001\twhat does the apple tree bear ?\t4\t4",
    )
    _lines(
        unansq / "dev-unanswerable-questions.txt",
        f"{one}00000002\twhat does the pear tree bear ?\t4\t4",
    )
    _lines(unansq / "dev-context.txt", "the apple tree bears apples . it is old .\t0\t5")
    _lines(
        unansq / "test-answerable-questions.txt",
        f"{test}00000001\twhat colour is the house ?\t0\t0",
    )
    _lines(
        unansq / "test-unanswerable-questions.txt",
        f"{test}00000002\twhat colour is the barn ?\t0\t0",
    )
    door = {
        "id": f"{other}00000001",
        "question": "Who repairs the blue door ?",
        "is_impossible": False,
        "answers": [{"text": "A joiner"}],
    }
    paragraph = {"context": "A joiner repairs the blue door. It squeaks.", "qas": [door]}
    ten = {"data": [{"title": "The_door", "paragraphs": [paragraph]}]}
    _lines(tmp_path / "ten" / "train-v2.0.json", json.dumps(ten))
    for part in ("train", "valid", "test"):
        _lines(tmp_path / "flan" / f"{part}.json", "[]")
    chairs = "the old chairs are painted by a painter ."
    kou = {"questions": ["Who paints the old chairs?"], "answers": [chairs]}
    _lines(tmp_path / "kou" / "train.json", json.dumps(kou))
    _lines(tmp_path / "nqg" / "tgt-test.txt")
    _lines(tmp_path / "nqg" / "src-test.txt")

    found = rejoined(tmp_path, [])

    told = {
        asked.text: [article.paragraphs[asked.paragraph].sentences[n] for n in asked.holding]
        for article in found.articles
        for asked in article.questions
    }
    assert told == {
        "what does the apple tree bear?": ["the apple tree bears apples ."],
        "what does the pear tree bear?": [],
        "What does the oak tree bear?": [],
        "Who repairs the red door?": [],
        "Who repairs the blue door?": ["A joiner repairs the blue door."],
    }
    assert found.pairs == [
        Pair("who paints the old chairs?", chairs, True),
        Pair("who sells the old chairs?", chairs, False),
    ]


@pytest.mark.parametrize("file", [TRAIN, TEST])
def test_questions_about_guides_are_labelled_once(file: Path) -> None:
    """A passage answers, nearly does, or is unclear; only the unanswerable have no answer."""
    for one in read_labelled(file):
        labelled = [*one.answers, *one.nearly, *one.unclear]
        assert len(labelled) == len(set(labelled)), one.question
        assert bool(one.answers) == (one.kind != "unanswerable"), one.question


def test_no_guide_question_is_also_measured_with() -> None:
    """What trains neither calibrates nor tests."""
    root = Path(__file__).parent.parent
    trained = {one.question.casefold() for one in read_labelled(TRAIN)}
    kept = {one.question.casefold() for one in read_labelled(TEST)}
    for name in ("training/calibration.jsonl", "corpus/golden.jsonl", "benchmarks/followups.jsonl"):
        lines = (root / name).read_text("utf-8").splitlines()
        kept |= {json.loads(line)["question"].casefold() for line in lines}
    assert not trained & kept
