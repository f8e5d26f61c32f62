"""Weights: a small packed model of our own, unpacked, checked, and safe against a second process."""

import hashlib
import json
import mmap
import struct
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from nlp import weights
from nlp.weights import check_sum, unpack
from store.errors import ModelUnavailable

PIECES = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("\u2581", -2.0), ("a", -3.0), ("\u2581ab", -1.5), ("b", -3.5), ("\u2581é", -2.5)]
HIDDEN, INNER = 32, 64


def _packed(path: Path) -> Path:
    """Write a model of one layer in the packed layout: 4-bit blocks count 0..15 with scale 0.5."""
    shapes = {
        "emb.word": len(PIECES) * HIDDEN, "emb.pos": 8 * HIDDEN, "emb.type": 2 * HIDDEN, "emb.ln.w": HIDDEN, "emb.ln.b": HIDDEN,
        **{f"l0.{name}.w": HIDDEN * HIDDEN for name in ("q", "k", "v", "ao")}, **{f"l0.{name}.b": HIDDEN for name in ("q", "k", "v", "ao", "fo")},
        "l0.fi.w": INNER * HIDDEN, "l0.fo.w": INNER * HIDDEN, "l0.fi.b": INNER,
        **{f"l0.{name}.{part}": HIDDEN for name in ("aln", "oln") for part in "wb"},
    }  # fmt: skip
    letters = [piece.encode() for piece, _ in PIECES]
    ends = np.cumsum([0, *map(len, letters)])
    head = b"E5S1" + struct.pack("<i", 1) + struct.pack("<7ifi", HIDDEN, 1, 4, INNER, len(PIECES), 8, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(ends[-1])) + ends.astype("<u4").tobytes()
    head += np.array([score for _, score in PIECES], "<f4").tobytes() + b"".join(letters)
    changes = {"\t": " ", "Ａ": "a", "½": "1⁄2"}
    table = b"".join(struct.pack(f"<IB{len(new)}I", ord(old), len(new), *map(ord, new)) for old, new in changes.items())
    head += struct.pack("<iI", len(changes), len(table)) + table + struct.pack("<i", len(shapes))
    size = len(head) + sum(2 + len(name) + 21 for name in shapes)
    directory, body = b"", b""
    for name, count in shapes.items():
        quantised = name == "emb.word" or (name.endswith(".w") and "ln" not in name)
        block = (struct.pack("<e", 0.5) + bytes(range(16))) * (count // 32) if quantised else np.arange(count, dtype="<f4").tobytes()
        directory += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", quantised, count, size + len(body), len(block))
        body += block
    path.write_bytes(head + directory + body)
    return path


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pack a small model and expect the sums it unpacks to."""
    path = _packed(tmp_path / "small.bin")
    draft = tmp_path / "draft"
    draft.mkdir()
    weights._write(path, draft)
    monkeypatch.setattr(weights, "PACKED_SHA256", _sum(path))
    monkeypatch.setattr(weights, "UNPACKED_SHA256", {name: _sum(draft / name) for name in ("model.safetensors", "tokenizer.json")})
    return path


def test_four_bit_blocks_become_numbers_low_nibbles_first(packed: Path, tmp_path: Path) -> None:
    tensors = load_file(unpack(packed, tmp_path / "model") / "model.safetensors")
    word = tensors["embeddings.word_embeddings.weight"]
    assert word.shape == (len(PIECES), HIDDEN)
    assert word[0, :3].tolist() == [-4.0, -3.5, -3.0]
    assert word[0, 16:18].tolist() == [-4.0, -4.0]
    assert tensors["embeddings.position_embeddings.weight"][1, 0] == HIDDEN
    assert {tensor.dtype for tensor in tensors.values()} == {np.dtype(np.float32)}


def test_the_tokenizer_normalises_splits_and_frames(packed: Path, tmp_path: Path) -> None:
    tokenizer = Tokenizer.from_file(str(unpack(packed, tmp_path / "model") / "tokenizer.json"))
    assert tokenizer.encode("ab\t  Ａb").tokens == ["<s>", "\u2581ab", "\u2581ab", "</s>"]
    assert tokenizer.encode("e\u0301").tokens == ["<s>", "\u2581é", "</s>"]


def test_a_second_process_finds_the_first_ones_work(packed: Path, tmp_path: Path) -> None:
    folder = unpack(packed, tmp_path / "model")
    written = (folder / "model.safetensors").stat().st_mtime_ns
    other = tmp_path / "late"
    other.mkdir()
    weights._settle(other, folder)
    assert unpack(packed, folder) == folder
    assert (folder / "model.safetensors").stat().st_mtime_ns == written
    assert not list(tmp_path.glob(".model-*"))


def test_a_folder_that_cannot_be_moved_into_place_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="absent"):
        weights._settle(tmp_path / "absent", tmp_path / "nowhere" / "model")


def test_a_changed_packed_file_is_refused(packed: Path, tmp_path: Path) -> None:
    packed.write_bytes(packed.read_bytes() + b"!")
    with pytest.raises(ModelUnavailable, match="expected"):
        unpack(packed, tmp_path / "model")
    assert not (tmp_path / "model").exists()


def test_a_changed_unpacked_file_is_refused_with_a_remedy(packed: Path, tmp_path: Path) -> None:
    folder = unpack(packed, tmp_path / "model")
    (folder / "tokenizer.json").write_text(json.dumps({}), encoding="utf-8")
    with pytest.raises(ModelUnavailable, match="delete"):
        unpack(packed, folder)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=r"model\.bin is missing"):
        check_sum(tmp_path / "model.bin", "")


def test_an_unknown_layout_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(b"GGUF" + bytes(64))
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data, pytest.raises(ModelUnavailable, match="layout"):
        weights._contents(data)
