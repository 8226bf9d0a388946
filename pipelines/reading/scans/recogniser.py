"""Models for lines of printed Chinese, loaded and run.

Knows onnxruntime, and in what form models want lines. Does not know what stands where.
"""

from collections.abc import Iterator, Sequence
from functools import cache

import cv2
import numpy as np
import onnxruntime

from pipelines.reading.scans.models import Model
from pipelines.reading.scans.pixels import WHITE, Grey
from pipelines.reading.scans.recognition import Recognition, recognise

# Models are trained on lines of this height, long ones narrowed as much as this and more. A
# narrower line takes less time, and where it is blurred it is read better.
_HEIGHT = 48
_LONG = 8
_NARROWED, _LONG_NARROWED = 0.85, 0.62
# Lines are read together that are about equally wide, and no more than so many dots of them.
_WIDTH_STEP = 32
_BATCH_DOTS = 1024
_LEAST_WIDTH = 48
_WIDEST = 3200
# What follows a line in its batch: the middle of the scale.
_PADDING = 0.0


class Recogniser:
    """A model, loaded.

    Args:
        model: Which one.
    """

    def __init__(self, model: Model) -> None:
        if model.file is None:
            raise FileNotFoundError(model.path)
        options = onnxruntime.SessionOptions()
        # One page is read by one process on one processor; pages are read side by side.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # What one wide batch took would be kept for good.
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(
            str(model.file), options, providers=["CPUExecutionProvider"]
        )
        self._input = self._session.get_inputs()[0].name
        self.name = model.name
        self._alphabet = _alphabet(model, self._session)

    def read(self, lines: Sequence[Grey]) -> list[Recognition]:
        """Read lines of text, each cut out of its page."""
        found: dict[int, Recognition] = {}
        scaled = [_scaled(line) for line in lines]
        for batch in _batches([line.shape[1] for line in scaled]):
            widest = max(scaled[number].shape[1] for number in batch)
            block = np.full((len(batch), 3, _HEIGHT, widest), _PADDING, np.float32)
            for place, number in enumerate(batch):
                shades = scaled[number].astype(np.float32) / (WHITE / 2) - 1
                block[place, :, :, : shades.shape[1]] = shades
            (answers,) = self._session.run(None, {self._input: block})
            for number, answer in zip(batch, answers, strict=True):
                share = scaled[number].shape[1] / widest
                found[number] = recognise(answer, share, self._alphabet)
        return [found[number] for number in range(len(lines))]


@cache
def recogniser(model: Model) -> Recogniser:
    """A model, loaded once in a process."""
    return Recogniser(model)


def _alphabet(model: Model, session: onnxruntime.InferenceSession) -> list[str]:
    """The characters of a model by their numbers; 0 is none of them, the last one is a space."""
    if model.characters_file is not None:
        listed = model.characters_file.read_text(encoding="utf-8")
    else:
        listed = session.get_modelmeta().custom_metadata_map["character"]
    characters = listed.rstrip("\n").split("\n")
    # Some lists name what is none, and the space.
    is_whole = len(characters) == session.get_outputs()[0].shape[-1]
    return ["", *characters[1:]] if is_whole else ["", *characters, " "]


def _scaled(line: Grey) -> Grey:
    """A line as high as the models want it."""
    height, width = line.shape
    narrowed = _LONG_NARROWED if width > _LONG * height else _NARROWED
    wanted = round(width * _HEIGHT / max(1, height) * narrowed)
    wanted = min(max(wanted, _LEAST_WIDTH // 4), _WIDEST)
    shrinks = height > _HEIGHT
    scaled = cv2.resize(
        line, (wanted, _HEIGHT), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    )
    if wanted < _LEAST_WIDTH:
        # A single digit would fill the whole picture: models have not seen that.
        scaled = cv2.copyMakeBorder(
            scaled, 0, 0, 0, _LEAST_WIDTH - wanted, cv2.BORDER_CONSTANT, value=(WHITE,)
        )
    return np.asarray(scaled, np.uint8)


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the numbers of lines that are read together."""
    batch: list[int] = []
    step = -1
    for number in sorted(range(len(widths)), key=widths.__getitem__):
        own = widths[number] // _WIDTH_STEP
        if batch and (own != step or widths[number] * (len(batch) + 1) > _BATCH_DOTS):
            yield batch
            batch = []
        step = own
        batch.append(number)
    if batch:
        yield batch
