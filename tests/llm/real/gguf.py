"""Writes a tiny model of random weights in llama.cpp's file format: its words mean nothing, its protocol is real.

python3 gguf.py FILE
"""
import random
import struct
import sys

WIDTH, HIDDEN, BLOCKS, HEADS, CONTEXT = 64, 128, 2, 4, 4096
U32, F32, BOOL, STRING, ARRAY, I32 = 4, 6, 7, 8, 9, 5
NORMAL, UNKNOWN, CONTROL, BYTE = 1, 2, 3, 6


def text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def scalar(kind, value):
    if kind == STRING:
        return text(value)
    return struct.pack({U32: "<I", I32: "<i", F32: "<f", BOOL: "<?"}[kind], value)


def entry(name, kind, value, of=None):
    if kind == ARRAY:
        body = struct.pack("<IQ", of, len(value)) + b"".join(scalar(of, each) for each in value)
    else:
        body = scalar(kind, value)
    return text(name) + struct.pack("<I", kind) + body


def main(path):
    words = "I you we they it was is the a quiet class hands same back room ask know think yes no . , ?".split()
    tokens = ["<unk>", "<s>", "</s>"] + ["<0x%02X>" % byte for byte in range(256)]
    kinds = [UNKNOWN, CONTROL, CONTROL] + [BYTE] * 256
    for word in ["\u2581" + word for word in words]:
        tokens.append(word)
        kinds.append(NORMAL)
    head = [
        entry("general.architecture", STRING, "llama"),
        entry("general.name", STRING, "random"),
        entry("general.alignment", U32, 32),
        entry("llama.context_length", U32, CONTEXT),
        entry("llama.embedding_length", U32, WIDTH),
        entry("llama.block_count", U32, BLOCKS),
        entry("llama.feed_forward_length", U32, HIDDEN),
        entry("llama.attention.head_count", U32, HEADS),
        entry("llama.attention.head_count_kv", U32, HEADS),
        entry("llama.attention.layer_norm_rms_epsilon", F32, 1e-5),
        entry("llama.rope.dimension_count", U32, WIDTH // HEADS),
        entry("llama.vocab_size", U32, len(tokens)),
        entry("tokenizer.ggml.model", STRING, "llama"),
        entry("tokenizer.ggml.tokens", ARRAY, tokens, STRING),
        entry("tokenizer.ggml.scores", ARRAY, [-float(i) for i in range(len(tokens))], F32),
        entry("tokenizer.ggml.token_type", ARRAY, kinds, I32),
        entry("tokenizer.ggml.bos_token_id", U32, 1),
        entry("tokenizer.ggml.eos_token_id", U32, 2),
        entry("tokenizer.ggml.unknown_token_id", U32, 0),
    ]
    shapes = [("token_embd.weight", (WIDTH, len(tokens))), ("output_norm.weight", (WIDTH,)),
              ("output.weight", (WIDTH, len(tokens)))]
    for block in range(BLOCKS):
        prefix = "blk.%d." % block
        shapes += [(prefix + "attn_norm.weight", (WIDTH,)), (prefix + "ffn_norm.weight", (WIDTH,))]
        shapes += [(prefix + "attn_%s.weight" % part, (WIDTH, WIDTH)) for part in ("q", "k", "v", "output")]
        shapes += [(prefix + "ffn_gate.weight", (WIDTH, HIDDEN)), (prefix + "ffn_up.weight", (WIDTH, HIDDEN)),
                   (prefix + "ffn_down.weight", (HIDDEN, WIDTH))]
    chance = random.Random(7)
    infos, data = b"", b""
    for name, shape in shapes:
        count = 1
        for size in shape:
            count *= size
        infos += text(name) + struct.pack("<I", len(shape)) + struct.pack("<%dQ" % len(shape), *shape)
        infos += struct.pack("<IQ", 0, len(data))
        if len(shape) == 1:
            values = [1.0] * count
        else:
            values = [chance.gauss(0, 0.1) for _ in range(count)]
        # Words rather than single bytes, which would be no UTF-8.
        if name == "output.weight":
            values[: WIDTH * 259] = [0.0] * (WIDTH * 259)
        data += struct.pack("<%df" % count, *values)
        data += b"\0" * (-len(data) % 32)
    with open(path, "wb") as file:
        start = b"GGUF" + struct.pack("<IQQ", 3, len(shapes), len(head)) + b"".join(head) + infos
        file.write(start + b"\0" * (-len(start) % 32) + data)


main(sys.argv[1])
