"""Packed multilingual-e5-small -> a folder that SentenceTransformer loads: weights unpacked, tokenizer rebuilt, sums checked."""

import base64
import hashlib
import json
import mmap
import shutil
import struct
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

from nlp.charsmap import charsmap, compositions
from store.errors import ModelUnavailable

DEFAULT: Final = "multilingual-e5-small"
PACKED_SHA256: Final = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
UNPACKED_SHA256: Final = {
    "model.safetensors": "cd1caf1812415a43f1fa3b3f4203ce9c98af475df075d1e4d5aeeb34f82fac59",
    "tokenizer.json": "d10755d4d9f53d51c6c1a7f4f0fe72898007837fac04dffda541ed07f4f7e850",
}
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_SPECIAL = {0: "<s>", 1: "<pad>", 2: "</s>", 3: "<unk>", 250001: "<mask>"}

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What the packed file holds: sizes, pieces with scores, the normaliser's map, and where each tensor lies (quantised, offset)."""

    sizes: Mapping[str, int]
    pieces: tuple[tuple[str, float], ...]
    replacements: Mapping[str, str]
    tensors: Mapping[str, tuple[bool, int]]


def unpack(packed: Path, folder: Path) -> Path:
    """Write the model of `packed` into `folder` unless it is there already, and return the folder.

    `packed` holds 4-bit blocks of 32 weights with one float16 scale each, the tokenizer's pieces with scores, and its character map.
    Atomic: written beside it and renamed, so two processes may do it at once. float32 on disk: it loads without conversion.
    Raises ModelUnavailable when the packed file or the result does not have its SHA-256.
    """
    if not folder.is_dir():
        check_sum(packed, PACKED_SHA256)
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            _write(packed, draft)
            _settle(draft, folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    for name, expected in UNPACKED_SHA256.items():
        check_sum(folder / name, expected)
    return folder


def check_sum(path: Path, expected: str) -> None:
    """Raise ModelUnavailable unless the file is there and has this SHA-256 (hex)."""
    if not path.is_file():
        raise ModelUnavailable(f"{path.name} is missing from {path.parent}")
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != expected:
        raise ModelUnavailable(
            f"{path.name} in {path.parent} has SHA-256 {found[:12]}..., expected {expected[:12]}...; delete that file or folder and start again"
        )


def _settle(draft: Path, folder: Path) -> None:
    try:
        draft.rename(folder)
    except OSError:
        # another process was first: its folder has passed the same code, and its sums are checked next
        if not folder.is_dir():
            raise


def _write(packed: Path, draft: Path) -> None:
    with packed.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        contents = _contents(data)
        save_file(_tensors(data, contents), draft / "model.safetensors", metadata={"format": "pt"})
    (draft / "tokenizer.json").write_text(json.dumps(_tokenizer(contents), ensure_ascii=False), encoding="utf-8")
    for name, value in _settings(contents.sizes).items():
        (draft / name).parent.mkdir(exist_ok=True)
        (draft / name).write_text(json.dumps(value, indent=1), encoding="utf-8")
    (draft / "2_Normalize").mkdir()


class _Cursor:
    """Reads little-endian values one after another."""

    def __init__(self, data: mmap.mmap, at: int) -> None:
        self.data, self.at = data, at

    def take(self, layout: str) -> tuple[int, ...]:
        """Read by struct `layout`."""
        values = struct.unpack_from(f"<{layout}", self.data, self.at)
        self.at += struct.calcsize(f"<{layout}")
        return values

    def raw(self, size: int) -> bytes:
        """Read `size` bytes."""
        self.at += size
        return self.data[self.at - size : self.at]


def _contents(data: mmap.mmap) -> Packed:
    if data[:4] != b"E5S1":
        raise ModelUnavailable("the packed model has an unknown layout")
    cursor = _Cursor(data, 8)
    sizes = dict(zip(("hidden", "layers", "heads", "inner", "words", "positions", "types"), cursor.take("7i"), strict=True))
    cursor.take("fi")
    count = cursor.take("5i")[0]
    (letters,) = cursor.take("Q")
    pieces = _pieces(cursor, count, letters)
    replacements = _replacements(cursor)
    return Packed(sizes=sizes, pieces=pieces, replacements=replacements, tensors=_directory(cursor))


def _pieces(cursor: _Cursor, count: int, letters: int) -> tuple[tuple[str, float], ...]:
    ends = np.frombuffer(cursor.raw(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.raw(4 * count), "<f4").tolist()
    text = cursor.raw(letters)
    return tuple((text[start:end].decode(), score) for start, end, score in zip(ends, ends[1:], scores, strict=False))


def _replacements(cursor: _Cursor) -> dict[str, str]:
    count, _ = cursor.take("iI")
    found = compositions()
    for _ in range(count):
        letter, size = cursor.take("IB")
        found[chr(letter)] = "".join(map(chr, cursor.take(f"{size}I")))
    return found


def _directory(cursor: _Cursor) -> dict[str, tuple[bool, int]]:
    found = {}
    for _ in range(*cursor.take("i")):
        name = cursor.raw(*cursor.take("H")).decode()
        kind, _, offset, _ = cursor.take("BIQQ")
        found[name] = (bool(kind), offset)
    return found


def _tensors(data: mmap.mmap, packed: Packed) -> dict[str, Floats]:
    hidden = packed.sizes["hidden"]
    found = {target: _tensor(data, packed.tensors[source], shape) for target, (source, shape) in _plan(packed.sizes).items()}
    # mean pooling never asks the pooler, but the architecture names it
    return found | {"pooler.dense.weight": np.zeros((hidden, hidden), np.float32), "pooler.dense.bias": np.zeros(hidden, np.float32)}


def _plan(sizes: Mapping[str, int]) -> dict[str, tuple[str, tuple[int, ...]]]:
    hidden, inner = sizes["hidden"], sizes["inner"]
    plan: dict[str, tuple[str, tuple[int, ...]]] = {
        "embeddings.word_embeddings.weight": ("emb.word", (sizes["words"], hidden)),
        "embeddings.position_embeddings.weight": ("emb.pos", (sizes["positions"], hidden)),
        "embeddings.token_type_embeddings.weight": ("emb.type", (sizes["types"], hidden)),
        "embeddings.LayerNorm.weight": ("emb.ln.w", (hidden,)),
        "embeddings.LayerNorm.bias": ("emb.ln.b", (hidden,)),
    }
    square = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "ao": "attention.output.dense"}
    dense = {short: (name, hidden, hidden) for short, name in square.items()}
    dense |= {"fi": ("intermediate.dense", inner, hidden), "fo": ("output.dense", hidden, inner)}
    norms = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
    for layer in range(sizes["layers"]):
        for short, (name, rows, columns) in dense.items():
            plan[f"encoder.layer.{layer}.{name}.weight"] = (f"l{layer}.{short}.w", (rows, columns))
            plan[f"encoder.layer.{layer}.{name}.bias"] = (f"l{layer}.{short}.b", (rows,))
        for short, name in norms.items():
            plan[f"encoder.layer.{layer}.{name}.weight"] = (f"l{layer}.{short}.w", (hidden,))
            plan[f"encoder.layer.{layer}.{name}.bias"] = (f"l{layer}.{short}.b", (hidden,))
    return plan


def _tensor(data: mmap.mmap, entry: tuple[bool, int], shape: tuple[int, ...]) -> Floats:
    quantised, offset = entry
    size = int(np.prod(shape))
    if not quantised:
        return np.frombuffer(data, "<f4", size, offset).reshape(shape).astype(np.float32)
    blocks = np.frombuffer(data, _BLOCK, size // 32, offset)
    values = np.empty((size // 32, 32), np.float32)
    values[:, :16] = (blocks["nibbles"] & 15).astype(np.float32) - 8
    values[:, 16:] = (blocks["nibbles"] >> 4).astype(np.float32) - 8
    values *= blocks["scale"].astype(np.float32)[:, None]
    return values.reshape(shape)


def _tokenizer(packed: Packed) -> dict[str, object]:
    spaces = {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": True}
    table = base64.b64encode(charsmap(packed.replacements)).decode()
    marks = {mark: {"id": mark, "ids": [number], "tokens": [mark]} for number, mark in _SPECIAL.items() if mark in {"<s>", "</s>"}}
    start, end = ({"SpecialToken": {"id": mark, "type_id": 0}} for mark in ("<s>", "</s>"))
    first, second = ({"Sequence": {"id": name, "type_id": 0}} for name in "AB")
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [_special(number, text) for number, text in _SPECIAL.items()],
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {"type": "Precompiled", "precompiled_charsmap": table},
                {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
            ],
        },
        "pre_tokenizer": spaces,
        "post_processor": {"type": "TemplateProcessing", "single": [start, first, end], "pair": [start, first, end, end, second, end], "special_tokens": marks},
        "decoder": spaces,
        "model": {"type": "Unigram", "unk_id": 3, "vocab": packed.pieces},
    }


def _special(number: int, text: str) -> dict[str, object]:
    return {"id": number, "content": text, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}


def _settings(sizes: Mapping[str, int]) -> dict[str, object]:
    marks = {
        f"{role}_token": mark
        for role, mark in zip(("bos", "cls", "eos", "sep", "pad", "unk", "mask"), ["<s>", "<s>", "</s>", "</s>", "<pad>", "<unk>", "<mask>"], strict=True)
    }
    stack = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_act": "gelu",
            "hidden_size": sizes["hidden"],
            "intermediate_size": sizes["inner"],
            "layer_norm_eps": 1e-12,
            "max_position_embeddings": sizes["positions"],
            "num_attention_heads": sizes["heads"],
            "num_hidden_layers": sizes["layers"],
            "pad_token_id": 0,
            "type_vocab_size": sizes["types"],
            "vocab_size": sizes["words"],
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            **marks,
            "model_max_length": sizes["positions"],
            "tokenizer_class": "PreTrainedTokenizerFast",
            "clean_up_tokenization_spaces": False,
        },
        "modules.json": [
            {"idx": place, "name": str(place), "path": path, "type": f"sentence_transformers.models.{kind}"} for place, (path, kind) in enumerate(stack)
        ],
        "sentence_bert_config.json": {"max_seq_length": sizes["positions"], "do_lower_case": False},
        "1_Pooling/config.json": {"word_embedding_dimension": sizes["hidden"], "pooling_mode_mean_tokens": True},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "passage": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }
