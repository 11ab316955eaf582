from .ask import Ask
from .block import StoryBlock
from .fold import Fold
from .instrument import Instrument
from .story import StoryOfChange

__all__ = ["Ask", "Fold", "Instrument", "StoryBlock", "StoryOfChange"]
